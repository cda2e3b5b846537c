// A page's query of traces in; its rows out, newest first. When a trace began is known only once its rows are added up, but it began no later than
// any of them: so the newest rows of the rollup name the newest traces, and the rest of a day needs no adding up.
import type { Read } from './beside.ts'
import type { Row } from './column.ts'
import type { Condition, SelectQuery } from './select-query.ts'

export interface NewestTraces {
  /** The page's query without columns, one row more than the page. */
  query: Omit<SelectQuery, 'items'> & { limit: number }
  /** `YYYY-MM-DD hh:mm:ss.nnnnnnnnn`; to is exclusive. */
  from: string
  to: string | undefined
  /** start_time and trace_id of the last row before the page. */
  after: readonly string[] | undefined
  filters: readonly Condition[]
}

/** Rows of the rollup that are looked at first, and then, for each row of the page; where a filter leaves few of them, more at once. */
const LOOKS = [8, 100]
const LOOKS_FILTERED = [100, 400]
const MAX_LOOK = 20_000
/** Traces that are read at once, for each row of the page. */
const SPARE = 1.2
const MAX_NAMED = 500

/** @param wide all columns of chosen traces, held to the page's query */
export async function newestTraces(
  asked: NewestTraces,
  read: Read,
  wide: (traceIds: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const { query, filters } = asked
  const isPlain = filters.every(namesOwner)
  for (const [i, factor] of (isPlain ? LOOKS : LOOKS_FILTERED).entries()) {
    const count = Math.min(query.limit * factor, MAX_LOOK)
    const parts = await read(partsQuery(asked, count), count)
    if (parts.length === 0) return []
    const isAll = parts.length < count
    if (i === 0 && isPlain) {
      // mostly each row that was looked at is a trace of the page
      const few = firstTraces(parts, Math.ceil(query.limit * SPARE))
      const rows = await wide(few.ids)
      if ((isAll && few.isAll) || fills(rows, query.limit, few.oldest)) return rows
    }
    const oldest = String(parts.at(-1)?.['start_time'])
    const keys = await read(rowsOf(asked, parts, oldest), query.limit)
    if (isAll || fills(keys, query.limit, oldest)) return await wide(idsOf(keys))
  }
  return await wide(idsOf(await read({ ...query, items: KEY }, query.limit)))
}

/** What was not looked at began before the oldest that was, or with it. */
function fills(rows: readonly Row[], limit: number, oldest: string): boolean {
  const last = rows[limit - 1]
  return last !== undefined && String(last['start_time']) > oldest
}

const idsOf = (rows: readonly Row[]): string[] => [...new Set(rows.map((row) => String(row['trace_id'])))]

function firstTraces(parts: readonly Row[], count: number): { ids: string[]; oldest: string; isAll: boolean } {
  const ids = new Set<string>()
  for (const part of parts) {
    ids.add(String(part['trace_id']))
    if (ids.size === count) return { ids: [...ids], oldest: String(part['start_time']), isAll: false }
  }
  return { ids: [...ids], oldest: String(parts.at(-1)?.['start_time']), isAll: true }
}

const KEY = [{ name: 'start_time' }, { name: 'trace_id' }]

/** Whether the filter names sessions or users, of which a trace that has one has a row that says so. */
export const namesOwner = (filter: Condition): boolean =>
  filter.kind === 'any_of' &&
  (filter.column === 'session_id' || filter.column === 'user_id') &&
  !filter.values.includes('')

function partsQuery(asked: NewestTraces, limit: number): SelectQuery {
  return {
    source: { view: 'trace_parts_v1', ...(asked.query.source.days ? { days: asked.query.source.days } : {}) },
    items: KEY,
    where: partsWhere(asked),
    orderBy: [{ name: 'v.start_time', descending: true }],
    limit,
  }
}

function partsWhere({ from, to, after, filters }: NewestTraces): Condition[] {
  const owners = filters.filter(namesOwner)
  if (owners.length > 0) return [bound('>=', from), ...owners]
  const [last] = after ?? []
  return [
    bound('>=', from),
    ...(to === undefined ? [] : [bound('<', to)]),
    ...(last === undefined ? [] : [bound('<=', last)]),
  ]
}

const bound = (operator: '<' | '<=' | '>=', value: string): Condition => ({
  kind: 'compare',
  column: 'start_time',
  type: 'time',
  operator,
  value,
})

/** The traces of these rows that belong on the page. */
function rowsOf(asked: NewestTraces, parts: readonly Row[], oldest: string): SelectQuery {
  const { query } = asked
  const ids = idsOf(parts)
  const named: Condition =
    ids.length <= MAX_NAMED
      ? { kind: 'trace_keys', values: ids }
      : {
          kind: 'one_of',
          columns: ['trace_key'],
          query: {
            source: { ...query.source, view: 'trace_parts_v1' },
            items: [{ name: 'trace_key' }],
            where: [...partsWhere(asked), bound('>=', oldest)],
          },
        }
  return { ...query, items: KEY, where: [...query.where, named] }
}
