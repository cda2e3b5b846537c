// A page's query of traces in; the keys of its rows out, newest first. When a trace began is known only once its rows are added up, but it began no later than
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

/** Rows of the rollup that are looked at first, and then, for each row of the page. */
const LOOKS = [8, 100]
const MAX_LOOK = 20_000
const MAX_NAMED = 500

export async function newestTraces(asked: NewestTraces, read: Read): Promise<Row[]> {
  const { query } = asked
  for (const factor of LOOKS) {
    const count = Math.min(query.limit * factor, MAX_LOOK)
    const parts = await read(partsQuery(asked, count), count)
    const oldest = parts.at(-1)
    if (oldest === undefined) return []
    const isAll = parts.length < count
    const rows = await read(rowsOf(asked, parts, String(oldest['start_time'])), query.limit)
    const last = rows[query.limit - 1]
    // what was not looked at began before the oldest that was, or with it
    if (isAll || (last !== undefined && String(last['start_time']) > String(oldest['start_time']))) return rows
  }
  return await read({ ...query, items: KEY }, query.limit)
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
  const ids = [...new Set(parts.map((part) => String(part['trace_id'])))]
  const named: Condition =
    ids.length <= MAX_NAMED
      ? { kind: 'any_of', column: 'trace_id', type: 'text', values: ids }
      : {
          kind: 'one_of',
          columns: ['trace_id'],
          query: {
            source: { ...query.source, view: 'trace_parts_v1' },
            items: [{ name: 'trace_id' }],
            where: [...partsWhere(asked), bound('>=', oldest)],
          },
        }
  return { ...query, items: KEY, where: [...query.where, named] }
}
