// A store in; every day that is over and whose traces are not counted as they are now, counted anew, out.
import type { Store } from '../client.ts'
import type { DayGate } from '../day-gate.ts'
import { quoteIdentifier } from '../sql.ts'
import { type CountDeps, countDay, type DayTotal, READ, TWIN } from './count-day.ts'
import { lookKey, noteLater, type OpenDays, type OpenLooks, readOpenLooks } from './open-days.ts'

export interface CountPassOptions {
  store: Store
  gate: DayGate
  /** Between two days. @param tookMs what the one before took */
  pause(tookMs: number): Promise<void>
  /** Aborted: it ends after the statement in hand. */
  signal: AbortSignal
  /** Rows whose traces are looked at once. */
  shareRows?: number
}

const DAY_MS = 86_400_000
const SHARE_ROWS = 500_000
/** Today and yesterday: what is under way at midnight belongs to both. */
const OPEN_DAYS = 2

/** @returns days that were counted */
export async function countTraces(options: CountPassOptions): Promise<number> {
  const { store, gate, pause, signal, shareRows = SHARE_ROWS } = options
  await dropTwins(store)
  const from = Math.floor(store.clock.nowMs() / DAY_MS) - OPEN_DAYS + 1
  const totals = await readTotals(store)
  const changed = await readChanged(store, from)
  const open = [...totals.keys()].filter((day) => day >= from).sort((a, b) => a - b)
  const looks = await lookAtOpen({ store, gate }, { from, days: open, shareRows }, signal)
  const openLooks = (project: string, day: number): string => looks.get(lookKey(project, day)) ?? '0'
  const deps: CountDeps = { store, gate, totals, openLooks, shareRows }
  const done = new Set<number>()
  const count = async (day: number, related: (days: readonly number[]) => Promise<boolean>): Promise<boolean> => {
    if (signal.aborted || !(await countDay(day, deps, related))) return false
    done.add(day)
    return true
  }
  // What a day holds now may be the beginning, or the end, of a trace that was counted elsewhere. Those days have no news of their own.
  const countRelated = async (days: readonly number[]): Promise<boolean> => {
    for (const day of days)
      if (day < from && !changed.has(day) && !done.has(day) && !(await count(day, async () => true))) return false
    return true
  }
  const otherwise = await daysThatLookOtherwise(store, looks)
  for (const day of [...new Set([...changed, ...otherwise])].sort((a, b) => a - b)) {
    if (signal.aborted) break
    const beganMs = store.clock.monotonicMs()
    await count(day, changed.has(day) ? countRelated : async () => true)
    await pause(store.clock.monotonicMs() - beganMs)
  }
  return done.size
}

async function lookAtOpen(
  { store, gate }: Pick<CountPassOptions, 'store' | 'gate'>,
  open: OpenDays,
  signal: AbortSignal,
): Promise<OpenLooks> {
  for (const day of open.days) if (!signal.aborted) await gate.share(day, () => noteLater(store, day, open.shareRows))
  return signal.aborted ? new Map() : await readOpenLooks(store, open)
}

async function readTotals(store: Store): Promise<ReadonlyMap<number, DayTotal>> {
  const rows = await store.select<DayTotal & { on: number }>(
    'SELECT toUInt16(m.day) AS on, sum(m.spans) AS spans, sum(m.errors) AS errors FROM metrics_hour AS m GROUP BY m.day HAVING spans > 0',
    {},
    READ,
  )
  return new Map(rows.map(({ on, ...total }) => [on, total]))
}

/** Days before `from` of which some project's count is missing, or is of other rows. */
async function readChanged(store: Store, from: number): Promise<ReadonlySet<number>> {
  const rows = await store.select<{ on: number }>(
    `SELECT DISTINCT toUInt16(d.day) AS on
     FROM (
       SELECT u.project_id AS project_id, u.day AS day, sum(u.spans) AS spans, sum(u.errors) AS errors, max(u.marks) AS marks,
         sum(u.marked_spans) AS marked_spans, sum(u.marked_errors) AS marked_errors
       FROM (
         SELECT project_id, day, spans, errors, 0 AS marks, 0 AS marked_spans, 0 AS marked_errors FROM metrics_hour WHERE day < toDate({from:UInt16})
         UNION ALL SELECT project_id, day, 0, 0, 1, spans, errors FROM trace_counts WHERE entry = 'mark'
       ) AS u GROUP BY u.project_id, u.day
     ) AS d
     WHERE d.spans > 0 AND (d.marks = 0 OR d.spans != d.marked_spans OR d.errors != d.marked_errors)`,
    { from },
    READ,
  )
  return new Set(rows.map(({ on }) => on))
}

async function daysThatLookOtherwise(store: Store, looks: OpenLooks): Promise<number[]> {
  const rows = await store.select<{ project: string; day: number; looks: string }>(
    `SELECT toString(c.project_id) AS project, toUInt16(c.day) AS day, toString(c.open_looks) AS looks FROM trace_counts AS c WHERE c.entry = 'mark'
       AND (c.open_looks != 0 OR c.day IN (SELECT toDate(arrayJoin({days:Array(UInt16)}))))`,
    { days: [...new Set([...looks.keys()].map((key) => Number(key.split(' ', 1)[0])))] },
    READ,
  )
  return rows
    .filter(({ project, day, looks: known }) => known !== (looks.get(lookKey(project, day)) ?? '0'))
    .map(({ day }) => day)
}

/** Left over from a process that died. */
async function dropTwins(store: Store): Promise<void> {
  const rows = await store.select<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, {twin:String})`,
    { twin: TWIN },
  )
  for (const { name } of rows)
    await store.command(`DROP TABLE IF EXISTS ${quoteIdentifier(store.database)}.${quoteIdentifier(name)} SYNC`)
}
