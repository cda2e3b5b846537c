// What a read is made of, as types: a source, its columns and its conditions. No text of SQL but our own pieces.
import type { ColumnType } from './column.ts'

/** A view; one named `…_of_days_v1` also needs the days (YYYY-MM-DD) whose partitions it reads, `metric_cells_v1` its cells, and one with `ofProject` the project before its days. */
export interface Source {
  view: string
  days?: { first: string; last: string }
  /** The view is told the project too, not only held to it. */
  ofProject?: boolean
  cells?: Cells
  /** Of `trace_counts_v1`: what may be read by the hour. */
  hours?: Pick<Cells, 'first_hour' | 'last_hour'>
  /** Of a view named `…_of_ids_v1`: the sessions or users that are wanted; [] = all. */
  ids?: readonly string[]
  /** Of `users_of_ids_v1`: when the traces began that are added up, as ClickHouse reads instants. */
  range?: { from_time: string; to_time: string }
}

/** Instants as ClickHouse reads them: whole hours between two, and minutes before and after. */
export interface Cells {
  from_time: string
  first_hour: string
  last_hour: string
  to_time: string
}

/** An output column: `sql` is text of ours over the source `v`, `left` a value of it; with neither the source's column of that name. */
export interface Item {
  name: string
  sql?: string
  left?: Left
}

export interface SelectQuery {
  source: Source
  items: readonly Item[]
  where: readonly Condition[]
  /** Seconds: adds `time`, the start of the bucket of the source's `timeColumn` (its `time`, unless it is said). */
  intervalSeconds?: number
  timeColumn?: string
  groupBy?: readonly string[]
  /** Each of `groupBy` is a grouping of its own over the same rows: `set` tells which, as a number of bits (`setOf`), and `limit` is of each. */
  apart?: boolean
  /** Text of ours, on groups. */
  having?: string | undefined
  /** Text of ours, on groups after window functions. */
  qualify?: string | undefined
  orderBy?: readonly { name: string; descending: boolean }[]
  /** Absent in a nested query alone: what is read is bounded. */
  limit?: number
}

/** A column of the source, or a value of one of its maps. */
export interface Left {
  column: string
  /** The key, when the column is a map. */
  key?: string
}

export type Condition =
  | { kind: 'any_of'; column: string; type: ColumnType; values: readonly string[] }
  /** Of these traces, by the column that a primary key begins with. */
  | { kind: 'trace_keys'; values: readonly string[] }
  | { kind: 'holds_any'; column: string; values: readonly string[] }
  | { kind: 'compare'; column: string; type: ColumnType; operator: '<' | '<=' | '>' | '>='; value: string }
  | { kind: 'attribute'; column: string; key: string; values: readonly string[] }
  /** The value of a map, read as a number. */
  | { kind: 'attribute_compare'; column: string; key: string; operator: '<' | '<=' | '>' | '>='; value: string }
  /** A text with what stands between the parts left open; of a list, one of its members. */
  | { kind: 'like'; left: Left; isList: boolean; parts: readonly string[]; anyCase?: boolean }
  /** A value is there: not '', not NULL, not an empty list. */
  | { kind: 'exists'; left: Left; type: ColumnType }
  /** One of these columns of content has the words in it. */
  | { kind: 'text'; columns: readonly string[]; text: string }
  /** Beyond the cursor in the order of the list. */
  | { kind: 'beyond'; columns: readonly KeyColumn[]; values: readonly string[]; descending: boolean }
  /** One of the rows of another query, which selects just these columns. */
  | { kind: 'one_of'; columns: readonly string[]; query: SelectQuery }
  /** A list without members. */
  | { kind: 'empty'; column: string }
  | { kind: 'all' | 'either'; conditions: readonly Condition[] }
  /** Every row for which the condition does not hold: also where it is not known. */
  | { kind: 'not'; condition: Condition }

export interface KeyColumn {
  name: string
  type: ColumnType
}
