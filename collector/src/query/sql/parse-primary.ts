// Tokens -> the smallest expressions: literals, names, brackets, CASE, CAST, INTERVAL and calls of functions.
import { nearest } from '../nearest.ts'
import type { Call, Expression } from './ast.ts'
import { type Cursor, shorten } from './cursor.ts'
import { FUNCTION_NAMES, findFunction, type KnownFunction, TYPED_FUNCTIONS, UNIT_FUNCTIONS } from './functions.ts'
import { checkType, readTypeText } from './parse-type.ts'
import type { Readers } from './readers.ts'
import { SqlError } from './sql-error.ts'
import { PARTS, REFUSED, RESERVED, UNITS } from './words.ts'

const MAX_NAME_PARTS = 3
const CONSTANTS = { NULL: 'NULL', TRUE: 'true', FALSE: 'false' } as const

export function parsePrimary(c: Cursor, readers: Readers): Expression {
  const token = c.peek()
  switch (token.kind) {
    case 'number':
      c.take()
      return c.node({ kind: 'number', text: token.text })
    case 'string':
      c.take()
      return c.node({ kind: 'string', value: token.text })
    case 'param':
      return parseParam(c, readers)
    case 'name':
      return parseName(c)
    case 'word':
      return parseWord(c, readers)
    case 'mark':
      if (token.text === '(') return parseBrackets(c, readers)
      if (token.text === '[') {
        c.take()
        const args = readers.list(']')
        return c.node({ kind: 'call', name: 'array', args }, ...args)
      }
  }
  throw c.unexpected('a value is expected here')
}

/** `{name:Type}`. */
export function parseParam(c: Cursor, readers: Readers): Extract<Expression, { kind: 'param' }> {
  const { text, at } = c.take()
  const found = /^\s*([A-Za-z_][A-Za-z0-9_]{0,63})\s*:(.*)$/s.exec(text)
  const [, name = '', type = ''] = found ?? []
  if (found === null) throw new SqlError(`"{${shorten(text)}}": a parameter is written {name:Type}`, at)
  readers.param(name, checkType(type.trim(), at), at)
  return c.node({ kind: 'param', name, type: checkType(type.trim(), at) })
}

function parseName(c: Cursor): Expression {
  const parts = [readNamePart(c)]
  while (parts.length < MAX_NAME_PARTS && c.isMark('.') && /^(word|name)$/.test(c.peek(1).kind)) {
    c.take()
    parts.push(c.peek().kind === 'word' ? c.take().text : readNamePart(c))
  }
  return c.node({ kind: 'name', parts })
}

/** A name of a column, alias or table: quoted, or a word that is not reserved. */
export function readNamePart(c: Cursor): string {
  const { kind, text } = c.peek()
  if (kind === 'name') return c.take().text
  if (kind !== 'word') throw c.unexpected('a name is expected here')
  const upper = text.toUpperCase()
  if (Object.hasOwn(REFUSED, upper)) throw c.unexpected(REFUSED[upper] ?? '')
  if (RESERVED.has(upper)) throw c.unexpected('this word is reserved', 'put a name in "double quotes"')
  return c.take().text
}

function parseWord(c: Cursor, readers: Readers): Expression {
  const word = c.peek().text.toUpperCase()
  const calls = c.isMark('(', 1)
  if (!calls && Object.hasOwn(CONSTANTS, word)) {
    c.take()
    return c.node({ kind: 'constant', value: CONSTANTS[word as keyof typeof CONSTANTS] })
  }
  if (word === 'CASE') return parseCase(c, readers)
  if (word === 'CAST' && calls) return parseCast(c, readers)
  if (word === 'EXISTS' && calls) return parseExists(c, readers)
  if (word === 'EXTRACT' && calls && c.isWord('FROM', 3)) return parseExtract(c, readers)
  const next = c.peek(1)
  if (word === 'INTERVAL' && (/^(number|string|param)$/.test(next.kind) || /^[(-]$/.test(next.text)))
    return parseInterval(c, readers)
  if ((word === 'DATE' || word === 'TIMESTAMP') && next.kind === 'string') {
    c.take()
    const text = parsePrimary(c, readers)
    return c.node({ kind: 'call', name: word === 'DATE' ? 'toDate' : 'parseDateTime64BestEffort', args: [text] }, text)
  }
  if (calls) return parseCall(c, readers)
  if (c.isMark('->', 1)) return parseLambda(c, readers, [readNamePart(c)])
  return parseName(c)
}

function parseLambda(c: Cursor, readers: Readers, params: readonly string[]): Expression {
  c.insistMark('->')
  const body = readers.expression()
  return c.node({ kind: 'lambda', params, body }, body)
}

function parseBrackets(c: Cursor, readers: Readers): Expression {
  c.take()
  if (c.isWord('SELECT') || c.isWord('WITH')) {
    const query = readers.query()
    c.insistMark(')')
    return c.node({ kind: 'subquery', query })
  }
  const { at } = c.peek()
  const args = readers.list(')')
  if (c.isMark('->')) {
    const params = args.map((one) => (one.kind === 'name' && one.parts.length === 1 ? one.parts[0] : undefined))
    if (!params.every((name) => name !== undefined)) throw new SqlError('the parameters of a lambda are names', at)
    return parseLambda(c, readers, params)
  }
  const [only] = args
  if (only === undefined) throw new SqlError('there is nothing in these brackets', at)
  return args.length === 1 ? only : c.node({ kind: 'call', name: 'tuple', args }, ...args)
}

function parseCase(c: Cursor, readers: Readers): Expression {
  c.take()
  const subject = c.isWord('WHEN') ? undefined : readers.expression()
  const whens: (readonly [Expression, Expression])[] = []
  while (c.words('WHEN')) {
    const condition = readers.expression()
    c.insistWords('THEN')
    whens.push([condition, readers.expression()])
  }
  if (whens.length === 0) throw c.unexpected('WHEN is expected here')
  const otherwise = c.words('ELSE') ? readers.expression() : undefined
  c.insistWords('END')
  return c.node(
    { kind: 'case', whens, ...(subject && { subject }), ...(otherwise && { otherwise }) },
    subject,
    otherwise,
    ...whens.flat(),
  )
}

function parseCast(c: Cursor, readers: Readers): Expression {
  c.take()
  c.insistMark('(')
  const value = readers.expression()
  let type: string
  const { at } = c.peek(1)
  if (c.words('AS')) type = readTypeText(c)
  else {
    c.insistMark(',')
    if (c.peek().kind !== 'string') throw c.unexpected('the name of a type is expected here, as a text')
    type = c.take().text
  }
  c.insistMark(')')
  return c.node({ kind: 'cast', value, type: checkType(type, at) }, value)
}

function parseExists(c: Cursor, readers: Readers): Expression {
  c.take()
  c.insistMark('(')
  if (!c.isWord('SELECT') && !c.isWord('WITH')) throw c.unexpected('a query is expected here')
  const query = readers.query()
  c.insistMark(')')
  return c.node({ kind: 'exists', query })
}

function parseExtract(c: Cursor, readers: Readers): Expression {
  c.take()
  c.insistMark('(')
  const name = PARTS[c.peek().text.toUpperCase()]
  if (name === undefined) throw c.unexpected('this part of a time is not known', Object.keys(PARTS).join(' '))
  c.take()
  c.insistWords('FROM')
  const value = readers.expression()
  c.insistMark(')')
  return c.node({ kind: 'call', name, args: [value] }, value)
}

/** `1 DAY`, `'1' DAY`, `'1 day'`. */
function parseInterval(c: Cursor, readers: Readers): Expression {
  c.take()
  const { kind, text } = c.peek()
  const [, count = '', unit] = (kind === 'string' && /^\s*(-?\d{1,9})(?:\s+([A-Za-z]+))?\s*$/.exec(text)) || []
  let value: Expression
  if (count !== '') {
    c.take()
    value = c.node({ kind: 'number', text: String(Number(count)) })
  } else if (c.mark('-')) {
    const positive = parsePrimary(c, readers)
    value = c.node({ kind: 'call', name: 'negate', args: [positive] }, positive)
  } else value = parsePrimary(c, readers)
  const name = UNITS[(unit ?? c.peek().text).toUpperCase().replace(/S$/, '')]
  if (name === undefined) throw c.unexpected('this unit of time is not known', Object.keys(UNITS).join(' '))
  if (unit === undefined) c.take()
  return c.node({ kind: 'call', name, args: [value] }, value)
}

function parseCall(c: Cursor, readers: Readers): Expression {
  const { text, at } = c.peek()
  const known = findFunction(text)
  if (known === undefined) {
    const near = nearest(text, FUNCTION_NAMES)
    throw c.unexpected('this function is not allowed', near === undefined ? undefined : `did you mean ${near}?`)
  }
  c.take()
  c.insistMark('(')
  const distinct = known.kind === 'aggregate' && c.words('DISTINCT')
  const first = callArguments(c, readers, known)
  const parametric = known.kind === 'aggregate' && !distinct && c.mark('(')
  const inner = parametric && c.words('DISTINCT')
  const args = parametric ? callArguments(c, readers, known) : first
  checkTyped(known.name, args, at)
  const call: Call = {
    kind: 'call',
    name: known.name,
    args,
    ...(parametric && { params: first }),
    ...((distinct || inner) && { distinct: true }),
    ...(known.kind === 'scalar' ? {} : parseOver(c, readers)),
  }
  if (known.kind === 'window' && call.over === undefined) throw c.unexpected(`${known.name} needs OVER (…)`)
  return c.node(call, ...args, ...(parametric ? first : []), call.filter)
}

function callArguments(c: Cursor, readers: Readers, { name }: KnownFunction): Expression[] {
  if (name === 'count' && c.isMark('*') && c.isMark(')', 1)) {
    c.take()
    c.take()
    return []
  }
  const unit = c.peek()
  if (
    UNIT_FUNCTIONS.has(name) &&
    unit.kind === 'word' &&
    Object.hasOwn(UNITS, unit.text.toUpperCase()) &&
    c.isMark(',', 1)
  ) {
    c.take()
    c.take()
    return [c.node({ kind: 'string', value: unit.text.toLowerCase() }), ...readers.list(')')]
  }
  return readers.list(')')
}

// A type in a text is a type all the same.
function checkTyped(name: string, args: readonly Expression[], at: number): void {
  if (!TYPED_FUNCTIONS.has(name)) return
  const type = args.at(-1)
  if (type?.kind !== 'string') throw new SqlError(`the last argument of ${name} is the name of a type, as a text`, at)
  checkType(type.value, at)
}

function parseOver(c: Cursor, readers: Readers): Pick<Call, 'filter' | 'over'> {
  let filter: Expression | undefined
  if (c.isWord('FILTER') && c.isMark('(', 1)) {
    c.take()
    c.take()
    c.insistWords('WHERE')
    filter = readers.expression()
    c.insistMark(')')
  }
  const over = c.words('OVER') ? readers.window() : undefined
  return { ...(filter && { filter }), ...(over !== undefined && { over }) }
}
