// A computed and a reported cost -> which one is the cost of the row; both are stored beside it.

/** Picodollars; NaN is unknown. `tokens` is the sum of all tokens known of the call. */
export interface CostCandidates {
  readonly computed: number
  readonly reported: number
  readonly tokens: number
}

/**
 * What an instrumentation or gateway says a call cost wins when it is positive: it knows discounts and contracts. A reported 0
 * beside tokens is a placeholder that SDKs write when they have no price; without tokens it is believed.
 * @returns '' when neither is known
 */
export function decideCost(cost: CostCandidates): 'reported' | 'computed' | '' {
  if (cost.reported > 0 && cost.reported < Number.POSITIVE_INFINITY) return 'reported'
  if (!Number.isNaN(cost.computed)) return 'computed'
  return cost.reported === 0 && cost.tokens === 0 ? 'reported' : ''
}
