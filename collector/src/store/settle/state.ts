// What the settler knows between two passes, and how it finds its place after a start.
import type { Store } from '../client.ts'
import { quoteIdentifier } from '../sql.ts'
import { LARGE, msOf, TRACE_KEY, timeOfMs } from './read-arrivals.ts'
import { createWatch, type Watch } from './watch.ts'

export interface SettleState {
  readonly watch: Watch
  /** Stored time of the last insert that was looked at. */
  mark: string
  /** Inserts of the last minutes up to the mark that were looked at: one may show up late. */
  readonly seen: Set<string>
  /** Traces that get rows all the time, by key, and since when they wait; monotonic ms. */
  readonly waiting: Map<number, number>
  /** Days of which an insert may have reached a part of the tables only. */
  readonly doubtful: Set<number>
  /** What was written lately: when it is to be written again, it was lost. */
  readonly written: Set<string>
  /** New responses that were not compared yet with rows of before `watch` began. */
  uncompared: Uncompared | undefined
  /** Not to be compared before, monotonic ms. */
  compareAtMs: number
  /** Everything that an earlier process may have left half done has been looked at. */
  caughtUp: boolean
}

export interface Uncompared {
  first: string
  last: string
  fromMs: number
  toMs: number
}

/** The mark of a settler that has looked at nothing yet. */
export const NO_MARK = '1970-01-01 00:00:00.000000'
/** A store that no settler has been at yet is looked at from here on. */
const FIRST_LOOK_S = 3_600

/** A slow insert shows up so late at most: longer than an insert may take. The first pass, too, looks so far back. */
export const LATE_MS = 240_000

/** Goes on where the last process noted that it was. */
export async function openState(store: Store): Promise<SettleState> {
  const [found] = await store.select<{ mark: string; spans: number; firstLook: string }>(
    `SELECT (SELECT max(stored_time) FROM settle_marks) AS mark, (SELECT count() FROM (SELECT 1 FROM spans LIMIT 1)) AS spans, now64(6) - {firstLook:UInt32} AS firstLook`,
    { firstLook: FIRST_LOOK_S },
  )
  const mark =
    found === undefined || found.spans === 0 ? NO_MARK : found.mark === NO_MARK ? found.firstLook : found.mark
  const sinceMs = Math.max(0, msOf(mark) - LATE_MS)
  return {
    watch: createWatch(sinceMs, { settled: await readSettledKeys(store, sinceMs) }),
    mark,
    seen: new Set(),
    waiting: new Map(),
    doubtful: new Set(),
    written: new Set(),
    uncompared: undefined,
    compareAtMs: 0,
    caughtUp: false,
  }
}

/** Traces of which something was settled since then. */
async function readSettledKeys(store: Store, sinceMs: number): Promise<Set<number>> {
  const rows = await store.select<{ key: number }>(
    `SELECT DISTINCT ${TRACE_KEY} AS key FROM settlements WHERE settled_time >= ${timeOfMs('sinceMs')}`,
    { sinceMs },
    LARGE,
  )
  return new Set(rows.map(({ key }) => key))
}

/** @param holder who settles, '' = nobody from now on */
export async function noteMark(store: Store, mark: string, holder: string): Promise<void> {
  const table = `${quoteIdentifier(store.database)}.settle_marks`
  await store.command(
    `INSERT INTO ${table} (stored_time, holder) SELECT toDateTime64({mark:String}, 6, 'UTC'), {holder:String}`,
    { mark, holder },
    { async_insert: 0 },
  )
}
