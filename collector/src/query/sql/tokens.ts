// SQL text -> tokens. Comments are left out; what the language of this API does not need is refused here already.
import { SqlError } from './sql-error.ts'

/**
 * word: bare letters, digits, `_`. name: quoted by ` or ". string: a literal, unescaped. number: digits as written.
 * param: the inside of `{…}`. mark: an operator or bracket. end: after the last.
 */
export interface Token {
  kind: 'word' | 'name' | 'string' | 'number' | 'param' | 'mark' | 'end'
  /** Of a word as written; of a name, string or param what is between the quotes, unescaped. */
  text: string
  at: number
}

const MAX_TOKENS = 10_000
const SPACE = /[ \t\r\n]+/y
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![A-Za-z0-9_])/y
/** After a dot: the place of a tuple's element, never a fraction. */
const PLACE = /\d+(?![A-Za-z0-9_])/y
const MARK = /->|::|\|\||<=|>=|<>|!=|==|[-+*/%(),.<>=[\]?:]/y

export function readTokens(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const next = skipIgnored(text, at)
    if (next !== at) {
      at = next
      continue
    }
    if (tokens.length >= MAX_TOKENS) throw new SqlError(`the query has more than ${MAX_TOKENS} words`, at)
    const last = tokens.at(-1)
    const { token, end } = readToken(text, at, last?.kind === 'mark' && last.text === '.')
    tokens.push(token)
    at = end
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}

interface Read {
  token: Token
  end: number
}

function readToken(text: string, at: number, afterDot: boolean): Read {
  const c = text[at] ?? ''
  if (c === "'") return readQuoted(text, at, 'string')
  if (c === '`' || c === '"') return readQuoted(text, at, 'name')
  if (c === '{') return readParam(text, at)
  const word = match(WORD, text, at)
  if (word !== undefined) return { token: { kind: 'word', text: word, at }, end: at + word.length }
  if (/\d/.test(c)) {
    const number = match(afterDot ? PLACE : NUMBER, text, at)
    if (number === undefined) throw new SqlError('this is no number', at, 'numbers are decimal: 12, 0.5, 1e9')
    return { token: { kind: 'number', text: number, at }, end: at + number.length }
  }
  const mark = match(MARK, text, at)
  if (mark !== undefined) return { token: { kind: 'mark', text: mark, at }, end: at + mark.length }
  if (c === ';') throw new SqlError('only one statement is taken, without ;', at)
  const code = text.codePointAt(at) ?? 0
  throw new SqlError(`the character U+${code.toString(16).toUpperCase().padStart(4, '0')} is not understood here`, at)
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

// Blanks, `-- …` to the end of the line, `/* … */`; a semicolon at the very end is forgiven.
function skipIgnored(text: string, at: number): number {
  const space = match(SPACE, text, at)
  if (space !== undefined) return at + space.length
  if (text.startsWith('--', at)) {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end + 1
  }
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2)
    if (end < 0) throw new SqlError('this comment has no end', at)
    // Engines differ on whether comments nest, so what looks nested is not guessed at.
    if (text.slice(at + 2, end).includes('/*')) throw new SqlError('comments within comments are not taken', at)
    return end + 2
  }
  if (text[at] === ';' && /^[\s;]*$/.test(text.slice(at))) return text.length
  return at
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '/': '/',
}

// As ClickHouse reads it: a backslash escape, or the quote doubled; before another letter the backslash stays.
function readQuoted(text: string, at: number, kind: 'string' | 'name'): Read {
  const quote = text[at]
  let value = ''
  for (let i = at + 1; i < text.length; i++) {
    const c = text[i] ?? ''
    if (c === '\\') {
      const next = text[i + 1] ?? ''
      if (next === 'x' || next === 'N') throw new SqlError(`the escape \\${next} is not taken`, i)
      value += ESCAPES[next] ?? `\\${next}`
      i++
    } else if (c === quote) {
      if (text[i + 1] !== quote) return { token: { kind, text: checkedText(value, kind, at), at }, end: i + 1 }
      value += c
      i++
    } else value += c
  }
  throw new SqlError('this quote has no end', at)
}

const MAX_NAME = 128

function checkedText(value: string, kind: 'string' | 'name', at: number): string {
  if (!value.isWellFormed()) throw new SqlError('this text is not valid Unicode', at)
  if (kind === 'string') return value
  if (value === '' || value.length > MAX_NAME) throw new SqlError(`a name has 1 to ${MAX_NAME} characters`, at)
  if (/[\p{Cc}\p{Cf}`"'\\]/u.test(value)) throw new SqlError('a name may hold no quotes and no control characters', at)
  return value
}

function readParam(text: string, at: number): Read {
  const end = text.indexOf('}', at)
  if (end < 0) throw new SqlError('this { has no }', at)
  return { token: { kind: 'param', text: text.slice(at + 1, end), at }, end: end + 1 }
}
