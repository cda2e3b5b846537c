// A checked list request in; one page's rows read, and its answer, out.
import { type Columns, type ColumnType, type Row, toJsonRow } from './column.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { nearest } from './nearest.ts'
import { invalid } from './problem.ts'
import { rangeConditions } from './range.ts'
import type { Resource } from './resources.ts'
import type { Condition, KeyColumn, SelectQuery } from './statement.ts'
import { daysOf, type Range } from './time.ts'

export interface ListRequest {
  range: Range
  filters: readonly Condition[]
  /** Columns of the answer. */
  columns: Columns
  limit: number
  cursor: string | undefined
}

/** Rows of one page in order, and one more when there is a next page. */
export async function readPage(
  resource: Resource,
  request: ListRequest,
  read: (query: SelectQuery) => Promise<Row[]>,
): Promise<Row[]> {
  const { dear, key } = resource
  const shown = itemsOf(rowColumns(resource, request.columns))
  const query = pageQuery(resource, request)
  if (dear === undefined || !dear.columns.some((name) => Object.hasOwn(request.columns, name))) {
    return await read({ ...query, items: shown })
  }
  const keys = await read({ ...query, items: itemsOf(rowColumns(resource, {})) })
  const [first] = keys
  const last = keys.at(-1)
  if (first === undefined || last === undefined) return []
  // The same rows again, now between the page's own times and of its own traces: bounds that prune what is read.
  const [time] = key
  const where: Condition[] = [
    ...query.where,
    { kind: 'compare', column: time, type: 'time', operator: '<=', value: String(first[time]) },
    { kind: 'compare', column: time, type: 'time', operator: '>=', value: String(last[time]) },
  ]
  const traces = { ...query, items: [{ name: 'trace_id' }], where }
  const sameTraces: Condition = { kind: 'one_of', columns: ['trace_id'], query: traces }
  return await read({
    ...query,
    source: { ...query.source, view: dear.view ?? resource.view },
    items: shown,
    where: [...where, sameTraces],
  })
}

/** Everything of a page's query but its columns. One row more than the page tells whether there is a next one. */
function pageQuery(resource: Resource, { range, cursor, limit, filters }: ListRequest): Omit<SelectQuery, 'items'> {
  const { view, ofDays, key, inRange, fixed = [] } = resource
  const [started] = key
  const bounds = rangeConditions(range, { from: inRange === 'active' ? 'end_time' : started, to: started })
  return {
    source: { view, ...(ofDays ? { days: daysOf(range) } : {}) },
    where: [...fixed, ...bounds, ...filters, ...(cursor === undefined ? [] : [cursorCondition(resource, cursor)])],
    orderBy: key.map((name) => ({ name, descending: true })),
    limit: limit + 1,
  }
}

const itemsOf = (columns: Columns): { name: string }[] => Object.keys(columns).map((name) => ({ name }))

/** What is read: the answer's columns, and the key for the cursor. */
function rowColumns({ key, columns }: Resource, shown: Columns): Columns {
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

/** `{data, next_cursor}` of rows read with `readPage`. */
export function listPage(resource: Resource, request: ListRequest, rows: readonly Row[]): ListPage {
  const page = rows.slice(0, request.limit)
  return {
    data: page.map((row) => toJsonRow(row, request.columns)),
    next_cursor: nextCursor(resource.name, resource.key, { rows, limit: request.limit }),
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
