// A checked list request in; one page's rows read, and its answer, out.
import { type Columns, type ColumnType, type Row, toJsonRow } from './column.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { nearest } from './nearest.ts'
import { lacks, orOfTrace, valuesOf, withTrace } from './of-trace.ts'
import { invalid } from './problem.ts'
import { rangeConditions } from './range.ts'
import type { Resource } from './resources.ts'
import type { Condition, KeyColumn, SelectQuery } from './select-query.ts'
import { daysOf, parseInstant, type Range } from './time.ts'
import { newestFirst } from './windows.ts'

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

type Read = (query: SelectQuery) => Promise<Row[]>

/**
 * Rows of one page in order, and one more when there is a next page. The newest of a long range are mostly of its last day, so that is looked at
 * first, and what is before it only for what is missing then.
 */
export async function readPage(resource: Resource, request: ListRequest, read: Read): Promise<Row[]> {
  const rows: Row[] = []
  for (const window of windowsOf(resource, request)) {
    const missing = request.limit + 1 - rows.length
    if (missing <= 0) break
    rows.push(...(await readWindow(resource, { ...request, window, limit: missing - 1 }, read)))
  }
  return rows
}

async function readWindow(resource: Resource, request: ListRequest, read: Read): Promise<Row[]> {
  const { dear, ofTrace = false } = resource
  const query = pageQuery(resource, request)
  const rows =
    dear?.columns.some((name) => Object.hasOwn(request.columns, name)) === true
      ? await readDear(resource, request, query, read)
      : await read({ ...query, items: itemsOf(rowColumns(resource, request.columns)) })
  if (!ofTrace || !rows.some((row) => lacks(row, request.columns))) return rows
  const traces = await read(valuesOf(sameTraces(resource, query, rows), daysOfPage(resource, rows)))
  const byId = new Map(traces.map((trace) => [trace['trace_id'], trace]))
  return rows.map((row) => withTrace(row, byId.get(row['trace_id'] ?? null)))
}

/** A query inside reads the whole range each time, so with one the range is not taken apart. */
function windowsOf(
  { name, key, inRange }: Resource,
  { range, nowMs, cursor, sort, filters }: ListRequest,
): readonly Range[] {
  if (inRange !== 'started' || sort !== undefined || filters.some(asksOthers)) return [range]
  const [last] = cursor === undefined ? [] : (decodeCursor(name, key.length, cursor) ?? [])
  return newestFirst(range, nowMs, last === undefined ? undefined : parseInstant(last, 0))
}

function asksOthers(condition: Condition): boolean {
  if (condition.kind === 'not') return asksOthers(condition.condition)
  if (condition.kind === 'all' || condition.kind === 'either') return condition.conditions.some(asksOthers)
  return condition.kind === 'one_of'
}

export type PageQuery = Omit<SelectQuery, 'items'>

async function readDear(resource: Resource, request: ListRequest, query: PageQuery, read: Read): Promise<Row[]> {
  const keys = await read({ ...query, items: itemsOf(rowColumns(resource, {})) })
  if (keys.length === 0) return []
  // The same rows again, now of the page's own traces: a bound that prunes what is read.
  return await read({
    ...query,
    source: { ...query.source, view: resource.dear?.view ?? resource.view },
    items: itemsOf(rowColumns(resource, request.columns)),
    where: [...query.where, ...timesOf(resource, keys), sameTraces(resource, query, keys)],
  })
}

/** Ids beyond this are asked for by a nested query: parameters travel in a URL. */
const MAX_NAMED_TRACES = 200

/** Of the traces of a page that was read. */
function sameTraces(resource: Resource, query: PageQuery, rows: readonly Row[]): Condition {
  const ids = [...new Set(rows.map((row) => String(row['trace_id'])))]
  if (ids.length <= MAX_NAMED_TRACES) return { kind: 'any_of', column: 'trace_id', type: 'text', values: ids }
  const where = [...query.where, ...timesOf(resource, rows)]
  return { kind: 'one_of', columns: ['trace_id'], query: { ...query, items: [{ name: 'trace_id' }], where } }
}

/** Between the page's own times. */
function timesOf({ key: [time] }: Resource, rows: readonly Row[]): Condition[] {
  const times = rows.map((row) => String(row[time])).sort()
  const bound = (operator: '<=' | '>=', value: string | undefined): Condition[] =>
    value === undefined ? [] : [{ kind: 'compare', column: time, type: 'time', operator, value }]
  return [...bound('<=', times.at(-1)), ...bound('>=', times[0])]
}

function daysOfPage({ key: [time] }: Resource, rows: readonly Row[]): { first: string; last: string } {
  const times = rows.map((row) => String(row[time])).sort()
  const nanos = (text: string | undefined): bigint => parseInstant(String(text), 0) ?? 0n
  return daysOf({ fromNanos: nanos(times[0]), toNanos: nanos(times.at(-1)) })
}

/** Everything of a page's query but its columns. One row more than the page tells whether there is a next one. */
export function pageQuery(resource: Resource, request: ListRequest): PageQuery {
  const { range, window = range, cursor, limit, filters, sort } = request
  const { view, ofDays, ofTrace = false, key, inRange, fixed = [] } = resource
  const days = daysOf(range)
  const [started] = key
  const bounds = rangeConditions(window, { from: inRange === 'active' ? 'end_time' : started, to: started })
  return {
    source: { view, ...(ofDays ? { days: daysOf(window) } : {}) },
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
