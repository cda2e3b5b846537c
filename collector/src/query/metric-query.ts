// A checked metric request in; its query out.
import type { Columns } from './column.ts'
import { GENERATION_KINDS } from './kinds.ts'
import type { Metric } from './metrics-table.ts'
import { rangeConditions } from './range.ts'
import type { Condition, Item, SelectQuery } from './select-query.ts'
import { ceilMinute, daysOf, floorMinute, type Range } from './time.ts'

export interface MetricRequest {
  range: Range
  filters: readonly Condition[]
  groupBy: readonly string[]
  intervalSeconds?: number | undefined
}

/** Rows of an answer; one more is refused, because a series that is cut looks like a fall. */
export const MAX_METRIC_ROWS = 10_000

/** Columns that a metric may be filtered on. */
export const dimensionColumns = ({ dimensions }: Metric): Columns =>
  Object.fromEntries(dimensions.map((name) => [name, 'text' as const]))

export function metricQuery(metric: Metric, request: MetricRequest): SelectQuery {
  const { groupBy, intervalSeconds } = request
  const range = wholeMinutes(request.range)
  const share = metric.shareOf !== undefined && groupBy.includes(metric.shareOf.dimension) ? metric.shareOf : undefined
  return {
    source: { view: metric.view, ...(metric.ofDays ? { days: daysOf(range) } : {}) },
    items: [...groupBy.map((name) => ({ name })), ...figureItems(metric, request, share?.dimension)],
    where: [
      ...rangeConditions(range, { from: 'time', to: 'time' }),
      ...kindCondition(metric, request),
      ...request.filters,
    ],
    ...(intervalSeconds === undefined ? {} : { intervalSeconds }),
    groupBy,
    qualify: share?.qualify,
    orderBy: [...(intervalSeconds === undefined ? [] : ['time']), ...groupBy].map((name) => ({
      name,
      descending: false,
    })),
    limit: MAX_METRIC_ROWS + 1,
  }
}

/** The answer's columns in order. */
export function metricColumns(metric: Metric, { groupBy, intervalSeconds }: MetricRequest): Columns {
  return {
    ...(intervalSeconds === undefined ? {} : { time: 'time' as const }),
    ...Object.fromEntries(groupBy.map((name) => [name, 'text' as const])),
    ...Object.fromEntries(metric.figures.map(({ name, type }) => [name, type])),
  }
}

// The share of one error type is of all calls in its group, so `calls` sums over the dimension.
function figureItems({ figures }: Metric, request: MetricRequest, dimension: string | undefined): Item[] {
  if (dimension === undefined) return figures.map(({ name, sql }) => ({ name, sql }))
  const others = request.groupBy.filter((name) => name !== dimension)
  const groups = [...(request.intervalSeconds === undefined ? [] : ['time']), ...others]
  const window = groups.length === 0 ? '' : `PARTITION BY ${groups.join(', ')}`
  return figures.map(({ name, sql }) => ({ name, sql: name === 'calls' ? `sum(${sql}) OVER (${window})` : sql }))
}

const wholeMinutes = ({ fromNanos, toNanos }: Range): Range => ({
  fromNanos: floorMinute(fromNanos),
  toNanos: toNanos === undefined ? undefined : ceilMinute(toNanos),
})

function kindCondition({ callsByDefault }: Metric, { filters, groupBy }: MetricRequest): Condition[] {
  const asked = groupBy.includes('kind') || filters.some((filter) => 'column' in filter && filter.column === 'kind')
  if (!callsByDefault || asked) return []
  return [{ kind: 'any_of', column: 'kind', type: 'text', values: GENERATION_KINDS }]
}
