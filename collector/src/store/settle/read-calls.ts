// Hashes of response ids in; the traces that have rows of these responses out.
import type { Store } from '../client.ts'
import { chunksOf, HASHES_AT_ONCE, LARGE, RESPONSE_HASH, SESSION_HASH, TRACE_KEY, timeOfMs } from './read-arrivals.ts'
import type { TraceRef } from './read-rows.ts'

/** A response id that more rows than this have in common names no call: mocks and some servers send a constant one. */
export const MAX_SAME_RESPONSE = 64

/** A response to be looked for, by when its first row was stored or, when that is not known, around its start. */
export interface ResponseRef {
  response: number
  sinceMs: number | undefined
  startMs: number
}

export interface SameResponse {
  response: number
  rows: number
  project: string
  /** No more than a few beyond MAX_SAME_RESPONSE. */
  traces: { trace: string; key: number }[]
  startMs: number
}

/** Longer than two rows of a call may be apart, since a third may lie between them. */
const AROUND_MS = 24 * 3_600_000

export async function readSameResponses(store: Store, refs: readonly ResponseRef[]): Promise<SameResponse[]> {
  const recent = refs
    .flatMap(({ response, sinceMs }) => (sinceMs === undefined ? [] : [{ response, fromMs: sinceMs }]))
    .sort((a, b) => a.fromMs - b.fromMs)
  const others = refs.filter(({ sinceMs }) => sinceMs === undefined).sort((a, b) => a.startMs - b.startMs)
  const found: SameResponse[] = []
  for (const chunk of chunksOf(recent, HASHES_AT_ONCE)) {
    const stored = Math.min(...chunk.map(({ fromMs }) => fromMs))
    found.push(...(await readSame(store, chunk, { stored })))
  }
  for (const chunk of chunksOf(others, HASHES_AT_ONCE)) {
    const starts = chunk.map(({ startMs }) => startMs)
    found.push(
      ...(await readSame(store, chunk, { from: Math.min(...starts) - AROUND_MS, to: Math.max(...starts) + AROUND_MS })),
    )
  }
  return found
}

type Bounds = { stored: number } | { from: number; to: number }

async function readSame(store: Store, refs: readonly { response: number }[], bounds: Bounds): Promise<SameResponse[]> {
  const rows = await store.select<Omit<SameResponse, 'traces'> & { traces: [trace: string, key: number][] }>(
    `SELECT response, count() AS rows, any(project_id) AS project, groupUniqArray({most:UInt32})((lower(hex(trace_id)), key)) AS traces,
       toUnixTimestamp64Milli(min(start_time)) AS startMs
     FROM (SELECT project_id, trace_id, start_time, ${TRACE_KEY} AS key, ${RESPONSE_HASH} AS response FROM spans WHERE ${whereOf(bounds)})
     WHERE response IN (${refs.map(({ response }) => response).join(', ')}) GROUP BY response`,
    { ...bounds, most: MAX_SAME_RESPONSE + 1 },
    LARGE,
  )
  return rows.map((row) => ({ ...row, traces: row.traces.map(([trace, key]) => ({ trace, key })) }))
}

const whereOf = (bounds: Bounds): string =>
  'stored' in bounds
    ? `stored_time >= ${timeOfMs('stored')}`
    : `start_time >= ${timeOfMs('from')} AND start_time <= ${timeOfMs('to')}`

export interface SessionRef {
  session: number
  /** When calls of it ended, ms since 1970. */
  fromMs: number
  toMs: number
}

const SESSION_SLACK_MS = 60_000
/** A span that names the session may have begun so long before its calls. */
const SESSION_BACK_MS = 6 * 3_600_000

/** Traces that name these sessions and were under way then. */
export async function readSessionTraces(store: Store, refs: readonly SessionRef[]): Promise<TraceRef[]> {
  const rows: Omit<TraceRef, 'sinceMs'>[] = []
  for (const chunk of chunksOf(refs, HASHES_AT_ONCE)) {
    const from = Math.min(...chunk.map(({ fromMs }) => fromMs)) - SESSION_SLACK_MS
    const to = Math.max(...chunk.map(({ toMs }) => toMs)) + SESSION_SLACK_MS
    const found = await store.select<Omit<TraceRef, 'sinceMs'>>(
      `SELECT project_id AS project, lower(hex(trace_id)) AS trace, ${TRACE_KEY} AS key, toUnixTimestamp64Milli(min(start_time)) AS startMs
       FROM spans WHERE session_id != '' AND start_time >= ${timeOfMs('back')} AND start_time <= ${timeOfMs('to')}
         AND start_time + toIntervalNanosecond(duration_ns) >= ${timeOfMs('from')}
         AND ${SESSION_HASH} IN (${chunk.map(({ session }) => session).join(', ')})
       GROUP BY project_id, trace_id`,
      { from, to, back: from - SESSION_BACK_MS },
      LARGE,
    )
    rows.push(...found)
  }
  return rows.map((row) => ({ ...row, sinceMs: undefined }))
}

/** Traces in which rows of these responses do not count because another row does. */
export async function readLosers(store: Store, responses: readonly number[]): Promise<Omit<SameResponse, 'rows'>[]> {
  if (responses.length === 0) return []
  const rows = await store.select<{ response: number; project: string; trace: string; key: number; startMs: number }>(
    `SELECT any(response_hash) AS response, project_id AS project, lower(hex(trace_id)) AS trace, ${TRACE_KEY} AS key,
       toUnixTimestamp64Milli(min(start_time)) AS startMs
     FROM settlements WHERE response_hash IN (${responses.join(', ')}) GROUP BY project_id, trace_id HAVING sum(sign) < 0`,
    {},
    LARGE,
  )
  return rows.map(({ trace, key, ...row }) => ({ ...row, traces: [{ trace, key }] }))
}

export interface OldResponses {
  /** When the first and the last of the new rows were stored. */
  first: string
  last: string
  /** Old rows were stored before this, ms since 1970. */
  beforeMs: number
  /** Old rows start between these, ms since 1970. */
  fromMs: number
  toMs: number
}

/** Responses of new rows that rows of before have too. */
export async function readOldResponses(store: Store, { first, last, ...bounds }: OldResponses): Promise<ResponseRef[]> {
  const rows = await store.select<{ response: number; startMs: number }>(
    `SELECT ${RESPONSE_HASH} AS response, toUnixTimestamp64Milli(min(start_time)) AS startMs FROM spans
     WHERE response_id != '' AND stored_time < ${timeOfMs('beforeMs')}
       AND start_time >= ${timeOfMs('fromMs')} AND start_time <= ${timeOfMs('toMs')}
       AND response IN (SELECT ${RESPONSE_HASH} FROM spans WHERE response_id != ''
         AND stored_time >= toDateTime64({first:String}, 6, 'UTC') AND stored_time <= toDateTime64({last:String}, 6, 'UTC'))
     GROUP BY response HAVING response != 0`,
    { first, last, ...bounds },
    LARGE,
  )
  return rows.map((row) => ({ ...row, sinceMs: undefined }))
}
