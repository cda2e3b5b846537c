// A price row + a service tier -> flat integers per bucket, ready for one multiplication each.
import { B, BUCKET_COUNT, BUCKETS } from './buckets.ts'
import type { Level, PricedTier, PriceRow } from './price-row.ts'
import { gcd, type Rational, ZERO } from './rational.ts'

/** A rate that stands in for one the price list lacks. Bits of `PriceResult.flags`. */
export const FLAG = {
  CACHE_READ_AT_INPUT_RATE: 1,
  CACHE_WRITE_AT_INPUT_RATE: 2,
  CACHE_WRITE_1H_AT_WRITE_RATE: 4,
  /** Audio or image tokens exceeded the uncached input: the rest was priced as cache reads or writes. */
  CACHED_MEDIA: 8,
} as const

export const ALL_FLAGS = 15

/** The names of the bits that are set, lower case. */
export function flagNames(flags: number): string[] {
  return Object.entries(FLAG).flatMap(([name, bit]) => ((flags & bit) === 0 ? [] : [name.toLowerCase()]))
}

/** The rates of one context level: bucket i costs `numerators[i] / denominator` picodollars a unit. */
export interface Plan {
  readonly aboveInputTokens: number
  readonly denominator: number
  readonly numerators: Float64Array
  /** The same integers, for sums beyond 2^53. */
  readonly exact: readonly bigint[]
  readonly exactDenominator: bigint
  /** False when an integer does not fit a double: such a plan is always computed with BigInt. */
  readonly fitsDoubles: boolean
  /** Bit i: bucket i has no rate. */
  readonly unpriced: number
  /** False when no token costs anything (a fee per request, or nothing at all): then unknown counts leave nothing unknown. */
  readonly needsTokens: boolean
  /** FLAG bits to raise when bucket i is billed. */
  readonly flags: Uint8Array
  /** Context level and service tier, '' for the list price: `batch`, `>200000`, `flex >200000`. */
  readonly tier: string
}

/** Compiles every level of a row. @returns undefined when the price of this service tier is not known */
export function compilePlans(row: PriceRow, serviceTier: PricedTier): readonly Plan[] | undefined {
  const levels = serviceTier === 'standard' ? row.levels : row.levelsOf(serviceTier)
  return levels?.map((level) => compileLevel(level, row, serviceTier))
}

function compileLevel(level: Level, row: PriceRow, serviceTier: PricedTier): Plan {
  const flags = new Uint8Array(BUCKET_COUNT)
  const rates = withStandIns(level, row.mediaAtTextRate, flags)
  const denominator = rates.reduce((lcm, rate) => (rate ? (lcm / gcd(lcm, rate.den)) * rate.den : lcm), 1n)
  const exact = rates.map((rate) => (rate ? rate.num * (denominator / rate.den) : 0n))
  const context = level.aboveInputTokens >= 0 ? `>${level.aboveInputTokens}` : ''
  return {
    aboveInputTokens: level.aboveInputTokens,
    denominator: Number(denominator),
    numerators: Float64Array.from(exact, Number),
    exact,
    exactDenominator: denominator,
    fitsDoubles: [denominator, ...exact].every((value) => value <= BigInt(Number.MAX_SAFE_INTEGER)),
    unpriced: rates.reduce((bits, rate, i) => (rate ? bits : bits | (1 << i)), 0),
    needsTokens: !rates[B.INPUT] || rates.some((rate, i) => i < B.REQUESTS && rate !== undefined && rate.num > 0n),
    flags,
    tier: [serviceTier === 'standard' ? '' : serviceTier, context].filter(Boolean).join(' '),
  }
}

/**
 * The rates by bucket index, with those that follow from others filled in: reasoning is billed as output and image input as
 * input by every list that says nothing else; cached tokens without a rate fall back to plain input, and that is flagged.
 */
function withStandIns(level: Level, mediaAtTextRate: boolean, flags: Uint8Array): (Rational | undefined)[] {
  const rates = BUCKETS.map((bucket) => level.rates[bucket])
  const standIn = (bucket: number, rate: Rational | undefined, flag = 0): void => {
    if (rates[bucket] || !rate) return
    rates[bucket] = rate
    flags[bucket] = flag
  }
  standIn(B.CACHE_READ, rates[B.INPUT], FLAG.CACHE_READ_AT_INPUT_RATE)
  const hasWriteRate = rates[B.CACHE_WRITE_5M] !== undefined
  standIn(B.CACHE_WRITE_5M, rates[B.INPUT], FLAG.CACHE_WRITE_AT_INPUT_RATE)
  const flag1h = hasWriteRate ? FLAG.CACHE_WRITE_1H_AT_WRITE_RATE : FLAG.CACHE_WRITE_AT_INPUT_RATE
  standIn(B.CACHE_WRITE_1H, rates[B.CACHE_WRITE_5M], flag1h)
  standIn(B.INPUT_IMAGE, rates[B.INPUT])
  standIn(B.REASONING, rates[B.OUTPUT])
  standIn(B.REQUESTS, ZERO)
  if (mediaAtTextRate) {
    standIn(B.INPUT_AUDIO, rates[B.INPUT])
    standIn(B.OUTPUT_AUDIO, rates[B.OUTPUT])
    standIn(B.OUTPUT_IMAGE, rates[B.OUTPUT])
  }
  return rates
}
