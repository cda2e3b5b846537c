// What a span has none of by itself and its trace has (an agent span names the user, the calls below it do not): filters that find such
// spans too, and rows that show the trace's value. Read from the rollup of traces, so a page costs one small query more and no join.
import type { Row } from './column.ts'
import type { Condition, SelectQuery, Source } from './select-query.ts'

/** Columns of spans and of traces whose value a span takes from its trace. */
export const OF_TRACE = ['session_id', 'user_id', 'tags'] as const
type OfTrace = (typeof OF_TRACE)[number]

type Days = NonNullable<Source['days']>

const isOfTrace = (column: string): column is OfTrace => OF_TRACE.some((name) => name === column)

type OfColumn = Extract<Condition, { kind: 'any_of' | 'holds_any' | 'like' | 'exists' }>

/** The condition on a span's own value -> on its own value or else its trace's, however deep it stands. Other conditions are left as they are. */
export function orOfTrace(condition: Condition, days: Days): Condition {
  switch (condition.kind) {
    case 'all':
    case 'either':
      return { ...condition, conditions: condition.conditions.map((inner) => orOfTrace(inner, days)) }
    case 'not':
      return { ...condition, condition: orOfTrace(condition.condition, days) }
    case 'empty':
      return isOfTrace(condition.column)
        ? inherited(condition.column, { ...condition, kind: 'holds_none' }, days)
        : condition
    case 'any_of':
    case 'holds_any':
      return isOfTrace(condition.column) ? ownOrInherited(condition.column, condition, days) : condition
    case 'like':
    case 'exists':
      return isOfTrace(condition.left.column) ? ownOrInherited(condition.left.column, condition, days) : condition
    default:
      return condition
  }
}

function ownOrInherited(column: OfTrace, condition: OfColumn, days: Days): Condition {
  const fromTrace = inherited(column, condition, days)
  if (condition.kind !== 'any_of') return { kind: 'either', conditions: [condition, fromTrace] }
  // An own '' is none: whether the span has a value at all is then for its trace to say.
  const values = condition.values.filter((value) => value !== '')
  return values.length === 0 ? fromTrace : { kind: 'either', conditions: [{ ...condition, values }, fromTrace] }
}

const inherited = (column: OfTrace, condition: OfColumn | HoldsNone, days: Days): Condition => ({
  kind: 'all',
  conditions: [hasNone(column), { kind: 'one_of', columns: ['trace_id'], query: tracesThat(condition, days) }],
})

interface HoldsNone {
  kind: 'holds_none'
  column: string
}

const hasNone = (column: OfTrace): Condition =>
  column === 'tags' ? { kind: 'empty', column } : { kind: 'any_of', column, type: 'text', values: [''] }

function tracesThat(asked: OfColumn | HoldsNone, days: Days): SelectQuery {
  const items = [{ name: 'trace_id' }]
  const condition: Condition = asked.kind === 'holds_none' ? { kind: 'empty', column: asked.column } : asked
  const parts: SelectQuery = { source: { view: 'trace_parts_v1', days }, items, where: [condition] }
  // Adding up every trace of the days takes ten times as long as looking for those that may fit; for traces without a value there is no other way.
  const candidates: Condition[] = asksForNone(asked) ? [] : [{ kind: 'one_of', columns: ['trace_id'], query: parts }]
  return { source: { view: 'traces_of_days_v1', days }, items, where: [condition, ...candidates] }
}

function asksForNone(asked: OfColumn | HoldsNone): boolean {
  if (asked.kind === 'holds_none') return true
  if (asked.kind === 'like') return asked.parts.every((part) => part === '')
  return asked.kind !== 'exists' && asked.values.includes('')
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

/** The values of some traces, for `withTrace`: added up as traces_of_days_v1 does, without all else of it. */
export function valuesOf(traces: Condition, days: Days): SelectQuery {
  return {
    source: { view: 'trace_parts_v1', days },
    items: [
      { name: 'trace_id' },
      { name: 'session_id', sql: 'max(v.session_id)' },
      { name: 'user_id', sql: 'max(v.user_id)' },
      { name: 'tags', sql: 'arraySort(groupUniqArrayArray(v.tags))' },
    ],
    where: [traces],
    groupBy: ['trace_id'],
  }
}
