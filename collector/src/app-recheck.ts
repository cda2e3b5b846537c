// After a kill or a power loss: batches that ClickHouse had confirmed and does not have any more are stored again from the journal.
import type { Process } from './app-process.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { Journal } from './journal/types.ts'
import { findGaps } from './store/audit/gaps.ts'
import type { Store } from './store/client.ts'

const MS_PER_DAY = 86_400_000

export interface RecheckParts {
  journal: Journal
  ingest: Ingest
  store: Store
  prepared: Promise<void>
}

/** ClickHouse does not sync each insert; the journal keeps stored files for a while just for this. Never rejects. */
export async function recheckStored(self: Process, { journal, ingest, store, prepared }: RecheckParts): Promise<void> {
  const { config, clock, log } = self
  if (!journal.recovered.unclean) return
  try {
    await prepared
    // Rows of older days may have been taken by retention.
    const oldest = Math.floor(clock.nowMs() / MS_PER_DAY) - Math.min(config.retentionDays, ...config.retention.values())
    const gone = await findGaps(
      store,
      ingest.storedBatches().filter(({ day }) => day > oldest + 1),
    )
    for (const batch of gone) await ingest.reload(batch)
    if (gone.length > 0)
      log.error({ batches: gone.length }, 'ClickHouse had lost inserts that it had confirmed; stored again')
  } catch (error) {
    log.warn({ err: error }, 'cannot look up what ClickHouse had confirmed before the kill; an audit does it')
  }
}
