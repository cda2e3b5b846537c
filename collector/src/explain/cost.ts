// A call and its counts -> whose cost holds, and the sum behind it.
import type { PricedSum, PriceLayer } from './deps.ts'
import type { CostSum, ExplainedCost } from './explained.ts'
import { sourceText } from './words.ts'

/** Costs above this are not believed, as in a row. */
const MAX_USD = 999_999

export function sumOf(priced: PricedSum): CostSum {
  const { price_id, tier, rule, since, reason, lines, notes, total_usd } = priced
  const known = (text: string): string | null => (text === '' ? null : text)
  return {
    price_id: known(price_id),
    tier: known(tier),
    rule: known(rule),
    since: known(since),
    reason: known(reason),
    lines,
    notes,
    total_usd: total_usd ?? null,
  }
}

export interface CostFacts {
  /** USD as the sender reported it. */
  readonly reported: number | undefined
  readonly responseCache: string | undefined
  /** Absent: the span is not priced. */
  readonly priced: PricedSum | undefined
}

/** The cost that a row of this call gets. */
export function costOf({ reported, responseCache, priced }: CostFacts, prices: PriceLayer): ExplainedCost {
  const sum = priced ? sumOf(priced) : null
  const computed = sum?.total_usd !== null && Number(sum?.total_usd) <= MAX_USD ? (sum?.total_usd ?? null) : null
  const isBelieved = reported !== undefined && reported > 0 && reported <= MAX_USD
  const reportedUsd = reported !== undefined && reported >= 0 && reported <= MAX_USD ? prices.usd(reported) : undefined
  const isCached = priced !== undefined && (responseCache === 'exact' || responseCache === 'semantic')
  const source = !priced ? '' : isCached ? 'response_cache' : isBelieved ? 'reported' : computed ? 'computed' : ''
  const costs: Readonly<Record<string, string | null>> = {
    response_cache: '0',
    reported: reportedUsd ?? null,
    computed,
  }
  return {
    cost_usd: costs[source] ?? null,
    source: source === '' ? null : source,
    source_text: textOf(source, sum),
    reported_usd: reportedUsd ?? null,
    computed_usd: computed,
    reason: sum?.reason ?? null,
    price_id: sum?.price_id ?? null,
    sum,
  }
}

/** Why there is a cost, or none. */
export function textOf(source: string, sum: CostSum | null): string {
  if (source !== '') return sourceText(source)
  return sum === null ? 'not priced: it is no call and reports no usage' : `unknown: ${sum.reason ?? 'no total'}`
}
