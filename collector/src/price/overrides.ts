// A document of prices (parsed YAML or JSON) -> rules that win over the price list.
import { normaliseProvider } from '@hanzo/insights-semconv'
import { InsightsError } from '../telemetry/errors.ts'
import { BUCKETS, type Bucket } from './buckets.ts'
import {
  type ContextTier,
  overridesSchema,
  type PerUnit,
  type PriceDocument,
  type ServiceTierPrice,
} from './overrides-schema.ts'
import type { DiscountTier, Level, Rates } from './price-row.ts'
import { toRate } from './rate-card.ts'
import { parseDecimal, type Rational } from './rational.ts'

/** What a rule says of one service tier: a factor of its token prices, or prices of its own. */
export interface OwnTier {
  readonly factor?: Rational
  readonly levels?: readonly Level[]
}

/** One rule, ready to match. */
export interface OverrideRule {
  readonly id: string
  readonly match: string
  /** Canonical value; undefined for any. */
  readonly provider: string | undefined
  readonly startMs: number
  readonly endMs: number
  /** Undefined when the rule only multiplies the price list. */
  readonly levels: readonly Level[] | undefined
  readonly multiplier: Rational | undefined
  readonly serviceTiers: { readonly [tier in DiscountTier]?: OwnTier }
}

export interface Overrides {
  readonly rules: readonly OverrideRule[]
  readonly aliases: readonly { readonly match: string; readonly model: string }[]
}

/** Whose prices they are, the first part of each rule's id: the operator's file, or a project. */
export type Owner = 'override' | 'project'

/** @throws InsightsError INSIGHTS_PRICES_INVALID with the path of the first thing that is wrong */
export function checkPrices(input: unknown): PriceDocument {
  if (input === undefined || input === null) return { prices: [], aliases: [] }
  const parsed = overridesSchema.safeParse(input)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw new InsightsError('INSIGHTS_PRICES_INVALID', `cannot use prices: ${toPath(path)}: ${message}`, {
    hint: 'docs/pricing.md has an example of every key',
  })
}

/** @throws InsightsError INSIGHTS_PRICES_INVALID with the path of the first thing that is wrong */
export function parseOverrides(input: unknown, owner: Owner = 'override'): Overrides {
  const { prices, aliases } = checkPrices(input)
  const rules = prices.map((given) => {
    const levels = given.per_million && toLevels(given.per_million, given.tiers ?? [])
    return {
      id: `${owner}/${given.name}${given.start === undefined ? '' : `@${given.start}`}`,
      match: given.match.trim().toLowerCase(),
      provider: given.provider === undefined ? undefined : normaliseProvider(given.provider),
      startMs: given.start === undefined ? Number.NEGATIVE_INFINITY : Date.parse(given.start),
      endMs: given.end === undefined ? Number.POSITIVE_INFINITY : Date.parse(given.end),
      levels,
      multiplier: given.multiplier === undefined ? undefined : parseDecimal(String(given.multiplier)),
      serviceTiers: Object.fromEntries(
        Object.entries(given.service_tiers ?? {}).map(([tier, price]) => [tier, toOwnTier(price, levels)]),
      ),
    }
  })
  return { rules, aliases: aliases.map((a) => ({ match: a.match.trim().toLowerCase(), model: a.model })) }
}

/** A tier names only what it changes; the rest stays as in the level below. */
function toLevels(base: PerUnit, tiers: readonly ContextTier[], below: Rates = {}): readonly Level[] {
  const levels: Level[] = [{ aboveInputTokens: -1, rates: { ...below, ...toRates(base) } }]
  for (const given of tiers.toSorted((a, b) => a.above_input_tokens - b.above_input_tokens)) {
    levels.push({
      aboveInputTokens: given.above_input_tokens,
      rates: { ...levels.at(-1)!.rates, ...toRates(given.per_million) },
    })
  }
  return levels
}

function toOwnTier(price: ServiceTierPrice, standard: readonly Level[] | undefined): OwnTier {
  if (typeof price === 'object') return { levels: toLevels(price.per_million, price.tiers ?? [], standard?.[0]?.rates) }
  const factor = parseDecimal(String(price))
  return factor ? { factor } : {}
}

function toRates(prices: PerUnit): Rates {
  const rates: { [bucket in Bucket]?: Rational } = {}
  for (const bucket of BUCKETS) {
    const price = prices[bucket]
    const rate = price === undefined ? undefined : toRate(bucket, price)
    if (rate) rates[bucket] = rate
  }
  return rates
}

function toPath(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text === '' ? 'the document' : text.replace(/^\./, '')
}
