// A day of log records or spans in, their scores in `scores` out, as the materialized views would have written them. Filling twice adds nothing: of
// equal keys and versions one row counts. For what a view may have missed when an insert died between its table and its views.
import type { Store } from './client.ts'
import { readDefinition } from './rebuild.ts'
import { quoteIdentifier } from './sql.ts'

/** Tables whose rows bear scores, and the view that takes them out. */
export const SCORE_VIEWS = { log_events: 'scores_of_logs_mv', spans: 'scores_of_spans_mv' } as const

/** @param day days since 1970 */
export async function refillScores(store: Store, table: keyof typeof SCORE_VIEWS, day: number): Promise<void> {
  const { columns, select } = await readDefinition(store, SCORE_VIEWS[table])
  await store.command(
    `INSERT INTO ${quoteIdentifier(store.database)}.scores (${columns}) SELECT ${columns} FROM (${select}) WHERE day = toDate({day:Int32})`,
    { day },
    { async_insert: 0 },
  )
}
