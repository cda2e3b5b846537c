// The result of a look-up: exact rates per bucket and context level, or the reason why there are none.
import type { Bucket } from './buckets.ts'
import type { Plan } from './plan.ts'
import type { Rational } from './rational.ts'

/** Picodollars per unit; a bucket that is absent has no price of its own. */
export type Rates = { readonly [bucket in Bucket]?: Rational }

/** The rates of a request whose whole input, cached tokens included, is above a number of tokens. */
export interface Level {
  /** -1 for the level that every request reaches. */
  readonly aboveInputTokens: number
  readonly rates: Rates
}

/** How a name was found, the first part of a row's rule. `model` = by the name alone: it may be another host's price. */
export const MATCHES = ['provider+model', 'model', 'override'] as const
export type MatchedBy = (typeof MATCHES)[number]

/** A price in force. Built once and shared; `plans` is filled as service tiers turn up. */
export interface PriceRow {
  readonly isPriced: true
  /** Stable name for the audit, e.g. `genai-prices/0.1.8/openai/o3@2025-06-10` or `override/team-discount`. */
  readonly id: string
  readonly matchedBy: MatchedBy
  /** Ascending by `aboveInputTokens`; the first is -1. */
  readonly levels: readonly Level[]
  /** True when the price list quotes one rate for input and one for output, whatever the modality, unless it says otherwise. */
  readonly mediaAtTextRate: boolean
  /** The levels of a service tier; undefined when its price is not known. */
  readonly levelsOf: (serviceTier: DiscountTier) => readonly Level[] | undefined
  /** Compiled plans by index of the service tier; private to the pricer. */
  readonly plans: (readonly Plan[] | undefined)[]
}

/** Service tiers that have prices of their own. */
export type DiscountTier = 'batch' | 'flex' | 'priority'
export type PricedTier = 'standard' | DiscountTier

/** Why a look-up found no price. */
export type UnpricedReason = 'no_model' | 'unknown_model' | 'self_hosted' | 'unpriced_unit'

export interface Unpriced {
  readonly isPriced: false
  /** '' unless a row was found that bills in units which telemetry does not carry (pages, hours). */
  readonly id: string
  readonly reason: UnpricedReason
}
