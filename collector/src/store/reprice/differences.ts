// Days with their plans joined -> what pricing them anew would change, model by model. Reads thin columns only, writes nothing.
import type { Store } from '../client.ts'
import { IS_CHANGED, IS_PRICED, REPRICE_SETTINGS } from './price-sql.ts'

/** Of one model of a project. Money as exact text, of calls that count. */
export interface ModelDifference {
  project: string
  provider: string
  model: string
  /** Rows that have a price or could have one. */
  rows: number
  /** Those of them that would not be what they are. */
  changed: number
  old_usd: string
  new_usd: string
  delta_usd: string
  /** Rows that get a cost and had none, and the reverse. */
  now_priced: number
  now_unpriced: number
}

const TIMEOUT_MS = 3_600_000

/**
 * By day; a day without a difference is not in it.
 * @param priced the SELECT of repriceSelect
 */
export async function readDifferences(
  store: Store,
  priced: string,
  { from, to }: { from: number; to: number },
): Promise<Map<number, ModelDifference[]>> {
  const rows = await store.select<ModelDifference & { number: number }>(
    `SELECT toInt32(day) AS number, project_id AS project, provider, if(response_model != '', response_model, request_model) AS model,
       count() AS rows, countIf(${IS_CHANGED}) AS changed,
       toString(ifNull(sumIf(cost_usd, counts_usage = 1), 0)) AS old_usd,
       toString(ifNull(sumIf(n_cost_usd, counts_usage = 1), 0)) AS new_usd,
       toString(ifNull(sumIf(n_cost_usd, counts_usage = 1), 0) - ifNull(sumIf(cost_usd, counts_usage = 1), 0)) AS delta_usd,
       countIf(cost_usd IS NULL AND n_cost_usd IS NOT NULL) AS now_priced,
       countIf(cost_usd IS NOT NULL AND n_cost_usd IS NULL) AS now_unpriced
     FROM (${priced}) WHERE day BETWEEN toDate({from:Int32}) AND toDate({to:Int32}) AND ${IS_PRICED}
     GROUP BY number, project, provider, model HAVING changed > 0
     ORDER BY number, project, provider, model`,
    { from, to },
    { timeoutMs: TIMEOUT_MS, settings: REPRICE_SETTINGS },
  )
  const days = new Map<number, ModelDifference[]>()
  for (const { number, ...difference } of rows) days.set(number, [...(days.get(number) ?? []), difference])
  return days
}
