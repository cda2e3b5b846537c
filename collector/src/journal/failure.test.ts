import { describe, expect, it } from 'vitest'
import { createMetrics } from '../telemetry/metrics.ts'
import { createFaults } from './testing/faulty-files.ts'
import { fill, open, payload, range, readSeqs, sealOf, withDir } from './testing/open.ts'

const ioError = expect.objectContaining({ code: 'INSIGHTS_JOURNAL_IO', retryable: true })
const record = { kind: 1, project: 'p', receivedMs: 0, bytes: payload(99) }

const CASES = [
  { operation: 'write', errno: 'ENOSPC' },
  { operation: 'write', errno: 'EROFS' },
  { operation: 'datasync', errno: 'EIO' },
] as const

describe.each(CASES)('a disk that answers $errno to $operation', ({ operation, errno }) => {
  it('has the waiters refused, then goes on in a new segment, and what was refused stays gone', () =>
    withDir(async (dir) => {
      const faults = createFaults()
      const metrics = createMetrics()
      const journal = await open(dir, { files: faults.files, metrics })
      await fill(journal, { from: 1, to: 5 })
      faults[operation] = errno
      const refused = await Promise.allSettled([1, 2, 3].map(() => journal.append(record).durable))
      expect(refused).toEqual([1, 2, 3].map(() => ({ status: 'rejected', reason: ioError })))
      expect(metrics.counter('insights_journal_failures_total', '', ['errno']).value(errno)).toBe(1)
      expect(journal.usage().state).toBe('failed')
      expect(() => journal.append(record)).toThrow(ioError)
      await expect(journal.seal(sealOf(1, 5))).rejects.toEqual(ioError)
      await expect(journal.reopen()).rejects.toEqual(ioError)
      expect(await readSeqs(journal)).toEqual(range(1, 5))

      delete faults[operation]
      await Promise.all([journal.reopen(), journal.reopen()])
      expect(journal.recovered).toMatchObject({ firstSeq: 1, unsealedFrom: 1, lastSeq: 5 })
      expect(journal.usage()).toMatchObject({ state: 'ok', pendingRecords: 5, queuedBytes: 0 })
      await fill(journal, { from: 6, to: 9 })
      expect(await readSeqs(journal)).toEqual(range(1, 9))
      await journal.close()
      for (let restart = 0; restart < 2; restart++) {
        const again = await open(dir)
        expect(again.recovered).toMatchObject({ lastSeq: 9, quarantined: 0, truncatedBytes: 0, lost: [] })
        expect(await readSeqs(again)).toEqual(range(1, 9))
        await again.close()
      }
    }))
})

describe('a failed journal', () => {
  it('cuts refused records off by the next header when it cannot truncate', () =>
    withDir(async (dir) => {
      const faults = createFaults()
      const journal = await open(dir, { files: faults.files })
      await fill(journal, { from: 1, to: 5 })
      Object.assign(faults, { datasync: 'EIO', truncate: 'EIO' })
      await expect(journal.append(record).durable).rejects.toEqual(ioError)
      Object.assign(faults, { datasync: undefined, truncate: undefined })
      await journal.reopen()
      await fill(journal, { from: 6, to: 6 })
      await journal.close()
      const again = await open(dir)
      expect((await Array.fromAsync(again.read(6, 6)))[0]?.bytes).toEqual(Buffer.from(payload(6)))
      expect(again.recovered).toMatchObject({ lastSeq: 6, quarantined: 0, lost: [] })
      await again.close()
    }))

  it('does not bring refused records back when it is closed and opened without a reopen', () =>
    withDir(async (dir) => {
      const faults = createFaults()
      const journal = await open(dir, { files: faults.files })
      await fill(journal, { from: 1, to: 5 })
      faults.datasync = 'EIO'
      await expect(journal.append(record).durable).rejects.toEqual(ioError)
      await journal.close()
      const again = await open(dir)
      expect(again.recovered).toMatchObject({ lastSeq: 5, truncatedBytes: 0 })
      await again.close()
    }))

  it('keeps durable seals and all commits, and frees the range of a seal that was refused', () =>
    withDir(async (dir) => {
      const faults = createFaults()
      const journal = await open(dir, { files: faults.files })
      await fill(journal, { from: 1, to: 10 })
      const kept = await journal.seal(sealOf(1, 4, 2))
      journal.commit(kept.id, 0)
      faults.write = 'ENOSPC'
      await expect(journal.seal(sealOf(5, 7))).rejects.toEqual(ioError)
      journal.commit(kept.id, 1)
      delete faults.write
      await journal.reopen()
      expect(journal.recovered.seals).toEqual([{ ...kept, committed: [true, true] }])
      expect(journal.recovered.unsealedFrom).toBe(5)
      const next = await journal.seal(sealOf(5, 10))
      await journal.close()
      const again = await open(dir)
      expect(again.recovered.seals).toEqual([
        { ...kept, committed: [true, true] },
        { ...next, committed: [false] },
      ])
      await again.close()
    }))

  it('is what a full disk at the change of segments makes of it too', () =>
    withDir(async (dir) => {
      const faults = createFaults()
      const journal = await open(dir, { files: faults.files, segmentBytes: 1000 })
      await fill(journal, { from: 1, to: 30 })
      faults.syncDir = 'EIO'
      await expect(journal.append(record).durable).rejects.toEqual(ioError)
      delete faults.syncDir
      await journal.reopen()
      await fill(journal, { from: 31, to: 60 })
      await journal.close()
      const again = await open(dir)
      expect(await readSeqs(again)).toEqual(range(1, 60))
      expect(again.recovered).toMatchObject({ quarantined: 0, lost: [] })
      await again.close()
    }))

  it('that cannot even be opened says so and leaves the lock free', () =>
    withDir(async (dir) => {
      const faults = createFaults()
      faults.write = 'ENOSPC'
      await expect(open(dir, { files: faults.files })).rejects.toEqual(ioError)
      const journal = await open(dir)
      await journal.close()
    }))
})
