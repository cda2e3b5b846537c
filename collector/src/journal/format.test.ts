import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeCheckpoint,
  decodeCommits,
  decodeSeal,
  encodeCheckpoint,
  encodeCommits,
  encodeSeal,
  type SealState,
} from './bodies.ts'
import type { OpenFile } from './files.ts'
import { decodeSegmentHeader, encodeSegmentHeader, FORMAT_VERSION, OPENS_GROUP, type Salt } from './format.ts'
import { ChunkPool, Group } from './group.ts'
import { Scanner } from './scan.ts'
import { withVersion } from './testing/damage.ts'
import type { JournalInput } from './types.ts'

const u32 = fc.nat({ max: 0xffffffff })
const u53 = fc.nat({ max: Number.MAX_SAFE_INTEGER })
const salt: fc.Arbitrary<Salt> = fc.record({ marker: u32, seed: u32 })
const input: fc.Arbitrary<JournalInput> = fc.record({
  kind: fc.nat({ max: 255 }),
  project: fc.string({ unit: 'binary', maxLength: 60 }),
  receivedMs: fc.double({ noNaN: true }),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.nat({ max: 60_000 }).map((length) => new Uint8Array(length).fill(length)),
  ),
})

function inMemory(bytes: Buffer): OpenFile {
  const refuse = async (): Promise<never> => {
    throw new Error('read only')
  }
  return {
    read: async (into, position) => bytes.copy(into, 0, position),
    size: async () => bytes.length,
    close: async () => undefined,
    write: refuse,
    datasync: refuse,
    truncate: refuse,
  }
}

async function scan(bytes: Buffer, by: Salt): Promise<(JournalInput & { seq: number; flags: number })[]> {
  const scanner = new Scanner(inMemory(bytes), { from: 0, end: bytes.length, salt: by, reuse: false })
  const found: (JournalInput & { seq: number; flags: number })[] = []
  for (;;) {
    const step = scanner.step()
    if (step === 'more') await scanner.fill()
    else if (step === 'record') {
      const { kind, receivedMs, seq, flags } = scanner.head
      const body = new Uint8Array(scanner.body())
      found.push({ kind, receivedMs, seq, flags, project: scanner.project(), bytes: body })
    } else return found
  }
}

describe('the record format', () => {
  it('gives back every record of a group as it was appended, the first marked as opening the group', async () => {
    await fc.assert(
      fc.asyncProperty(salt, fc.array(input, { maxLength: 30 }), u53, async (by, inputs, from) => {
        const start = Math.min(from, Number.MAX_SAFE_INTEGER - 100)
        const group = new Group(by, new ChunkPool())
        for (const [i, each] of inputs.entries()) group.append(start + i, each)
        const bytes = Buffer.concat(group.takeBuffers())
        expect(bytes.length).toBe(group.bytes)
        const expected = inputs.map((each, i) => ({ ...each, seq: start + i, flags: i === 0 ? OPENS_GROUP : 0 }))
        expect(await scan(bytes, by)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a record in which any one bit is wrong', async () => {
    const by = { marker: 0x12345678, seed: 99 }
    const group = new Group(by, new ChunkPool())
    group.append(7, { kind: 1, project: 'shop', receivedMs: 5, bytes: Buffer.from('payload') })
    const good = Buffer.concat(group.takeBuffers())
    for (let bit = 0; bit < good.length * 8; bit++) {
      const bad = Buffer.from(good)
      bad[bit >> 3]! ^= 1 << (bit & 7)
      expect(await scan(bad, by), `bit ${bit}`).toEqual([])
    }
  })

  it('does not take a record written under another salt', async () => {
    const group = new Group({ marker: 1, seed: 2 }, new ChunkPool())
    group.append(1, { kind: 1, project: 'p', receivedMs: 1, bytes: Buffer.from('x') })
    expect(await scan(Buffer.concat(group.takeBuffers()), { marker: 1, seed: 3 })).toEqual([])
  })

  it('gives back seals, commits and checkpoints as they were', () => {
    const batch = fc.record({ table: fc.string(), day: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), rows: u32 })
    const seal: fc.Arbitrary<SealState> = fc
      .record({
        id: u53,
        first: u53,
        last: u53,
        codec: fc.string(),
        dropped: fc.uint32Array({ maxLength: 20 }),
        pairs: fc.array(fc.tuple(batch, fc.boolean()), { maxLength: 10 }),
        origin: fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 })),
      })
      .map(({ pairs, origin, ...rest }) => ({
        ...rest,
        batches: pairs.map((p) => p[0]),
        committed: pairs.map((p) => p[1]),
        ...(origin ? { origin: Buffer.from(origin).toString('hex') } : {}),
      }))
    fc.assert(fc.property(seal, (each) => void expect(decodeSeal(encodeSeal(each))).toEqual(each)))
    const mark = fc.record({ sealId: u53, batchIndex: u32 })
    fc.assert(fc.property(fc.array(mark), (marks) => void expect(decodeCommits(encodeCommits(marks))).toEqual(marks)))
    const checkpoint = fc.record({ nextSealId: u53, unsealedFrom: u53 })
    fc.assert(fc.property(checkpoint, (each) => void expect(decodeCheckpoint(encodeCheckpoint(each))).toEqual(each)))
  })

  it('throws on a seal cut short, rather than read beyond it', () => {
    const batches = [{ table: 'spans', day: 3, rows: 4 }]
    const whole = encodeSeal({
      id: 1,
      first: 1,
      last: 2,
      codec: 'c',
      dropped: Uint32Array.of(5),
      batches,
      committed: [true],
    })
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeSeal(whole.subarray(0, length))).toThrow(RangeError)
  })

  it('tells a damaged segment header from one of a newer format', () => {
    const identity = { id: 'ab'.repeat(16), salt: { marker: 1, seed: 2 } }
    const header = { ...identity, number: 3, epoch: 4, firstSeq: 5, previousEnd: 6 }
    const good = encodeSegmentHeader(header)
    expect(decodeSegmentHeader(good)).toEqual(header)
    for (let i = 0; i < 72; i++) {
      const bad = Buffer.from(good)
      bad[i]! ^= 0x40
      expect(decodeSegmentHeader(bad), `byte ${i}`).toBe('damaged')
    }
    expect(decodeSegmentHeader(withVersion(good, FORMAT_VERSION + 1))).toBe('newer')
  })
})
