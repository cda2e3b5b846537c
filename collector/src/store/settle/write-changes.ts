// Changes of any days in; written a day at a time, and a day in doubt put right before.
import { randomBytes } from 'node:crypto'
import type { Store } from '../client.ts'
import type { DayGate } from '../day-gate.ts'
import { reconcile } from '../repair.ts'
import { chunksOf, msOf } from './read-arrivals.ts'
import type { SettleMetrics } from './settle-metrics.ts'
import type { SettleState } from './state.ts'
import { type Change, digest, writeSettlements } from './write-settlements.ts'

export interface WriteDeps {
  store: Store
  gate: DayGate
  state: SettleState
  metrics: SettleMetrics
  pause: (ms: number) => Promise<void>
}

const MAX_REMEMBERED = 10_000
/** Rows of one insert: a few thousand, so that the insert itself is not what costs. */
const MAX_CHANGES = 5_000

export async function writeChanges(changes: readonly Change[], deps: WriteDeps): Promise<void> {
  const { store, gate, state, metrics } = deps
  const byDay = Map.groupBy(changes, ({ row }) => row.day)
  for (const [day, ofDay] of [...byDay].sort(([a], [b]) => a - b)) {
    await clearDoubt(day, deps)
    for (const chunk of chunksOf(ofDay, MAX_CHANGES)) {
      const name = digest(chunk)
      // Its rows are gone though they were confirmed; under the old token they would not come back.
      const nonce = state.written.has(name) ? randomBytes(4).toString('hex') : ''
      state.doubtful.add(day)
      await gate.share(day, () => writeSettlements(store, chunk, nonce))
      state.doubtful.delete(day)
      remember(state.written, name)
      for (const { row, reason } of chunk) {
        metrics.corrections.add(1, reason)
        state.watch.noteSettled(row.key, msOf(state.mark))
      }
    }
  }
}

/** After an insert that was not confirmed the tables are compared by their numbers of rows, and the rollups made anew if they differ. */
export async function clearDoubt(day: number, { store, gate, state, pause }: WriteDeps): Promise<void> {
  if (!state.doubtful.has(day)) return
  const rebuilt = await reconcile(day, { store, gate, pause, force: false, countsOnly: true })
  if (rebuilt) store.log.error({ day }, 'rollups had lost or doubled settlements of a day; rebuilt from the base')
  state.doubtful.delete(day)
}

function remember(names: Set<string>, name: string): void {
  names.add(name)
  const [oldest] = names
  if (names.size > MAX_REMEMBERED && oldest !== undefined) names.delete(oldest)
}
