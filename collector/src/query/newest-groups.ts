// A page's query of sessions or users in; its rows out. A group begins with its first trace, which has to be looked for in all days, and its figures are of
// all its traces: so the order is found in thin columns, and figures are added up for the groups of the page alone.
import type { Read } from './beside.ts'
import type { Row } from './column.ts'
import type { Condition, Item, SelectQuery, Source } from './select-query.ts'
import { daysOf, parseInstant, wholeDays } from './time.ts'

type Days = NonNullable<Source['days']>

export interface GroupPage {
  id: 'session_id' | 'user_id'
  /** Has the figures of chosen ids. */
  view: string
  /** The page's query without columns, over all groups; one row more than the page. */
  query: Omit<SelectQuery, 'items'> & { limit: number }
  /** Columns of the answer, the key among them. */
  items: readonly Item[]
  /** Where the newest of a range are asked for and nothing else; absent: all groups are gone through. */
  newest?: { from: string; to: string | undefined; after: string | undefined } | undefined
}

/** Rows of the rollup that are looked at first, and then, for each row of the page. */
const LOOKS = [20, 200]
const MAX_LOOK = 20_000
const MAX_IDS = 2_000
/** Of a larger page all groups are added up at once. */
const MAX_NAMED = 200
const EVER: Days = { first: '1970-01-01', last: '2149-06-06' }

export async function readGroups(page: GroupPage, read: Read): Promise<Row[]> {
  const { query, items, id } = page
  for (const factor of page.newest === undefined ? [] : LOOKS) {
    const rows = await lookAtNewest(page, Math.min(query.limit * factor, MAX_LOOK), read)
    if (rows !== undefined) return rows
  }
  if (query.limit > MAX_NAMED) return await read({ ...query, items }, query.limit)
  const keys = await read(
    { ...query, items: [{ name: id }, { name: 'start_time' }, { name: 'end_time' }] },
    query.limit,
  )
  if (keys.length === 0) return []
  const ids = keys.map((key) => String(key[id]))
  return await read(figuresQuery(page, ids, daysOfGroups(keys)), query.limit)
}

const nanosOf = (time: unknown): bigint => parseInstant(String(time), 0) ?? 0n

/** From the first start to the last end. */
function daysOfGroups(rows: readonly Row[]): Days {
  const starts = rows.map((row) => String(row['start_time'])).sort()
  const ends = rows.map((row) => String(row['end_time'])).sort()
  return daysOf({ fromNanos: nanosOf(starts[0]), toNanos: nanosOf(ends.at(-1)) })
}

/** The page, when the groups of the newest rows of the rollup fill it: all others began earlier. */
async function lookAtNewest(page: GroupPage, count: number, read: Read): Promise<Row[] | undefined> {
  const { query, id } = page
  const parts = await read(partsQuery(page, count), count)
  const oldest = parts.at(-1)
  // rows that are fewer than asked for are all of the range, and groups that began before it are wanted too
  if (oldest === undefined || parts.length < count) return undefined
  const owners = await read(ownersQuery(page, String(oldest['start_time'])), count)
  const ids = [...new Set(owners.map((trace) => String(trace[id])))].filter((owner) => owner !== '')
  if (ids.length < query.limit || ids.length > MAX_IDS) return undefined
  const days = await read(daysQuery(page, ids), ids.length)
  const oldestDay = dayBefore(oldest)
  if (days.filter((group) => String(group['first_day']) >= oldestDay).length < query.limit) return undefined
  const rows = await read(figuresQuery(page, ids, daysOfAll(days)), query.limit)
  const last = rows[query.limit - 1]
  return last !== undefined && String(last['start_time']) > String(oldest['start_time']) ? rows : undefined
}

const dayBefore = (part: Row): string => daysOf({ fromNanos: nanosOf(part['start_time']), toNanos: undefined }).first

/** The days in which one session lies; undefined: in none. */
export async function daysOfSession(sessionId: string, read: Read): Promise<Days | undefined> {
  const days = await read({ ...daysQuery({ id: 'session_id' }, [sessionId]), limit: 1 }, 1)
  return days.length === 0 ? undefined : daysOfAll(days)
}

/** One day to each side, for traces that cross midnight. */
function daysOfAll(days: readonly Row[]): Days {
  const first = days.map((group) => String(group['first_day'])).sort()[0]
  const last = days
    .map((group) => String(group['last_day']))
    .sort()
    .at(-1)
  return daysOf({
    fromNanos: nanosOf(`${first}T00:00:00Z`),
    toNanos: nanosOf(`${last}T00:00:00Z`),
  })
}

const bound = (operator: '<' | '<=' | '>=', value: string): Condition => ({
  kind: 'compare',
  column: 'start_time',
  type: 'time',
  operator,
  value,
})

/** The first row of a trace begins when the trace does, so the first row of a group's first trace is within these bounds. */
function partsWhere({ newest }: GroupPage): Condition[] {
  if (newest === undefined) return []
  const { from, to, after } = newest
  return [
    bound('>=', from),
    ...(to === undefined ? [] : [bound('<', to)]),
    ...(after === undefined ? [] : [bound('<=', after)]),
  ]
}

const daysBetween = (from: string | undefined, to: string | undefined, days: typeof daysOf): Days =>
  days({ fromNanos: nanosOf(from), toNanos: to === undefined ? undefined : nanosOf(to) })

const partsQuery = (page: GroupPage, limit: number): SelectQuery => ({
  source: { view: 'trace_parts_v1', days: daysBetween(page.newest?.from, page.newest?.to, wholeDays) },
  items: [{ name: 'start_time' }],
  where: partsWhere(page),
  orderBy: [{ name: 'v.start_time', descending: true }],
  limit,
})

/** What each trace of those rows names, in whichever of its rows. */
function ownersQuery(page: GroupPage, oldest: string): SelectQuery {
  const parts: SelectQuery = {
    source: { view: 'trace_parts_v1', days: daysBetween(oldest, page.newest?.to, wholeDays) },
    items: [{ name: 'trace_key' }],
    where: [...partsWhere(page), bound('>=', oldest)],
  }
  return {
    source: { view: 'trace_parts_v1', days: daysBetween(oldest, page.newest?.to, daysOf) },
    items: [{ name: page.id, sql: `max(v.${page.id})` }],
    where: [{ kind: 'one_of', columns: ['trace_key'], query: parts }],
    groupBy: ['v.trace_key'],
  }
}

const daysQuery = ({ id }: Pick<GroupPage, 'id'>, ids: readonly string[]): SelectQuery => ({
  source: { view: 'trace_parts_v1', days: EVER },
  items: [
    { name: 'first_day', sql: 'toString(min(v.day))' },
    { name: 'last_day', sql: 'toString(max(v.day))' },
  ],
  where: [{ kind: 'any_of', column: id, type: 'text', values: ids }],
  groupBy: [`v.${id}`],
})

const figuresQuery = ({ query, view, id, items }: GroupPage, ids: readonly string[], days: Days): SelectQuery => ({
  ...query,
  source: { ...query.source, view, days, ids },
  items,
  where: [...query.where, { kind: 'any_of', column: id, type: 'text', values: ids }],
})
