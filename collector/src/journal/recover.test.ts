import { copyFile, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FORMAT_VERSION, RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES } from './format.ts'
import { change, segmentPaths, withVersion } from './testing/damage.ts'
import { MemoryDisk } from './testing/memory-disk.ts'
import { fill, open, payload, range, readAll, readSeqs, sealOf, withDir } from './testing/open.ts'
import type { Journal } from './types.ts'

const RECORD = RECORD_HEADER_BYTES + 1 + payload(1).length

/** Two closed segments with records 1..10 and 11..20 and one, empty but for its checkpoint; each record in a group of its own. */
async function threeSegments(dir: string): Promise<string[]> {
  for (const from of [1, 11]) {
    const journal = await open(dir)
    for (let n = from; n < from + 10; n++) await fill(journal, { from: n, to: n })
    await journal.close()
  }
  await (await open(dir)).close()
  return segmentPaths(dir)
}

/** Where record n (1..10) starts in the first segment of `threeSegments`: behind the header and a checkpoint. */
const offsetOf = (n: number): number => SEGMENT_HEADER_BYTES + RECORD_HEADER_BYTES + 16 + (n - 1) * RECORD

/** Every record that comes back must be the one that was appended. */
async function checkedSeqs(journal: Journal): Promise<number[]> {
  const records = await readAll(journal)
  for (const { seq, bytes } of records) expect(Buffer.from(payload(seq)).equals(bytes)).toBe(true)
  return records.map((record) => record.seq)
}

describe('a torn tail', () => {
  let image: { segment: Buffer; identity: Buffer }
  beforeAll(() =>
    withDir(async (dir) => {
      const journal = await open(dir, { commitDelayMs: 20 })
      await fill(journal, { from: 1, to: 5 })
      await fill(journal, { from: 6, to: 8 })
      await journal.close()
      const segment = await readFile((await segmentPaths(dir))[0]!)
      image = { segment, identity: await readFile(join(dir, 'identity')) }
    }),
  )

  async function withTail(tail: Buffer, check: (journal: Journal) => Promise<void>): Promise<void> {
    await withDir(async (dir) => {
      await writeFile(join(dir, 'identity'), image.identity)
      await writeFile(join(dir, '0000000000000001.wal'), tail)
      const journal = await open(dir)
      await check(journal)
      const { lastSeq } = journal.recovered
      await journal.close()
      const again = await open(dir)
      expect(again.recovered).toMatchObject({ lastSeq, truncatedBytes: 0, quarantined: 0, lost: [] })
      await again.close()
    })
  }

  it('is cut off at the first record that is not whole, whatever the byte at which the write stopped', async () => {
    for (let length = offsetOf(6); length < image.segment.length; length++) {
      await withTail(image.segment.subarray(0, length), async (journal) => {
        const whole = Math.floor((length - offsetOf(6)) / RECORD)
        const expected = { lastSeq: 5 + whole, truncatedBytes: (length - offsetOf(6)) % RECORD, quarantined: 0 }
        expect(journal.recovered, `length ${length}`).toMatchObject(expected)
        expect(await checkedSeqs(journal)).toEqual(range(1, 5 + whole))
      })
    }
  })

  it('is cut off when pages of the last group never reached the disk but later ones did', async () => {
    const tail = Buffer.from(image.segment)
    tail.fill(0, offsetOf(6) + 10, offsetOf(7) + 10)
    await withTail(tail, async (journal) => {
      expect(journal.recovered).toMatchObject({ lastSeq: 5, truncatedBytes: 3 * RECORD, quarantined: 0 })
      expect(await checkedSeqs(journal)).toEqual(range(1, 5))
    })
  })

  it('of zeros, as a preallocating file system leaves, is no damage', async () => {
    await withTail(Buffer.concat([image.segment, Buffer.alloc(5000)]), async (journal) => {
      expect(journal.recovered).toMatchObject({ lastSeq: 8, truncatedBytes: 0, quarantined: 0 })
    })
  })

  it('is not what damage before a later group is: that group proves that the bytes had been durable', async () => {
    for (let at = offsetOf(1); at < offsetOf(6); at += 7) {
      const bad = Buffer.from(image.segment)
      bad[at]! ^= 0x10
      await withBadByte(bad, 1 + Math.floor((at - offsetOf(1)) / RECORD))
    }
  })

  async function withBadByte(bad: Buffer, broken: number): Promise<void> {
    await withDir(async (dir) => {
      await writeFile(join(dir, 'identity'), image.identity)
      await writeFile(join(dir, '0000000000000001.wal'), bad)
      const journal = await open(dir)
      const expected = { lastSeq: 8, truncatedBytes: 0, quarantined: 1, lost: [{ first: broken, last: broken }] }
      expect(journal.recovered, `record ${broken}`).toMatchObject(expected)
      expect(await checkedSeqs(journal)).toEqual(range(1, 8).filter((seq) => seq !== broken))
      await journal.close()
    })
  }
})

describe('records that a killed process had written but not synced', () => {
  it('are durable once a start has shown them', async () => {
    const disk = new MemoryDisk()
    const journal = await open('/j', { files: disk.files() })
    disk.holdSyncs = true
    void journal.append({ kind: 1, project: 'p', receivedMs: 0, bytes: payload(1) }).durable
    await new Promise((done) => setTimeout(done, 30))
    disk.kill()
    await journal.close()
    const second = await open('/j', { files: disk.files() })
    expect(second.recovered.lastSeq).toBe(1)
    disk.powerLoss({ keptShare: 0, keepNames: false })
    await second.close()
    const third = await open('/j', { files: disk.files() })
    expect(third.recovered).toMatchObject({ lastSeq: 1, lost: [] })
    expect(await checkedSeqs(third)).toEqual([1])
    await third.close()
  })
})

describe('damage in a closed segment', () => {
  it('costs the records that it hits, is told exactly, is kept in quarantine, and is found again without a crash loop', () =>
    withDir(async (dir) => {
      const [first] = await threeSegments(dir)
      await change(first!, (bytes) => void bytes.fill(0, offsetOf(3) + 5, offsetOf(5) + 5))
      for (let start = 0; start < 3; start++) {
        const journal = await open(dir)
        expect(journal.recovered).toMatchObject({
          lastSeq: 20,
          truncatedBytes: 0,
          quarantined: 1,
          lost: [{ first: 3, last: 5 }],
        })
        expect(await checkedSeqs(journal)).toEqual(range(1, 20).filter((seq) => seq < 3 || seq > 5))
        await journal.close()
      }
      const kept = await readdir(join(dir, 'quarantine'))
      expect(kept).toEqual([`0000000000000001.wal-${offsetOf(3)}-${offsetOf(6)}`])
      expect(await readFile(join(dir, 'quarantine', kept[0]!))).toHaveLength(3 * RECORD)
    }))

  it('never brings up an altered record, whichever byte is hit, and never keeps the journal from opening', () =>
    withDir(async (dir) => {
      const paths = await threeSegments(dir)
      const images = await Promise.all(paths.map((path) => readFile(path)))
      for (let at = 0; at < images[0]!.length; at += 5) {
        for (const path of await segmentPaths(dir)) await unlink(path)
        for (const [i, path] of paths.entries()) await writeFile(path, images[i]!)
        await change(paths[0]!, (bytes) => {
          bytes[at]! ^= 0x01
          return undefined
        })
        const journal = await open(dir)
        const { lost, quarantined, lastSeq } = journal.recovered
        expect({ quarantined, lastSeq }, `byte ${at}`).toEqual({ quarantined: 1, lastSeq: 20 })
        const missing = lost.flatMap((gap) => range(gap.first, gap.last))
        expect(missing.length).toBeLessThanOrEqual(1)
        expect(await checkedSeqs(journal)).toEqual(range(1, 20).filter((seq) => !missing.includes(seq)))
        await journal.close()
      }
    }))

  it('does not count as a loss when the store has those records', () =>
    withDir(async (dir) => {
      const journal = await open(dir)
      for (let n = 1; n <= 10; n++) await fill(journal, { from: n, to: n })
      const seal = await journal.seal(sealOf(1, 10))
      journal.commit(seal.id, 0)
      await journal.close()
      await change((await segmentPaths(dir))[0]!, (bytes) => void bytes.fill(0, offsetOf(3), offsetOf(4)))
      const again = await open(dir)
      expect(again.recovered).toMatchObject({ quarantined: 1, lost: [], unsealedFrom: 11 })
      await again.close()
    }))

  it('is refused by a reader when it came after the start', () =>
    withDir(async (dir) => {
      const journal = await open(dir)
      await fill(journal, { from: 1, to: 10 })
      await change((await segmentPaths(dir))[0]!, (bytes) => void bytes.fill(7, offsetOf(6), offsetOf(6) + 40))
      const corrupt = expect.objectContaining({ code: 'INSIGHTS_JOURNAL_CORRUPT' })
      await expect(readAll(journal)).rejects.toEqual(corrupt)
      await journal.close()
    }))
})

describe('segment files that are not as they were', () => {
  it('that are missing are told as lost records', () =>
    withDir(async (dir) => {
      const paths = await threeSegments(dir)
      await unlink(paths[0]!)
      const journal = await open(dir)
      expect(journal.recovered.lost).toEqual([{ first: 1, last: 10 }])
      expect(await checkedSeqs(journal)).toEqual(range(11, 20))
      await journal.close()
    }))

  it('that are copies under another name are moved away', () =>
    withDir(async (dir) => {
      const paths = await threeSegments(dir)
      await copyFile(paths[0]!, join(dir, '0000000000000009.wal'))
      const journal = await open(dir)
      expect(journal.recovered).toMatchObject({ quarantined: 1, lost: [], lastSeq: 20 })
      expect(await checkedSeqs(journal)).toEqual(range(1, 20))
      expect(await readdir(join(dir, 'quarantine'))).toEqual(['0000000000000009.wal'])
      await journal.close()
    }))

  it('that come from another journal are moved away', () =>
    withDir(async (dir) =>
      withDir(async (other) => {
        await threeSegments(dir)
        await threeSegments(other)
        await (await open(other)).close()
        const foreign = await segmentPaths(other)
        await copyFile(foreign[3]!, join(dir, '0000000000000004.wal'))
        const journal = await open(dir)
        expect(journal.recovered).toMatchObject({ quarantined: 1, lastSeq: 20 })
        expect(await checkedSeqs(journal)).toEqual(range(1, 20))
        expect(await readdir(join(dir, 'quarantine'))).toEqual(['0000000000000004.wal'])
        await journal.close()
      }),
    ))

  it('that are empty or rubbish are moved away', () =>
    withDir(async (dir) => {
      await threeSegments(dir)
      await writeFile(join(dir, '0000000000000004.wal'), '')
      await writeFile(join(dir, '0000000000000005.wal'), Buffer.alloc(9000, 'rubbish'))
      await writeFile(join(dir, '0000000000000006.wal.tmp'), 'half a segment')
      const journal = await open(dir)
      expect(journal.recovered).toMatchObject({ quarantined: 2, lastSeq: 20, lost: [] })
      expect(await readSeqs(journal)).toEqual(range(1, 20))
      expect(await readdir(dir)).not.toContain('0000000000000006.wal.tmp')
      await journal.close()
    }))

  it('are whole without the identity file, which they bring back', () =>
    withDir(async (dir) => {
      await threeSegments(dir)
      const before = await readFile(join(dir, 'identity'))
      await unlink(join(dir, 'identity'))
      const journal = await open(dir)
      expect(await checkedSeqs(journal)).toEqual(range(1, 20))
      expect(await readFile(join(dir, 'identity'))).toEqual(before)
      await journal.close()
    }))

  it('keep the journal shut when a newer build wrote them', () =>
    withDir(async (dir) => {
      const paths = await threeSegments(dir)
      await change(paths[1]!, (bytes) =>
        Buffer.concat([withVersion(bytes.subarray(0, 80), FORMAT_VERSION + 1), bytes.subarray(80)]),
      )
      const newer = expect.objectContaining({
        code: 'INSIGHTS_JOURNAL_CORRUPT',
        message: expect.stringContaining('newer'),
      })
      await expect(open(dir)).rejects.toEqual(newer)
      await expect(open(dir)).rejects.toEqual(newer)
      expect(await segmentPaths(dir)).toEqual(paths)
    }))
})

describe('a directory that was restored from a backup', () => {
  it('gives none of the seal ids that its original gave since', () =>
    withDir(async (dir) => {
      const first = await open(dir)
      await fill(first, { from: 1, to: 2 })
      await first.close()
      const [path] = await segmentPaths(dir)
      await copyFile(path!, join(dir, 'backup'))
      const original = await open(dir)
      const one = await original.seal(sealOf(1, 2))
      await original.close()
      for (const each of await segmentPaths(dir)) await unlink(each)
      await rename(join(dir, 'backup'), path!)
      const restored = await open(dir)
      expect((await restored.seal(sealOf(1, 1))).id).not.toBe(one.id)
      await restored.close()
    }))
})
