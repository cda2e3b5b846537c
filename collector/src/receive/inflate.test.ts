import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createBudget, createLease } from './budget.ts'
import { freeInflated, inflate, parseCompression } from './inflate.ts'

const COMPRESSORS = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, zstd: zlib.zstdCompressSync }
const names = Object.keys(COMPRESSORS) as (keyof typeof COMPRESSORS)[]
const MEGABYTE = 1024 * 1024

function setUp(budgetBytes = 64 * MEGABYTE) {
  const budget = createBudget(budgetBytes)
  return { budget, lease: createLease(budget) }
}

describe('inflate', () => {
  test.each(names)('%s of any size and ratio comes back whole, and the lease holds exactly its size', async (name) => {
    for (const sizeBytes of [0, 1, 17, 300, 70_000, 3 * MEGABYTE]) {
      const { budget, lease } = setUp()
      const plain = Buffer.alloc(sizeBytes, 'hello telemetry ')
      const result = await inflate(COMPRESSORS[name](plain), name, { limitBytes: 8 * MEGABYTE, lease })
      expect(result.status === 'ok' && Buffer.compare(Buffer.from(result.bytes), plain)).toBe(0)
      expect(budget.usedBytes).toBe(sizeBytes)
    }
  })

  test.each(names)(
    '%s: what was made is freed when told so, the request itself and shared memory are not',
    async (name) => {
      const { lease } = setUp()
      for (const [sizeBytes, left] of [
        [300, 300],
        [3 * MEGABYTE, 0],
      ] as const) {
        const wire = COMPRESSORS[name](Buffer.alloc(sizeBytes, 'hello telemetry '))
        const wireBytes = wire.length
        const result = await inflate(wire, name, { limitBytes: 8 * MEGABYTE, lease })
        if (result.status !== 'ok') throw new Error(result.status)
        freeInflated(result.bytes, wire)
        expect([result.bytes.length, wire.length]).toEqual([left, wireBytes])
      }
      const plain = Buffer.alloc(MEGABYTE)
      freeInflated(plain, plain)
      expect(plain.length).toBe(MEGABYTE)
    },
  )

  test('zstd without a stated size is guessed upwards', async () => {
    const plain = Buffer.alloc(2 * MEGABYTE, 'x')
    const stream = zlib.createZstdCompress()
    const parts: Buffer[] = []
    stream.on('data', (part) => parts.push(part))
    stream.write(plain.subarray(0, MEGABYTE))
    stream.end(plain.subarray(MEGABYTE))
    await new Promise((resolve) => stream.on('end', resolve))
    const { lease } = setUp()
    const result = await inflate(Buffer.concat(parts), 'zstd', { limitBytes: 8 * MEGABYTE, lease })
    expect(result.status === 'ok' && result.bytes.length).toBe(plain.length)
  })

  test('several gzip members, whose end tells only the last size, come back whole', async () => {
    const plain = Buffer.alloc(100_000, 'y')
    const { lease } = setUp()
    const bytes = Buffer.concat([zlib.gzipSync(plain), zlib.gzipSync('z')])
    const result = await inflate(bytes, 'gzip', { limitBytes: MEGABYTE, lease })
    expect(result.status === 'ok' && result.bytes.length).toBe(plain.length + 1)
  })

  test.each(names)('%s above the limit is too large, and nothing stays taken', async (name) => {
    const { budget, lease } = setUp()
    const bomb = COMPRESSORS[name](Buffer.alloc(20 * MEGABYTE))
    expect(await inflate(bomb, name, { limitBytes: MEGABYTE, lease })).toEqual({ status: 'too_large' })
    expect(budget.usedBytes).toBe(0)
  })

  test.each(names)('%s is busy when the budget cannot hold the output', async (name) => {
    const { budget, lease } = setUp(MEGABYTE)
    const bytes = COMPRESSORS[name](Buffer.alloc(4 * MEGABYTE))
    expect(await inflate(bytes, name, { limitBytes: 8 * MEGABYTE, lease })).toEqual({ status: 'busy' })
    expect(budget.usedBytes).toBe(0)
  })

  test.each(names)('%s that is cut or is something else is corrupt', async (name) => {
    const { lease } = setUp()
    const bytes = COMPRESSORS[name](Buffer.from('some telemetry that is long enough to be cut'))
    for (const bad of [bytes.subarray(0, bytes.length - 6), Buffer.from('not compressed at all, sorry')]) {
      expect(await inflate(bad, name, { limitBytes: MEGABYTE, lease })).toEqual({ status: 'corrupt' })
    }
  })

  test('names of codings are read in any case, unknown and combined ones are not', () => {
    expect([undefined, '', 'Identity', ' GZIP ', 'zstd'].map(parseCompression)).toEqual([
      'identity',
      'identity',
      'identity',
      'gzip',
      'zstd',
    ])
    expect(['br', 'gzip, gzip', 'constructor'].map(parseCompression)).toEqual([undefined, undefined, undefined])
  })
})
