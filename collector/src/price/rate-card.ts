// Prices as price lists write them (USD per million tokens, per thousand requests) -> exact levels of picodollars per unit.
import type { ModelPrice } from '@pydantic/genai-prices'
import { BUCKETS, type Bucket } from './buckets.ts'
import { CLAUDE_1H_WRITE_FACTOR } from './own-prices.ts'
import type { Level, Rates } from './price-row.ts'
import { divideHalfEven, multiply, parseDecimal, type Rational, rational, ZERO } from './rational.ts'

/** Key of the price list -> bucket. Keys for units that telemetry does not carry (hours, pages, video) are left out. */
const BOOK_KEYS: Readonly<Record<string, Bucket>> = {
  input_mtok: 'input',
  cache_read_mtok: 'cache_read',
  cache_write_mtok: 'cache_write_5m',
  cache_write_1h_mtok: 'cache_write_1h',
  input_audio_mtok: 'input_audio',
  input_image_mtok: 'input_image',
  output_mtok: 'output',
  output_reasoning_mtok: 'reasoning',
  output_audio_mtok: 'output_audio',
  output_image_mtok: 'output_image',
  requests_kcount: 'requests',
  web_searches_kcount: 'searches',
}

/** 1 USD per million tokens is a million picodollars a token; 1 USD per thousand is a billion a piece. */
const PICO_PER_TOKEN = 1_000_000n
const PICO_PER_PIECE = 1_000_000_000n
/** Rates are kept to 1e-6 picodollars a token; finer digits in the list are floating-point dust (0.18000000000000002). */
const RATE_STEPS = 1_000_000n

/** @returns undefined when the text is no price: not a decimal, or negative */
export function toRate(bucket: Bucket, usd: number | string): Rational | undefined {
  const exact = parseDecimal(String(usd))
  if (!exact || exact.num < 0n) return undefined
  const perUnit = bucket === 'requests' || bucket === 'searches' ? PICO_PER_PIECE : PICO_PER_TOKEN
  return rational(divideHalfEven(exact.num * perUnit * RATE_STEPS, exact.den), RATE_STEPS)
}

/** Everything for nothing, which is known, unlike a price that is missing. */
export const FREE: Rates = Object.fromEntries(BUCKETS.map((bucket) => [bucket, ZERO]))

/** The levels of a row of the list: one for every threshold that any of its prices has, since a tier holds for the whole request. */
export function toLevels(price: ModelPrice, model: string): readonly Level[] {
  const thresholds = new Set([-1])
  for (const value of Object.values(price)) {
    if (typeof value === 'object') for (const tier of value.tiers) thresholds.add(tier.start)
  }
  return [...thresholds]
    .sort((a, b) => a - b)
    .map((aboveInputTokens) => ({ aboveInputTokens, rates: ratesAbove(aboveInputTokens, price, model) }))
}

function ratesAbove(threshold: number, price: ModelPrice, model: string): Rates {
  const rates: { [bucket in Bucket]?: Rational } = {}
  for (const [key, bucket] of Object.entries(BOOK_KEYS)) {
    const value = price[key]
    if (value === undefined) continue
    const usd =
      typeof value === 'number' ? value : (value.tiers.findLast((t) => t.start <= threshold)?.price ?? value.base)
    const rate = toRate(bucket, usd)
    if (rate) rates[bucket] = rate
  }
  const isClaude = model.includes('claude')
  if (isClaude && rates.input && rates.cache_write_5m && !rates.cache_write_1h) {
    rates.cache_write_1h = multiply(rates.input, rational(CLAUDE_1H_WRITE_FACTOR))
  }
  return rates
}
