// A sealed batch in; its rows in ClickHouse exactly once, in the base table and in every rollup, out. Poison rows go to the dead-letter folder.
//
// The first line is the token: the table and every rollup remember the tokens of their last 100,000 inserts, so sending the same bytes under
// the same token again can only fill in what is missing. The token does not answer for the moment between an insert and its record in the
// log when the engine dies, for an insert older than the log, nor for a log whose day was swapped by a repair. Then the second line holds:
// count the rows of the batch. None: insert. All: do not, but see that the rollups agree. Else: take them out, insert anew, rebuild.
//
// Which line holds where: with the embedded engine nobody else writes and a dead engine holds no running insert, so any missing answer is
// looked up. A remote server may still be at work on what it did not answer, so there the token is sent again, and the count is only for a
// batch of an earlier process or an outlived log; a count of none then still goes out under the old token.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Batch, LoadResult, LoadTable } from './batch.ts'
import type { Store } from './client.ts'
import { createDayGate, type DayGate } from './day-gate.ts'
import { writeDeadLetters } from './dead-letter.ts'
import { countDeadRecords } from './dead-records.ts'
import type { Failure } from './failures.ts'
import { type InsertOutcome, insertBatch, type StoredOrPoison } from './insert-batch.ts'
import { deadLetterRows, insertLedger, removeCorrections } from './ledger.ts'
import { refillScores } from './refill-scores.ts'
import { lookUp, reconcile, removeBatch } from './repair.ts'
import { createRetry, type Retry } from './retry.ts'
import { createSlots } from './slots.ts'
import { DEDUP_WINDOW } from './sql.ts'
import { createStoreMetrics, type StoreMetrics } from './store-metrics.ts'

export interface LoaderOptions {
  store: Store
  /** The dead-letter folder is made in here. */
  dataDir: string
  /** Keeps inserts and rebuilds of a day apart; pass the one that rebuilds use. */
  gate?: DayGate
  /** The longest that any project keeps a row: what is older and gone was taken by retention, and is not brought back. Default: for ever. */
  retentionDays?: number
}

export interface Loader {
  /** Resolves when every row is stored or in the dead-letter folder. Rejects only once stopped (INSIGHTS_STORE_UNREACHABLE). */
  load(batch: Batch): Promise<LoadResult>
  /** Ends all waiting; loads in hand reject and may be loaded again, with `first: false`. */
  stop(): Promise<void>
}

const CONCURRENT_LOADS = 2

export function createLoader({ store, dataDir, gate = createDayGate(), retentionDays }: LoaderOptions): Loader {
  const stopping = new AbortController()
  const inserts: Record<LoadTable, number> = { spans: 0, log_events: 0, ingest_ledger: 0 }
  const metrics = createStoreMetrics(store.metrics)
  const slots = createSlots(CONCURRENT_LOADS)
  const context: LoadContext = { store, dataDir, gate, retentionDays, metrics, inserts, signal: stopping.signal }
  const running = new Set<Promise<unknown>>()
  return {
    load(batch) {
      const done = slots.run(() => loadBatch(batch, context))
      running.add(done)
      return done.finally(() => running.delete(done))
    },
    async stop() {
      stopping.abort()
      await Promise.allSettled(running)
    },
  }
}

interface LoadContext {
  store: Store
  dataDir: string
  gate: DayGate
  retentionDays: number | undefined
  metrics: StoreMetrics
  /** Inserts so far, per table: the age of a token in the deduplication log. */
  inserts: Record<LoadTable, number>
  signal: AbortSignal
}

async function loadBatch(batch: Batch, context: LoadContext): Promise<LoadResult> {
  const { store, metrics, signal } = context
  const retry = createRetry(`insert into ${batch.table}`, { log: store.log, retries: metrics.retries, signal })
  const startMs = store.clock.monotonicMs()
  const { rows, looked, removed } = await storeRows(batch, retry, context)
  if (looked && batch.table === 'spans') await agree(batch, removed, retry, context)
  const { table, day } = batch
  if (looked && table !== 'ingest_ledger') await retry.until(() => refillScores(store, table, day))
  metrics.loadSeconds.observe((store.clock.monotonicMs() - startMs) / 1000, batch.table)
  // What an earlier attempt found to be poison may be other rows than now.
  if (looked && batch.table !== 'ingest_ledger') await retry.until(() => removeCorrections(store, batch.id))
  return await settle(batch, { ...rows, looked }, retry, context)
}

interface StoredRows {
  rows: StoredOrPoison
  /** The table was read, so something had gone wrong before: the rollups are to be compared. */
  looked: boolean
  /** Rows were taken out, which the rollups still hold. */
  removed: boolean
}

async function storeRows(batch: Batch, retry: Retry, context: LoadContext): Promise<StoredRows> {
  const { store, gate, retentionDays } = context
  let token = `${batch.id}-${batch.table}`
  let removed = false
  let rows: InsertOutcome = batch.first ? await insert(batch, token, retry, context) : 'look'
  const looked = rows === 'look'
  while (rows === 'look') {
    const found = await retry.until(() => lookUp(store, batch, retentionDays))
    if (found === 'stored' || found === 'expired') return { rows: { stored: batch.rows, poison: [] }, looked, removed }
    if (found === 'partial') {
      store.log.error(
        { table: batch.table, batch_id: batch.id },
        'a batch is stored in part or twice; putting it right',
      )
      await retry.until(() => gate.own(batch.day, () => removeBatch(store, batch)))
      removed = true
    }
    if (found === 'partial' || batch.gone || store.generation !== undefined) token = freshToken(batch)
    rows = await insert(batch, token, retry, context)
  }
  return { rows, looked, removed }
}

// The old token may be on record for rows that a power cut took: under it they would never come back.
const freshToken = (batch: Batch): string => `${batch.id}-${batch.table}-${randomBytes(8).toString('hex')}`

async function insert(batch: Batch, token: string, retry: Retry, context: LoadContext): Promise<InsertOutcome> {
  const { store, gate, inserts } = context
  const generation = store.generation?.()
  const repairs = gate.repairs()
  const firstInsert = inserts[batch.table]
  const mustLook = (failure: Failure): boolean =>
    (store.generation !== undefined && (failure.blame === 'unanswered' || store.generation() !== generation)) ||
    gate.repairs() !== repairs ||
    inserts[batch.table] - firstInsert > DEDUP_WINDOW / 2
  const share = <T>(task: () => Promise<T>): Promise<T> => {
    inserts[batch.table] += 1
    return gate.share(batch.day, task)
  }
  return await insertBatch(batch, token, { store, retry, share, mustLook })
}

async function agree(batch: Batch, removed: boolean, retry: Retry, context: LoadContext): Promise<void> {
  const { store, gate, metrics, signal } = context
  const pause = async (ms: number): Promise<void> => void (await sleep(ms, undefined, { signal }))
  const countsOnly = batch.sameRows !== false
  const rebuilt = await retry.until(() => reconcile(batch.day, { store, gate, pause, force: removed, countsOnly }))
  if (!rebuilt) return
  metrics.rebuiltDays.add()
  if (!removed) store.log.error({ day: batch.day }, 'rollups had lost or doubled rows of a day; rebuilt from the base')
}

type Settled = StoredOrPoison & Pick<StoredRows, 'looked'>

async function settle(batch: Batch, rows: Settled, retry: Retry, context: LoadContext): Promise<LoadResult> {
  const { store, dataDir, metrics } = context
  const dead = countDeadRecords(
    batch.table,
    rows.poison.map(({ failure, block }) => ({ reason: failure.name, block })),
  )
  const poisoned = batch.rows - rows.stored
  if (poisoned > 0) {
    const path = await retry.until(() => writeDeadLetters(dataDir, batch, rows.poison, store.clock.nowMs()))
    metrics.poisonedRows.add(poisoned, batch.table)
    const errors = [...new Set(rows.poison.map(({ failure }) => failure.name))]
    const fields = { table: batch.table, batch_id: batch.id, rows: poisoned, errors, path }
    const token = `${rows.looked ? freshToken(batch) : batch.id}-dead`
    const corrections = deadLetterRows(dead)
    await retry.until(() => insertLedger(store, corrections, { batchId: batch.id, token }))
    store.log.error(fields, 'ClickHouse will never take these rows; kept as dead letters')
  }
  metrics.storedRows.add(rows.stored, batch.table)
  return { stored: rows.stored, poisoned, dead }
}
