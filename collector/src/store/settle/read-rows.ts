// Traces in; the rows of each, with what was settled about them, out.
import { InsightsError } from '../../telemetry/errors.ts'
import type { Store } from '../client.ts'
import {
  chunksOf,
  HAS_USAGE,
  IDS_AT_ONCE,
  KNOWN_FIELDS,
  LARGE,
  RESPONSE_HASH,
  SESSION_HASH,
  TRACE_KEY,
  timeOfMs,
} from './read-arrivals.ts'
import type { UsageRow } from './usage-row.ts'

/** A trace to be read whole. */
export interface TraceRef {
  project: string
  trace: string
  key: number
  /** No row of it was stored before, ms since 1970; undefined = not known, then its days are looked up. */
  sinceMs: number | undefined
  /** Start of any row of it, ms since 1970. */
  startMs: number
}

/** A stored row, and what counts of it now. */
export interface StoredRow extends UsageRow {
  key: number
  /** Days since 1970. */
  day: number
  settlements: number
  /** 0 or 1, unless something was settled twice. */
  effective: number
}

type Counts = 'inputTokens' | 'outputTokens' | 'reasoningTokens'

interface RowJson
  extends Omit<StoredRow, 'hasUsage' | 'hasCost' | 'settlements' | 'effective' | Counts>,
    Record<Counts, number | null> {
  hasUsage: number
  hasCost: number
}

const COLUMNS = `project_id AS project, lower(hex(trace_id)) AS trace, ${TRACE_KEY} AS key, lower(hex(span_id)) AS span,
  if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent, lower(hex(batch_id)) AS batch, toInt32(day) AS day,
  toUnixTimestamp64Micro(start_time) AS startUs,
  startUs + toInt64(least(intDiv(duration_ns, 1000), 1000000000000)) AS endUs, usage_role AS role, ${HAS_USAGE} AS hasUsage, ${KNOWN_FIELDS} AS knownFields,
  cost_usd IS NOT NULL AS hasCost, input_tokens AS inputTokens, output_tokens AS outputTokens, reasoning_tokens AS reasoningTokens, ${RESPONSE_HASH} AS response,
  ${SESSION_HASH} AS session, counts_usage AS base`

/** Clocks of senders differ, and a trace that is looked up is looked at so much around what its rollup says. */
const SLACK_MS = 3_600_000
/** A trace is followed back over so many days before the day of its new rows. */
const DAYS_BACK = 2
/** Traces whose hours lie within this are read by one statement. */
const TOGETHER_MS = 6 * 3_600_000

/** Every row of these traces. @throws InsightsError INSIGHTS_QUERY_LIMIT when they are too many to hold */
export async function readRows(store: Store, traces: readonly TraceRef[]): Promise<StoredRow[]> {
  const known = traces
    .filter(({ sinceMs }) => sinceMs !== undefined)
    .sort((a, b) => (a.sinceMs ?? 0) - (b.sinceMs ?? 0))
  const unknown = traces.filter(({ sinceMs }) => sinceMs === undefined).sort((a, b) => a.startMs - b.startMs)
  const rows: StoredRow[] = []
  const add = async (chunk: readonly RowJson[]): Promise<void> => {
    for (const row of await withSettlements(store, chunk)) rows.push(row)
  }
  for (const chunk of chunksOf(known, IDS_AT_ONCE)) await add(await readSince(store, chunk))
  for (const chunk of chunksOf(unknown, IDS_AT_ONCE)) await add(await readByTime(store, chunk))
  return rows
}

async function readSince(store: Store, traces: readonly TraceRef[]): Promise<RowJson[]> {
  const sinceMs = Math.min(...traces.map((trace) => trace.sinceMs ?? 0))
  const sql = `SELECT ${COLUMNS} FROM spans WHERE stored_time >= ${timeOfMs('sinceMs')} AND ${among(traces)}`
  return await store.select<RowJson>(sql, { sinceMs }, LARGE)
}

/** The rollup knows when a trace began and ended, so that only these hours are read. */
async function readByTime(store: Store, traces: readonly TraceRef[]): Promise<RowJson[]> {
  const byKey = new Map(traces.map((trace) => [trace.key, trace]))
  const startMs = Math.min(...traces.map((trace) => trace.startMs))
  const times = await store.select<TraceTimes>(
    `SELECT ${TRACE_KEY} AS key, toUnixTimestamp64Milli(min(t.start_time)) AS firstMs, toUnixTimestamp64Milli(max(t.end_time)) AS lastMs
     FROM traces AS t WHERE day >= toDate(${timeOfMs('startMs')}) - {daysBack:UInt8} AND ${among(traces)}
     GROUP BY project_id, trace_id ORDER BY firstMs`,
    { startMs, daysBack: DAYS_BACK },
    LARGE,
  )
  const rows: RowJson[] = []
  for (const group of together(times)) {
    const refs = group.keys.flatMap((key) => byKey.get(key) ?? [])
    const sql = `SELECT ${COLUMNS} FROM spans
      WHERE start_time >= ${timeOfMs('from')} AND start_time <= ${timeOfMs('to')} AND ${among(refs)}`
    const read = await store.select<RowJson>(
      sql,
      { from: group.firstMs - SLACK_MS, to: group.lastMs + SLACK_MS },
      LARGE,
    )
    for (const row of read) rows.push(row)
  }
  return rows
}

interface TraceTimes {
  key: number
  firstMs: number
  lastMs: number
}

function together(times: readonly TraceTimes[]): { firstMs: number; lastMs: number; keys: number[] }[] {
  const groups: { firstMs: number; lastMs: number; keys: number[] }[] = []
  for (const { key, firstMs, lastMs } of times) {
    const last = groups.at(-1)
    if (last !== undefined && Math.max(lastMs, last.lastMs) - last.firstMs <= TOGETHER_MS) {
      last.lastMs = Math.max(lastMs, last.lastMs)
      last.keys.push(key)
    } else groups.push({ firstMs, lastMs, keys: [key] })
  }
  return groups
}

/** Ids are our own hex, projects are anything. */
function among(traces: readonly TraceRef[]): string {
  const projects = [...new Set(traces.map(({ project }) => project))].map(quoteText).join(', ')
  const ids = [...new Set(traces.map(({ trace }) => trace))].map(idOf).join(', ')
  const keys = traces.map(({ key }) => key).join(', ')
  // The first two find granules, the third tells projects that share a trace id apart.
  return `project_id IN (${projects}) AND trace_id IN (${ids}) AND ${TRACE_KEY} IN (${keys})`
}

export const quoteText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

export function idOf(hex: string): string {
  if (!/^([0-9a-f]{16}){1,2}$/.test(hex))
    throw new InsightsError('INSIGHTS_STORE_MISMATCH', 'cannot settle: an id is not hex')
  return `unhex('${hex}')`
}

async function withSettlements(store: Store, rows: readonly RowJson[]): Promise<StoredRow[]> {
  const settled = await readSettled(store, rows)
  return rows.map(({ hasUsage, hasCost, inputTokens, outputTokens, reasoningTokens, ...row }) => {
    const [settlements, change] = settled.get(rowKey(row)) ?? [0, 0]
    return {
      ...row,
      hasUsage: hasUsage === 1,
      hasCost: hasCost === 1,
      inputTokens: inputTokens ?? undefined,
      outputTokens: outputTokens ?? undefined,
      reasoningTokens: reasoningTokens ?? undefined,
      settlements,
      effective: row.base + change,
    }
  })
}

/** Traces in which a row counts neither once nor not at all, of what was settled in the last hour. */
export async function readSettledTwice(store: Store): Promise<TraceRef[]> {
  const rows = await store.select<Omit<TraceRef, 'sinceMs'>>(
    `SELECT project_id AS project, lower(hex(trace_id)) AS trace, ${TRACE_KEY} AS key, toUnixTimestamp64Milli(min(start_time)) AS startMs
     FROM settlements WHERE settled_time > now64(6) - toIntervalHour(1)
     GROUP BY project_id, trace_id, span_id, batch_id HAVING max(base) + sum(sign) NOT IN (0, 1)`,
    {},
    LARGE,
  )
  const traces = new Map(rows.map((row) => [row.key, { ...row, sinceMs: undefined }]))
  return [...traces.values()]
}

type Settled = Map<string, readonly [settlements: number, change: number]>

async function readSettled(store: Store, rows: readonly RowJson[]): Promise<Settled> {
  if (rows.length === 0) return new Map()
  const traces = [
    ...new Map(rows.map(({ project, trace, key }) => [key, { project, trace, key, sinceMs: 0, startMs: 0 }])).values(),
  ]
  const days = rows.reduce((seen, { day }) => seen.add(day), new Set<number>())
  const settled = await store.select<Pick<RowJson, 'key' | 'span' | 'batch'> & { settlements: number; change: number }>(
    `SELECT ${TRACE_KEY} AS key, lower(hex(span_id)) AS span, lower(hex(batch_id)) AS batch, count() AS settlements, sum(sign) AS change
     FROM settlements WHERE day >= toDate({first:Int32}) AND day <= toDate({last:Int32}) AND ${among(traces)}
     GROUP BY project_id, trace_id, span_id, batch_id`,
    { first: Math.min(...days), last: Math.max(...days) },
    LARGE,
  )
  return new Map(settled.map((row) => [rowKey(row), [row.settlements, row.change] as const]))
}

const rowKey = ({ key, span, batch }: Pick<RowJson, 'key' | 'span' | 'batch'>): string => `${key} ${span} ${batch}`
