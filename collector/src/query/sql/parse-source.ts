// Tokens -> what follows FROM: views of the list, names of WITH, queries, and their joins.
import { nearest } from '../nearest.ts'
import type { Join, Source, Table } from './ast.ts'
import { type Cursor, shorten } from './cursor.ts'
import { readNamePart } from './parse-primary.ts'
import type { Readers } from './readers.ts'
import { SqlError } from './sql-error.ts'
import { OPEN_VIEWS, PUBLIC_DATABASE, VIEWS_OF_DAYS } from './views.ts'
import { REFUSED } from './words.ts'

const MAX_TABLES = 12
const SIDES = ['LEFT', 'RIGHT', 'FULL', 'INNER'] as const
const STRICTNESS = ['ANY', 'ALL', 'ASOF', 'SEMI', 'ANTI'] as const

export function parseSource(c: Cursor, readers: Readers, ctes: ReadonlyMap<string, number>): Source {
  const first = parseTable(c, readers, ctes)
  const joins: Join[] = []
  for (let join = parseJoin(c, readers, ctes); join !== undefined; join = parseJoin(c, readers, ctes)) {
    joins.push(join)
    if (joins.length >= MAX_TABLES) throw c.unexpected(`more than ${MAX_TABLES} tables are joined`)
  }
  return { first, joins }
}

function parseJoin(c: Cursor, readers: Readers, ctes: ReadonlyMap<string, number>): Join | undefined {
  if (c.mark(',') || c.words('CROSS', 'JOIN')) return { type: 'CROSS', table: parseTable(c, readers, ctes) }
  const type = joinType(c)
  if (type === undefined) return undefined
  const table = parseTable(c, readers, ctes)
  if (c.words('ON')) return { type, table, on: readers.expression() }
  if (!c.words('USING')) throw c.unexpected('ON or USING is expected here')
  const bracket = c.mark('(')
  const using: string[] = []
  do using.push(readNamePart(c))
  while (c.mark(','))
  if (bracket) c.insistMark(')')
  return { type, table, using }
}

/** Its words up to JOIN, in ClickHouse's order; undefined when no join follows (LEFT ARRAY JOIN is none). */
function joinType(c: Cursor): string | undefined {
  if (c.words('JOIN')) return 'INNER'
  if ([...SIDES, ...STRICTNESS].every((word) => !c.isWord(word)) || c.isWord('ARRAY', 1)) {
    const word = c.peek().text.toUpperCase()
    if (/^(GLOBAL|NATURAL|PASTE|FINAL|SAMPLE)$/.test(word)) throw c.unexpected(REFUSED[word] ?? '')
    return undefined
  }
  const seen: string[] = []
  while (!c.words('JOIN')) {
    const word = [...SIDES, ...STRICTNESS].find((one) => c.isWord(one) && !seen.includes(one))
    if (word !== undefined) seen.push(word)
    else if (!c.isWord('OUTER')) throw c.unexpected('JOIN is expected here')
    c.take()
  }
  const side = SIDES.filter((word) => seen.includes(word))
  const strictness = STRICTNESS.filter((word) => seen.includes(word))
  if (side.length > 1 || strictness.length > 1) throw c.unexpected('this kind of join does not exist')
  return [...strictness, ...(side.length === 0 ? ['INNER'] : side)].join(' ')
}

function parseTable(c: Cursor, readers: Readers, ctes: ReadonlyMap<string, number>): Table {
  const table = c.mark('(') ? parseNested(c, readers) : parseNamed(c, readers, ctes)
  const alias = readers.alias()
  return alias === undefined ? table : { ...table, alias }
}

function parseNested(c: Cursor, readers: Readers): Table {
  if (!c.isWord('SELECT') && !c.isWord('WITH') && !c.isMark('('))
    throw c.unexpected('a query is expected in these brackets')
  const query = readers.query()
  c.insistMark(')')
  return { kind: 'query', query }
}

function parseNamed(c: Cursor, readers: Readers, ctes: ReadonlyMap<string, number>): Table {
  const { at } = c.peek()
  let name = readNamePart(c)
  if (c.isMark('.')) {
    if (name !== PUBLIC_DATABASE)
      throw new SqlError(`"${shorten(name)}": only views of ${PUBLIC_DATABASE} are read`, at)
    c.take()
    name = readNamePart(c)
  } else if (ctes.has(name)) {
    readers.reads(ctes.get(name) ?? 1)
    return { kind: 'cte', name }
  }
  readers.reads(1)
  if (VIEWS_OF_DAYS.has(name)) return { kind: 'view', view: name, days: parseDays(c, readers, name) }
  if (c.isMark('(')) throw new SqlError(`"${shorten(name)}": functions are not read from`, at)
  if (!OPEN_VIEWS.has(name)) {
    const near = nearest(name, [...OPEN_VIEWS, ...VIEWS_OF_DAYS])
    const hint = near === undefined ? `there are ${[...OPEN_VIEWS].join(', ')}` : `did you mean ${near}?`
    throw new SqlError(`"${shorten(name)}": there is no such view`, at, hint)
  }
  return { kind: 'view', view: name }
}

function parseDays(c: Cursor, readers: Readers, view: string) {
  const form = `write ${view}(first_day = '2026-01-30', last_day = '2026-01-31')`
  const insist = (done: boolean): void => {
    if (!done) throw c.unexpected('days are expected here', form)
  }
  insist(c.mark('('))
  insist(c.words('FIRST_DAY') && c.mark('='))
  const first = readers.day()
  insist(c.mark(',') && c.words('LAST_DAY') && c.mark('='))
  const last = readers.day()
  insist(c.mark(')'))
  return { first, last }
}
