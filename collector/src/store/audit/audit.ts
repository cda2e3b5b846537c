// Days in; what slipped through (rollups that differ from their base, spans stored twice), found and, if asked, put right, out.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../client.ts'
import type { DayGate } from '../day-gate.ts'
import { ROLLUPS, rebuildRollups } from '../rebuild.ts'
import { lastingDifference, reconcile } from '../repair.ts'
import { countDuplicates, removeDuplicates } from './duplicates.ts'

export type FindingReason = 'rollups_differ' | 'duplicate_spans' | 'missing_batches'

export interface Finding {
  reason: FindingReason
  /** 2026-01-31 */
  day: string
  /** Rows too many, batches missing; 1 for rollups. */
  count: number
  repaired: boolean
}

export interface AuditOptions {
  /** Days since 1970, both included. */
  from: number
  to: number
  repair: boolean
  /** Rollups by their sums too, not only by numbers of rows. */
  sums: boolean
  /** Ends between two steps. */
  signal?: AbortSignal
  onDay?: (day: string, done: number, total: number) => void
}

export interface AuditDeps {
  store: Store
  gate: DayGate
}

export interface AuditedDays {
  /** Days that hold something. */
  days: number
  findings: Finding[]
  /** Inserts of which rows were taken out, as the batch_id of their rows. */
  removedBatches: string[]
}

const MS_PER_DAY = 86_400_000
const isoDay = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10)

export async function auditDays(options: AuditOptions, deps: AuditDeps): Promise<AuditedDays> {
  const findings: Finding[] = []
  const removedBatches: string[] = []
  const days = await daysBetween(deps.store, options)
  for (const [place, day] of days.entries()) {
    if (options.signal?.aborted) break
    // First, since taking rows out sets the rollups right as well.
    findings.push(...(await auditDuplicates(day, options, { ...deps, removedBatches })))
    findings.push(...(await auditRollups(day, options, deps)))
    options.onDay?.(isoDay(day), place + 1, days.length)
  }
  return { days: days.length, findings, removedBatches }
}

async function daysBetween(store: Store, { from, to }: AuditOptions): Promise<number[]> {
  const tables = ['spans', ...ROLLUPS]
  const each = tables.map(
    (table) =>
      `SELECT DISTINCT toUInt16(t.day) AS day FROM ${table} AS t WHERE t.day BETWEEN toDate({from:Int32}) AND toDate({to:Int32})`,
  )
  const rows = await store.select<{ day: number }>(
    `SELECT DISTINCT day FROM (${each.join(' UNION ALL ')}) ORDER BY day`,
    { from, to },
    { timeoutMs: 600_000 },
  )
  return rows.map(({ day }) => day)
}

async function auditDuplicates(
  day: number,
  { repair }: AuditOptions,
  { store, gate, removedBatches }: AuditDeps & { removedBatches: string[] },
): Promise<Finding[]> {
  const count = await countDuplicates(store, day)
  if (count === 0) return []
  const finding: Finding = { reason: 'duplicate_spans', day: isoDay(day), count, repaired: false }
  if (!repair) return [finding]
  await gate.own(day, async () => {
    removedBatches.push(...(await removeDuplicates(store, day)))
    await rebuildRollups(store, day)
  })
  return [{ ...finding, repaired: (await countDuplicates(store, day)) === 0 }]
}

async function auditRollups(day: number, options: AuditOptions, { store, gate }: AuditDeps): Promise<Finding[]> {
  const pause = async (ms: number): Promise<void> => void (await sleep(ms, undefined, { signal: options.signal }))
  const deps = { store, gate, pause, countsOnly: !options.sums }
  // A first look without keeping inserts away; what it finds may be an insert under way.
  if (!(await lastingDifference(day, deps))) return []
  const finding: Finding = { reason: 'rollups_differ', day: isoDay(day), count: 1, repaired: false }
  if (options.repair) {
    const rebuilt = await reconcile(day, { ...deps, force: false })
    return rebuilt ? [{ ...finding, repaired: true }] : []
  }
  return (await gate.own(day, () => lastingDifference(day, deps))) ? [finding] : []
}
