// The API's own tables of columns in; the types of its rows out.
import type { Columns, ColumnType } from '../../../src/query/column.ts'
import type {
  SCORE_COLUMNS,
  SESSION_COLUMNS,
  SPAN_COLUMNS,
  TRACE_COLUMNS,
  USER_COLUMNS,
} from '../../../src/query/columns.ts'

interface Values {
  text: string | null
  content: string | null
  /** A text beyond 2^53. */
  count: number | string | null
  integer: number | string | null
  float: number | null
  money: string | null
  time: string
  texts: string[]
  times: string[]
  map: Record<string, string>
  numbers: Record<string, number>
  maps: Record<string, string>[]
}

type RowOf<C extends Columns> = { [K in keyof C]?: C[K] extends ColumnType ? Values[C[K]] : never }

export type TraceRow = RowOf<typeof TRACE_COLUMNS>
export type SpanRow = RowOf<typeof SPAN_COLUMNS>
export type SessionRow = RowOf<typeof SESSION_COLUMNS>
export type UserRow = RowOf<typeof USER_COLUMNS>
export type ScoreRow = RowOf<typeof SCORE_COLUMNS>

export type { About } from '../../../src/query/about-route.ts'
export type { ExplainedSpan } from '../../../src/query/explain-schema.ts'

/** A JSON value that is shown as it is. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export interface Page<Row> {
  data: Row[]
  next_cursor: string | null
}

export interface SqlAnswer {
  columns: { name: string; type: string }[]
  data: Record<string, Json>[]
}

/** A row of a metric: its groups and time are texts, its figures numbers, money a text. */
export type MetricRow = Record<string, string | number | null>
