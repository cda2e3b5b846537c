import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../telemetry/metrics.ts'
import { segmentPaths } from './testing/damage.ts'
import { fill, open, payload, range, readAll, readSeqs, sealOf, withDir } from './testing/open.ts'

const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !holds(); i++) await new Promise((done) => setTimeout(done, 10))
}

describe('the journal', () => {
  it('gives back what was appended, byte for byte, in this process and in the next', () =>
    withDir(async (dir) => {
      const big = payload(2, 100_000)
      const first = await open(dir)
      const a = first.append({ kind: 1, project: 'shop', receivedMs: 11, bytes: payload(1) })
      const b = first.append({ kind: 2, project: 'dépôt', receivedMs: 12.5, bytes: big })
      await Promise.all([a.durable, b.durable])
      const expected = [
        { seq: 1, kind: 1, project: 'shop', receivedMs: 11, bytes: Buffer.from(payload(1)) },
        { seq: 2, kind: 2, project: 'dépôt', receivedMs: 12.5, bytes: Buffer.from(big) },
      ]
      expect(await readAll(first)).toEqual(expected)
      await first.close()
      const second = await open(dir)
      expect(second.id).toBe(first.id)
      expect(second.id).toMatch(/^[0-9a-f]{32}$/)
      expect(second.recovered).toMatchObject({
        firstSeq: 1,
        unsealedFrom: 1,
        lastSeq: 2,
        truncatedBytes: 0,
        quarantined: 0,
        lost: [],
      })
      expect(await readAll(second)).toEqual(expected)
      expect(second.append({ kind: 1, project: 'p', receivedMs: 0, bytes: payload(3) }).seq).toBe(3)
      await second.close()
    }))

  it('commits what is appended together in one group', () =>
    withDir(async (dir) => {
      const metrics = createMetrics()
      const journal = await open(dir, { metrics, commitDelayMs: 2 })
      await fill(journal, { from: 1, to: 3000 })
      expect(metrics.counter('insights_journal_commits_total', '').value()).toBeLessThan(5)
      expect(metrics.counter('insights_journal_appended_records_total', '').value()).toBe(3000)
      expect(await readSeqs(journal)).toEqual(range(1, 3000))
      expect((await readAll(journal, 1500, 1502)).map((record) => record.seq)).toEqual([1500, 1501, 1502])
      await journal.close()
    }))

  it('writes an append made while the waiters of the last group run', () =>
    withDir(async (dir) => {
      const journal = await open(dir)
      for (let n = 1; n <= 20; n++) {
        // Awaited directly: any more steps between would let the commit loop end first.
        await journal.append({ kind: 1, project: 'p', receivedMs: 0, bytes: payload(n) }).durable
      }
      expect(await readSeqs(journal)).toEqual(range(1, 20))
      await journal.close()
    }))

  it('keeps its files to its owner', () =>
    withDir(async (parent) => {
      const dir = join(parent, 'journal')
      const journal = await open(dir)
      expect((await stat(dir)).mode & 0o777).toBe(0o700)
      for (const name of ['lock', 'identity', '0000000000000001.wal'])
        expect((await stat(join(dir, name))).mode & 0o777, name).toBe(0o600)
      await journal.close()
    }))

  it('writes what is queued when it closes, and refuses everything afterwards', () =>
    withDir(async (dir) => {
      const journal = await open(dir, { commitDelayMs: 60_000 })
      const { durable } = journal.append({ kind: 1, project: 'p', receivedMs: 0, bytes: payload(1) })
      await Promise.all([journal.close(), journal.close()])
      await durable
      const closed = expect.objectContaining({ code: 'INSIGHTS_JOURNAL_CLOSED' })
      expect(() => journal.append({ kind: 1, project: 'p', receivedMs: 0, bytes: payload(2) })).toThrow(closed)
      await expect(journal.seal(sealOf(1, 1))).rejects.toEqual(closed)
      const again = await open(dir)
      expect(again.recovered.lastSeq).toBe(1)
      await again.close()
    }))
})

describe('seals and commits', () => {
  it('come back after a restart, committed or not, and no seal id is given twice', () =>
    withDir(async (dir) => {
      const first = await open(dir)
      await fill(first, { from: 1, to: 10 })
      const one = await first.seal({ ...sealOf(1, 4, 2), dropped: Uint32Array.of(3, 9) })
      const two = await first.seal(sealOf(5, 6))
      first.commit(one.id, 1)
      await first.close()
      const second = await open(dir)
      expect(second.recovered.seals).toEqual([
        { ...one, committed: [false, true] },
        { ...two, committed: [false] },
      ])
      expect(second.recovered.unsealedFrom).toBe(7)
      expect(second.usage().pendingRecords).toBe(10)
      const three = await second.seal(sealOf(7, 10))
      expect(three.id).toBeGreaterThan(two.id)
      await second.close()
    }))

  it('must follow each other without a gap', () =>
    withDir(async (dir) => {
      const journal = await open(dir)
      await fill(journal, { from: 1, to: 5 })
      await expect(journal.seal(sealOf(2, 3))).rejects.toThrow('cannot seal 2 to 3')
      await expect(journal.seal(sealOf(1, 6))).rejects.toThrow(RangeError)
      const both = await Promise.all([journal.seal(sealOf(1, 2)), journal.seal(sealOf(3, 5))])
      expect(both[1].id).toBeGreaterThan(both[0].id)
      await journal.close()
    }))

  it('outlive the segments that they were written in', () =>
    withDir(async (dir) => {
      const options = { segmentBytes: 2000, retainMs: 0 }
      const journal = await open(dir, options)
      await fill(journal, { from: 1, to: 10 })
      const done = await journal.seal(sealOf(1, 4))
      const half = await journal.seal(sealOf(5, 10, 2))
      journal.commit(half.id, 0)
      for (let n = 11; n <= 200; n += 10) await fill(journal, { from: n, to: n + 9 })
      expect(journal.usage().segments).toBeGreaterThan(3)
      journal.commit(done.id, 0)
      const rest = await journal.seal(sealOf(11, 200))
      journal.commit(rest.id, 0)
      await journal.close()
      const again = await open(dir, options)
      expect(again.recovered.seals).toEqual([
        { ...done, committed: [true] },
        { ...half, committed: [true, false] },
        { ...rest, committed: [true] },
      ])
      expect(again.recovered.lost).toEqual([])
      again.commit(half.id, 1)
      await until(() => again.usage().segments === 1)
      await again.close()
      expect(await segmentPaths(dir)).toHaveLength(1)
      const last = await open(dir, options)
      expect(last.recovered).toMatchObject({ seals: [], firstSeq: 201, unsealedFrom: 201, lastSeq: 200, lost: [] })
      await last.close()
    }))

  it('let a segment go only when it has been committed for the retention time', () =>
    withDir(async (dir) => {
      let nowMs = 0
      const clock = { nowMs: () => 50_000, monotonicMs: () => nowMs }
      const journal = await open(dir, { segmentBytes: 1000, retainMs: 60_000, clock })
      for (let n = 1; n <= 100; n += 10) await fill(journal, { from: n, to: n + 9 })
      expect(journal.usage()).toMatchObject({ oldestUncommittedMs: 50_000 - 1001, pendingRecords: 100 })
      const seal = await journal.seal(sealOf(1, 100))
      journal.commit(seal.id, 0)
      expect(journal.usage().oldestUncommittedMs).toBeUndefined()
      nowMs = 59_000
      await new Promise((done) => setTimeout(done, 1200))
      expect(journal.usage().segments).toBeGreaterThan(5)
      nowMs = 60_000
      await until(() => journal.usage().segments === 1)
      expect(journal.usage()).toMatchObject({ segments: 1, pendingRecords: 0 })
      await journal.close()
    }))
})

describe('the budget', () => {
  it('refuses appends from 95 % on, and takes them again once the store has caught up, without the retention time', () =>
    withDir(async (dir) => {
      const journal = await open(dir, { maxBytes: 100_000, retainMs: 1e9 })
      let last = 0
      const full = expect.objectContaining({ code: 'INSIGHTS_JOURNAL_FULL', retryable: true })
      expect(() => {
        for (;;) last = journal.append({ kind: 1, project: 'p', receivedMs: 0, bytes: payload(last + 1, 1000) }).seq
      }).toThrow(full)
      const seal = await journal.seal(sealOf(1, last))
      expect(journal.pressure()).toBeGreaterThan(0.9)
      expect(journal.pressure()).toBeLessThan(1)
      journal.commit(seal.id, 0)
      const append = () => journal.append({ kind: 1, project: 'p', receivedMs: 0, bytes: payload(last + 1, 1000) })
      const wait = async (): Promise<number> => {
        for (let i = 0; i < 300; i++) {
          try {
            return append().seq
          } catch {
            await new Promise((done) => setTimeout(done, 10))
          }
        }
        return -1
      }
      expect(await wait()).toBe(last + 1)
      await journal.close()
    }))
})
