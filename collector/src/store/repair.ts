// The second line of exactly-once: what a batch left in the table, and how to put table and rollups right.
import type { Batch } from './batch.ts'
import type { Store } from './client.ts'
import type { DayGate } from './day-gate.ts'
import { compareRollups, rebuildRollups } from './rebuild.ts'
import { quoteIdentifier } from './sql.ts'

/** absent: no row. expired: no row, and none should be, by its day. stored: each row once. partial: some rows, or rows twice. */
export type Found = 'absent' | 'expired' | 'stored' | 'partial'

/** @param retentionDays the longest that any row is kept; by the clock of the server, which is the one that drops them */
export async function lookUp(store: Store, batch: Batch, retentionDays = Number.POSITIVE_INFINITY): Promise<Found> {
  const [row] = await store.select<{ rows: number; today: number }>(
    `SELECT count() AS rows, toUInt16(toDate(now('UTC'))) AS today FROM ${batch.table}
     WHERE batch_id = unhex({id:String}) AND day = toDate({day:Int32})`,
    { id: batch.id, day: batch.day },
  )
  const { rows, today } = row ?? { rows: 0, today: 0 }
  if (rows > 0) return rows === batch.rows ? 'stored' : 'partial'
  return batch.table !== 'ingest_ledger' && batch.day + retentionDays < today ? 'expired' : 'absent'
}

/** Takes every row of the batch out of its table. The rollups still hold them: rebuild afterwards. */
export async function removeBatch(store: Store, batch: Batch): Promise<void> {
  await store.command(
    `DELETE FROM ${quoteIdentifier(store.database)}.${batch.table} WHERE batch_id = unhex({id:String}) AND day = toDate({day:Int32})`,
    { id: batch.id, day: batch.day },
    { lightweight_deletes_sync: 2 },
  )
}

/** How often a difference must be seen before it is one: another collector's insert is in the base a moment before it is in the rollups. */
const REMOTE_LOOKS = 5
const LOOK_PAUSE_MS = 500

export interface ReconcileDeps {
  store: Store
  gate: DayGate
  pause: (ms: number) => Promise<void>
  /** Rebuild without comparing first: the rollups are known to be wrong. */
  force: boolean
  /** False = compare sums too: an insert of other rows under the same token may have reached the base and not a rollup, or the reverse. */
  countsOnly: boolean
}

/**
 * Makes the rollups of a day agree with their base. True = they had to be rebuilt.
 * Alone in its day inside this process; with an embedded engine there is no other writer, with a remote one a difference has to last.
 */
export async function reconcile(
  day: number,
  { store, gate, pause, force, countsOnly }: ReconcileDeps,
): Promise<boolean> {
  return await gate.own(day, async () => {
    if (!force && !(await lastingDifference(day, { store, pause, countsOnly }))) return false
    await rebuildRollups(store, day)
    return true
  })
}

/** Whether the rollups of a day differ from their base, and not only while an insert of another collector is under way. */
export async function lastingDifference(
  day: number,
  { store, pause, countsOnly }: Pick<ReconcileDeps, 'store' | 'pause' | 'countsOnly'>,
): Promise<boolean> {
  const looks = store.generation === undefined ? REMOTE_LOOKS : 1
  for (let look = 1; look <= looks; look++) {
    const [comparison] = await compareRollups(store, { day, countsOnly })
    if (comparison === undefined || comparison.equal) return false
    if (look < looks) await pause(LOOK_PAUSE_MS)
  }
  return true
}
