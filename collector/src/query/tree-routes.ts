// GET /traces/{trace_id}/spans: a page of the tree with sums of subtrees. GET /traces/{trace_id}/skeleton: all spans in thin columns, for a waterfall.
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, NOT_FOUND_RESPONSE, namesOf, PROBLEM_RESPONSES } from './api.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { FILTER_SHAPE, readFilter } from './filter/request.ts'
import { plainHex, rejectUnknown } from './filters.ts'
import { invalid, ProblemError } from './problem.ts'
import type { RunQuery } from './run-query.ts'
import { skeletonOf } from './skeleton.ts'
import { toSqlTime } from './time.ts'
import { duringTrace, sameTrace } from './trace-read.ts'
import { createTreeReader, type ReadTree } from './tree-read.ts'
import { SKELETON_EXAMPLE, skeletonSchema, TREE_EXAMPLE, type TreeRow, treePage, treeRow } from './tree-schema.ts'

const MAX_LIMIT = 1_000
const DEFAULT_LIMIT = 100
const MAX_DEPTH = 1_000_000
/** Spans that a search within a trace may find. */
const MAX_FOUND = 100_000

const params = z.object({ trace_id: z.string().openapi({ example: '4bf92f3577b34da6a3ce929d0e0e4736' }) })
const query = z.object({
  parent: z.string().max(64).optional().openapi({ description: 'Spans below this one. Absent: from the roots.' }),
  depth: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_DEPTH)
    .optional()
    .openapi({ description: 'Levels; 1, or all when `q` is given.' }),
  ...FILTER_SHAPE,
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .default(DEFAULT_LIMIT)
    .openapi({ description: 'Rows of a page.' }),
  cursor: z.string().max(4_096).optional().openapi({ description: 'next_cursor of the page before.' }),
})

const spansRoute = createRoute({
  method: 'get',
  path: '/api/v1/traces/{trace_id}/spans',
  summary: 'The tree of a trace, by pages: each span, what is below it added up, and how many children it has.',
  description:
    'In order of the tree: a span, then all below it. `subtree` is the span itself and all below it; tokens and cost of calls that count. A span whose parent is not in the trace is a root. `q` leaves the spans that it takes.',
  request: { params, query },
  responses: { 200: json('One page.', treePage, TREE_EXAMPLE), ...PROBLEM_RESPONSES, ...NOT_FOUND_RESPONSE },
})

const skeletonRoute = createRoute({
  method: 'get',
  path: '/api/v1/traces/{trace_id}/skeleton',
  summary: 'All spans of a trace in thin columns and in order of the tree, for a waterfall: at most 200,000.',
  description:
    'Rows are lists in the order of `columns`; `name`, `kind`, `model` and `service` are places in the lists of that name, `parent` is the row of the parent or -1, `start_ms` counts from `start_time`. `complete` is false when there are more spans.',
  request: { params },
  responses: { 200: json('The spans.', skeletonSchema, SKELETON_EXAMPLE), ...PROBLEM_RESPONSES, ...NOT_FOUND_RESPONSE },
})

export function addTreeRoutes(api: Api, { run, clock }: { run: RunQuery; clock: Clock }): void {
  const readTree = createTreeReader(run)
  api.openapi(spansRoute, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { q, ...asked } = c.req.valid('query')
    const project = c.get('project')
    const read = await readTree(project, c.req.valid('param').trace_id)
    const found = q === undefined ? undefined : await findSpans(run, { project, read, q, nowMs: clock.nowMs() })
    return c.json(pageOf(read, { ...asked, found }), 200)
  })
  api.openapi(skeletonRoute, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, [], false)
    return c.json(skeletonOf(await readTree(c.get('project'), c.req.valid('param').trace_id)), 200)
  })
}

interface Search {
  project: string
  read: ReadTree
  q: string
  nowMs: number
}

/** Ids of the spans that a filter takes. */
async function findSpans(run: RunQuery, { project, read: { trace }, q, nowMs }: Search): Promise<Set<string>> {
  const where = [
    sameTrace(String(trace['trace_id'])),
    ...duringTrace(trace),
    ...readFilter(q, 'spans', { range: { fromNanos: 0n, toNanos: undefined }, nowMs }),
  ]
  const rows = await run(
    project,
    { source: { view: 'spans_v1' }, items: [{ name: 'span_id' }], where, limit: MAX_FOUND },
    MAX_FOUND,
  )
  return new Set(rows.map((row) => String(row['span_id'])))
}

interface PageRequest {
  parent?: string | undefined
  depth?: number | undefined
  limit: number
  cursor?: string | undefined
  found: ReadonlySet<string> | undefined
}

function pageOf(
  read: ReadTree,
  { parent, depth, limit, cursor, found }: PageRequest,
): { data: TreeRow[]; next_cursor: string | null } {
  const { tree, trace } = read
  const parentAt = parent === undefined ? -1 : placeOf(read, plainHex(parent))
  const levels = depth ?? (found === undefined ? 1 : MAX_DEPTH)
  const deepest = (parentAt < 0 ? -1 : (tree.depths[parentAt] ?? 0)) + levels
  const end = parentAt < 0 ? tree.spans.length : parentAt + (tree.subtrees[parentAt]?.spans ?? 1)
  const list = JSON.stringify([trace['trace_id'], parent ?? ''])
  const after = cursor === undefined ? undefined : placeAfter(read, list, cursor)
  const data: TreeRow[] = []
  for (
    let at = parentAt + 1;
    at < end;
    at = (tree.depths[at] ?? 0) >= deepest ? at + (tree.subtrees[at]?.spans ?? 1) : at + 1
  ) {
    const span = tree.spans[at]
    if (span === undefined || (after !== undefined && at <= after) || found?.has(span.spanId) === false) continue
    if (data.length < limit) data.push(treeRow(read, at))
    else return { data, next_cursor: cursorOf(list, read, data) }
  }
  return { data, next_cursor: null }
}

function placeOf({ tree }: ReadTree, spanId: string): number {
  const at = tree.spans.findIndex((span) => span.spanId === spanId)
  if (at < 0) throw new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this span in the trace' })
  return at
}

function cursorOf(list: string, { tree }: ReadTree, data: readonly TreeRow[]): string {
  const last = data.at(-1)?.row ?? 0
  const span = tree.spans[last]
  return encodeCursor(list, [toSqlTime(span?.startNanos ?? 0n), span?.spanId ?? ''])
}

/** Found by the span itself: more of them may have come since. */
function placeAfter({ tree }: ReadTree, list: string, cursor: string): number {
  const [time, spanId] = decodeCursor(list, 2, cursor) ?? []
  const at = tree.spans.findIndex((span) => span.spanId === spanId && toSqlTime(span.startNanos) === time)
  if (at < 0) throw invalid('cursor', 'it is not a next_cursor of this list')
  return at
}
