// GET /traces, /generations, /spans, /sessions, /users, /scores -> {"data":[…],"next_cursor":…}
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { EXAMPLES } from './examples.ts'
import { FILTER_SHAPE, readFilter } from './filter/request.ts'
import { attributeConditions, conditionsOf, filterShape, rejectUnknown } from './filters.ts'
import { chooseColumns, type ListPage, listPage } from './list-query.ts'
import { nearest } from './nearest.ts'
import { readPage } from './page-read.ts'
import { invalid } from './problem.ts'
import { RANGE_SHAPE, readRange } from './range.ts'
import { RESOURCES, type Resource } from './resources.ts'
import type { RunQuery } from './run-query.ts'

const MAX_LIMIT = 1_000
const DEFAULT_LIMIT = 50
const MAX_CURSOR = 4_096

export function addListRoutes(api: Api, deps: { run: RunQuery; clock: Clock }): void {
  for (const resource of RESOURCES) addListRoute(api, resource, deps)
}

function addListRoute(api: Api, resource: Resource, { run, clock }: { run: RunQuery; clock: Clock }): void {
  const filters = z.object(filterShape(resource.columns))
  const paging = z.object(PAGING_SHAPE)
  const query = filters.extend(PAGING_SHAPE)
  const known = namesOf(query)
  const page = z.object({ data: z.array(rowSchema(resource.columns)), next_cursor: z.string().nullable() })
  const route = createRoute({
    method: 'get',
    path: `/api/v1/${resource.name}`,
    summary: resource.summary,
    description: describe(resource),
    request: { query },
    responses: { 200: json('One page.', page, EXAMPLES[resource.name]), ...PROBLEM_RESPONSES },
  })
  api.openapi(route, async (c) => {
    const parameters = new URL(c.req.url).searchParams
    rejectUnknown(parameters, known, resource.attributes)
    const checked = c.req.valid('query')
    // filters are named by a table, so the fixed parameters have a schema, and a type, of their own
    const { from, to, limit, cursor, fields, q, sort } = paging.parse(c.req.query())
    const scope = { range: readRange({ from, to }, clock.nowMs()), nowMs: clock.nowMs() }
    const request = {
      ...scope,
      filters: [
        ...conditionsOf(resource.columns, checked),
        ...attributeConditions(parameters),
        ...readFilter(q, resource.rows, scope),
      ],
      columns: chooseColumns(resource.columns, fields),
      limit,
      cursor,
      sort: readSort(resource, sort, cursor),
    }
    const rows = await readPage(resource, request, (query, maxRows) => run(c.get('project'), query, maxRows))
    return c.json<ListPage, 200>(listPage(resource, request, rows), 200)
  })
}

const describe = ({ attributes, ofTrace }: Resource): string =>
  [
    attributes ? 'attribute.<key>=<value> filters on any attribute.' : '',
    ofTrace ? 'session_id, user_id and tags that a span has none of are those of its trace, in rows and filters.' : '',
  ]
    .filter(Boolean)
    .join(' ')

/** Numbers that a row has without a look at other tables. */
function readSort(resource: Resource, sort: string | undefined, cursor: string | undefined): string | undefined {
  if (sort === undefined) return undefined
  const sortable = Object.keys(resource.columns).filter((name) => isSortable(resource, name))
  if (!sortable.includes(sort)) {
    const meant = nearest(sort, sortable)
    throw invalid(
      'sort',
      `rows cannot be sorted by ${JSON.stringify(sort.slice(0, 64))}`,
      meant && `did you mean ${meant}?`,
    )
  }
  if (cursor !== undefined) throw invalid('cursor', 'sorted rows are the greatest alone, without further pages')
  return sort
}

const NUMBERS: ReadonlySet<string> = new Set(['count', 'integer', 'float', 'money'])
const isSortable = ({ columns, dear }: Resource, name: string): boolean =>
  NUMBERS.has(columns[name] ?? '') && dear?.columns.includes(name) !== true

const PAGING_SHAPE = {
  ...RANGE_SHAPE,
  ...FILTER_SHAPE,
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .default(DEFAULT_LIMIT)
    .openapi({ description: 'Rows of a page.' }),
  sort: z.string().max(64).optional().openapi({
    description: 'A column of numbers: the rows with most of it instead of the newest, without further pages.',
    example: 'cost_usd',
  }),
  cursor: z.string().max(MAX_CURSOR).optional().openapi({ description: 'next_cursor of the page before.' }),
  fields: z
    .string()
    .optional()
    .openapi({ description: 'Columns to answer with, by commas. Absent: all.', example: 'trace_id,cost_usd' }),
}
