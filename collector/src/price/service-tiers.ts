// The service tier of a request -> the rates that hold for it.
import { BUCKETS } from './buckets.ts'
import type { DiscountTier, Level, PricedTier, Rates } from './price-row.ts'
import { multiply, ONE, type Rational, rational } from './rational.ts'

/** Every tier as an index into a row's plans. Capacity that was paid for in advance has no price per token. */
export const TIERS = ['standard', 'batch', 'flex', 'priority', 'reserved', 'unknown'] as const

/** Values of `service_tier` as providers and SDKs write them, lower case -> index into TIERS. `auto` asks, it does not tell. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ...['', 'default', 'auto', 'standard', 'standard_only', 'on_demand', 'on-demand', 'ondemand'].map(index(0)),
  ...['batch', 'batches'].map(index(1)),
  ...['flex', 'on_demand_flex'].map(index(2)),
  ...['priority', 'on_demand_priority'].map(index(3)),
  ...['reserved', 'scale', 'provisioned', 'provisioned_throughput', 'dedicated'].map(index(4)),
])

const UNKNOWN_TIER = 5
const PRICED: readonly (PricedTier | undefined)[] = ['standard', 'batch', 'flex', 'priority', undefined, undefined]

/** The tier at an index, undefined when it can have no price. */
export const pricedTier = (index: number): PricedTier | undefined => PRICED[index]

/** Why there is no price, by index of the tier. */
export const UNPRICED_TIER: readonly string[] = TIERS.map((tier) =>
  tier === 'unknown' ? 'unknown_tier' : `unpriced_tier:${tier}`,
)

/** @returns an index into TIERS */
export function tierIndex(name: string): number {
  const known = NAMES.get(name)
  if (known !== undefined) return known
  return name.length > 32 ? UNKNOWN_TIER : (NAMES.get(name.trim().toLowerCase()) ?? UNKNOWN_TIER)
}

const HALF = rational(1n, 2n)
/** aws.amazon.com/bedrock/pricing, priority tier: 75 % above on-demand, for the models of others than Anthropic. */
const AWS_PRIORITY = rational(7n, 4n)

/**
 * Priority processing by OpenAI model, as price over list price (openai.com/api-priority-processing, read 2026-11).
 * Each figure holds for input, cached input and output alike.
 */
const OPENAI_PRIORITY: Readonly<Record<string, Rational>> = {
  'gpt-5.4': rational(2n),
  'gpt-5.4-mini': rational(2n),
  'gpt-5.2': rational(2n),
  'gpt-5.1': rational(2n),
  'gpt-5.1-codex': rational(2n),
  'gpt-5': rational(2n),
  'gpt-5-mini': rational(9n, 5n),
  'gpt-4.1': rational(7n, 4n),
  'gpt-4.1-mini': rational(7n, 4n),
  'gpt-4.1-nano': rational(2n),
  'gpt-4o': rational(17n, 10n),
  'gpt-4o-2024-05-13': rational(7n, 4n),
  'gpt-4o-mini': rational(5n, 3n),
  o3: rational(7n, 4n),
  'o4-mini': rational(20n, 11n),
}

/**
 * The factor of a tier for a row of the price list: batch and flex are half price wherever they are sold, except that Groq
 * charges flex as on-demand; a priority premium that is not published is unknown.
 */
export function bookMultiplier(book: { provider: string; model: string }, tier: DiscountTier): Rational | undefined {
  // Rows such as OpenRouter's `…:batch` are the tier's price already.
  if (book.model.endsWith(`:${tier}`)) return ONE
  if (tier === 'batch') return HALF
  if (tier === 'flex') return book.provider === 'groq' ? ONE : HALF
  if (book.provider === 'aws') return book.model.includes('claude') ? undefined : AWS_PRIORITY
  if (book.provider !== 'openai') return undefined
  return Object.hasOwn(OPENAI_PRIORITY, book.model) ? OPENAI_PRIORITY[book.model] : undefined
}

/** Half price for batch and flex; used for overrides that build on no row. */
export function plainMultiplier(tier: DiscountTier): Rational | undefined {
  return tier === 'priority' ? undefined : HALF
}

/** Every rate times a factor. @param scope `tokens` leaves fees as they are: no service tier discounts a fee per request or search */
export function scaleLevels(levels: readonly Level[], factor: Rational, scope: 'all' | 'tokens'): readonly Level[] {
  if (factor === ONE) return levels
  return levels.map(({ aboveInputTokens, rates }) => ({ aboveInputTokens, rates: scaleRates(rates, factor, scope) }))
}

function scaleRates(rates: Rates, factor: Rational, scope: 'all' | 'tokens'): Rates {
  const scaled: { -readonly [bucket in keyof Rates]: Rates[bucket] } = {}
  for (const bucket of BUCKETS) {
    const rate = rates[bucket]
    if (rate) scaled[bucket] = scope === 'tokens' && isFee(bucket) ? rate : multiply(rate, factor)
  }
  return scaled
}

const isFee = (bucket: string): boolean => bucket === 'requests' || bucket === 'searches'

function index(tier: number): (name: string) => [string, number] {
  return (name) => [name, tier]
}
