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
  /** As the sender reported it, in USD: the total, or else both parts of it. */
  readonly reported: readonly number[]
  readonly responseCache: string | undefined
  /** Absent: the span is not priced. */
  readonly priced: PricedSum | undefined
  /** Of tokens that nobody told. */
  readonly isEstimated: boolean
}

/** The cost that a row of this call gets. */
export function costOf(facts: CostFacts, prices: PriceLayer): ExplainedCost {
  const { responseCache, priced } = facts
  const sum = priced ? sumOf(priced) : null
  const computed = sum?.total_usd !== null && Number(sum?.total_usd) <= MAX_USD ? (sum?.total_usd ?? null) : null
  const reported = reportedOf(facts.reported, prices)
  const isCached = priced !== undefined && (responseCache === 'exact' || responseCache === 'semantic')
  const ownSource = computed === null ? '' : facts.isEstimated ? 'estimated' : 'computed'
  const source = !priced ? '' : isCached ? 'response_cache' : Number(reported) > 0 ? 'reported' : ownSource
  const costs: Readonly<Record<string, string | null>> = {
    response_cache: '0',
    reported,
    computed,
    estimated: computed,
  }
  return {
    cost_usd: costs[source] ?? null,
    source: source === '' ? null : source,
    source_text: textOf(source, sum),
    reported_usd: reported,
    computed_usd: computed,
    reason: sum?.reason ?? null,
    price_id: sum?.price_id ?? null,
    sum,
  }
}

function reportedOf(amounts: readonly number[], prices: PriceLayer): string | null {
  const usd = amounts.length === 0 ? undefined : prices.usd(amounts)
  return usd !== undefined && Number(usd) >= 0 && Number(usd) <= MAX_USD ? usd : null
}

/** Why there is a cost, or none. */
export function textOf(source: string, sum: CostSum | null): string {
  if (source !== '') return sourceText(source)
  return sum === null ? 'not priced: it is no call and reports no usage' : `unknown: ${sum.reason ?? 'no total'}`
}
