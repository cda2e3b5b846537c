// The text of `q=` in; its clauses out, or a FilterError that says where. Knows the language, not which fields there are.
import { type Clause, type Filter, FilterError, type Operator, type Test, type Value } from './ast.ts'

export const MAX_FILTER_LENGTH = 4_096
const MAX_CLAUSES = 64
const MAX_VALUES = 100

/** Fields that need a key: `attr.http.method`, `attr."any key"`. */
export const KEYED: ReadonlySet<string> = new Set(['attr', 'resource', 'metadata', 'score'])
const KEYED_SPELLINGS: Readonly<Record<string, string>> = {
  attribute: 'attr',
  attributes: 'attr',
  meta: 'metadata',
  resource_attributes: 'resource',
}

/** `attr.http.route` -> attr and its key; undefined when the name has no keys. */
export function keyedField(name: string): { field: string; key: string } | undefined {
  const dot = name.indexOf('.')
  const first = (dot < 0 ? name : name.slice(0, dot)).toLowerCase()
  const field = KEYED_SPELLINGS[first] ?? first
  return KEYED.has(field) ? { field, key: dot < 0 ? '' : name.slice(dot + 1) } : undefined
}

const NAME = /^[A-Za-z_]\w*$/
/** Longest first. */
const OPERATORS = ['!=', '>=', '<=', ':', '=', '>', '<'] as const
type Written = (typeof OPERATORS)[number]

/** @throws FilterError */
export function parseFilter(text: string): Filter {
  if (text.length > MAX_FILTER_LENGTH) {
    throw new FilterError(`it has more than ${MAX_FILTER_LENGTH} characters`, MAX_FILTER_LENGTH)
  }
  const reader = new Reader(text)
  const clauses: Clause[] = []
  for (reader.skipSpace(); !reader.isAtEnd(); reader.skipSpace()) {
    if (clauses.length === MAX_CLAUSES) throw new FilterError(`it has more than ${MAX_CLAUSES} conditions`, reader.at)
    clauses.push(readClause(reader))
  }
  return { clauses }
}

class Reader {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  peek(): string {
    return this.text[this.at] ?? ''
  }

  isAtSpace(): boolean {
    return this.isAtEnd() || isSpace(this.peek())
  }

  skipSpace(): void {
    while (!this.isAtEnd() && isSpace(this.peek())) this.at += 1
  }

  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false
    this.at += expected.length
    return true
  }

  /** Up to a space, the end, or one of these. */
  until(stops: string): string {
    const start = this.at
    while (!this.isAtSpace() && !stops.includes(this.peek())) this.at += 1
    return this.text.slice(start, this.at)
  }

  /** After the opening quote, which is taken already. */
  quoted(): string {
    const opened = this.at - 1
    let value = ''
    while (!this.isAtEnd()) {
      const letter = this.peek()
      this.at += 1
      if (letter === '"') return value
      if (letter === '\\' && (this.peek() === '"' || this.peek() === '\\')) {
        value += this.peek()
        this.at += 1
      } else {
        value += letter
      }
    }
    throw new FilterError('a quote is not closed', opened, 'close it, or write \\" for a quote in a text')
  }
}

const isSpace = (letter: string): boolean => /\s/.test(letter)

function readClause(reader: Reader): Clause {
  const at = reader.at
  const negated = readNegation(reader)
  if (reader.take('"')) return closed(reader, { kind: 'text', negated, text: reader.quoted(), at })
  const nameAt = reader.at
  const name = reader.until(':=<>!"')
  const key = name.endsWith('.') && reader.take('"') ? reader.quoted() : undefined
  const operator = OPERATORS.find((one) => reader.take(one))
  if (operator === undefined && key === undefined) {
    // a word may hold a quote or an exclamation mark
    const text = name + reader.until('')
    if (text === '') throw new FilterError('nothing stands after the minus sign', at)
    return { kind: 'text', negated, text, at }
  }
  if (operator === undefined)
    throw new FilterError('there is no value', reader.at, 'write for instance attr."a key":value')
  const field = readField(name, key, nameAt)
  const valueAt = reader.at
  return {
    kind: 'field',
    negated: negated !== (operator === '!='),
    ...field,
    test: readTest(reader, operator),
    at,
    valueAt,
  }
}

function readNegation(reader: Reader): boolean {
  const start = reader.at
  if (reader.take('NOT ')) {
    reader.skipSpace()
    if (!reader.isAtEnd()) return true
    reader.at = start
    return false
  }
  // a dash alone is a text
  if (!reader.take('-') && !reader.take('!')) return false
  if (!reader.isAtSpace()) return true
  reader.at = start
  return false
}

/** A quoted text ends at a space: `"a"b` is a slip. */
function closed<T>(reader: Reader, value: T): T {
  if (reader.isAtSpace()) return value
  throw new FilterError('a space is missing after the quote', reader.at)
}

function readField(name: string, quotedKey: string | undefined, at: number): { field: string; key: string } {
  const dot = name.indexOf('.')
  const first = (dot < 0 ? name : name.slice(0, dot)).toLowerCase()
  const field = KEYED_SPELLINGS[first] ?? first
  if (!NAME.test(field)) {
    throw new FilterError(
      `${shown(name)} is not the name of a field`,
      at,
      'to search for it as a text, put it in quotes',
    )
  }
  if (!KEYED.has(field)) {
    if (dot < 0) return { field, key: '' }
    throw new FilterError(`${shown(field)} has no parts`, at, `for an attribute write attr.${name}`)
  }
  const key = (dot < 0 ? '' : name.slice(dot + 1)) + (quotedKey ?? '')
  if (key === '') throw new FilterError(`${shown(field)} needs a key`, at, `write for instance ${field}.name:value`)
  return { field, key }
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 64))

function readTest(reader: Reader, operator: Written): Test {
  if (operator !== ':' && operator !== '=' && operator !== '!=') return readCompare(reader, operator)
  // as GitHub has it: cost:>0.1
  const other = (['>=', '<=', '>', '<'] as const).find((one) => reader.take(one))
  if (other !== undefined) return readCompare(reader, other)
  const values = readValues(reader)
  const [only] = values
  return only === undefined ? { kind: 'exists' } : { kind: 'any_of', values }
}

function readCompare(reader: Reader, operator: Operator): Test {
  const at = reader.at
  const value = reader.take('"') ? closed(reader, reader.quoted()) : reader.until('"')
  if (value === '') throw new FilterError(`there is no value after ${operator}`, at)
  return { kind: 'compare', operator, value: reader.isAtSpace() ? value : stray(reader) }
}

function stray(reader: Reader): never {
  throw new FilterError('a quote stands in the middle of a value', reader.at, 'put the whole value in quotes')
}

/** None: any value will do. */
function readValues(reader: Reader): Value[] {
  const values: Value[] = []
  let isAny = false
  do {
    const at = reader.at
    if (values.length === MAX_VALUES) throw new FilterError(`there are more than ${MAX_VALUES} values`, at)
    if (reader.take('"')) values.push({ kind: 'equal', text: reader.quoted() })
    else {
      const bare = reader.until(',"')
      if (bare === '') throw new FilterError('there is no value', at, 'write "" for none')
      if (bare === '*') isAny = true
      else values.push(bareValue(bare))
    }
    if (!reader.isAtSpace() && reader.peek() !== ',') stray(reader)
  } while (reader.take(','))
  return isAny ? [] : values
}

function bareValue(text: string): Value {
  const dots = text.indexOf('..')
  if (dots >= 0 && text !== '..') return { kind: 'range', min: text.slice(0, dots), max: text.slice(dots + 2) }
  if (text.includes('*')) return { kind: 'like', parts: text.split('*') }
  return { kind: 'equal', text }
}
