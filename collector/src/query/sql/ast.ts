// What a query of this API can be. A tree of these is all that ever reaches the printer, so what has no node here cannot be sent.

export interface Query {
  ctes: readonly Cte[]
  /** One, or several of a UNION. */
  members: readonly Member[]
  /** How each member after the first is joined to those before. */
  unions: readonly ('ALL' | 'DISTINCT')[]
}

export type Member = { kind: 'select'; select: Select } | { kind: 'nested'; query: Query }

/** `WITH name AS (query)`, or ClickHouse's `WITH expression AS name`. */
export type Cte = { kind: 'query'; name: string; query: Query } | { kind: 'value'; name: string; value: Expression }

export interface Select {
  distinct: boolean
  items: readonly Item[]
  from?: Source
  arrayJoin?: { left: boolean; items: readonly Item[] }
  where?: Expression
  groupBy?: readonly Expression[] | 'ALL'
  having?: Expression
  windows?: readonly { name: string; window: Window }[]
  qualify?: Expression
  orderBy?: readonly Order[] | 'ALL'
  limitBy?: { count: Bound; by: readonly Expression[] }
  limit?: Bound
  offset?: Bound
}

/** A row count: digits, or a parameter. */
export type Bound = { kind: 'number'; text: string } | Parameter

export interface Item {
  value: Expression
  alias?: string
}

export interface Order {
  value: Expression
  descending: boolean
  nulls?: 'FIRST' | 'LAST'
}

export interface Source {
  first: Table
  joins: readonly Join[]
}

export interface Join {
  /** `CROSS`, or words of a join in ClickHouse's order: `ANY LEFT`. */
  type: string
  table: Table
  on?: Expression
  using?: readonly string[]
}

export type Table = (
  | { kind: 'view'; view: string; days?: { first: Day; last: Day } }
  | { kind: 'cte'; name: string }
  | { kind: 'query'; query: Query }
) & { alias?: string }

export type Day = { kind: 'string'; value: string } | Parameter

export interface Parameter {
  kind: 'param'
  name: string
  type: string
}

export interface Window {
  base?: string
  partitionBy?: readonly Expression[]
  orderBy?: readonly Order[]
  frame?: { unit: 'ROWS' | 'RANGE'; from: FrameBound; to?: FrameBound }
}

/** Undefined count: UNBOUNDED, or the current row. */
export interface FrameBound {
  side: 'PRECEDING' | 'FOLLOWING' | 'CURRENT ROW'
  count?: string
}

export type Expression =
  | { kind: 'number'; text: string }
  | { kind: 'string'; value: string }
  | { kind: 'constant'; value: 'NULL' | 'true' | 'false' }
  | Parameter
  | { kind: 'name'; parts: readonly string[] }
  | { kind: 'star'; table?: string; except: readonly string[] }
  | Call
  | { kind: 'lambda'; params: readonly string[]; body: Expression }
  | { kind: 'cast'; value: Expression; type: string }
  | {
      kind: 'case'
      subject?: Expression
      whens: readonly (readonly [Expression, Expression])[]
      otherwise?: Expression
    }
  | { kind: 'in'; value: Expression; negated: boolean; set: readonly Expression[] | Query }
  | { kind: 'between'; value: Expression; negated: boolean; low: Expression; high: Expression }
  | { kind: 'exists'; query: Query }
  | { kind: 'subquery'; query: Query }

/** A function of the allow-list; operators are the functions behind them. */
export interface Call {
  kind: 'call'
  name: string
  args: readonly Expression[]
  /** Of a parametric aggregate: `quantile(0.5)(x)`. */
  params?: readonly Expression[]
  distinct?: boolean
  filter?: Expression
  over?: Window | string
}
