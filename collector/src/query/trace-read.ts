// A trace id in; its summary, or the tree of all its spans in thin columns, out. A tree that was built is kept for the next page of it.
import type { Row } from './column.ts'
import { TRACE_COLUMNS } from './columns.ts'
import { plainHex } from './filters.ts'
import { toPicodollars } from './money.ts'
import { ProblemError } from './problem.ts'
import type { RunQuery } from './run-query.ts'
import type { Condition, Item, SelectQuery } from './select-query.ts'
import { buildTree, type TraceTree, type TreeSpan } from './trace-tree.ts'

/** Of a longer trace the first so many are shown, and that there are more. */
export const MAX_TREE_SPANS = 200_000
const MAX_KEPT_SPANS = 400_000
const TRACE_ID = /^[0-9a-f]{32}$/

export interface ThinSpan extends TreeSpan {
  name: string
  kind: string
  model: string
  provider: string
  /** Of the agent, the tool or the workflow. */
  label: string
  service: string
  status: string
  errorType: string
  startNanos: bigint
  latencyMs: number
  firstTokenMs: number | undefined
}

export interface ReadTree {
  trace: Row
  tree: TraceTree<ThinSpan>
  /** False: the trace has more than MAX_TREE_SPANS spans. */
  complete: boolean
}

export const sameTrace = (traceId: string): Condition => ({
  kind: 'any_of',
  column: 'trace_id',
  type: 'text',
  values: [traceId],
})

/** Between its first and its last instant, so that no other hour and no other day is read. */
export function duringTrace(trace: Row): Condition[] {
  const bound = (operator: '>=' | '<=', value: string): Condition => ({
    kind: 'compare',
    column: 'start_time',
    type: 'time',
    operator,
    value,
  })
  return [bound('>=', String(trace['start_time'])), bound('<=', String(trace['end_time']))]
}

/** @throws ProblemError INSIGHTS_NOT_FOUND */
export async function readTrace(run: RunQuery, project: string, id: string): Promise<Row> {
  const traceId = plainHex(id)
  const days = TRACE_ID.test(traceId) ? await findDays(run, project, traceId) : undefined
  const items = Object.keys(TRACE_COLUMNS).map((name) => ({ name }))
  const where = [sameTrace(traceId)]
  const [row] = days
    ? await run(project, { source: { view: 'traces_of_days_v1', days }, items, where, limit: 1 }, 1)
    : []
  if (row === undefined) throw new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this trace' })
  return row
}

/** All its columns are read from its own days alone; which these are, one column of the others tells. */
async function findDays(run: RunQuery, project: string, traceId: string): Promise<Days | undefined> {
  const query: SelectQuery = {
    source: { view: 'trace_parts_v1', days: { first: '1970-01-01', last: '2149-06-06' } },
    items: [
      { name: 'parts', sql: 'count()' },
      { name: 'first', sql: 'toString(min(v.day))' },
      { name: 'last', sql: 'toString(max(v.day))' },
    ],
    where: [sameTrace(traceId)],
    limit: 1,
  }
  const [row] = await run(project, query, 1)
  if (row === undefined || Number(row['parts']) === 0) return undefined
  return { first: text(row['first']), last: text(row['last']) }
}

type Days = NonNullable<SelectQuery['source']['days']>

export type TreeReader = (project: string, traceId: string) => Promise<ReadTree>

/** A tree is kept as long as the summary of its trace stays the same; the ones asked for longest ago go first. */
export function createTreeReader(run: RunQuery): TreeReader {
  const kept = new Map<string, { summary: string; read: ReadTree }>()
  return async (project, id) => {
    const trace = await readTrace(run, project, id)
    const key = JSON.stringify([project, trace['trace_id']])
    const summary = JSON.stringify(trace)
    const known = kept.get(key)
    const read = known?.summary === summary ? known.read : await readTree(run, project, trace)
    kept.delete(key)
    kept.set(key, { summary, read })
    forget(kept)
    return read
  }
}

function forget(kept: Map<string, { read: ReadTree }>): void {
  let spans = 0
  for (const { read } of kept.values()) spans += read.tree.spans.length
  for (const [key, { read }] of kept) {
    if (spans <= MAX_KEPT_SPANS || kept.size === 1) return
    kept.delete(key)
    spans -= read.tree.spans.length
  }
}

/** One letter each: they come with every one of up to 200,000 rows. */
const THIN: readonly Item[] = [
  { name: 's', left: { column: 'span_id' } },
  { name: 'p', left: { column: 'parent_span_id' } },
  { name: 'n', left: { column: 'name' } },
  { name: 'k', left: { column: 'kind' } },
  { name: 'm', left: { column: 'model' } },
  { name: 'v', left: { column: 'provider' } },
  { name: 'l', sql: "if(v.tool_name != '', v.tool_name, if(v.agent_name != '', v.agent_name, v.workflow_name))" },
  { name: 'g', left: { column: 'service_name' } },
  { name: 'x', left: { column: 'status' } },
  { name: 'e', left: { column: 'error_type' } },
  { name: 't', sql: 'toUnixTimestamp64Nano(v.start_time)' },
  { name: 'd', left: { column: 'latency_ms' } },
  { name: 'f', left: { column: 'time_to_first_token_ms' } },
  { name: 'u', left: { column: 'counts_usage' } },
  { name: 'o', left: { column: 'total_tokens' } },
  { name: 'c', left: { column: 'cost_usd' } },
]

async function readTree(run: RunQuery, project: string, trace: Row): Promise<ReadTree> {
  const query: SelectQuery = {
    source: { view: 'spans_v1' },
    items: THIN,
    where: [sameTrace(String(trace['trace_id'])), ...duringTrace(trace)],
    orderBy: ['t', 's'].map((name) => ({ name, descending: false })),
    limit: MAX_TREE_SPANS + 1,
  }
  const rows = await run(project, query, MAX_TREE_SPANS + 1)
  const complete = rows.length <= MAX_TREE_SPANS
  return { trace, tree: buildTree(rows.slice(0, MAX_TREE_SPANS).map(toThinSpan)), complete }
}

const text = (value: Row[string] | undefined): string => (typeof value === 'string' ? value : '')
const number = (value: Row[string] | undefined): number | undefined =>
  value === null || value === undefined ? undefined : Number(value)

function toThinSpan(row: Row): ThinSpan {
  return {
    spanId: text(row['s']),
    parentId: text(row['p']),
    name: text(row['n']),
    kind: text(row['k']),
    model: text(row['m']),
    provider: text(row['v']),
    label: text(row['l']),
    service: text(row['g']),
    status: text(row['x']),
    failed: row['x'] === 'error',
    errorType: text(row['e']),
    startNanos: BigInt(text(row['t'])),
    latencyMs: number(row['d']) ?? 0,
    firstTokenMs: number(row['f']),
    counts: Number(row['u']) === 1,
    tokens: number(row['o']),
    picodollars: toPicodollars(text(row['c'])),
  }
}
