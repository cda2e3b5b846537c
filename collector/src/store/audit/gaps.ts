// Inserts that the journal says are in the store, in; those of which no row is there, out.
import type { LoadTable } from '../batch.ts'
import type { Store } from '../client.ts'

export interface StoredBatch {
  /** 32 hex digits. */
  id: string
  table: LoadTable
  /** Days since 1970. */
  day: number
}

const IDS_PER_QUERY = 500

/** Some rows missing is no finding: retention, dead letters and an earlier audit take single rows rightly. */
export async function findGaps<Batch extends StoredBatch>(store: Store, batches: readonly Batch[]): Promise<Batch[]> {
  const missing: Batch[] = []
  for (const group of Map.groupBy(batches, ({ table, day }) => `${table} ${day}`).values()) {
    for (let at = 0; at < group.length; at += IDS_PER_QUERY) {
      const part = group.slice(at, at + IDS_PER_QUERY)
      const present = await presentOf(store, part)
      missing.push(...part.filter(({ id }) => !present.has(id)))
    }
  }
  return missing
}

async function presentOf(store: Store, batches: readonly StoredBatch[]): Promise<Set<string>> {
  const [first] = batches
  if (!first) return new Set()
  const rows = await store.select<{ id: string }>(
    `SELECT lower(hex(batch_id)) AS id FROM ${first.table}
     WHERE day = toDate({day:Int32}) AND batch_id IN (${batches.map(({ id }) => `unhex('${id}')`).join(', ')}) GROUP BY batch_id`,
    { day: first.day },
  )
  return new Set(rows.map(({ id }) => id))
}
