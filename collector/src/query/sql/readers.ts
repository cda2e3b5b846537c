// What the parsers of the parts ask of each other.
import type { Day, Expression, Order, Query, Window } from './ast.ts'

export interface Readers {
  expression(): Expression
  /** One or more, by commas. */
  expressions(): Expression[]
  orders(): Order[]
  /** Expressions by commas up to and with the closing mark; may be empty. */
  list(closing: string): Expression[]
  /** A query up to the bracket that closes it. */
  query(): Query
  /** After OVER: a window's name or `(…)`. */
  window(): Window | string
  alias(): string | undefined
  day(): Day
  /** Notes that so many tables are read. */
  reads(tables: number): void
  /** Notes a `{name:Type}` of the text. */
  param(name: string, type: string, at: number): void
}
