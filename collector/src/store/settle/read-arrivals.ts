// What has come into spans since a moment, by the time it was stored: inserts, and the traces that they touched.
import type { Store } from '../client.ts'

/** One insert; all its rows have its time. Times are text that sorts, and come from the server's clock. */
export interface Arrival {
  stored: string
  /** So long ago that its traces may be idle. */
  ripe: boolean
  rows: number
}

const MAX_ARRIVALS = 2_000

export interface ArrivalOptions {
  /** Stored time after which to look. */
  after: string
  /** Look so much further back. */
  backMs: number
  idleMs: number
}

/** Inserts that came later than that, oldest first, the first two thousand of them. */
export async function readArrivals(store: Store, options: ArrivalOptions): Promise<Arrival[]> {
  const rows = await store.select<{ stored: string; ripe: number; rows: number }>(
    `SELECT stored_time AS stored, stored_time <= now64(6) - toIntervalMillisecond({idleMs:UInt32}) AS ripe, count() AS rows
     FROM spans WHERE stored_time > toDateTime64({after:String}, 6, 'UTC') - toIntervalMillisecond({backMs:UInt32})
     GROUP BY stored_time ORDER BY stored_time LIMIT {limit:UInt32}`,
    { ...options, limit: MAX_ARRIVALS },
  )
  return rows.map((row) => ({ ...row, ripe: row.ripe === 1 }))
}

/** What one trace got by some inserts. */
export interface TraceArrival {
  project: string
  trace: string
  /** Hash of both, below 2^53. */
  key: number
  /** More has come since, and is not looked at yet. */
  busy: boolean
  /** Oldest of these inserts, ms since 1970. */
  storedMs: number
  /** Start of the earliest of these rows, ms since 1970. */
  startMs: number
  /** Rows that may count: calls, logs, summaries with usage. */
  told: number
  /** Those of them that may count though they did not when they arrived. */
  summaries: number
  logs: number
  /** Hashes of response ids. */
  responses: number[]
  /** Hashes of session ids, a few. */
  sessions: number[]
}

/** Names of 2^53 and less, which JSON and JavaScript keep exact. */
const hash53 = (...columns: string[]): string => `cityHash64(${columns.join(', ')}) % 9007199254740881`
export const TRACE_KEY = hash53('project_id', 'trace_id')
/** 0 = the row names no response, or is none that could count. */
export const RESPONSE_HASH = `if(response_id = '' OR usage_role NOT IN ('call', 'summary', 'log'), 0, greatest(1, ${hash53('project_id', 'response_id')}))`

/** Tells rows of one span apart, which differ in nothing else when it was stored twice. */
export const BATCH_HASH = 'cityHash64(batch_id) % 9007199254740881'
/** 0 = no session. */
export const SESSION_HASH = `if(session_id = '', 0, greatest(1, ${hash53('project_id', 'session_id')}))`

const TOKENS = ['input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens', 'reasoning_tokens']
export const KNOWN_FIELDS = TOKENS.map((column) => `(${column} IS NOT NULL)`).join(' + ')
/** Zero is what an instrumentation without the figures writes, so it is no usage. */
export const HAS_USAGE = `(${[...TOKENS, 'cost_usd', 'reported_cost_usd'].map((column) => `ifNull(${column}, 0) > 0`).join(' OR ')})`
export const MAY_COUNT = `(usage_role IN ('call', 'log') OR (usage_role = 'summary' AND ${HAS_USAGE}))`

/**
 * The traces that some inserts touched.
 * @param stored the times of these inserts, oldest first
 * @param handled what was stored later has not been looked at yet
 */
export async function readTraceArrivals(
  store: Store,
  stored: readonly string[],
  handled: string,
): Promise<TraceArrival[]> {
  const rows = await store.select<Omit<TraceArrival, 'busy'> & { later: number }>(
    `SELECT project_id AS project, lower(hex(trace_id)) AS trace, ${TRACE_KEY} AS key,
       countIf(stored_time > ${timeOf(handled)}) > 0 AS later,
       toUnixTimestamp64Milli(minIf(stored_time, own)) AS storedMs,
       toUnixTimestamp64Milli(minIf(start_time, own)) AS startMs,
       countIf(own AND told_row) AS told,
       countIf(own AND told_row AND (usage_role = 'summary' OR (usage_role = 'log' AND counts_usage = 0))) AS summaries,
       countIf(own AND told_row AND usage_role = 'log') AS logs,
       groupArrayIf(response, own AND response != 0) AS responses,
       groupUniqArrayIf(8)(session, own AND session != 0) AS sessions
     FROM
     (
       SELECT project_id, trace_id, stored_time, start_time, usage_role, counts_usage,
         stored_time IN (${stored.map(timeOf).join(', ')}) AS own, ${MAY_COUNT} AS told_row, ${RESPONSE_HASH} AS response,
         ${SESSION_HASH} AS session
       FROM spans WHERE stored_time >= ${timeOf(stored[0] ?? '')}
     )
     GROUP BY project_id, trace_id HAVING countIf(own) > 0`,
    {},
    LARGE,
  )
  return rows.map(({ later, ...row }) => ({ ...row, busy: later === 1 }))
}

/** What one statement of the settler may bring. */
export const LARGE = { maxRows: 1_000_000, maxBytes: 2 ** 28, timeoutMs: 60_000 } as const
/** And of rows of traces, which become objects: if a thousand traces have more, they are read in smaller parts. */
export const ROWS = { ...LARGE, maxBytes: 2 ** 26 } as const

/** So many ids fit into a statement, and so many hashes. */
export const IDS_AT_ONCE = 1_000
export const HASHES_AT_ONCE = 4_000

export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

/** Milliseconds since 1970 of a time that ClickHouse gave us. */
export const msOf = (time: string): number => Date.parse(`${time.replace(' ', 'T').slice(0, 23)}Z`)

/** A parameter of milliseconds since 1970, as a time. */
export const timeOfMs = (parameter: string): string => `fromUnixTimestamp64Milli({${parameter}:Int64}, 'UTC')`

/** A time that ClickHouse gave us, as a literal; anything else would be a mistake of ours. */
export function timeOf(text: string): string {
  if (!/^[\d :.-]{10,26}$/.test(text)) throw new Error(`not a time: ${text}`)
  return `toDateTime64('${text}', 6, 'UTC')`
}
