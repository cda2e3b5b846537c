// A condition in; its SQL out, over the source `v`, with every value bound.
import { type ColumnType, parameterType } from './column.ts'
import type { Condition, Left, SelectQuery } from './select-query.ts'
import { textCondition } from './text-search.ts'

/** Takes a value of the request in; gives the `{name:Type}` that stands for it. */
export type Bind = (type: string, value: unknown) => string

/** @param nested the text of a query inside, held to the same project */
export function conditionText(condition: Condition, bind: Bind, nested: (query: SelectQuery) => string): string {
  const inner = (one: Condition): string => conditionText(one, bind, nested)
  switch (condition.kind) {
    case 'any_of':
      return anyOf(`v.${condition.column}`, parameterType(condition.type), condition.values, bind)
    case 'trace_keys':
      return keysText(condition.values, bind)
    case 'holds_any':
      return `hasAny(v.${condition.column}, ${bind('Array(String)', condition.values)})`
    case 'compare':
      return `v.${condition.column} ${condition.operator} ${bind(parameterType(condition.type), condition.value)}`
    case 'attribute':
      return anyOf(leftText(condition, bind), 'String', condition.values, bind)
    case 'attribute_compare':
      return withKey(
        condition,
        `toFloat64OrNull(${leftText(condition, bind)}) ${condition.operator} ${bind('Float64', condition.value)}`,
        bind,
      )
    case 'like':
      return likeText(condition, bind)
    case 'exists':
      return existsText(condition, bind)
    case 'text':
      return textCondition(condition.columns, condition.text, bind)
    case 'beyond':
      return beyondText(condition, bind)
    case 'one_of':
      return `(${condition.columns.map((name) => `v.${name}`).join(', ')}) IN (\n${nested(condition.query)}\n)`
    case 'empty':
      return `empty(v.${condition.column})`
    case 'all':
    case 'either':
      return `(${condition.conditions.map(inner).join(condition.kind === 'all' ? ' AND ' : ' OR ')})`
    case 'not':
      // NULL, where it is not known whether it holds, is not a yes either
      return `NOT ifNull(${inner(condition.condition)}, 0)`
    default:
      return condition satisfies never
  }
}

export const leftText = ({ column, key }: Left, bind: Bind): string =>
  key === undefined ? `v.${column}` : `v.${column}[${bind('String', key)}]`

/** More values than this are one parameter. */
const MANY = 20

// One value as `=`: the form that every index and every push into a view understands.
function anyOf(left: string, type: string, values: readonly string[], bind: Bind): string {
  const [only] = values
  if (only !== undefined && values.length === 1) return `${left} = ${bind(type, only)}`
  if (type === 'String' && values.length > MANY) return `${left} IN ${bind('Array(String)', values)}`
  return `${left} IN (${values.map((value) => bind(type, value)).join(', ')})`
}

function keysText(ids: readonly string[], bind: Bind): string {
  const [only] = ids
  if (only !== undefined && ids.length === 1) return `v.trace_key = toFixedString(unhex(${bind('String', only)}), 16)`
  // a query, because an array that is computed would be gone through for each row
  return `v.trace_key IN (SELECT toFixedString(unhex(arrayJoin(${bind('Array(String)', ids)})), 16))`
}

function likeText({ left, isList, parts, anyCase = false }: Extract<Condition, { kind: 'like' }>, bind: Bind): string {
  const pattern = bind('String', parts.map((part) => part.replaceAll(/[\\%_]/g, '\\$&')).join('%'))
  const text = leftText(left, bind)
  const like = anyCase ? 'ILIKE' : 'LIKE'
  if (isList) return `arrayExists(one -> one ${like} ${pattern}, ${text})`
  const test = `${text} ${like} ${pattern}`
  // '' is also what a map without the key says
  return parts.some((part) => part !== '') ? withKey(left, test, bind) : test
}

/** A test that a map without the key does not pass, so that an index of keys may skip the rows without it. */
const withKey = (left: Left, test: string, bind: Bind): string =>
  left.key === undefined ? test : `(mapContains(v.${left.column}, ${bind('String', left.key)}) AND ${test})`

const NULLABLE: ReadonlySet<ColumnType> = new Set(['count', 'integer', 'float', 'money', 'time'])

function existsText({ left, type }: Extract<Condition, { kind: 'exists' }>, bind: Bind): string {
  if (left.key !== undefined) return `mapContains(v.${left.column}, ${bind('String', left.key)})`
  return NULLABLE.has(type) ? `v.${left.column} IS NOT NULL` : `notEmpty(v.${left.column})`
}

// The bound on the first column alone says nothing new, but lets the primary key skip.
function beyondText({ columns, values, descending }: Extract<Condition, { kind: 'beyond' }>, bind: Bind): string {
  const bound = columns.map(({ type }, i) => bind(parameterType(type), values[i]))
  const operator = descending ? '<' : '>'
  const key = columns.map(({ name }) => `v.${name}`)
  return `${key[0]} ${operator}= ${bound[0]} AND (${key.join(', ')}) ${operator} (${bound.join(', ')})`
}
