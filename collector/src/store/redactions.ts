// Counts of what was redacted in; rows of the table redactions out.
import type { Store } from './client.ts'
import { quoteIdentifier } from './sql.ts'

export interface RedactionRow {
  project: string
  rule: string
  count: number
}

/** All rows are of the moment `nowMs`. */
export async function writeRedactions(store: Store, rows: readonly RedactionRow[], nowMs: number): Promise<void> {
  await store.command(
    `INSERT INTO ${quoteIdentifier(store.database)}.redactions (project_id, time, rule, replaced)
     SELECT one.1, toDateTime({time:UInt32}, 'UTC'), one.2, one.3
     FROM (SELECT arrayJoin(arrayZip({projects:Array(String)}, {rules:Array(String)}, {counts:Array(UInt64)})) AS one)`,
    {
      time: Math.floor(nowMs / 1000),
      projects: rows.map(({ project }) => project),
      rules: rows.map(({ rule }) => rule),
      counts: rows.map(({ count }) => count),
    },
    { async_insert: 0 },
  )
}
