// Fields and the conditions beside them in; queries for their values with their counts out, from the rollup of minutes where that knows enough.
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

/** Values that are looked at of a field of lists: its members are known only once the lists are taken apart, so what matches is sifted out after that. */
export const MAX_VALUES = 1_000
export const isSifted = ({ isList }: FacetField, match: string | undefined): boolean => match !== undefined && isList

const COUNT = 'count'
const COUNT_FIRST = { name: COUNT, descending: true }

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

/** A query and the fields that it answers for. Of several, each has its rows by `setOf` its place, and in them its values by `valueName` of it. */
export interface FacetQuery {
  fields: readonly FacetField[]
  query: SelectQuery & { limit: number }
}

export const valueName = (place: number): string => `value${place}`

/** Fields whose values are counted over the same rows share a query, which then reads those rows once. @throws FilterError */
export function facetQueries(fields: readonly FacetField[], request: FacetRequest): FacetQuery[] {
  const queries: FacetQuery[] = []
  for (const field of fields) {
    const query = facetQuery(field, request)
    const place = queries.findIndex((other) => !field.isList && isOfSameRows(other, query))
    const other = queries[place]
    if (other === undefined) queries.push({ fields: [field], query })
    else queries[place] = ofAll([...other.fields, field], query)
  }
  return queries
}

// Members of lists are rows of their own.
const isOfSameRows = ({ fields, query }: FacetQuery, other: SelectQuery): boolean =>
  fields.every(({ isList }) => !isList) &&
  JSON.stringify([query.source, query.where]) === JSON.stringify([other.source, other.where])

/** @param query of the last of them */
function ofAll(fields: readonly FacetField[], query: FacetQuery['query']): FacetQuery {
  const names = fields.map((_, place) => valueName(place))
  const values = fields.map((field, place) => ({ name: valueName(place), ...facetValue(field) }))
  const items = [...values, ...query.items.filter(({ name }) => name === COUNT)]
  const orderBy = [COUNT_FIRST, ...names.map((name) => ({ name, descending: false }))]
  return { fields, query: { ...query, items, groupBy: names, apart: true, orderBy } }
}

/** The values of a field among the rows that hold all else: what is asked of the field itself is left out, so that its other values are seen. */
function facetQuery(field: FacetField, { of, scope, filter, match, limit }: FacetRequest): FacetQuery['query'] {
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
      { name: COUNT, sql: kept ? 'sum(v.spans)' : 'count()' },
    ],
    where: [
      ...(kept ? ofMinutes(scope) : ofRows(of, scope)).where,
      ...fixed,
      ...conditions.map((one) => (rows === 'spans' ? orOfTrace(one, daysOf(scope.range)) : one)),
      ...(match === undefined || field.isList ? [] : [matching(field, match)]),
    ],
    groupBy: ['value'],
    orderBy: [COUNT_FIRST, { name: 'value', descending: false }],
    // one more tells that there are more
    limit: isSifted(field, match) ? MAX_VALUES : limit + 1,
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
