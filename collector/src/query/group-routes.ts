// GET /tools, /agents, /models, /services, /errors, /prompts/usage -> {"data":[…],"more"}: groups of spans, from the rollup where it knows enough.
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { type Columns, type Row, toJsonRow } from './column.ts'
import { EXAMPLES } from './examples.ts'
import type { Clause } from './filter/ast.ts'
import { compileFilter, type FilterScope, testedColumns } from './filter/compile.ts'
import { FILTER_SHAPE, readClauses, told } from './filter/request.ts'
import { rejectUnknown } from './filters.ts'
import { GROUP_LISTS, type GroupList } from './groups-table.ts'
import { orOfTrace } from './of-trace.ts'
import { RANGE_SHAPE, rangeConditions, readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'
import type { SelectQuery } from './select-query.ts'
import { ceilMinute, daysOf, floorMinute } from './time.ts'

const MAX_LIMIT = 1_000
const DEFAULT_LIMIT = 100
const KEPT = new Set([
  'kind',
  'operation',
  'provider',
  'model',
  'environment',
  'service_name',
  'error_type',
  'error_class',
])

export function addGroupRoutes(api: Api, deps: { run: RunQuery; clock: Clock }): void {
  for (const list of GROUP_LISTS) addGroupRoute(api, list, deps)
}

const columnsOf = ({ keys, figures }: GroupList): Columns => ({
  ...Object.fromEntries(keys.map((name) => [name, 'text' as const])),
  ...Object.fromEntries(figures.map(({ name, type }) => [name, type])),
})

interface GroupAnswer {
  data: Row[]
  more: boolean
}

function addGroupRoute(api: Api, list: GroupList, { run, clock }: { run: RunQuery; clock: Clock }): void {
  const sortable = list.figures.filter(({ isSortable }) => isSortable).map(({ name }) => name)
  const columns = columnsOf(list)
  const query = z.object({
    ...RANGE_SHAPE,
    ...FILTER_SHAPE,
    sort: z.enum(sortable).default(list.sort).openapi({ description: 'Greatest first.' }),
    limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  })
  const answer = z.object({ data: z.array(rowSchema(columns)), more: z.boolean() })
  const route = createRoute({
    method: 'get',
    path: `/api/v1/${list.name}`,
    summary: list.summary,
    description:
      'Of spans that started in the range. Whole minutes where the rollup knows enough. `more`: there are more groups than `limit`.',
    request: { query },
    responses: { 200: json('Groups.', answer, EXAMPLES[list.name]), ...PROBLEM_RESPONSES },
  })
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { from, to, q, sort, limit } = c.req.valid('query')
    const nowMs = clock.nowMs()
    const scope = { range: readRange({ from, to }, nowMs), nowMs }
    const wanted = told(() => groupQuery(list, readClauses(q).clauses, { ...scope, sort, limit }))
    const rows = await run(c.get('project'), wanted, limit + 1)
    const data = rows.slice(0, limit).map((row) => toJsonRow(row, columns))
    return c.json<GroupAnswer, 200>({ data, more: rows.length > limit }, 200)
  })
}

function groupQuery(
  list: GroupList,
  clauses: readonly Clause[],
  { sort, limit, ...scope }: FilterScope & { sort: string; limit: number },
): SelectQuery {
  const { keys, figures, where } = list
  const isKept = [...keys.map((key) => [key]), ...clauses.map((clause) => testedColumns(clause, 'spans'))].every(
    (columns) => columns?.every((column) => KEPT.has(column)) === true,
  )
  const fromRollup = isKept && figures.every(({ rollupSql }) => rollupSql !== undefined)
  const conditions = [...where, ...compileFilter({ clauses }, 'spans', scope)]
  return {
    source: { view: fromRollup ? 'span_counts_v1' : 'spans_v1' },
    items: [
      ...keys.map((name) => ({ name })),
      ...figures.map(({ name, sql, rollupSql }) => ({ name, sql: fromRollup ? (rollupSql ?? sql) : sql })),
    ],
    where: fromRollup
      ? [...minutesOf(scope), ...conditions]
      : [
          ...rangeConditions(scope.range, { from: 'start_time', to: 'start_time' }),
          ...conditions.map((one) => orOfTrace(one, daysOf(scope.range))),
        ],
    groupBy: keys,
    // a group that only settlements tell of is none
    ...(fromRollup ? { having: 'spans > 0' } : {}),
    orderBy: [{ name: sort, descending: true }, ...keys.map((name) => ({ name, descending: false }))],
    limit: limit + 1,
  }
}

function minutesOf({ range: { fromNanos, toNanos } }: FilterScope) {
  const minutes = {
    fromNanos: floorMinute(fromNanos),
    toNanos: toNanos === undefined ? undefined : ceilMinute(toNanos),
  }
  return rangeConditions(minutes, { from: 'time', to: 'time' })
}
