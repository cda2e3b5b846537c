// Test help: a number in, a query of the allowed kind out; over many numbers every node of the tree appears.
import type { Bound, Call, Expression, FrameBound, Item, Join, Order, Query, Select, Table, Window } from './ast.ts'

const NAMES = ['name', 'start_time', 'My column', 'select', 'cost_usd', 'x1', 'ünïcode 名']
const TEXTS = ['', "'", '\\', "\\'", '%\\_%', '\0\n\t\b\x07', '--', '/* ', '{x:String}', '`"', 'plain', '\u2028🙂']
const NUMBERS = ['0', '42', '0.5', '1e9', '12.25e-3', '-7', '-0.5']
const TYPES = ['String', 'UInt64', "DateTime64(3, 'UTC')", 'Array(Nullable(Float64))', 'Map(String, Decimal(38, 12))']
const SCALARS = ['plus', 'and', 'concat', 'toString', 'array', 'tuple', 'if', 'arrayElement', 'tupleElement', 'negate']
const AGGREGATES = ['sum', 'quantileIf', 'uniqExact', 'groupArray', 'count']
const JOINS = ['INNER', 'LEFT', 'ANY LEFT', 'ASOF INNER', 'SEMI LEFT', 'FULL', 'ANTI RIGHT']

export function randomQuery(seed: number): Query {
  const made = new Maker(seed)
  return made.query(4)
}

/** The parser allows 64; those begun when this many are there come on top. */
const ENOUGH_TABLES = 45

class Maker {
  private state: number
  private tables = 0

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  private below(limit: number): number {
    // mulberry32
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit)
  }

  private one<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T
  }

  private many<T>(min: number, max: number, make: () => T): T[] {
    return Array.from({ length: min + this.below(max - min + 1) }, make)
  }

  private maybe<K extends string, T>(key: K, make: () => T): { [P in K]?: T } {
    return this.below(3) === 0 ? ({ [key]: make() } as { [P in K]?: T }) : {}
  }

  query(depth: number): Query {
    const ctes =
      this.below(4) === 0 ? [{ kind: 'value' as const, name: 'a value', value: this.expression(depth - 1) }] : []
    const members: Query['members'][number][] = [{ kind: 'select', select: this.select(depth) }]
    if (this.below(4) === 0) {
      const nested = depth > 0 && this.below(2) === 0
      members.push(
        nested ? { kind: 'nested', query: this.query(depth - 1) } : { kind: 'select', select: this.select(depth - 1) },
      )
    }
    return { ctes, members, unions: members.slice(1).map(() => this.one(['ALL', 'DISTINCT'] as const)) }
  }

  private select(depth: number): Select {
    const expression = () => this.expression(depth - 1)
    const orders = () => this.many(1, 2, () => this.order(depth - 1))
    const table = () => ({ first: this.table(depth - 1), joins: this.many(0, 2, () => this.join(depth - 1)) })
    const arrayJoin = () => ({
      left: this.below(2) === 0,
      items: this.many(1, 2, () => this.item(depth - 1, false)),
    })
    const limitBy = () => ({ count: this.bound(), by: this.many(1, 2, expression) })
    const source =
      this.below(3) === 0 || this.tables > ENOUGH_TABLES ? {} : { from: table(), ...this.maybe('arrayJoin', arrayJoin) }
    const limits =
      this.below(2) === 0
        ? { ...this.maybe('limitBy', limitBy), limit: this.bound(), ...this.maybe('offset', () => this.bound()) }
        : this.maybe('offset', () => this.bound())
    return {
      distinct: this.below(4) === 0,
      items: this.many(1, 3, () => this.item(depth - 1, true)),
      ...source,
      ...this.maybe('where', expression),
      ...this.maybe('groupBy', () => (this.below(3) === 0 ? ('ALL' as const) : this.many(1, 2, expression))),
      ...this.maybe('having', expression),
      ...this.maybe('windows', () => [{ name: this.one(NAMES), window: this.window(depth - 1) }]),
      ...this.maybe('qualify', expression),
      ...this.maybe('orderBy', () => (this.below(3) === 0 ? ('ALL' as const) : orders())),
      ...limits,
    }
  }

  private item(depth: number, stars: boolean): Item {
    if (stars && this.below(5) === 0) {
      const except = this.many(0, 2, () => this.one(NAMES))
      return { value: { kind: 'star', except, ...this.maybe('table', () => this.one(NAMES.slice(0, 3))) } }
    }
    return { value: this.expression(depth), ...this.maybe('alias', () => this.one(NAMES)) }
  }

  private order(depth: number): Order {
    const nulls = this.maybe('nulls', () => this.one(['FIRST', 'LAST'] as const))
    return { value: this.expression(depth), descending: this.below(2) === 0, ...nulls }
  }

  private bound(): Bound {
    return this.below(3) === 0 ? this.param() : { kind: 'number', text: String(this.below(1000)) }
  }

  private param() {
    const name = this.one(['p', 'q'])
    return { kind: 'param' as const, name, type: name === 'p' ? 'String' : 'UInt64' }
  }

  private table(depth: number): Table {
    this.tables++
    const alias = this.maybe('alias', () => this.one(NAMES))
    if (depth > 0 && this.below(3) === 0) return { kind: 'query', query: this.query(depth - 1), ...alias }
    if (this.below(3) > 0) return { kind: 'view', view: this.one(['spans_v1', 'traces_v1', 'cost_v1']), ...alias }
    const days = {
      first: { kind: 'string' as const, value: '2026-01-30' },
      last: { kind: 'param' as const, name: 'd', type: 'Date' },
    }
    return { kind: 'view', view: 'traces_of_days_v1', days, ...alias }
  }

  private join(depth: number): Join {
    const table = this.table(depth)
    if (this.below(3) === 0) return { type: 'CROSS', table }
    const type = this.one(JOINS)
    return this.below(2) === 0
      ? { type, table, on: this.expression(depth) }
      : { type, table, using: this.many(1, 2, () => this.one(NAMES)) }
  }

  private window(depth: number): Window {
    return {
      ...this.maybe('base', () => this.one(NAMES)),
      ...this.maybe('partitionBy', () => this.many(1, 2, () => this.expression(depth))),
      ...this.maybe('orderBy', () => this.many(1, 2, () => this.order(depth))),
      ...this.maybe('frame', () => ({
        unit: this.one(['ROWS', 'RANGE'] as const),
        from: this.frameBound('PRECEDING'),
        ...this.maybe('to', () => this.frameBound('FOLLOWING')),
      })),
    }
  }

  /** `open`: the side that may be UNBOUNDED. */
  private frameBound(open: 'PRECEDING' | 'FOLLOWING'): FrameBound {
    const side = this.one(['PRECEDING', 'FOLLOWING', 'CURRENT ROW'] as const)
    if (side === 'CURRENT ROW') return { side }
    return side === open ? { side, ...this.maybe('count', () => '3') } : { side, count: '3' }
  }

  private expression(depth: number): Expression {
    if (depth <= 0) return this.leaf()
    const inner = () => this.expression(depth - 1)
    switch (this.below(14)) {
      case 0:
        return { kind: 'call', name: this.one(SCALARS), args: this.many(0, 3, inner) }
      case 1:
        return this.aggregate(depth - 1)
      case 2: {
        const params = this.many(1, 2, () => this.one(NAMES))
        return { kind: 'call', name: 'arrayMap', args: [{ kind: 'lambda', params, body: inner() }, inner()] }
      }
      case 3:
        return { kind: 'cast', value: inner(), type: this.one(TYPES) }
      case 4: {
        const whens = this.many(1, 2, () => [inner(), inner()] as const)
        return { kind: 'case', whens, ...this.maybe('subject', inner), ...this.maybe('otherwise', inner) }
      }
      case 5:
        return { kind: 'in', value: inner(), negated: this.below(2) === 0, set: this.query(depth - 1) }
      case 6: {
        const set = this.many(1, 3, inner).filter(({ kind }) => kind !== 'name')
        return {
          kind: 'in',
          value: inner(),
          negated: this.below(2) === 0,
          set: [{ kind: 'number', text: '1' }, ...set],
        }
      }
      case 7:
        return { kind: 'between', value: inner(), negated: this.below(2) === 0, low: inner(), high: inner() }
      case 8:
        return { kind: 'exists', query: this.query(depth - 1) }
      case 9:
        return { kind: 'subquery', query: this.query(depth - 1) }
      case 10:
        return { kind: 'call', name: 'not', args: [inner()] }
      default:
        return this.leaf()
    }
  }

  private aggregate(depth: number): Call {
    const inner = () => this.expression(depth)
    return {
      kind: 'call',
      name: this.one(AGGREGATES),
      args: this.many(1, 2, inner),
      ...this.maybe('params', () => this.many(1, 2, inner)),
      ...this.maybe('distinct', () => true as const),
      ...this.maybe('filter', inner),
      ...this.maybe('over', () => (this.below(2) === 0 ? this.one(NAMES) : this.window(depth))),
    }
  }

  private leaf(): Expression {
    switch (this.below(5)) {
      case 0:
        return { kind: 'number', text: this.one(NUMBERS) }
      case 1:
        return { kind: 'string', value: this.one(TEXTS) }
      case 2:
        return { kind: 'constant', value: this.one(['NULL', 'true', 'false'] as const) }
      case 3:
        return this.param()
      default:
        return { kind: 'name', parts: this.many(1, 3, () => this.one(NAMES)) }
    }
  }
}
