// Traces in; the rows of each, with what was settled about them, out.
import { InsightsError } from '../../telemetry/errors.ts'
import type { Store } from '../client.ts'
import {
  BATCH_HASH,
  chunksOf,
  HAS_USAGE,
  IDS_AT_ONCE,
  KNOWN_FIELDS,
  LARGE,
  RESPONSE_HASH,
  ROWS,
  SESSION_HASH,
  TRACE_KEY,
  timeOfMs,
} from './read-arrivals.ts'
import type { UsageRole, UsageRow } from './usage-row.ts'

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

/** What a statement brings of a trace: a number or a text a column, without names, since there may be a hundred thousand rows. */
interface TraceJson {
  project: string
  trace: string
  key: number
  rows: RowJson[]
}

type RowJson = [
  span: string,
  parent: string,
  batch: number,
  day: number,
  startUs: number,
  tookUs: number,
  role: UsageRole,
  facts: number,
  inputTokens: number | null,
  outputTokens: number | null,
  reasoningTokens: number | null,
  response: number,
  session: number,
]

const MICROSECONDS = 'least(intDiv(duration_ns, 1000), 1000000000000)'
const FACTS = `${HAS_USAGE} + 2 * (cost_usd IS NOT NULL) + 4 * counts_usage + 8 * (${KNOWN_FIELDS})`
const TRACES = `SELECT project_id AS project, lower(hex(trace_id)) AS trace, ${TRACE_KEY} AS key, groupArray((lower(hex(span_id)),
  if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))), ${BATCH_HASH}, toInt32(day), toUnixTimestamp64Micro(start_time), ${MICROSECONDS},
  usage_role, ${FACTS}, input_tokens, output_tokens, reasoning_tokens, ${RESPONSE_HASH}, ${SESSION_HASH})) AS rows FROM spans`
const BY_TRACE = 'GROUP BY project_id, trace_id'

type ReadRow = Omit<StoredRow, 'settlements' | 'effective'>

function* toRows({ project, trace, key, rows }: TraceJson): Iterable<ReadRow> {
  for (const row of rows) {
    const [span, parent, batch, day, startUs, tookUs, role, facts, input, output, reasoning, response, session] = row
    yield {
      ...{ project, trace, key, span, parent, batch, day, startUs, role, response, session },
      endUs: startUs + tookUs,
      hasUsage: (facts & 1) !== 0,
      hasCost: (facts & 2) !== 0,
      base: (facts & 4) === 0 ? 0 : 1,
      knownFields: facts >> 3,
      inputTokens: input ?? undefined,
      outputTokens: output ?? undefined,
      reasoningTokens: reasoning ?? undefined,
    }
  }
}

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
  const add = async (traces: readonly TraceJson[]): Promise<void> => {
    const settled = await readSettled(store, traces)
    for (const trace of traces) for (const row of toRows(trace)) rows.push(withSettlements(row, settled))
  }
  for (const chunk of chunksOf(known, IDS_AT_ONCE)) await add(await readSince(store, chunk))
  for (const chunk of chunksOf(unknown, IDS_AT_ONCE)) await add(await readByTime(store, chunk))
  return rows
}

async function readSince(store: Store, traces: readonly TraceRef[]): Promise<TraceJson[]> {
  const sinceMs = Math.min(...traces.map((trace) => trace.sinceMs ?? 0))
  const sql = `${TRACES} WHERE stored_time >= ${timeOfMs('sinceMs')} AND ${among(traces)} ${BY_TRACE}`
  return await store.select<TraceJson>(sql, { sinceMs }, ROWS)
}

/** The rollup knows when a trace began and ended, so that only these hours are read. */
async function readByTime(store: Store, traces: readonly TraceRef[]): Promise<TraceJson[]> {
  const byKey = new Map(traces.map((trace) => [trace.key, trace]))
  const startMs = Math.min(...traces.map((trace) => trace.startMs))
  const times = await store.select<TraceTimes>(
    `SELECT ${TRACE_KEY} AS key, toUnixTimestamp64Milli(min(t.start_time)) AS firstMs, toUnixTimestamp64Milli(max(t.end_time)) AS lastMs
     FROM traces AS t WHERE day >= toDate(${timeOfMs('startMs')}) - {daysBack:UInt8} AND ${among(traces)}
     GROUP BY project_id, trace_id ORDER BY firstMs`,
    { startMs, daysBack: DAYS_BACK },
    LARGE,
  )
  const read: TraceJson[] = []
  for (const group of together(times)) {
    const refs = group.keys.flatMap((key) => byKey.get(key) ?? [])
    const sql = `${TRACES} WHERE start_time >= ${timeOfMs('from')} AND start_time <= ${timeOfMs('to')} AND ${among(refs)} ${BY_TRACE}`
    const bounds = { from: group.firstMs - SLACK_MS, to: group.lastMs + SLACK_MS }
    read.push(...(await store.select<TraceJson>(sql, bounds, ROWS)))
  }
  return read
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
export function among(traces: readonly Pick<TraceRef, 'project' | 'trace' | 'key'>[]): string {
  const projects = [...new Set(traces.map(({ project }) => project))]
  const ids = [...new Set(traces.map(({ trace }) => trace))].map(idOf).join(', ')
  const found = `project_id IN (${projects.map(quoteText).join(', ')}) AND trace_id IN (${ids})`
  // These find granules; the key tells projects that share a trace id apart.
  return projects.length === 1 ? found : `${found} AND ${TRACE_KEY} IN (${traces.map(({ key }) => key).join(', ')})`
}

export const quoteText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

/** As a literal of bytes: a thousand calls of unhex would take longer to read than what they find. */
export function idOf(hex: string): string {
  if (!/^([0-9a-f]{16}){1,2}$/.test(hex))
    throw new InsightsError('INSIGHTS_STORE_MISMATCH', 'cannot settle: an id is not hex')
  return `'${hex.replace(/../g, '\\x$&')}'`
}

function withSettlements(row: ReadRow, settled: Settled): StoredRow {
  const [settlements, change] = settled.get(rowKey(row)) ?? [0, 0]
  return { ...row, settlements, effective: row.base + change }
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

async function readSettled(store: Store, traces: readonly TraceJson[]): Promise<Settled> {
  if (traces.length === 0) return new Map()
  const days = new Set(traces.flatMap(({ rows }) => rows.map(([, , , day]) => day)))
  const settled = await store.select<SettledJson>(
    `SELECT ${TRACE_KEY} AS key, lower(hex(span_id)) AS span, ${BATCH_HASH} AS batch, count() AS settlements, sum(sign) AS change
     FROM settlements WHERE day >= toDate({first:Int32}) AND day <= toDate({last:Int32}) AND ${among(traces)}
     GROUP BY project_id, trace_id, span_id, batch_id`,
    { first: Math.min(...days), last: Math.max(...days) },
    LARGE,
  )
  return new Map(settled.map((row) => [rowKey(row), [row.settlements, row.change] as const]))
}

interface SettledJson extends Pick<StoredRow, 'key' | 'span' | 'batch' | 'settlements'> {
  change: number
}

const rowKey = ({ key, span, batch }: Pick<StoredRow, 'key' | 'span' | 'batch'>): string => `${key} ${span} ${batch}`
