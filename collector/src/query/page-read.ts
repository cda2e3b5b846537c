// A checked list request in; the rows of its page out. Keys first, in thin columns; then what is dear, for the rows of the page alone.
import { besideSpans, besideTraces, flatItems, type Read } from './beside.ts'
import type { Columns, Row } from './column.ts'
import { decodeCursor } from './cursor.ts'
import { type ListRequest, type PageQuery, pageQuery, rowColumns } from './list-query.ts'
import { type GroupPage, readGroups } from './newest-groups.ts'
import { namesOwner, newestTraces } from './newest-traces.ts'
import { lacks, OF_TRACE, valuesOf, withTrace } from './of-trace.ts'
import type { Resource } from './resources.ts'
import type { Condition } from './select-query.ts'
import { daysOf, parseInstant, type Range, toSqlTime } from './time.ts'
import { newestFirst } from './windows.ts'

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
  const { dear } = resource
  const query = pageQuery(resource, request)
  if (resource.group !== undefined)
    return await readGroups({ query, ...groupPage(resource, resource.group, request) }, read)
  const asksDear = dear?.columns.some((name) => Object.hasOwn(request.columns, name)) === true
  if (asksDear || isTraces(resource, request)) return await readDear(resource, request, query, read)
  const rows = await read({ ...query, items: itemsOf(rowColumns(resource, request.columns)) }, query.limit)
  if (resource.ofTrace !== true || !rows.some((row) => lacks(row, request.columns))) return rows
  return await withTraces(rows, readOwners(resource, query, rows, read))
}

function groupPage(
  resource: Resource,
  { id, view, isOfDays }: NonNullable<Resource['group']>,
  { range, filters, sort, cursor, columns }: ListRequest,
): Omit<GroupPage, 'query'> {
  const plain = isOfDays && filters.length === 0 && sort === undefined
  const [after] = cursor === undefined ? [] : (decodeCursor(resource.name, resource.key.length, cursor) ?? [])
  const to = range.toNanos === undefined ? undefined : toSqlTime(range.toNanos)
  return {
    id,
    view,
    items: itemsOf(rowColumns(resource, columns)),
    newest: plain ? { from: toSqlTime(range.fromNanos), to, after } : undefined,
  }
}

const isTraces = ({ name }: Resource, { sort }: ListRequest): boolean => name === 'traces' && sort === undefined

/** A query inside reads the whole range each time, so with one the range is not taken apart; nor where few rows of it are looked at. */
function windowsOf(
  { name, key, inRange }: Resource,
  { range, nowMs, cursor, sort, filters }: ListRequest,
): readonly Range[] {
  if (inRange !== 'started' || sort !== undefined || filters.some(asksOthers)) return [range]
  if (name === 'traces' && filters.some(namesOwner)) return [range]
  const [last] = cursor === undefined ? [] : (decodeCursor(name, key.length, cursor) ?? [])
  return newestFirst(range, nowMs, last === undefined ? undefined : parseInstant(last, 0))
}

function asksOthers(condition: Condition): boolean {
  if (condition.kind === 'not') return asksOthers(condition.condition)
  if (condition.kind === 'all' || condition.kind === 'either') return condition.conditions.some(asksOthers)
  return condition.kind === 'one_of'
}

/** Ids beyond this are asked for by a nested query: parameters travel in a URL. */
const MAX_NAMED = 200

async function readDear(resource: Resource, request: ListRequest, query: PageQuery, read: Read): Promise<Row[]> {
  if (isTraces(resource, request)) return await readTraces(resource, request, query, read)
  const keys = await read({ ...query, items: itemsOf(rowColumns(resource, {})) }, query.limit)
  if (keys.length === 0) return []
  // The same rows again, now of the page's own traces: a bound that prunes what is read.
  const same = { ...query, where: [...query.where, ...timesOf(resource, keys), sameTraces(resource, query, keys)] }
  const wide =
    resource.beside === undefined || keys.length > MAX_NAMED
      ? readJoined(resource, request, same, read)
      : readFlat(resource, request, { query: same, keys }, read)
  const asksTraces = resource.ofTrace === true && OF_TRACE.some((name) => Object.hasOwn(request.columns, name))
  if (!asksTraces) return await wide
  const [rows, owners] = await Promise.all([wide, readOwners(resource, query, keys, read)])
  return await withTraces(rows, owners)
}

async function readTraces(resource: Resource, request: ListRequest, query: PageQuery, read: Read): Promise<Row[]> {
  const { range, window = range, cursor, filters, columns } = request
  const asked = {
    query,
    from: toSqlTime(window.fromNanos),
    to: window.toNanos === undefined ? undefined : toSqlTime(window.toNanos),
    after: cursor === undefined ? undefined : decodeCursor(resource.name, resource.key.length, cursor),
    filters,
  }
  return await newestTraces(asked, read, async (traceIds) => {
    if (traceIds.length === 0) return []
    const same: PageQuery = { ...query, where: [...query.where, { kind: 'trace_keys', values: traceIds }] }
    return await readWideTraces(rowColumns(resource, columns), { query: same, traceIds }, read)
  })
}

async function readWideTraces(
  shown: Columns,
  { query, traceIds }: { query: PageQuery; traceIds: readonly string[] },
  read: Read,
): Promise<Row[]> {
  const items = itemsOf(shown).filter(({ name }) => name !== 'scores' && name !== 'score_labels')
  const asksScores = items.length < Object.keys(shown).length
  const [rows, complete] = await Promise.all([
    read({ ...query, items }, query.limit),
    asksScores ? besideTraces(read, traceIds) : (row: Row) => row,
  ])
  return rows.map(complete)
}

const readJoined = (resource: Resource, request: ListRequest, query: PageQuery, read: Read): Promise<Row[]> =>
  read(
    {
      ...query,
      source: { ...query.source, view: resource.dear?.view ?? resource.view },
      items: itemsOf(rowColumns(resource, request.columns)),
    },
    query.limit,
  )

/** What stands in the rows, and at the same time what other tables hold of them. */
async function readFlat(
  resource: Resource,
  { columns }: ListRequest,
  { query, keys }: { query: PageQuery; keys: readonly Row[] },
  read: Read,
): Promise<Row[]> {
  const shown = rowColumns(resource, columns)
  const traceIds = idsOf(keys, 'trace_id')
  if (resource.beside === 'traces') return await readWideTraces(shown, { query, traceIds }, read)
  const spanIds = idsOf(keys, 'span_id')
  const sameSpans: Condition = { kind: 'any_of', column: 'span_id', type: 'text', values: spanIds }
  const [rows, complete] = await Promise.all([
    read({ ...query, items: flatItems(shown), where: [...query.where, sameSpans] }, query.limit),
    besideSpans(read, { traceIds, spanIds, times: timesOf(resource, keys), columns }),
  ])
  return rows.map(complete)
}

const idsOf = (rows: readonly Row[], name: string): string[] => [...new Set(rows.map((row) => String(row[name])))]

/** What the traces of these rows name. */
const readOwners = (resource: Resource, query: PageQuery, rows: readonly Row[], read: Read): Promise<Row[]> =>
  read(valuesOf(keysOr(rows, sameTraces(resource, query, rows)), daysOfPage(resource, rows)), rows.length)

/** Where there are few, by the primary key. */
function keysOr(rows: readonly Row[], condition: Condition): Condition {
  const values = idsOf(rows, 'trace_id')
  return values.length <= MAX_NAMED ? { kind: 'trace_keys', values } : condition
}

async function withTraces(rows: readonly Row[], owners: readonly Row[] | Promise<Row[]>): Promise<Row[]> {
  const byId = new Map((await owners).map((trace) => [trace['trace_id'], trace]))
  return rows.map((row) => withTrace(row, byId.get(row['trace_id'] ?? null)))
}

/** Of the traces of a page that was read. */
function sameTraces(resource: Resource, query: PageQuery, rows: readonly Row[]): Condition {
  const ids = idsOf(rows, 'trace_id')
  if (ids.length <= MAX_NAMED) return { kind: 'any_of', column: 'trace_id', type: 'text', values: ids }
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

const itemsOf = (columns: Columns): { name: string }[] => Object.keys(columns).map((name) => ({ name }))
