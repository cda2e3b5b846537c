// A price row and a service tier -> the same price as plain figures, for a database that works it out over many rows at once.
import { BUCKET_COUNT } from './buckets.ts'
import { compilePlans, type Plan } from './plan.ts'
import type { PriceRow, Unpriced } from './price-row.ts'
import { pricedTier, tierIndex, UNPRICED_TIER } from './service-tiers.ts'

/** One context level. A bucket costs `numerators[i] / denominator` picodollars a unit. */
export interface TabledLevel {
  /** -1 for the level that every request reaches. */
  readonly aboveInputTokens: number
  /** As a row shows it: `batch >200000`. */
  readonly tier: string
  readonly denominator: bigint
  readonly numerators: readonly bigint[]
  /** Bit i: bucket i has no rate. */
  readonly unpriced: number
  readonly needsTokens: boolean
  /** FLAG bits to raise when bucket i is billed. */
  readonly flags: readonly number[]
}

export interface TabledPrice {
  readonly id: string
  /** Why there is no price, whatever the usage; '' = see `levels`. */
  readonly reason: string
  readonly matchedBy: string
  /** Ascending; one without any rate when there is no price. */
  readonly levels: readonly TabledLevel[]
}

/** The pricer's own plans and reasons, so the two cannot differ but in the sum itself. */
export function tablePrice(row: PriceRow | Unpriced, serviceTier: string): TabledPrice {
  if (!row.isPriced) return { id: row.id, reason: row.reason, matchedBy: '', levels: [NO_LEVEL] }
  const index = tierIndex(serviceTier)
  const tier = pricedTier(index)
  const plans = tier && compilePlans(row, tier)
  if (plans) return { id: row.id, reason: '', matchedBy: row.matchedBy, levels: plans.map(tableLevel) }
  return { id: row.id, reason: UNPRICED_TIER[index]!, matchedBy: row.matchedBy, levels: [NO_LEVEL] }
}

const NO_LEVEL: TabledLevel = {
  aboveInputTokens: -1,
  tier: '',
  denominator: 1n,
  numerators: new Array<bigint>(BUCKET_COUNT).fill(0n),
  unpriced: 0,
  needsTokens: false,
  flags: new Array<number>(BUCKET_COUNT).fill(0),
}

function tableLevel(plan: Plan): TabledLevel {
  return {
    aboveInputTokens: plan.aboveInputTokens,
    tier: plan.tier,
    denominator: plan.exactDenominator,
    numerators: plan.exact,
    unpriced: plan.unpriced,
    needsTokens: plan.needsTokens,
    flags: [...plan.flags],
  }
}
