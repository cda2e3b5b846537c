// The journal against a model of a few lines, over random histories of appends, seals, commits, disk errors, kills and power losses.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryDisk, type PowerLoss } from './testing/memory-disk.ts'
import { open, readAll, sealOf } from './testing/open.ts'
import type { Journal, Seal } from './types.ts'

type Action =
  | { do: 'append'; count: number; sizeBytes: number; wait: boolean }
  | { do: 'seal'; share: number; batches: number }
  | { do: 'commit'; pick: number; batch: number }
  | { do: 'drain' }
  | { do: 'fail'; operation: 'write' | 'datasync'; reopen: boolean }
  | { do: 'power loss'; loss: PowerLoss }
  | { do: 'kill' }
  | { do: 'close' }

const share = fc.double({ min: 0, max: 1, noNaN: true })
const loss: fc.Arbitrary<PowerLoss> = fc.record(
  { keptShare: share, zeroAt: share, keepNames: fc.boolean() },
  { requiredKeys: ['keptShare', 'keepNames'] },
)
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 8 }),
      sizeBytes: fc.constantFrom(1, 100, 900, 17_000),
      wait: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('seal' as const), share, batches: fc.integer({ min: 0, max: 3 }) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('commit' as const), pick: fc.nat(), batch: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('drain' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      operation: fc.constantFrom('write' as const, 'datasync' as const),
      reopen: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('power loss' as const), loss }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
)

interface ModelSeal {
  seal: Seal
  committed: boolean[]
}

/** What the journal owes: a record that was acknowledged is `sure`, one under way may or may not survive. */
class Model {
  records = new Map<number, { text: string; sure: boolean }>()
  seals: ModelSeal[] = []
  givenIds = new Set<number>()
  unique = 0

  get sureLast(): number {
    return Math.max(0, ...[...this.records].filter(([, record]) => record.sure).map(([seq]) => seq))
  }
  get last(): number {
    return Math.max(0, ...this.records.keys())
  }
  get unsealedFrom(): number {
    return (this.seals.at(-1)?.seal.last ?? 0) + 1
  }
  isDone(seq: number): boolean {
    const owner = this.seals.find(({ seal }) => seal.first <= seq && seq <= seal.last)
    return owner?.committed.every(Boolean) ?? false
  }
  /** What was refused is gone; what survived is sure from now on. */
  settle(lastSeq: number): void {
    for (const seq of [...this.records.keys()]) if (seq > lastSeq) this.records.delete(seq)
    for (const record of this.records.values()) record.sure = true
  }
}

class Run {
  readonly disk = new MemoryDisk()
  readonly model = new Model()
  #journal: Journal | undefined

  get journal(): Journal {
    return this.#journal!
  }

  async start(): Promise<void> {
    const limits = { segmentBytes: 3000, maxBytes: 30_000, retainMs: 0 }
    this.#journal = await open('/j', { files: this.disk.files(), ...limits })
  }

  async act(step: Action): Promise<void> {
    if (step.do === 'append') await this.append(step)
    else if (step.do === 'seal') await this.seal(step)
    else if (step.do === 'commit') this.commit(step)
    else if (step.do === 'drain') await this.drain()
    else if (step.do === 'fail') await this.fail(step)
    else await this.restart(step)
  }

  async append({ count, sizeBytes, wait }: { count: number; sizeBytes: number; wait: boolean }): Promise<void> {
    const waits: Promise<void>[] = []
    for (let i = 0; i < count; i++) {
      const text = `${this.model.unique++}`.padEnd(sizeBytes, '.')
      try {
        const { seq, durable } = this.journal.append({ kind: 1, project: 'p', receivedMs: 0, bytes: Buffer.from(text) })
        expect(seq).toBe(this.model.last + 1)
        const record = { text, sure: false }
        this.model.records.set(seq, record)
        const acknowledge = (): void => {
          record.sure = true
        }
        waits.push(durable.then(acknowledge))
      } catch (error) {
        expect(error).toMatchObject({ code: 'INSIGHTS_JOURNAL_FULL' })
      }
    }
    const all = Promise.allSettled(waits)
    if (wait) await all
  }

  async seal({ share, batches }: { share: number; batches: number }): Promise<void> {
    const first = this.model.unsealedFrom
    if (this.model.last < first) return
    const last = first + Math.floor((this.model.last - first) * share)
    const seal = await this.journal.seal(sealOf(first, last, batches))
    expect(this.model.givenIds.has(seal.id)).toBe(false)
    this.model.givenIds.add(seal.id)
    this.model.seals.push({ seal, committed: seal.batches.map(() => false) })
    for (const [seq, record] of this.model.records) if (seq <= last) record.sure = true
  }

  commit({ pick, batch }: { pick: number; batch: number }): void {
    const open = this.model.seals.filter(({ committed }) => committed.includes(false))
    const chosen = open[pick % open.length]
    if (!chosen) return
    const index = batch % chosen.committed.length
    chosen.committed[index] = true
    this.journal.commit(chosen.seal.id, index)
  }

  /** The store catches up. */
  async drain(): Promise<void> {
    await this.seal({ share: 1, batches: 1 })
    const open = (): boolean => this.model.seals.some(({ committed }) => committed.includes(false))
    for (let batch = 0; open(); batch++) this.commit({ pick: 0, batch })
  }

  async fail({ operation, reopen }: { operation: 'write' | 'datasync'; reopen: boolean }): Promise<void> {
    this.disk.failing = { [operation]: 'EIO' }
    await this.provoke()
    this.disk.failing = {}
    if (this.journal.usage().state === 'ok') return
    if (!reopen) return this.restart({ do: 'kill' })
    await this.journal.reopen()
    await this.check({ commitsMayBeLost: false })
  }

  /** An append that the disk refuses, unless the budget does first: then clean-up may still run into the error. */
  async provoke(): Promise<void> {
    const input = { kind: 1, project: 'p', receivedMs: 0, bytes: Buffer.from('refused') }
    const full = this.journal.pressure() + 0.001 > 0.95
    if (!full) await expect(this.journal.append(input).durable).rejects.toMatchObject({ code: 'INSIGHTS_JOURNAL_IO' })
    else await new Promise((done) => setImmediate(done))
  }

  async restart(step: Action): Promise<void> {
    if (step.do === 'close') await this.journal.close()
    else {
      if (step.do === 'power loss') this.disk.powerLoss(step.loss)
      else this.disk.kill()
      await this.journal.close()
    }
    await this.start()
    await this.check({ commitsMayBeLost: step.do !== 'close' })
  }

  /** Everything acknowledged is there, nothing refused is, and what is gone is in the store. */
  async check({ commitsMayBeLost }: { commitsMayBeLost: boolean }): Promise<void> {
    const { model, journal } = this
    const { recovered } = journal
    expect(recovered).toMatchObject({ quarantined: 0, lost: [] })
    expect(recovered.lastSeq).toBeGreaterThanOrEqual(model.sureLast)
    expect(recovered.lastSeq).toBeLessThanOrEqual(model.last)
    expect(recovered.unsealedFrom).toBe(model.unsealedFrom)
    model.settle(recovered.lastSeq)
    for (let seq = 1; seq < recovered.firstSeq; seq++) expect(model.isDone(seq), `record ${seq} is gone`).toBe(true)
    const found = (await readAll(journal)).map(({ seq, bytes }) => [seq, Buffer.from(bytes).toString()])
    const owed = [...model.records].filter(([seq]) => seq >= recovered.firstSeq).map(([seq, { text }]) => [seq, text])
    expect(found).toEqual(owed)
    this.checkSeals(commitsMayBeLost)
  }

  checkSeals(commitsMayBeLost: boolean): void {
    const { firstSeq, seals } = this.journal.recovered
    const known = new Map(seals.map((seal) => [seal.id, seal]))
    for (const expected of this.model.seals.filter(({ seal }) => seal.last >= firstSeq)) {
      const { committed, ...seal } = known.get(expected.seal.id)!
      expect(seal).toEqual(expected.seal)
      for (const [i, done] of committed.entries()) {
        if (!commitsMayBeLost) expect(done).toBe(expected.committed[i])
        else if (done) expect(expected.committed[i]).toBe(true)
      }
      // A lost commit is made again, as the second look at the store does.
      for (const [i, done] of expected.committed.entries()) if (done && !committed[i]) this.journal.commit(seal.id, i)
    }
    expect(seals.every((seal) => this.model.givenIds.has(seal.id))).toBe(true)
  }
}

describe('the journal, against its model', () => {
  it('keeps what it acknowledged and nothing that it refused, through any history of faults', async () => {
    let restarts = 0
    let deletions = 0
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 60 }), async (steps) => {
        const run = new Run()
        await run.start()
        for (const step of steps) await run.act(step)
        await run.restart({ do: 'kill' })
        restarts++
        if (run.journal.recovered.firstSeq > 1) deletions++
        await run.journal.close()
      }),
      { numRuns: 250 },
    )
    // Histories that never delete a segment would not test deletion.
    expect(deletions).toBeGreaterThan(restarts / 50)
  })
})
