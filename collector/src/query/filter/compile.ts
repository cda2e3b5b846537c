// Clauses and the kind of rows that they are asked of in; conditions out, every value of them still a value. What a row does not know itself is
// asked of the rows it stands for: traces of their spans, sessions and users of their traces.
import { plainHex } from '../filters.ts'
import { nearest } from '../nearest.ts'
import { rangeConditions } from '../range.ts'
import type { Condition, SelectQuery } from '../select-query.ts'
import { daysOf, type Range } from '../time.ts'
import { type Clause, type Filter, FilterError } from './ast.ts'
import { columnTest, mapTest } from './column-test.ts'
import { fieldNames, type Rows, TARGETS, type Target } from './fields.ts'
import { scoreTest } from './score-test.ts'

export interface FilterScope {
  range: Range
  nowMs: number
}

type FieldClause = Extract<Clause, { kind: 'field' }>

const HEX_IDS = new Set(['trace_id', 'span_id', 'parent_span_id'])
const DAY_NANOS = 86_400_000_000_000n

/**
 * Conditions that must all hold. Clauses that are asked of other rows are asked of one row together; a negated one, of none.
 * @throws FilterError
 */
export function compileFilter(filter: Filter, rows: Rows, scope: FilterScope): Condition[] {
  const target = TARGETS[rows]
  const own: Condition[] = []
  const others: Clause[] = []
  for (const clause of filter.clauses) {
    const condition = ownCondition({ ...clause, negated: false }, target, scope)
    if (condition === undefined) others.push(clause)
    else own.push(clause.negated ? { kind: 'not', condition } : condition)
  }
  const { through } = target
  if (others.length === 0) return own
  if (through === undefined) throw unknownField(others[0], rows)
  const asked = others.filter(({ negated }) => !negated)
  const refused = others.filter(({ negated }) => negated)
  const ask = (clauses: readonly Clause[]): Condition => ofOthers(through, rows, { clauses }, scope)
  return [
    ...own,
    ...(asked.length > 0 ? [ask(asked)] : []),
    ...refused.map((clause): Condition => ({ kind: 'not', condition: ask([{ ...clause, negated: false }]) })),
  ]
}

function ofOthers(through: NonNullable<Target['through']>, rows: Rows, filter: Filter, scope: FilterScope): Condition {
  const { fromNanos, toNanos } = scope.range
  // A trace may begin before its session's part in the range, and end after the range.
  const wide: Range = { fromNanos, toNanos: toNanos === undefined ? undefined : toNanos + DAY_NANOS }
  const items = [{ name: through.column }]
  const query: SelectQuery =
    through.rows === 'spans'
      ? {
          source: { view: 'spans_v1' },
          items,
          where: [
            ...rangeConditions(wide, { from: 'start_time', to: 'start_time' }),
            ...compileAs(filter, rows, 'spans', scope),
          ],
        }
      : {
          source: { view: 'traces_of_days_v1', days: daysOf(scope.range) },
          items,
          where: compileAs(filter, rows, 'traces', scope),
        }
  return { kind: 'one_of', columns: [through.column], query }
}

/** What is unknown there too is told as unknown of the rows that were asked for first. */
function compileAs(filter: Filter, asked: Rows, rows: Rows, scope: FilterScope): Condition[] {
  for (const clause of filter.clauses) {
    const isKnown = ownCondition(clause, TARGETS[rows], scope) !== undefined
    if (!isKnown && TARGETS[rows].through === undefined) throw unknownField(clause, asked)
  }
  return compileFilter(filter, rows, scope)
}

/** Undefined: rows of this kind do not know. */
function ownCondition(clause: Clause, target: Target, scope: FilterScope): Condition | undefined {
  if (clause.kind === 'text') {
    return target.texts.length === 0 ? undefined : { kind: 'text', columns: target.texts, text: clause.text }
  }
  if (clause.field === 'has' || clause.field === 'is') return stateCondition(clause, target, scope)
  if (clause.field === 'score') return target.scoreKey && scoreTest(clause, target.scoreKey, scope)
  if (clause.key !== '') return mapCondition(clause, target)
  const group = Object.hasOwn(target.groups, clause.field) ? target.groups[clause.field] : undefined
  if (group === undefined) return columnCondition(clause, clause.field, target, scope)
  const conditions = group.flatMap((column) => columnCondition(clause, column, target, scope) ?? [])
  return { kind: 'either', conditions }
}

/** The columns of its own rows that a clause tests; undefined when it asks more than that. */
export function testedColumns(clause: Clause, rows: Rows): readonly string[] | undefined {
  if (clause.kind === 'text' || clause.key !== '' || clause.field === 'has' || clause.field === 'is') return undefined
  const { groups, aliases, columns } = TARGETS[rows]
  if (Object.hasOwn(groups, clause.field)) return groups[clause.field]
  const column = Object.hasOwn(aliases, clause.field) ? (aliases[clause.field] ?? '') : clause.field
  return Object.hasOwn(columns, column) ? [column] : undefined
}

function columnCondition(
  clause: FieldClause,
  field: string,
  target: Target,
  { nowMs }: FilterScope,
): Condition | undefined {
  const column = Object.hasOwn(target.aliases, field) ? (target.aliases[field] ?? field) : field
  const type = Object.hasOwn(target.columns, column) && column !== 'project_id' ? target.columns[column] : undefined
  if (type === undefined) return undefined
  return columnTest(clause.test, {
    column,
    type,
    at: clause.valueAt,
    nowMs,
    clean: HEX_IDS.has(column) ? plainHex : same,
  })
}

const same = (text: string): string => text

function mapCondition(clause: FieldClause, { maps }: Target): Condition | undefined {
  const column = maps[clause.field]
  return column === undefined ? undefined : mapTest(clause.test, { column, key: clause.key, at: clause.valueAt })
}

/** `has:error`, `is:root`: what is no state is a column that has a value. */
function stateCondition(clause: FieldClause, target: Target, scope: FilterScope): Condition | undefined {
  const { test, valueAt } = clause
  if (test.kind !== 'any_of')
    throw new FilterError(`${clause.field} needs a name`, valueAt, `write for instance ${clause.field}:error`)
  const conditions = test.values.map((value) => {
    if (value.kind !== 'equal') throw new FilterError(`${clause.field} takes names alone`, valueAt)
    return oneState(value.text.toLowerCase(), clause, target, scope)
  })
  const known = conditions.filter((condition) => condition !== undefined)
  return known.length === conditions.length ? { kind: 'either', conditions: known } : undefined
}

function oneState(name: string, clause: FieldClause, target: Target, scope: FilterScope): Condition | undefined {
  if (Object.hasOwn(target.states, name)) return target.states[name]
  if (clause.field === 'is') return undefined
  return ownCondition({ ...clause, field: name, key: '', test: { kind: 'exists' } }, target, scope)
}

function unknownField(clause: Clause | undefined, rows: Rows): FilterError {
  if (clause === undefined || clause.kind === 'text')
    return new FilterError(`${rows} have no content to search`, clause?.at ?? 0, 'search generations or traces')
  const isState = (clause.field === 'has' || clause.field === 'is') && clause.test.kind === 'any_of'
  const at = isState ? clause.valueAt : clause.at
  const name = isState ? stateName(clause) : clause.field
  const known = isState && clause.field === 'is' ? stateNames(rows) : fieldNames(rows)
  const meant = nearest(name, known)
  const near = meant === undefined ? `fields are ${known.slice(0, 12).join(', ')} …` : `did you mean ${meant}?`
  return new FilterError(
    `there is no ${isState ? clause.field : 'field'} ${JSON.stringify(name.slice(0, 64))} of ${rows}`,
    at,
    near,
  )
}

const stateNames = (rows: Rows): string[] => {
  const { states, through } = TARGETS[rows]
  return [...Object.keys(states), ...(through ? stateNames(through.rows) : [])]
}

function stateName({ test }: FieldClause): string {
  const [first] = test.kind === 'any_of' ? test.values : []
  return first?.kind === 'equal' ? first.text : ''
}
