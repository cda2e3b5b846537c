// GET /traces/{trace_id} -> {"trace":{…},"spans":[…]}, with next_cursor when there are more spans than asked for.
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, NOT_FOUND_RESPONSE, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { besideSpans, flatItems, type Read } from './beside.ts'
import { type Columns, type Row, toJsonRow } from './column.ts'
import { SPAN_COLUMNS, TRACE_COLUMNS } from './columns.ts'
import { decodeCursor } from './cursor.ts'
import { EXAMPLES } from './examples.ts'
import { rejectUnknown } from './filters.ts'
import { chooseColumns, keyColumns, nextCursor } from './list-query.ts'
import { withTrace } from './of-trace.ts'
import { invalid } from './problem.ts'
import type { RunQuery } from './run-query.ts'
import type { Condition, SelectQuery } from './select-query.ts'
import { duringTrace, findTrace, readSummary, sameTrace, type TraceExtent } from './trace-read.ts'

const MAX_SPANS = 10_000
const SPANS_KEY = ['start_time', 'span_id'] as const

const query = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_SPANS).default(MAX_SPANS).openapi({ description: 'Spans of a page.' }),
  cursor: z.string().optional().openapi({ description: 'next_cursor of the page before.' }),
  fields: z.string().optional().openapi({ description: 'Columns of the spans, by commas. Absent: all, with content.' }),
})

const route = createRoute({
  method: 'get',
  path: '/api/v1/traces/{trace_id}',
  summary: 'One trace and its spans in order of start, with their content.',
  request: {
    params: z.object({ trace_id: z.string().openapi({ example: '4bf92f3577b34da6a3ce929d0e0e4736' }) }),
    query,
  },
  responses: {
    200: json(
      'The trace.',
      z.object({
        trace: rowSchema(TRACE_COLUMNS),
        spans: z.array(rowSchema(SPAN_COLUMNS)),
        next_cursor: z.string().optional(),
      }),
      EXAMPLES['trace'],
    ),
    ...PROBLEM_RESPONSES,
    ...NOT_FOUND_RESPONSE,
  },
})

export function addTraceRoute(api: Api, { run }: { run: RunQuery }): void {
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { limit, cursor, fields } = c.req.valid('query')
    const columns = chooseColumns(SPAN_COLUMNS, fields)
    const project = c.get('project')
    const extent = await findTrace(run, project, c.req.valid('param').trace_id)
    const { traceId } = extent
    const asked = { columns, limit, after: cursor === undefined ? [] : [beyond(traceId, cursor)] }
    const [trace, rows] = await Promise.all([
      readSummary(run, project, extent),
      readSpans((query, maxRows) => run(project, query, maxRows), extent, asked),
    ])
    const next = nextCursor(traceId, SPANS_KEY, { rows, limit })
    const spans = rows.slice(0, limit).map((row) => toJsonRow(withTrace(row, trace), columns))
    const body = { trace: toJsonRow(trace, TRACE_COLUMNS), spans, ...(next === null ? {} : { next_cursor: next }) }
    return c.json<TraceBody, 200>(body, 200)
  })
}

interface TraceBody {
  trace: Row
  spans: Row[]
  next_cursor?: string
}

interface Asked {
  columns: Columns
  limit: number
  after: readonly Condition[]
}

/** Where the page is all of the trace, what stands in other tables is read at the same time; else it is joined, for the page's spans alone. */
async function readSpans(read: Read, extent: TraceExtent, { columns, limit, after }: Asked): Promise<Row[]> {
  const times = duringTrace(extent)
  const query: PageQuery = {
    where: [sameTrace(extent.traceId), ...times, ...after],
    orderBy: SPANS_KEY.map((name) => ({ name, descending: false })),
    limit: limit + 1,
  }
  if (extent.spans > limit) {
    const names = new Set([...SPANS_KEY, ...Object.keys(columns)])
    const items = [...names].map((name) => ({ name }))
    return await read({ ...query, source: { view: 'span_details_v1' }, items }, limit + 1)
  }
  const items = flatItems({ start_time: 'time', ...columns })
  const [rows, complete] = await Promise.all([
    read({ ...query, source: { view: 'spans_v1' }, items }, limit + 1),
    besideSpans(read, { traceIds: [extent.traceId], times, columns }),
  ])
  return rows.map(complete)
}

type PageQuery = Omit<SelectQuery, 'items' | 'source'>

function beyond(traceId: string, cursor: string): Condition {
  const values = decodeCursor(traceId, SPANS_KEY.length, cursor)
  if (values === undefined) throw invalid('cursor', 'it is not a next_cursor of this trace')
  return { kind: 'beyond', columns: keyColumns(SPANS_KEY, SPAN_COLUMNS), values, descending: false }
}
