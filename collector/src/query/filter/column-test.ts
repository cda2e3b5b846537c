// One test of a clause and the column it is of in; the condition out, or a FilterError when the column cannot be tested so.
import type { ColumnType } from '../column.ts'
import type { Condition } from '../select-query.ts'
import { FilterError, type Test, type Value } from './ast.ts'
import { isComparable, readValue } from './values.ts'

export interface TestedColumn {
  column: string
  type: ColumnType
  at: number
  nowMs: number
  /** A value as the store writes it. */
  clean: (text: string) => string
}

/** @returns undefined for a column that no test is of: maps go by their keys */
export function columnTest(test: Test, tested: TestedColumn): Condition | undefined {
  const { column, type } = tested
  if (type === 'map' || type === 'maps' || type === 'times' || type === 'numbers') return undefined
  switch (test.kind) {
    case 'exists':
      return { kind: 'exists', left: { column }, type }
    case 'compare':
      return comparison(test.operator, test.value, tested)
    case 'any_of':
      return anyValue(test.values, tested)
    default:
      return test satisfies never
  }
}

function comparison(operator: '<' | '<=' | '>' | '>=', value: string, tested: TestedColumn): Condition {
  const { column, type, at } = tested
  if (!isComparable(type)) {
    throw new FilterError(
      `${column} is not a number, it cannot be compared by ${operator}`,
      at,
      `write ${column}:value`,
    )
  }
  return { kind: 'compare', column, type, operator, value: readValue(value, type, tested) }
}

/** Equal values are one condition, so that indexes see them; the others one each. */
function anyValue(values: readonly Value[], tested: TestedColumn): Condition {
  const { column, type, clean } = tested
  const equal = values.flatMap((value) => (value.kind === 'equal' ? [value.text] : []))
  const others = values.flatMap((value) => (value.kind === 'equal' ? [] : [otherValue(value, tested)]))
  return either([...(equal.length > 0 ? [equality(equal.map(clean), tested)] : []), ...others], column, type)
}

const either = (conditions: Condition[], column: string, type: ColumnType): Condition => {
  const [only] = conditions
  if (only === undefined) return { kind: 'exists', left: { column }, type }
  return conditions.length === 1 ? only : { kind: 'either', conditions }
}

function equality(values: string[], tested: TestedColumn): Condition {
  const { column, type } = tested
  if (type === 'texts') return listEquality(values, column)
  if (type === 'text') return { kind: 'any_of', column, type, values }
  if (type === 'content')
    return either(
      values.map((value) => contentTest(value, column)),
      column,
      type,
    )
  return { kind: 'any_of', column, type, values: values.map((value) => readValue(value, type, tested)) }
}

const contentTest = (text: string, column: string): Condition =>
  text === '' ? { kind: 'empty', column } : { kind: 'text', columns: [column], text }

// '' of a list is to have none.
function listEquality(values: string[], column: string): Condition {
  const named = values.filter((value) => value !== '')
  const none: Condition[] = named.length < values.length ? [{ kind: 'empty', column }] : []
  return either(
    [...(named.length > 0 ? [{ kind: 'holds_any' as const, column, values: named }] : []), ...none],
    column,
    'texts',
  )
}

function otherValue(value: Exclude<Value, { kind: 'equal' }>, tested: TestedColumn): Condition {
  const { column, type, at } = tested
  if (value.kind === 'like') {
    if (type === 'text' || type === 'texts' || type === 'content')
      return { kind: 'like', left: { column }, isList: type === 'texts', parts: value.parts.map(tested.clean) }
    throw new FilterError(`${column} is no text, a star means nothing here`, at, `write for instance ${column}>1`)
  }
  if (!isComparable(type)) {
    throw new FilterError(
      `${column} is not a number, it has no ranges`,
      at,
      `put it in quotes: ${column}:"${value.min}..${value.max}"`,
    )
  }
  const bounds = [
    ...(value.min === '' ? [] : [comparison('>=', value.min, tested)]),
    ...(value.max === '' ? [] : [comparison('<=', value.max, tested)]),
  ]
  return { kind: 'all', conditions: bounds }
}

/** Of a value in a map: a text, compared as a number where it is one. */
export function mapTest(test: Test, { column, key, at }: { column: string; key: string; at: number }): Condition {
  switch (test.kind) {
    case 'exists':
      return { kind: 'exists', left: { column, key }, type: 'map' }
    case 'compare':
      return { kind: 'attribute_compare', column, key, operator: test.operator, value: numberOf(test.value, at) }
    case 'any_of': {
      const equal = test.values.flatMap((value) => (value.kind === 'equal' ? [value.text] : []))
      const same: Condition[] = equal.length > 0 ? [{ kind: 'attribute', column, key, values: equal }] : []
      return either(
        [...same, ...test.values.flatMap((value) => otherMapValue(value, { column, key, at }))],
        column,
        'map',
      )
    }
    default:
      return test satisfies never
  }
}

function otherMapValue(value: Value, { column, key, at }: { column: string; key: string; at: number }): Condition[] {
  if (value.kind === 'equal') return []
  if (value.kind === 'like') return [{ kind: 'like', left: { column, key }, isList: false, parts: value.parts }]
  const bound = (operator: '>=' | '<=', text: string): Condition[] =>
    text === '' ? [] : [{ kind: 'attribute_compare', column, key, operator, value: numberOf(text, at) }]
  return [{ kind: 'all', conditions: [...bound('>=', value.min), ...bound('<=', value.max)] }]
}

function numberOf(text: string, at: number): string {
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return text
  throw new FilterError(
    `${JSON.stringify(text.slice(0, 64))} is not a number`,
    at,
    'put a text in quotes after a colon',
  )
}
