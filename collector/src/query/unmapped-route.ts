// GET /unmapped: attribute keys of model calls that no rule knows, the most frequent first.
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { type Columns, type Row, toJsonRow } from './column.ts'
import { EXAMPLES } from './examples.ts'
import { rejectUnknown } from './filters.ts'
import { RANGE_SHAPE, readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'
import type { SelectQuery } from './select-query.ts'
import { wholeDays } from './time.ts'

const MAX_KEYS = 1_000

const COLUMNS = {
  key: 'text',
  spans: 'count',
  dialects: 'texts',
  service_name: 'text',
  trace_id: 'text',
  span_id: 'text',
  last_seen: 'time',
} as const satisfies Columns

const query = z.object({ ...RANGE_SHAPE, limit: z.coerce.number().int().min(1).max(MAX_KEYS).default(100) })

const route = createRoute({
  method: 'get',
  path: '/api/v1/unmapped',
  summary: 'Attribute keys of model calls and their steps that no rule knows, the most frequent first.',
  description:
    'Keys that begin with gen_ai. or as those of a dialect. Counted by whole UTC days; service and span are those of the latest span that has the key.',
  request: { query },
  responses: {
    200: json('Keys.', z.object({ data: z.array(rowSchema(COLUMNS)) }), EXAMPLES['unmapped']),
    ...PROBLEM_RESPONSES,
  },
})

export function addUnmappedRoute(api: Api, { run, clock }: { run: RunQuery; clock: Clock }): void {
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { from, to, limit } = c.req.valid('query')
    const days = wholeDays(readRange({ from, to }, clock.nowMs()))
    const source = { view: 'unmapped_attributes_of_days_v1', days }
    const rows = await run(c.get('project'), { ...UNMAPPED, source, limit }, limit)
    return c.json<{ data: Row[] }, 200>({ data: rows.map((row) => toJsonRow(row, COLUMNS)) }, 200)
  })
}

const UNMAPPED: Omit<SelectQuery, 'source'> = {
  items: [
    { name: 'key' },
    { name: 'spans', sql: 'sum(v.spans)' },
    { name: 'dialects', sql: 'arraySort(groupUniqArrayArray(v.dialects))' },
    { name: 'service_name', sql: 'argMax(v.service_name, v.last_seen)' },
    { name: 'trace_id', sql: 'argMax(v.trace_id, v.last_seen)' },
    { name: 'span_id', sql: 'argMax(v.span_id, v.last_seen)' },
    { name: 'last_seen', sql: 'max(v.last_seen)' },
  ],
  where: [],
  groupBy: ['key'],
  orderBy: [
    { name: 'spans', descending: true },
    { name: 'key', descending: false },
  ],
}
