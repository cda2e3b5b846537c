// A day that is over in; its traces counted by the minute they began in, as rows of `trace_counts` that take the place of the old ones at once, out.
//
// All days of each trace are looked at: one that began earlier is not of this day, and one that goes on may fail later. In shares, one thread, and from the
// disk where a share is large, so that it costs no more memory on a day of many traces.
import { randomBytes } from 'node:crypto'
import type { Store } from '../client.ts'
import type { DayGate } from '../day-gate.ts'
import { createTwin, forgetCounts } from '../rebuild.ts'
import { quoteIdentifier } from '../sql.ts'

export const COUNT_SETTINGS = {
  async_insert: 0,
  insert_deduplicate: 0,
  max_threads: 1,
  max_insert_threads: 1,
  max_memory_usage: '1000000000',
  max_bytes_before_external_group_by: '200000000',
} as const
export const READ = { timeoutMs: 600_000 }

const DAY_MS = 86_400_000
export const TWIN = 'trace_counts_of_'

export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
export const countsOf = (store: Store): string => `${quoteIdentifier(store.database)}.trace_counts`
export const tracesOf = (store: Store): string => `${quoteIdentifier(store.database)}.traces`

/** What the metrics say of a day, all projects together. */
export interface DayTotal {
  spans: number
  errors: number
}

/** What one pass knows of all days. */
export interface CountDeps {
  store: Store
  gate: DayGate
  /** When the pass began. */
  totals: ReadonlyMap<number, DayTotal>
  /** How traces that began on the day look by rows of days that are not over; '0' = no other than without them. */
  openLooks(project: string, day: number): string
  /** Rows whose traces are counted at once. */
  shareRows: number
}

/**
 * The count is in force after `onRelated` alone, which counts the days that share a trace with this one, lest a
 * process that dies leaves them as they were. False = it could not, and nothing is changed.
 * @returns whether the day was counted: not when rows came since the pass began, nor while its rollups do not agree
 */
export function countDay(
  day: number,
  deps: CountDeps,
  onRelated: (days: readonly number[]) => Promise<boolean>,
): Promise<boolean> {
  // Not while somebody takes rows out of it.
  return deps.gate.share(day, () => countShared(day, deps, onRelated))
}

async function countShared(
  day: number,
  { store, totals, openLooks, shareRows }: CountDeps,
  onRelated: (days: readonly number[]) => Promise<boolean>,
): Promise<boolean> {
  // Before anything is counted: what comes meanwhile may be in the count and is not in its mark, so the day is counted again.
  const projects = await readProjects(store, day)
  const [spans, errors] = [sumOf(projects, 'spans'), sumOf(projects, 'errors')]
  // Days that were counted in this pass did not see what is new.
  if (spans !== totals.get(day)?.spans || errors !== totals.get(day)?.errors) return false
  const marks = projects.filter(({ agree }) => agree)
  if (marks.length === 0) {
    await forgetCounts(store, day)
    return false
  }
  const twinName = `${TWIN}${day}_${randomBytes(4).toString('hex')}`
  const twin = `${quoteIdentifier(store.database)}.${twinName}`
  try {
    await createTwin(store, twin, countsOf(store))
    const shares = await sharesOf(store, [day, day], shareRows)
    for (let share = 0; share < shares; share++)
      await store.command(`INSERT INTO ${twin} ${countOf(store)}`, { day, share, shares }, COUNT_SETTINGS)
    await store.command(`INSERT INTO ${twin} ${hoursOf(twin)}`, {}, COUNT_SETTINGS)
    const rows = await store.select<{ related: number }>(
      `SELECT DISTINCT toUInt16(c.near) AS related FROM ${twin} AS c WHERE c.near != c.day ORDER BY related`,
    )
    if (!(await onRelated(rows.map(({ related }) => related)))) return false
    await store.insertRows({
      table: twinName,
      token: twinName,
      rows: marks.map(({ agree, ...mark }) => ({
        ...{ ...mark, day: dayText(day), entry: 'mark', open_looks: openLooks(mark.project_id, day) },
      })),
    })
    await store.command(`ALTER TABLE ${countsOf(store)} REPLACE PARTITION '${dayText(day)}' FROM ${twin}`)
    return true
  } finally {
    await store.command(`DROP TABLE IF EXISTS ${twin} SYNC`)
  }
}

interface DayOfProject {
  project_id: string
  spans: number
  errors: number
  retention_days: number
  /** `traces` has every span that the metrics have, which are what a mark is compared with. */
  agree: boolean
}

const sumOf = (projects: readonly DayOfProject[], figure: 'spans' | 'errors'): number =>
  projects.reduce((sum, project) => sum + project[figure], 0)

async function readProjects(store: Store, day: number): Promise<DayOfProject[]> {
  const rows = await store.select<Omit<DayOfProject, 'agree'> & { agree: number }>(
    `SELECT toString(u.project_id) AS project_id, sum(u.spans) AS spans, sum(u.errors) AS errors, max(u.retention) AS retention_days,
       sum(u.spans) = sum(u.trace_spans) AND sum(u.errors) = sum(u.trace_errors) AS agree
     FROM (
       SELECT project_id, spans, errors, retention_days AS retention, 0 AS trace_spans, 0 AS trace_errors FROM metrics_hour WHERE day = toDate({day:UInt16})
       UNION ALL SELECT project_id, 0, 0, 0, spans, errors FROM traces WHERE day = toDate({day:UInt16})
     ) AS u GROUP BY u.project_id HAVING spans > 0`,
    { day },
    READ,
  )
  return rows.map((row) => ({ ...row, agree: row.agree === 1 }))
}

/** Into how many shares the traces of some days fall. */
export async function sharesOf(store: Store, [first, last]: [number, number], shareRows: number): Promise<number> {
  const [row] = await store.select<{ rows: number }>(
    'SELECT count() AS rows FROM traces WHERE day >= toDate({first:UInt16}) AND day <= toDate({last:UInt16})',
    { first, last },
    READ,
  )
  return Math.max(1, Math.ceil((row?.rows ?? 0) / shareRows))
}

/**
 * Ids of the share of the traces for which the condition on days holds. Of whichever project, since 16 bytes are looked up in a third of the time; whoever
 * groups asks each project's trace again.
 */
export const idsOf = (store: Store, days: string): string =>
  `SELECT i.trace_id FROM ${tracesOf(store)} AS i WHERE ${days} AND cityHash64(i.trace_id) % {shares:UInt32} = {share:UInt32}`

// What a trace is like is said as in trace_starts_v1.
const countOf = (store: Store): string => `
  (project_id, day, entry, time, environment, service_name, name, near, trace_id, retention_days, traces, failed_traces)
  SELECT
    t.project_id, toDate({day:UInt16}),
    multiIf(t.first = toDate({day:UInt16}), 'minute', t.before + 1 < toDate({day:UInt16}), 'later', 'related') AS entry_,
    if(entry_ = 'minute', toDateTime64(toStartOfMinute(t.start), 3, 'UTC'), toDateTime64(0, 3, 'UTC')) AS time_,
    if(entry_ = 'minute', t.environment, '') AS environment_, if(entry_ = 'minute', t.service, '') AS service_, if(entry_ = 'minute', t.name, '') AS name_,
    multiIf(t.first < toDate({day:UInt16}), t.first, t.after > toDate({day:UInt16}), t.after, toDate({day:UInt16})) AS near_,
    if(entry_ = 'later', t.trace_id, toFixedString('', 16)) AS id_,
    t.retention, count(), countIf(t.failed)
  FROM (
    SELECT
      p.project_id AS project_id, p.trace_id AS trace_id,
      min(p.day) AS first, minIf(p.day, p.day > toDate({day:UInt16})) AS after, maxIf(p.day, p.day < toDate({day:UInt16})) AS before,
      min(p.start_time) AS start, max(p.environment) AS environment,
      if(max(p.root_service) != '', max(p.root_service), argMinMergeIf(p.first_service, p.root_service = '')) AS service,
      if(max(p.root_name) != '', max(p.root_name), argMinMergeIf(p.first_name, p.root_name = '')) AS name,
      max(p.root_status_code) = 2 OR (max(p.root_name) = '' AND sum(p.errors) > 0) AS failed,
      maxIf(p.retention_days, p.day = toDate({day:UInt16})) AS retention
    FROM ${tracesOf(store)} AS p
    WHERE p.trace_id IN (${idsOf(store, 'i.day = toDate({day:UInt16})')})
    GROUP BY p.project_id, p.trace_id
    HAVING countIf(p.day = toDate({day:UInt16})) > 0
  ) AS t
  GROUP BY t.project_id, entry_, time_, environment_, service_, name_, near_, id_, t.retention`

const hoursOf = (twin: string): string => `
  (project_id, day, entry, time, environment, service_name, name, near, retention_days, traces, failed_traces)
  SELECT c.project_id, c.day, 'hour', toDateTime64(toStartOfHour(c.time), 3, 'UTC') AS hour_, c.environment, c.service_name, c.name, c.day, c.retention_days,
    sum(c.traces), sum(c.failed_traces)
  FROM ${twin} AS c WHERE c.entry = 'minute'
  GROUP BY c.project_id, c.day, hour_, c.environment, c.service_name, c.name, c.retention_days`
