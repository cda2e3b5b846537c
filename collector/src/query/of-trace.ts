// What a span has none of by itself and its trace has (an agent span names the user, the calls below it do not): filters that find such
// spans too, and rows that show the trace's value. Read from the rollup of traces, so a page costs one small query more and no join.
import type { Row } from './column.ts'
import type { Condition, SelectQuery, Source } from './statement.ts'

/** Columns of spans and of traces whose value a span takes from its trace. */
export const OF_TRACE = ['session_id', 'user_id', 'tags'] as const
type OfTrace = (typeof OF_TRACE)[number]

type Days = NonNullable<Source['days']>

const isOfTrace = (column: string): column is OfTrace => OF_TRACE.some((name) => name === column)

/** The condition on a span's own value -> on its own value or else its trace's. Other conditions are left as they are. */
export function orOfTrace(condition: Condition, days: Days): Condition {
  if (condition.kind !== 'any_of' && condition.kind !== 'holds_any') return condition
  if (!isOfTrace(condition.column)) return condition
  const { column } = condition
  const inherited: Condition = {
    kind: 'all',
    conditions: [hasNone(column), { kind: 'one_of', columns: ['trace_id'], query: tracesThat(condition, days) }],
  }
  if (condition.kind === 'holds_any') return { kind: 'either', conditions: [condition, inherited] }
  // An own '' is none: whether the span has a value at all is then for its trace to say.
  const values = condition.values.filter((value) => value !== '')
  return values.length === 0 ? inherited : { kind: 'either', conditions: [{ ...condition, values }, inherited] }
}

const hasNone = (column: OfTrace): Condition =>
  column === 'tags' ? { kind: 'empty', column } : { kind: 'any_of', column, type: 'text', values: [''] }

function tracesThat(condition: Extract<Condition, { kind: 'any_of' | 'holds_any' }>, days: Days): SelectQuery {
  const items = [{ name: 'trace_id' }]
  const parts: SelectQuery = { source: { view: 'trace_parts_v1', days }, items, where: [condition] }
  // Adding up every trace of the days takes ten times as long as looking for those that may fit; for traces without a value there is no other way.
  const candidates: Condition[] = condition.values.includes('')
    ? []
    : [{ kind: 'one_of', columns: ['trace_id'], query: parts }]
  return { source: { view: 'traces_of_days_v1', days }, items, where: [condition, ...candidates] }
}

/** Whether a row lacks something that its trace may have, among the columns that are shown. */
export function lacks(row: Row, columns: Readonly<Record<string, unknown>>): boolean {
  return OF_TRACE.some((name) => Object.hasOwn(columns, name) && isNone(row[name]))
}

/** The row with what its trace has. */
export function withTrace(row: Row, trace: Row | undefined): Row {
  if (trace === undefined) return row
  const taken = OF_TRACE.filter((name) => isNone(row[name]) && trace[name] !== undefined)
  return { ...row, ...Object.fromEntries(taken.map((name) => [name, trace[name] ?? null])) }
}

const isNone = (value: Row[string] | undefined): boolean => value === '' || (Array.isArray(value) && value.length === 0)

/** The values of some traces, for `withTrace`. */
export function valuesOf(traces: Condition, days: Days): SelectQuery {
  const items = ['trace_id', ...OF_TRACE].map((name) => ({ name }))
  return { source: { view: 'traces_of_days_v1', days }, items, where: [traces] }
}
