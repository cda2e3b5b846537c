// SQL text -> a Query, or a SqlError that says what is not taken and where. Names of tables are settled here: a view of the list, or a WITH.
import type { Bound, Cte, Day, Expression, Item, Member, Order, Query, Select } from './ast.ts'
import { Cursor } from './cursor.ts'
import { parseExpression } from './parse-expression.ts'
import { parseParam, readNamePart } from './parse-primary.ts'
import { parseSource } from './parse-source.ts'
import { parseWindow } from './parse-window.ts'
import type { Readers } from './readers.ts'
import { SqlError } from './sql-error.ts'
import { readTokens } from './tokens.ts'
import { OPEN_VIEWS, VIEWS_OF_DAYS } from './views.ts'
import { REFUSED, RESERVED } from './words.ts'

export const MAX_QUERY_LENGTH = 65_536
const MAX_TABLES = 64

export interface Parsed {
  query: Query
  /** Parameters of the text: name -> type. */
  params: ReadonlyMap<string, string>
}

/** @throws SqlError */
export function parseQuery(text: string): Parsed {
  if (text.length > MAX_QUERY_LENGTH) throw new SqlError(`the query is longer than ${MAX_QUERY_LENGTH} characters`, 0)
  const c = new Cursor(readTokens(text))
  const parser = new QueryParser(c)
  if (!c.isWord('SELECT') && !c.isWord('WITH') && !c.isMark('('))
    throw c.unexpected('a query begins with SELECT or WITH; nothing else is taken')
  const query = parser.query()
  if (c.peek().kind !== 'end') throw unexpectedEnd(c)
  return { query, params: parser.params }
}

function unexpectedEnd(c: Cursor): SqlError {
  const reason = c.peek().kind === 'word' ? REFUSED[c.peek().text.toUpperCase()] : undefined
  return c.unexpected(reason ?? 'the query should end here')
}

class QueryParser implements Readers {
  readonly params = new Map<string, string>()
  private readonly c: Cursor
  /**
   * Names of WITH that may be read just now, with how many tables each reads. None is ever defined twice, so that nothing depends on which
   * would win.
   */
  private readonly ctes = new Map<string, number>()
  private tables = 0

  constructor(c: Cursor) {
    this.c = c
  }

  expression(): Expression {
    return parseExpression(this.c, this)
  }

  list(closing: string): Expression[] {
    const list: Expression[] = []
    if (this.c.mark(closing)) return list
    do list.push(this.expression())
    while (this.c.mark(','))
    this.c.insistMark(closing)
    return list
  }

  window() {
    return parseWindow(this.c, this)
  }

  param(name: string, type: string, at: number): void {
    const known = this.params.get(name)
    if (known !== undefined && known !== type) throw new SqlError(`the parameter ${name} has two types`, at)
    this.params.set(name, type)
  }

  /** Notes that tables are read. ClickHouse puts a WITH in the place of its name, so a few lines could become millions. */
  reads(tables: number): void {
    this.tables += tables
    if (this.tables > MAX_TABLES)
      throw this.c.unexpected(`more than ${MAX_TABLES} tables are read, each WITH counted wherever it is named`)
  }

  query(): Query {
    return this.c.within(() => {
      const ctes = this.c.words('WITH') ? this.withList() : []
      const members = [this.member()]
      const unions: Query['unions'][number][] = []
      while (this.c.words('UNION')) {
        unions.push(this.c.words('ALL') ? 'ALL' : 'DISTINCT')
        if (unions.at(-1) === 'DISTINCT') this.c.words('DISTINCT')
        members.push(this.member())
      }
      for (const cte of ctes) if (cte.kind === 'query') this.ctes.delete(cte.name)
      return { ctes, members, unions }
    })
  }

  private withList(): Cte[] {
    if (this.c.isWord('RECURSIVE')) throw this.c.unexpected('WITH RECURSIVE is not taken')
    const list: Cte[] = []
    do list.push(this.cte())
    while (this.c.mark(','))
    return list
  }

  private cte(): Cte {
    const { c } = this
    const isName = /^(word|name)$/.test(c.peek().kind) && c.isWord('AS', 1) && c.isMark('(', 2)
    if (!isName || !(c.isWord('SELECT', 3) || c.isWord('WITH', 3) || c.isMark('(', 3))) {
      const value = this.expression()
      c.insistWords('AS')
      return { kind: 'value', name: readNamePart(c), value }
    }
    const { at } = c.peek()
    const name = readNamePart(c)
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) throw new SqlError('a name of WITH has letters, digits and _', at)
    if (this.ctes.has(name) || OPEN_VIEWS.has(name) || VIEWS_OF_DAYS.has(name))
      throw new SqlError(`"${name}": this name is taken already`, at)
    c.take()
    c.take()
    const before = this.tables
    const query = this.query()
    c.insistMark(')')
    this.ctes.set(name, Math.max(1, this.tables - before))
    this.tables = before
    return { kind: 'query', name, query }
  }

  private member(): Member {
    if (this.c.mark('(')) {
      const query = this.query()
      this.c.insistMark(')')
      return { kind: 'nested', query }
    }
    return { kind: 'select', select: this.select() }
  }

  private select(): Select {
    const { c } = this
    c.insistWords('SELECT')
    const distinct = c.words('DISTINCT')
    if (distinct && c.isWord('ON')) throw c.unexpected('DISTINCT ON is not taken; write LIMIT 1 BY')
    const items = this.items(true)
    const from = c.words('FROM') ? parseSource(c, this, this.ctes) : undefined
    const left = c.words('LEFT', 'ARRAY', 'JOIN')
    if (!from && (left || c.isWord('ARRAY'))) throw c.unexpected('ARRAY JOIN needs FROM')
    const arrayJoin = left || c.words('ARRAY', 'JOIN') ? { left, items: this.items(false) } : undefined
    const where = c.words('WHERE') ? this.expression() : undefined
    const groupBy = c.words('GROUP', 'BY') ? (c.words('ALL') ? 'ALL' : this.expressions()) : undefined
    if (groupBy && c.isWord('WITH')) throw c.unexpected('TOTALS, ROLLUP and CUBE are not taken')
    const having = c.words('HAVING') ? this.expression() : undefined
    const windows = c.words('WINDOW') ? this.windows() : undefined
    const qualify = c.words('QUALIFY') ? this.expression() : undefined
    const orderBy = c.words('ORDER', 'BY') ? (c.words('ALL') ? 'ALL' : this.orders()) : undefined
    return {
      distinct,
      items,
      ...(from && { from }),
      ...(arrayJoin && { arrayJoin }),
      ...(where && { where }),
      ...(groupBy && { groupBy }),
      ...(having && { having }),
      ...(windows && { windows }),
      ...(qualify && { qualify }),
      ...(orderBy && { orderBy }),
      ...this.limits(),
    }
  }

  private items(stars: boolean): Item[] {
    const list: Item[] = []
    do list.push(this.item(stars))
    while (this.c.mark(','))
    return list
  }

  private item(stars: boolean): Item {
    const star = stars ? this.star() : undefined
    if (star) return { value: star }
    const value = this.expression()
    const alias = this.alias()
    return { value, ...(alias !== undefined && { alias }) }
  }

  alias(): string | undefined {
    const { c } = this
    if (c.words('AS')) return readNamePart(c)
    const { kind, text } = c.peek()
    return kind === 'name' || (kind === 'word' && !RESERVED.has(text.toUpperCase())) ? readNamePart(c) : undefined
  }

  /** `*`, `table.*`, each with EXCEPT. */
  private star(): Expression | undefined {
    const { c } = this
    const ofTable = /^(word|name)$/.test(c.peek().kind) && c.isMark('.', 1) && c.isMark('*', 2)
    if (!ofTable && !c.isMark('*')) return undefined
    const table = ofTable ? readNamePart(c) : undefined
    c.mark('.')
    c.insistMark('*')
    const except: string[] = []
    if (c.words('EXCEPT')) {
      const bracket = c.mark('(')
      do except.push(readNamePart(c))
      while (bracket && c.mark(','))
      if (bracket) c.insistMark(')')
    }
    return c.node({ kind: 'star', except, ...(table !== undefined && { table }) })
  }

  expressions(): Expression[] {
    const list = [this.expression()]
    while (this.c.mark(',')) list.push(this.expression())
    return list
  }

  orders(): Order[] {
    const { c } = this
    const list: Order[] = []
    do {
      const value = this.expression()
      const descending = c.words('DESC')
      if (!descending) c.words('ASC')
      const nulls = c.words('NULLS') ? this.nulls() : undefined
      if (c.isWord('COLLATE')) throw c.unexpected('COLLATE is not taken')
      if (c.isWord('WITH')) throw c.unexpected('WITH FILL is not taken')
      list.push({ value, descending, ...(nulls && { nulls }) })
    } while (c.mark(','))
    return list
  }

  private nulls(): 'FIRST' | 'LAST' {
    if (this.c.words('FIRST')) return 'FIRST'
    this.c.insistWords('LAST')
    return 'LAST'
  }

  private windows(): { name: string; window: Exclude<ReturnType<typeof parseWindow>, string> }[] {
    const { c } = this
    const list: { name: string; window: Exclude<ReturnType<typeof parseWindow>, string> }[] = []
    do {
      const name = readNamePart(c)
      c.insistWords('AS')
      const window = this.window()
      if (typeof window === 'string') throw c.unexpected('a window is expected here: (…)')
      list.push({ name, window })
    } while (c.mark(','))
    return list
  }

  private limits(): Pick<Select, 'limitBy' | 'limit' | 'offset'> {
    const { c } = this
    let limitBy: Select['limitBy']
    let limit: Bound | undefined
    let offset: Bound | undefined
    while (c.words('LIMIT')) {
      if (limit) throw c.unexpected('there is a LIMIT already')
      const count = this.bound()
      if (!limitBy && c.words('BY')) limitBy = { count, by: this.expressions() }
      // LIMIT offset, count
      else if (c.mark(',')) [offset, limit] = [count, this.bound()]
      else limit = count
      if (c.isWord('WITH')) throw c.unexpected('WITH TIES is not taken')
    }
    if (c.isWord('OFFSET') && limitBy && !limit) throw c.unexpected('OFFSET after LIMIT BY needs a LIMIT')
    if (c.words('OFFSET')) {
      if (offset) throw c.unexpected('there is an OFFSET already')
      offset = this.bound()
      if (c.words('ROWS') || c.words('ROW')) c.words('ONLY')
    }
    return { ...(limitBy && { limitBy }), ...(limit && { limit }), ...(offset && { offset }) }
  }

  private bound(): Bound {
    const { c } = this
    const { kind, text } = c.peek()
    if (kind === 'param') return parseParam(c, this)
    if (kind !== 'number' || !/^\d{1,15}$/.test(text)) throw c.unexpected('a number of rows is expected here')
    c.take()
    return { kind: 'number', text }
  }

  /** A day of a view `…_of_days_v1`. */
  day(): Day {
    const { c } = this
    const { kind, text } = c.peek()
    if (kind === 'param') return parseParam(c, this)
    if (kind !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) throw c.unexpected("a day is expected here: '2026-01-31'")
    c.take()
    return { kind: 'string', value: text }
  }
}
