// A price row and a service tier -> the rates in force, in the units of a prices file, for people who ask what a model costs.
import { B, BUCKETS } from './buckets.ts'
import { compilePlans, type Plan } from './plan.ts'
import type { PriceRow, Unpriced } from './price-row.ts'
import { rational, toDecimal } from './rational.ts'
import { pricedTier, tierIndex, UNPRICED_TIER } from './service-tiers.ts'

/** Rates of one context level: USD per million tokens, per thousand requests and searches, as exact decimals. */
export interface DescribedLevel {
  /** Absent: holds for every request. */
  readonly above_input_tokens?: number
  readonly per_million: Readonly<Record<string, string>>
}

export interface DescribedPrice {
  readonly price_id: string
  /** `provider+model`, `model` or `override`; '' when there is no price. */
  readonly rule: string
  /** Why there is no price; '' when there is one. */
  readonly reason: string
  readonly levels: readonly DescribedLevel[]
}

export function describePrice(row: PriceRow | Unpriced, serviceTier: string): DescribedPrice {
  if (!row.isPriced) return { price_id: row.id, rule: '', reason: row.reason, levels: [] }
  const index = tierIndex(serviceTier)
  const tier = pricedTier(index)
  const plans = tier && compilePlans(row, tier)
  const reason = plans ? '' : UNPRICED_TIER[index]!
  return { price_id: row.id, rule: plans ? row.matchedBy : '', reason, levels: (plans ?? []).map(describeLevel) }
}

function describeLevel(plan: Plan): DescribedLevel {
  const rates = BUCKETS.flatMap((bucket, i) => {
    const isFee = i >= B.REQUESTS
    if ((plan.unpriced & (1 << i)) !== 0 || (isFee && plan.exact[i] === 0n)) return []
    // Picodollars a token are millionths of a dollar a million tokens; a fee is per thousand.
    const units = isFee ? 1_000_000_000n : 1_000_000n
    return [[bucket, toDecimal(rational(plan.exact[i]!, plan.exactDenominator * units))]]
  })
  return {
    ...(plan.aboveInputTokens < 0 ? {} : { above_input_tokens: plan.aboveInputTokens }),
    per_million: Object.fromEntries(rates) as Record<string, string>,
  }
}
