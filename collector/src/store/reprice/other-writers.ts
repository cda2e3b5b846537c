// Whether anybody but this process stores into a day. The gate holds our own inserts back; in an embedded engine there are no others, while a
// remote ClickHouse may serve several collectors, and what one of them inserts in the moment of a swap would go with the old partition.
import { setTimeout as sleep } from 'node:timers/promises'
import { InsightsError } from '../../telemetry/errors.ts'
import type { Store } from '../client.ts'

const QUIET_MS = 1_000

/**
 * Called right before a swap, with our own inserts of the day held back.
 * @param day `2026-01-31`
 * @throws InsightsError INSIGHTS_STORE_MISMATCH when somebody inserts within a second
 */
export async function refuseOtherWriters(store: Store, day: string): Promise<void> {
  if (store.generation !== undefined) return
  const before = new Set(await readInserted(store, day))
  await sleep(QUIET_MS)
  if ((await readInserted(store, day)).every((name) => before.has(name))) return
  throw new InsightsError('INSIGHTS_STORE_MISMATCH', `cannot reprice ${day}: another collector stores into it`, {
    hint: 'stop the other collectors of this ClickHouse meanwhile; senders wait and lose nothing',
  })
}

/** Parts as an insert made them, also those that a merge has replaced: they are listed for some minutes. */
async function readInserted(store: Store, day: string): Promise<string[]> {
  const rows = await store.select<{ name: string }>(
    `SELECT name FROM system.parts
     WHERE database = currentDatabase() AND table = 'spans' AND partition = {day:String} AND level = 0`,
    { day },
  )
  return rows.map(({ name }) => name)
}
