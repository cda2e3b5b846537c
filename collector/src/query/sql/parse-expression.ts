// Tokens -> one expression, by the precedence of ClickHouse. Operators become the functions behind them.
import type { Expression } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parsePrimary } from './parse-primary.ts'
import { checkType, readTypeText } from './parse-type.ts'
import type { Readers } from './readers.ts'
import { SqlError } from './sql-error.ts'

const COMPARISONS: Readonly<Record<string, string>> = {
  '=': 'equals',
  '==': 'equals',
  '!=': 'notEquals',
  '<>': 'notEquals',
  '<': 'less',
  '<=': 'lessOrEquals',
  '>': 'greater',
  '>=': 'greaterOrEquals',
}
const SUMS: Readonly<Record<string, string>> = { '+': 'plus', '-': 'minus', '||': 'concat' }
const PRODUCTS: Readonly<Record<string, string>> = { '*': 'multiply', '/': 'divide', '%': 'modulo' }
const PRODUCT_WORDS: Readonly<Record<string, string>> = { DIV: 'intDiv', MOD: 'modulo' }

export function parseExpression(c: Cursor, readers: Readers): Expression {
  return c.deeper(() => {
    const condition = disjunction(c, readers)
    if (!c.mark('?')) return condition
    const yes = parseExpression(c, readers)
    c.insistMark(':')
    return call(c, 'if', [condition, yes, parseExpression(c, readers)])
  })
}

const call = (c: Cursor, name: string, args: readonly Expression[]): Expression =>
  c.node({ kind: 'call', name, args }, ...args)

// One node for a whole chain, however long.
function chain(c: Cursor, word: string, name: string, part: () => Expression): Expression {
  const first = part()
  if (!c.isWord(word)) return first
  const args = [first]
  while (c.words(word)) args.push(part())
  return call(c, name, args)
}

const disjunction = (c: Cursor, readers: Readers): Expression => chain(c, 'OR', 'or', () => conjunction(c, readers))
const conjunction = (c: Cursor, readers: Readers): Expression => chain(c, 'AND', 'and', () => negation(c, readers))

function negation(c: Cursor, readers: Readers): Expression {
  if (!c.words('NOT')) return predicate(c, readers)
  return c.deeper(() => call(c, 'not', [negation(c, readers)]))
}

function predicate(c: Cursor, readers: Readers): Expression {
  let left = sum(c, readers)
  for (;;) {
    const token = c.peek()
    const comparison = token.kind === 'mark' ? COMPARISONS[token.text] : undefined
    if (comparison !== undefined) {
      c.take()
      left = call(c, comparison, [left, sum(c, readers)])
    } else if (c.words('IS')) left = isPredicate(c, readers, left)
    else {
      const next = wordPredicate(c, readers, left)
      if (next === undefined) return left
      left = next
    }
  }
}

function isPredicate(c: Cursor, readers: Readers, left: Expression): Expression {
  const negated = c.words('NOT')
  if (c.words('NULL')) return call(c, negated ? 'isNotNull' : 'isNull', [left])
  c.insistWords('DISTINCT', 'FROM')
  return call(c, negated ? 'isNotDistinctFrom' : 'isDistinctFrom', [left, sum(c, readers)])
}

function wordPredicate(c: Cursor, readers: Readers, left: Expression): Expression | undefined {
  const ahead = c.isWord('NOT') ? 1 : 0
  const word = ['IN', 'LIKE', 'ILIKE', 'BETWEEN'].find((one) => c.isWord(one, ahead))
  if (word === undefined) return undefined
  const negated = c.words('NOT')
  c.take()
  if (word === 'LIKE') return call(c, negated ? 'notLike' : 'like', [left, sum(c, readers)])
  if (word === 'ILIKE') return call(c, negated ? 'notILike' : 'ilike', [left, sum(c, readers)])
  if (word === 'IN') return inPredicate(c, readers, left, negated)
  const low = sum(c, readers)
  c.insistWords('AND')
  const high = sum(c, readers)
  return c.node({ kind: 'between', value: left, negated, low, high }, left, low, high)
}

// ClickHouse takes a bare name at the right of IN, also in brackets, for a table: so it must not stand there.
function inPredicate(c: Cursor, readers: Readers, value: Expression, negated: boolean): Expression {
  const { at } = c.peek()
  if (c.isMark('(') && (c.isWord('SELECT', 1) || c.isWord('WITH', 1))) {
    c.take()
    const set = readers.query()
    c.insistMark(')')
    return c.node({ kind: 'in', value, negated, set }, value)
  }
  const set = c.mark('(') ? readers.list(')') : c.mark('[') ? readers.list(']') : [sum(c, readers)]
  const wrong = set.find((one) => one.kind === 'name' || one.kind === 'star' || one.kind === 'lambda')
  if (wrong !== undefined || set.length === 0) {
    throw new SqlError('IN takes values in brackets or a query', at, 'compare with a column by = or has(array, value)')
  }
  return c.node({ kind: 'in', value, negated, set }, value, ...set)
}

function leftToRight(
  c: Cursor,
  next: () => Expression,
  names: { marks: Readonly<Record<string, string>>; words: Readonly<Record<string, string>> },
): Expression {
  let left = next()
  for (;;) {
    const { kind, text } = c.peek()
    const name = kind === 'mark' ? names.marks[text] : kind === 'word' ? names.words[text.toUpperCase()] : undefined
    if (name === undefined) return left
    c.take()
    left = call(c, name, [left, next()])
  }
}

const sum = (c: Cursor, readers: Readers): Expression =>
  leftToRight(c, () => product(c, readers), { marks: SUMS, words: {} })
const product = (c: Cursor, readers: Readers): Expression =>
  leftToRight(c, () => signed(c, readers), { marks: PRODUCTS, words: PRODUCT_WORDS })

function signed(c: Cursor, readers: Readers): Expression {
  if (!c.mark('-')) return suffixed(c, readers)
  const next = c.peek()
  // A number's sign is part of it, where nothing binds closer.
  if (next.kind === 'number' && !c.isMark('.', 1) && !c.isMark('::', 1)) {
    c.take()
    return c.node({ kind: 'number', text: `-${next.text}` })
  }
  return c.deeper(() => call(c, 'negate', [signed(c, readers)]))
}

function suffixed(c: Cursor, readers: Readers): Expression {
  let value = parsePrimary(c, readers)
  for (;;) {
    if (c.mark('::')) {
      const { at } = c.peek()
      const type = readTypeText(c)
      value = c.node({ kind: 'cast', value, type: checkType(type, at) }, value)
    } else if (c.mark('[')) {
      const index = readers.expression()
      c.insistMark(']')
      value = call(c, 'arrayElement', [value, index])
    } else if (c.isMark('.') && c.peek(1).kind === 'number') {
      c.take()
      value = call(c, 'tupleElement', [value, c.node({ kind: 'number', text: c.take().text })])
    } else return value
  }
}
