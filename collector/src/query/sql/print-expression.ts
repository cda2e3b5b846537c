// An Expression -> SQL text. Everything is a literal, a quoted name, or a call in brackets: there is no precedence to get wrong.
import type { Bound, Call, Expression, FrameBound, Item, Order, Query, Window } from './ast.ts'

export interface Inner {
  query(query: Query): string
  /** The name that a parameter of the text has in the statement. */
  param(name: string): string
}

/** Backslashes and quotes cannot be in a name (tokens.ts), and are escaped all the same. */
export const quoteName = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\0': '\\0',
  '\x07': '\\a',
  '\x1b': '\\e',
}

export const quoteText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
  `'${text.replace(/[\\'\n\r\t\b\f\v\0\x07\x1b]/g, (c) => ESCAPED[c] ?? c)}'`

export function printExpression(one: Expression, to: Inner): string {
  const print = (part: Expression): string => printExpression(part, to)
  switch (one.kind) {
    case 'number':
      return one.text
    case 'string':
      return quoteText(one.value)
    case 'constant':
      return one.value
    case 'param':
      return `{${to.param(one.name)}:${one.type}}`
    case 'name':
      return one.parts.map(quoteName).join('.')
    case 'star':
      return printStar(one)
    case 'call':
      return printCall(one, to)
    case 'lambda':
      return `(${one.params.map(quoteName).join(', ')}) -> ${print(one.body)}`
    case 'cast':
      return `CAST(${print(one.value)}, ${quoteText(one.type)})`
    case 'case':
      return printCase(one, print)
    case 'in':
      return `(${print(one.value)} ${one.negated ? 'NOT IN' : 'IN'} (${'members' in one.set ? to.query(one.set) : one.set.map(print).join(', ')}))`
    case 'between':
      return `(${print(one.value)} ${one.negated ? 'NOT BETWEEN' : 'BETWEEN'} ${print(one.low)} AND ${print(one.high)})`
    case 'exists':
      return `EXISTS(${to.query(one.query)})`
    case 'subquery':
      return `(${to.query(one.query)})`
    default:
      return one satisfies never
  }
}

function printStar({ table, except }: Extract<Expression, { kind: 'star' }>): string {
  const star = table === undefined ? '*' : `${quoteName(table)}.*`
  return except.length === 0 ? star : `${star} EXCEPT (${except.map(quoteName).join(', ')})`
}

function printCall({ name, args, params, distinct, filter, over }: Call, to: Inner): string {
  const list = (all: readonly Expression[]): string => all.map((one) => printExpression(one, to)).join(', ')
  // As a call before IN it would be taken for the operator, which binds less.
  if (name === 'not' && args.length === 1) return `(NOT ${list(args)})`
  const parametric = params === undefined ? '' : `(${list(params)})`
  const where = filter === undefined ? '' : ` FILTER (WHERE ${printExpression(filter, to)})`
  const window =
    over === undefined ? '' : typeof over === 'string' ? ` OVER ${quoteName(over)}` : ` OVER (${printWindow(over, to)})`
  return `${name}${parametric}(${distinct ? 'DISTINCT ' : ''}${list(args)})${where}${window}`
}

function printCase(one: Extract<Expression, { kind: 'case' }>, print: (part: Expression) => string): string {
  const subject = one.subject === undefined ? '' : ` ${print(one.subject)}`
  const whens = one.whens.map(([condition, value]) => ` WHEN ${print(condition)} THEN ${print(value)}`).join('')
  return `CASE${subject}${whens}${one.otherwise === undefined ? '' : ` ELSE ${print(one.otherwise)}`} END`
}

export function printItem({ value, alias }: Item, to: Inner): string {
  return `${printExpression(value, to)}${alias === undefined ? '' : ` AS ${quoteName(alias)}`}`
}

export function printOrder({ value, descending, nulls }: Order, to: Inner): string {
  return `${printExpression(value, to)}${descending ? ' DESC' : ''}${nulls === undefined ? '' : ` NULLS ${nulls}`}`
}

export const printBound = (bound: Bound, to: Inner): string => printExpression(bound, to)

export function printWindow({ base, partitionBy, orderBy, frame }: Window, to: Inner): string {
  return [
    base === undefined ? '' : quoteName(base),
    partitionBy === undefined ? '' : `PARTITION BY ${partitionBy.map((one) => printExpression(one, to)).join(', ')}`,
    orderBy === undefined ? '' : `ORDER BY ${orderBy.map((one) => printOrder(one, to)).join(', ')}`,
    frame === undefined ? '' : printFrame(frame),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function printFrame({ unit, from, to }: NonNullable<Window['frame']>): string {
  const bound = ({ side, count }: FrameBound): string =>
    side === 'CURRENT ROW' ? side : `${count ?? 'UNBOUNDED'} ${side}`
  return to === undefined ? `${unit} ${bound(from)}` : `${unit} BETWEEN ${bound(from)} AND ${bound(to)}`
}
