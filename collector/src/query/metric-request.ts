// What a metric is asked for, checked: range, conditions, groups, and whether the rollup knows enough to answer.
import { facetField } from './facet-query.ts'
import type { Filter } from './filter/ast.ts'
import { FilterError } from './filter/ast.ts'
import { testedColumns } from './filter/compile.ts'
import type { Metric } from './metrics-table.ts'
import { OF_TRACE } from './of-trace.ts'
import { invalid } from './problem.ts'
import type { Condition, Item } from './select-query.ts'
import type { Range } from './time.ts'

/** A dimension: how the answer calls it, and where its value is. */
export interface Group {
  name: string
  column: string
  key?: string
  isList: boolean
}

export interface MetricRequest {
  range: Range
  /** Of parameters that are columns. */
  filters: readonly Condition[]
  /** Of `q`. */
  clauses: Filter['clauses']
  groups: readonly Group[]
  intervalSeconds?: number | undefined
  /** The groups with most of a figure alone. */
  top?: { count: number; figure: string } | undefined
  nowMs: number
}

const MAX_GROUPS = 2

/** `group_by=model,attr.tier` */
export function readGroups(metric: Metric, text: string | undefined): Group[] {
  if (text === undefined || text === '') return []
  const names = [...new Set(text.split(','))]
  if (names.length > MAX_GROUPS) throw invalid('group_by', `there are more than ${MAX_GROUPS} dimensions`)
  return names.map((name): Group => {
    if (metric.dimensions.includes(name)) return { name, column: name, isList: false }
    try {
      const { column, key, isList } = facetField(name, metric.rows)
      return { name: key === undefined ? column : name, column, isList, ...(key === undefined ? {} : { key }) }
    } catch (cause) {
      if (!(cause instanceof FilterError)) throw cause
      const known = metric.dimensions.join(', ')
      throw invalid(
        'group_by',
        `there is no ${JSON.stringify(name.slice(0, 64))} here`,
        cause.hint ?? `one of ${known}`,
      )
    }
  })
}

/** Whether the rollup has all the columns that are asked of. */
export function fitsRollup(
  { dimensions, rows }: Metric,
  { clauses, groups }: Pick<MetricRequest, 'clauses' | 'groups'>,
): boolean {
  const isKept = (column: string): boolean => dimensions.includes(column)
  return (
    groups.every(({ column, key }) => key === undefined && isKept(column)) &&
    clauses.every((clause) => testedColumns(clause, rows)?.every(isKept) === true)
  )
}

/** In SQL a key of a map is no name. */
export const sqlName = ({ name, key }: Group, place: number): string =>
  key === undefined ? name : `dimension_${place}`

export function groupItem(group: Group, place: number): Item {
  const { column, key, isList } = group
  const name = sqlName(group, place)
  if (key === '') return { name, sql: `arrayJoin(mapKeys(v.${column}))` }
  if (isList) return { name, sql: `arrayJoin(v.${column})` }
  return { name, left: key === undefined ? { column } : { column, key } }
}

export const isOfTrace = (groups: readonly Group[]): boolean =>
  groups.some(({ column, key }) => key === undefined && OF_TRACE.some((name) => name === column))
