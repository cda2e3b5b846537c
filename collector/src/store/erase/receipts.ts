// Erasures begun and done in; rows of `erasures`, and the traces that must not come back, out.
import type { Store } from '../client.ts'
import { quoteIdentifier } from '../sql.ts'

export interface ErasureNote {
  id: string
  project: string
  kind: string
  /** Of the subject, keyed. */
  hash: string
  /** Hex; those that this note adds. */
  traces: readonly string[]
  /** JSON; '' while it is under way. */
  counts: string
}

const REMEMBERED_DAYS = 30
/** As many ids go into one row: they travel as a parameter of the statement. */
const IDS_AT_ONCE = 1_000

export async function noteErasure(store: Store, note: ErasureNote, nowMs: number): Promise<void> {
  const { id, project, kind, hash, traces, counts } = note
  for (let i = 0; i === 0 || i < traces.length; i += IDS_AT_ONCE) {
    await store.command(
      `INSERT INTO ${quoteIdentifier(store.database)}.erasures (project_id, erasure_id, time, subject_kind, subject_hash, traces, counts)
       SELECT {project:String}, {id:String}, fromUnixTimestamp64Milli({now:Int64}, 'UTC'), {kind:String}, {hash:String},
         arrayMap(one -> toFixedString(unhex(one), 16), {traces:Array(String)}), {counts:String}`,
      { project, id, kind, hash, traces: traces.slice(i, i + IDS_AT_ONCE), counts, now: nowMs },
      { async_insert: 0 },
    )
  }
}

/** Project -> traces that were erased lately, hex. @param sinceMs only of erasures noted since then */
export async function readErased(store: Store, sinceMs: number): Promise<Map<string, string[]>> {
  const rows = await store.select<{ project: string; ids: string[] }>(
    `SELECT toString(project_id) AS project, arrayMap(id -> lower(hex(id)), arrayDistinct(groupArrayArray(traces))) AS ids
     FROM erasures WHERE time > now() - toIntervalDay({days:UInt16}) AND time >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
     GROUP BY project_id`,
    { days: REMEMBERED_DAYS, since: sinceMs },
  )
  return new Map(rows.map(({ project, ids }) => [project, ids]))
}
