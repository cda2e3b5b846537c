// A checked list request in; the query for its page, and of the rows that were read its answer, out.
import { type Columns, type ColumnType, type Row, toJsonRow } from './column.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { nearest } from './nearest.ts'
import { orOfTrace } from './of-trace.ts'
import { invalid } from './problem.ts'
import { rangeConditions } from './range.ts'
import type { Resource } from './resources.ts'
import type { Condition, KeyColumn, SelectQuery } from './select-query.ts'
import { daysOf, type Range, toSqlTime } from './time.ts'

export interface ListRequest {
  range: Range
  nowMs: number
  filters: readonly Condition[]
  /** Columns of the answer. */
  columns: Columns
  limit: number
  cursor: string | undefined
  /** Greatest of this column first, instead of newest. */
  sort?: string | undefined
  /** The part of the range that is looked at. */
  window?: Range
}

export type PageQuery = Omit<SelectQuery, 'items'> & { limit: number }

/** Everything of a page's query but its columns. One row more than the page tells whether there is a next one. */
export function pageQuery(resource: Resource, request: ListRequest): PageQuery {
  const { range, window = range, cursor, limit, filters, sort } = request
  const { view, ofDays, ofTrace = false, key, inRange, fixed = [] } = resource
  const days = daysOf(range)
  const [started] = key
  const bounds =
    inRange === 'summed'
      ? []
      : rangeConditions(window, { from: inRange === 'active' ? 'end_time' : started, to: started })
  return {
    source: inRange === 'summed' ? sumOf(view, range) : { view, ...(ofDays ? { days: daysOf(window) } : {}) },
    where: [
      ...fixed,
      ...bounds,
      ...(ofTrace ? filters.map((filter) => orOfTrace(filter, days)) : filters),
      ...(cursor === undefined ? [] : [cursorCondition(resource, cursor)]),
    ],
    orderBy: [...(sort === undefined ? [] : [`v.${sort}`]), ...key].map((name) => ({ name, descending: true })),
    limit: limit + 1,
  }
}

/** Instants that DateTime64(9) can still hold. */
const NEVER = '2262-01-01 00:00:00'

/** The traces of the range, added up for all ids. */
function sumOf(view: string, range: Range): SelectQuery['source'] {
  const to_time = range.toNanos === undefined ? NEVER : toSqlTime(range.toNanos)
  return { view, days: daysOf(range), ids: [], range: { from_time: toSqlTime(range.fromNanos), to_time } }
}

/** What is read: the answer's columns, and the key for the cursor. */
export function rowColumns({ key, columns }: Resource, shown: Columns): Columns {
  return { ...Object.fromEntries(keyColumns(key, columns).map(({ name, type }) => [name, type])), ...shown }
}

function cursorCondition({ name, key, columns }: Resource, cursor: string): Condition {
  const values = decodeCursor(name, key.length, cursor)
  if (values === undefined) throw invalid('cursor', 'it is not a next_cursor of this list')
  return { kind: 'beyond', columns: keyColumns(key, columns), values, descending: true }
}

export function keyColumns(key: readonly string[], columns: Columns): KeyColumn[] {
  return key.map((name) => ({ name, type: columns[name] ?? ('text' satisfies ColumnType) }))
}

/** `{data, next_cursor}` of the page's rows and perhaps one more. */
export function listPage(resource: Resource, request: ListRequest, rows: readonly Row[]): ListPage {
  const page = rows.slice(0, request.limit)
  return {
    data: page.map((row) => toJsonRow(row, request.columns)),
    // of sorted rows there are the greatest alone: values that change have no place to go on from
    next_cursor:
      request.sort === undefined ? nextCursor(resource.name, resource.key, { rows, limit: request.limit }) : null,
  }
}

export interface ListPage {
  data: Row[]
  next_cursor: string | null
}

/** The place of the page's last row, or null when no row follows it. */
export function nextCursor(
  list: string,
  key: readonly string[],
  page: { rows: readonly Row[]; limit: number },
): string | null {
  const last = page.rows[page.limit - 1]
  if (page.rows.length <= page.limit || last === undefined) return null
  return encodeCursor(
    list,
    key.map((name) => String(last[name])),
  )
}

/** `fields=a,b` in; those columns of the view, in the view's order. Absent = all. */
export function chooseColumns(columns: Columns, fields: string | undefined): Columns {
  if (fields === undefined) return columns
  const wanted = new Set(fields.split(','))
  for (const name of wanted) {
    if (Object.hasOwn(columns, name)) continue
    const meant = nearest(name, Object.keys(columns))
    throw invalid(
      'fields',
      `there is no column ${JSON.stringify(name.slice(0, 64))}`,
      meant && `did you mean ${meant}?`,
    )
  }
  return Object.fromEntries(Object.entries(columns).filter(([name]) => wanted.has(name)))
}
