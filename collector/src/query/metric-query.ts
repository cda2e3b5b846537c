// A checked metric request in; its query out: over the rollup of minutes where that has what is asked, else over spans or traces.
import type { Columns } from './column.ts'
import { compileFilter, testedColumns } from './filter/compile.ts'
import { GENERATION_KINDS } from './kinds.ts'
import { cellsOf } from './metric-cells.ts'
import { fitsRollup, type Group, groupItem, isOfTrace, type MetricRequest, sqlName } from './metric-request.ts'
import type { Metric } from './metrics-table.ts'
import { orOfTrace } from './of-trace.ts'
import { rangeConditions } from './range.ts'
import type { Condition, Item, SelectQuery, Source } from './select-query.ts'
import { ceilMinute, daysOf, floorMinute, type Range } from './time.ts'

/** Rows of an answer; one more is refused, because a series that is cut looks like a fall. */
export const MAX_METRIC_ROWS = 10_000
const DAY_MS = 86_400_000

/** Columns that a metric may be filtered on by a parameter of their own. */
export const dimensionColumns = ({ dimensions }: Metric): Columns =>
  Object.fromEntries(dimensions.map((name) => [name, 'text' as const]))

/** @throws FilterError */
export function metricQuery(metric: Metric, request: MetricRequest): SelectQuery {
  const { groups, intervalSeconds, top } = request
  const names = groups.map(sqlName)
  const isRaw = !fitsRollup(metric, request)
  const share = metric.shareOf !== undefined && names.includes(metric.shareOf.dimension) ? metric.shareOf : undefined
  const isSeries = intervalSeconds !== undefined
  const query: SelectQuery = {
    ...(isRaw ? rawSource(metric, request) : rollupSource(metric, request)),
    items: [...groups.map(groupItem), ...figureItems(metric, { request, isRaw, share: share?.dimension })],
    ...(isSeries ? { intervalSeconds } : {}),
    groupBy: names,
    ...(isSeries || names.length > 0 ? { having: isRaw ? metric.rawHaving : metric.having } : {}),
    qualify: share?.qualify,
    orderBy: [...(isSeries ? ['time'] : []), ...names].map((name) => ({ name, descending: false })),
    limit: MAX_METRIC_ROWS + 1,
  }
  if (top === undefined || names.length === 0) return query
  if (!isSeries)
    return { ...query, orderBy: [{ name: top.figure, descending: true }, ...(query.orderBy ?? [])], limit: top.count }
  return { ...query, where: [...query.where, ofTop(metric, request, groups)] }
}

/** Of a series, the groups that have most over its whole range. Their columns are those of the source. */
function ofTop(metric: Metric, request: MetricRequest, groups: readonly Group[]): Condition {
  const whole = metricQuery(metric, { ...request, intervalSeconds: undefined })
  const kept = whole.items.filter(({ name }) => groups.some((group) => group.name === name))
  const [order] = whole.orderBy ?? []
  const figure = whole.items.find(({ name }) => name === order?.name)
  // by the figure's own text, since only the groups are answered
  const orderBy = [{ name: figure?.sql ?? '', descending: true }, ...(whole.orderBy ?? []).slice(1)]
  return {
    kind: 'one_of',
    columns: kept.map(({ name }) => name),
    query: { ...whole, items: kept, orderBy, qualify: undefined },
  }
}

type Part = Pick<SelectQuery, 'source' | 'where' | 'timeColumn'>

function rollupSource(metric: Metric, request: MetricRequest): Part {
  const range = wholeMinutes(request.range)
  const where = [
    ...kindCondition(metric, request),
    ...request.filters,
    ...compileFilter({ clauses: request.clauses }, metric.rows, { range, nowMs: request.nowMs }),
  ]
  const cells = cellsOf(range, request.intervalSeconds)
  if (metric.rows === 'spans') return { source: { view: metric.view, cells }, where }
  const { first_hour, last_hour } = cells
  const days = daysOf(range)
  const source: Source = isOpen(days.first, request.nowMs)
    ? { view: 'trace_starts_v1', days, ofProject: true }
    : { view: metric.view, days, hours: { first_hour, last_hour }, ofProject: true }
  return {
    source,
    timeColumn: 'start_time',
    where: [...rangeConditions(range, { from: 'start_time', to: 'start_time' }), ...where],
  }
}

/** Whether what came after a day is too young to be counted: to look for counts takes longer than one day's traces. */
const isOpen = (day: string, nowMs: number): boolean => Date.parse(day) >= nowMs - 3 * DAY_MS

function rawSource(metric: Metric, request: MetricRequest): Part {
  const range = wholeMinutes(request.range)
  const days = daysOf(range)
  const filters = [
    ...request.filters,
    ...compileFilter({ clauses: request.clauses }, metric.rows, { range, nowMs: request.nowMs }),
  ]
  const where = [...rangeConditions(range, { from: 'start_time', to: 'start_time' }), ...kindCondition(metric, request)]
  if (metric.rows === 'traces')
    return { source: { view: 'traces_of_days_v1', days }, timeColumn: 'start_time', where: [...where, ...filters] }
  // what the view has taken from the trace already is the span's own there
  if (isOfTrace(request.groups))
    return { source: { view: 'spans_of_days_v1', days }, timeColumn: 'start_time', where: [...where, ...filters] }
  return {
    source: { view: 'spans_v1' },
    timeColumn: 'start_time',
    where: [...where, ...filters.map((filter) => orOfTrace(filter, days))],
  }
}

/** The answer's columns in order: how it is called in SQL -> its type. */
export function metricColumns(
  metric: Metric,
  { groups, intervalSeconds }: Pick<MetricRequest, 'groups' | 'intervalSeconds'>,
): Columns {
  return {
    ...(intervalSeconds === undefined ? {} : { time: 'time' as const }),
    ...Object.fromEntries(groups.map((group, place) => [sqlName(group, place), 'text' as const])),
    ...Object.fromEntries(metric.figures.map(({ name, type }) => [name, type])),
  }
}

interface FigureParts {
  request: MetricRequest
  isRaw: boolean
  share: string | undefined
}

// The share of one error type is of all calls in its group, so `calls` sums over the dimension.
function figureItems({ figures }: Metric, { request, isRaw, share }: FigureParts): Item[] {
  const items = figures.map(({ name, sql, rawSql }) => ({ name, sql: isRaw ? rawSql : sql }))
  if (share === undefined) return items
  const others = request.groups.map(sqlName).filter((name) => name !== share)
  const groups = [...(request.intervalSeconds === undefined ? [] : ['time']), ...others]
  const window = groups.length === 0 ? '' : `PARTITION BY ${groups.join(', ')}`
  return items.map(({ name, sql }) => ({ name, sql: name === 'calls' ? `sum(${sql}) OVER (${window})` : sql }))
}

const wholeMinutes = ({ fromNanos, toNanos }: Range): Range => ({
  fromNanos: floorMinute(fromNanos),
  toNanos: toNanos === undefined ? undefined : ceilMinute(toNanos),
})

function kindCondition({ callsByDefault }: Metric, { filters, clauses, groups }: MetricRequest): Condition[] {
  const asked =
    groups.some(({ column }) => column === 'kind') ||
    filters.some((filter) => 'column' in filter && filter.column === 'kind') ||
    clauses.some((clause) => testedColumns(clause, 'spans')?.includes('kind'))
  if (!callsByDefault || asked) return []
  return [{ kind: 'any_of', column: 'kind', type: 'text', values: GENERATION_KINDS }]
}
