// A trace id in; the tree of all its spans in thin columns out. A tree that was built is kept for the next page of it.
import { type Read, settledQuery } from './beside.ts'
import type { Json, Row } from './column.ts'
import { toPicodollars } from './money.ts'
import type { RunQuery } from './run-query.ts'
import { duringTrace, findTrace, readSummary, sameTrace, type TraceExtent } from './trace-read.ts'
import { buildTree, type TraceTree, type TreeSpan } from './trace-tree.ts'

/** Of a longer trace the first so many are shown, and that there are more. */
export const MAX_TREE_SPANS = 200_000
const MAX_KEPT_SPANS = 400_000
/** Spans of a trace about which the settler changed its mind. */
const MAX_SETTLED = 1_000_000

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

export type TreeReader = (project: string, traceId: string) => Promise<ReadTree>

interface Kept {
  summary: string
  read: ReadTree
}

/** A tree is kept as long as the summary of its trace stays the same; the ones asked for longest ago go first. */
export function createTreeReader(run: RunQuery): TreeReader {
  const kept = new Map<string, Kept>()
  return async (project, id) => {
    const extent = await findTrace(run, project, id)
    const key = JSON.stringify([project, extent.traceId])
    const known = kept.get(key)
    const readSpans = (): Promise<ThinSpan[]> => readThin((query, maxRows) => run(project, query, maxRows), extent)
    // of a tree that is not known the spans are read at the same time
    const [trace, early] = await Promise.all([readSummary(run, project, extent), known ? undefined : readSpans()])
    const summary = JSON.stringify(trace)
    const read = known?.summary === summary ? known.read : treeOf(trace, early ?? (await readSpans()))
    kept.delete(key)
    kept.set(key, { summary, read })
    forget(kept)
    return read
  }
}

function forget(kept: Map<string, Kept>): void {
  let spans = 0
  for (const { read } of kept.values()) spans += read.tree.spans.length
  for (const [key, { read }] of kept) {
    if (spans <= MAX_KEPT_SPANS || kept.size === 1) return
    kept.delete(key)
    spans -= read.tree.spans.length
  }
}

const treeOf = (trace: Row, spans: readonly ThinSpan[]): ReadTree => ({
  trace,
  tree: buildTree(spans.slice(0, MAX_TREE_SPANS)),
  complete: spans.length <= MAX_TREE_SPANS,
})

/** In the order of `toThinSpan`. */
const THIN = [
  'toUnixTimestamp64Nano(v.start_time)',
  'v.span_id',
  'v.parent_span_id',
  'v.name',
  'v.kind',
  'v.model',
  'v.provider',
  // of the agent, the tool or the workflow
  "if(v.tool_name != '', v.tool_name, if(v.agent_name != '', v.agent_name, v.workflow_name))",
  'v.service_name',
  'v.status',
  'v.error_type',
  'v.latency_ms',
  'v.time_to_first_token_ms',
  'v.counted_at_arrival',
  'v.total_tokens',
  'v.cost_usd',
]

/** All spans as one row of lists without names: up to 200,000 rows as objects would take as long to parse as to read. */
async function readThin(read: Read, extent: TraceExtent): Promise<ThinSpan[]> {
  const times = duringTrace(extent)
  const settled = await read(settledQuery({ traceIds: [extent.traceId], times }, MAX_SETTLED), MAX_SETTLED)
  const signs = new Map(settled.map((row) => [settledKey(row['span_id'], row['batch_id']), Number(row['sign'])]))
  const all = `groupArray((${[...THIN, ...(signs.size > 0 ? ['v.batch_id'] : [])].join(', ')}))`
  const spans =
    extent.spans > MAX_TREE_SPANS ? `arraySlice(arraySort(x -> (x.1, x.2), ${all}), 1, ${MAX_TREE_SPANS + 1})` : all
  const [row] = await read(
    {
      source: { view: 'spans_v1' },
      items: [{ name: 'spans', sql: spans }],
      where: [sameTrace(extent.traceId), ...times],
      limit: 1,
    },
    1,
  )
  const lists = Array.isArray(row?.['spans']) ? row['spans'] : []
  return lists.map((list) => toThinSpan(Array.isArray(list) ? list : [], signs)).sort(inOrderOfStart)
}

const settledKey = (spanId: Json | undefined, batchId: Json | undefined): string => `${spanId}/${batchId}`

function inOrderOfStart(a: ThinSpan, b: ThinSpan): number {
  if (a.startNanos !== b.startNanos) return a.startNanos < b.startNanos ? -1 : 1
  return a.spanId < b.spanId ? -1 : Number(a.spanId > b.spanId)
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const number = (value: Json | undefined): number | undefined =>
  value === null || value === undefined ? undefined : Number(value)

function toThinSpan(list: readonly Json[], signs: ReadonlyMap<string, number>): ThinSpan {
  const [start, spanId, parentId, name, kind, model, provider, label, service, status, errorType] = list
  const [latencyMs, firstTokenMs, arrived, tokens, cost, batchId] = list.slice(11)
  const sign = signs.size === 0 ? 0 : (signs.get(settledKey(spanId, batchId)) ?? 0)
  return {
    spanId: text(spanId),
    parentId: text(parentId),
    name: text(name),
    kind: text(kind),
    model: text(model),
    provider: text(provider),
    label: text(label),
    service: text(service),
    status: text(status),
    failed: status === 'error',
    errorType: text(errorType),
    startNanos: BigInt(text(start)),
    latencyMs: number(latencyMs) ?? 0,
    firstTokenMs: number(firstTokenMs),
    counts: Number(arrived) + sign >= 1,
    tokens: number(tokens),
    picodollars: toPicodollars(text(cost)),
  }
}
