// Days that are not over in; which traces of days that are go on there, and whether that changes what is to be said of them, out.
import type { Store } from '../client.ts'
import { COUNT_SETTINGS, countsOf, idsOf, READ, sharesOf, tracesOf } from './count-day.ts'

export interface OpenDays {
  /** The first of them. */
  from: number
  /** Those that have rows. */
  days: readonly number[]
  shareRows: number
}

/** `project day` -> a number that stands for how traces that began on the day look otherwise by rows of open days; none when no trace does. */
export type OpenLooks = ReadonlyMap<string, string>

export const lookKey = (project: string, day: number): string => `${day} ${project}`

export async function readOpenLooks(store: Store, { from, days, shareRows }: OpenDays): Promise<OpenLooks> {
  const looks = new Map<string, bigint>()
  const last = days.at(-1)
  if (last === undefined) return new Map()
  const shares = await sharesOf(store, [from, last], shareRows)
  for (let share = 0; share < shares; share++) {
    const rows = await store.select<{ project: string; day: number; looks: string }>(
      looksOf(store),
      { from, share, shares },
      { ...READ, settings: READ_SETTINGS },
    )
    for (const { project, day, looks: some } of rows) {
      const key = lookKey(project, day)
      looks.set(key, BigInt.asUintN(64, (looks.get(key) ?? 0n) + BigInt(some)))
    }
  }
  return new Map([...looks].map(([key, sum]) => [key, String(sum)]))
}

const { async_insert, insert_deduplicate, max_insert_threads, ...READ_SETTINGS } = COUNT_SETTINGS

/** A trace by all its rows, or by those of days that are over: everything that the count is made of. */
const lookOf = (rows: string): string =>
  `cityHash64(p.trace_id, minIf(p.start_time, ${rows}), maxIf(p.environment, ${rows}), maxIf(p.root_service, ${rows}), maxIf(p.root_name, ${rows}),
     maxIf(p.root_status_code, ${rows}) = 2, sumIf(p.errors, ${rows}) > 0, argMinMergeIf(p.first_name, ${rows}), argMinMergeIf(p.first_service, ${rows}))`

const looksOf = (store: Store): string => `
  SELECT toString(t.project_id) AS project, toUInt16(t.first) AS day, toString(sum(t.look)) AS looks
  FROM (
    SELECT p.project_id AS project_id, min(p.day) AS first, ${lookOf('1')} AS look, ${lookOf('p.day < toDate({from:UInt16})')} AS closed
    FROM ${tracesOf(store)} AS p
    WHERE p.trace_id IN (
      SELECT c.trace_id FROM ${tracesOf(store)} AS c
      WHERE c.day < toDate({from:UInt16}) AND c.trace_id IN (${idsOf(store, 'i.day >= toDate({from:UInt16})')})
    )
    GROUP BY p.project_id, p.trace_id
    HAVING min(p.day) < toDate({from:UInt16}) AND max(p.day) >= toDate({from:UInt16})
  ) AS t
  WHERE t.look != t.closed
  GROUP BY t.project_id, t.first`

/** Notes the traces of an open day that began before and paused over the day before: nothing else would tell that they do not begin here. */
export async function noteLater(store: Store, day: number, shareRows: number): Promise<void> {
  const shares = await sharesOf(store, [day, day], shareRows)
  for (let share = 0; share < shares; share++)
    await store.command(
      `INSERT INTO ${countsOf(store)} (project_id, day, entry, near, trace_id, traces, retention_days)
       SELECT p.project_id, toDate({day:UInt16}), 'later', min(p.day), p.trace_id, 1, max(p.retention_days)
       FROM ${tracesOf(store)} AS p
       WHERE p.day <= toDate({day:UInt16}) AND p.trace_id IN (${idsOf(store, 'i.day = toDate({day:UInt16})')})
       GROUP BY p.project_id, p.trace_id
       HAVING min(p.day) < toDate({day:UInt16}) AND max(p.day) = toDate({day:UInt16})
         AND maxIf(p.day, p.day < toDate({day:UInt16})) + 1 < toDate({day:UInt16})
         AND (p.project_id, p.trace_id) NOT IN (
           SELECT l.project_id, l.trace_id FROM ${countsOf(store)} AS l WHERE l.day = toDate({day:UInt16}) AND l.entry = 'later'
         )`,
      { day, share, shares },
      COUNT_SETTINGS,
    )
}
