// A field and the conditions beside it in; the query for its values with their counts out, from the rollup of minutes where that knows enough.
import type { Filter } from './filter/ast.ts'
import { FilterError } from './filter/ast.ts'
import { compileFilter, type FilterScope, testedColumns } from './filter/compile.ts'
import type { Rows } from './filter/fields.ts'
import { fieldNames, TARGETS } from './filter/fields.ts'
import { KEYED, keyedField } from './filter/parse.ts'
import { GENERATION_KINDS } from './kinds.ts'
import { nearest } from './nearest.ts'
import { orOfTrace } from './of-trace.ts'
import { rangeConditions } from './range.ts'
import type { Condition, Item, SelectQuery } from './select-query.ts'
import { ceilMinute, daysOf, floorMinute } from './time.ts'

export type FacetRows = 'spans' | 'generations' | 'traces'

export interface FacetField {
  /** As asked for, and as `q` takes it. */
  name: string
  column: string
  /** Of a map: its value under this key; '' = its keys. */
  key?: string
  isList: boolean
}

export interface FacetRequest {
  of: FacetRows
  scope: FilterScope
  filter: Filter
  /** Part of the value, in any case. */
  match: string | undefined
  limit: number
}

/** What the rollup of minutes is kept by. */
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
/** A question of several columns has one that says it shortly. */
const SHORT_OF: Readonly<Record<string, string>> = { error: 'error_class' }

export const rowsOf = (of: FacetRows): Rows => (of === 'traces' ? 'traces' : 'spans')

/** @throws FilterError */
export function facetField(name: string, of: FacetRows): FacetField {
  const rows = rowsOf(of)
  const { aliases, columns, maps } = TARGETS[rows]
  const keyed = keyedField(name)
  if (keyed !== undefined && keyed.field !== 'score') {
    const column = maps[keyed.field]
    if (column !== undefined) return { name, column, key: keyed.key, isList: keyed.key === '' }
  }
  const column = SHORT_OF[name] ?? (Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name)
  const type = Object.hasOwn(columns, column) ? columns[column] : undefined
  if (column !== 'project_id' && (type === 'text' || type === 'texts'))
    return { name, column, isList: type === 'texts' }
  const meant = nearest(
    name,
    fieldNames(rows).filter((one) => !KEYED.has(one)),
  )
  throw new FilterError(
    `${JSON.stringify(name.slice(0, 64))} is no field of ${of} with values to count`,
    0,
    meant && `did you mean ${meant}?`,
  )
}

/** The values of a field among the rows that hold all else: what is asked of the field itself is left out, so that its other values are seen. */
export function facetQuery(field: FacetField, { of, scope, filter, match, limit }: FacetRequest): SelectQuery {
  const rows = rowsOf(of)
  const clauses = filter.clauses.filter((clause) => !isOf(clause, field, rows))
  const kept =
    of !== 'traces' &&
    isKept(field) &&
    clauses.every((clause) => testedColumns(clause, rows)?.every((one) => KEPT.has(one)) === true)
  const conditions = compileFilter({ clauses }, rows, scope)
  const fixed: Condition[] =
    of === 'generations' ? [{ kind: 'any_of', column: 'kind', type: 'text', values: GENERATION_KINDS }] : []
  return {
    ...(kept ? ofMinutes(scope) : ofRows(of, scope)),
    items: [
      { name: 'value', ...facetValue(field) },
      { name: 'count', sql: kept ? 'sum(v.spans)' : 'count()' },
    ],
    where: [
      ...(kept ? ofMinutes(scope) : ofRows(of, scope)).where,
      ...fixed,
      ...conditions.map((one) => (rows === 'spans' ? orOfTrace(one, daysOf(scope.range)) : one)),
      ...(match === undefined || field.isList ? [] : [matching(field, match)]),
    ],
    groupBy: ['value'],
    orderBy: [
      { name: 'count', descending: true },
      { name: 'value', descending: false },
    ],
    limit,
  }
}

function isOf(clause: Filter['clauses'][number], field: FacetField, rows: Rows): boolean {
  if (clause.kind === 'text' || clause.negated) return false
  if (field.key !== undefined) return clause.key === field.key && clause.field === keyedField(field.name)?.field
  return testedColumns(clause, rows)?.includes(field.column) === true
}

const isKept = ({ column, key }: FacetField): boolean => key === undefined && KEPT.has(column)

function facetValue({ column, key, isList }: FacetField): Omit<Item, 'name'> {
  if (key === '') return { sql: `arrayJoin(mapKeys(v.${column}))` }
  if (isList) return { sql: `arrayJoin(v.${column})` }
  return { left: key === undefined ? { column } : { column, key } }
}

const matching = ({ column, key }: FacetField, match: string): Condition => ({
  kind: 'like',
  left: key === undefined ? { column } : { column, key },
  isList: false,
  parts: ['', match, ''],
  anyCase: true,
})

type Part = Pick<SelectQuery, 'source' | 'where'>

function ofMinutes({ range: { fromNanos, toNanos } }: FilterScope): Part {
  const minutes = {
    fromNanos: floorMinute(fromNanos),
    toNanos: toNanos === undefined ? undefined : ceilMinute(toNanos),
  }
  return { source: { view: 'span_counts_v1' }, where: rangeConditions(minutes, { from: 'time', to: 'time' }) }
}

function ofRows(of: FacetRows, { range }: FilterScope): Part {
  const source = of === 'traces' ? { view: 'traces_of_days_v1', days: daysOf(range) } : { view: 'spans_v1' }
  return { source, where: rangeConditions(range, { from: 'start_time', to: 'start_time' }) }
}
