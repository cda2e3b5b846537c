// A price row and its result -> the sum, bucket by bucket, for `insights explain`.
import { B, BUCKETS } from './buckets.ts'
import { formatUsd } from './money.ts'
import { FLAG, type Plan } from './plan.ts'
import type { PriceResult } from './pricer.ts'
import { multiply, type Rational, rational, toDecimal } from './rational.ts'

/** One bucket of the sum: `count` times `rate_usd` for `per` of them is `amount_usd`. Amounts are exact decimals. */
export interface ExplainedLine {
  readonly bucket: string
  readonly count: number
  readonly rate_usd: string
  readonly per: number
  readonly amount_usd: string
}

export interface ExplainedPrice {
  readonly price_id: string
  /** Context level and service tier; '' for the list price. */
  readonly tier: string
  readonly rule: string
  /** Date or hours from which this price holds; '' when it has no beginning. */
  readonly since: string
  /** Why there is no total; '' when there is one. */
  readonly reason: string
  readonly lines: readonly ExplainedLine[]
  /** Rates that stood in for missing ones, and where the sum was rounded. */
  readonly notes: readonly string[]
  readonly total_usd: string | undefined
}

const USD_PER_PICO = rational(1n, 1_000_000_000_000n)

const FLAG_TEXTS: readonly (readonly [number, string])[] = [
  [FLAG.CACHE_READ_AT_INPUT_RATE, 'the price list has no cache read rate: plain input rate used'],
  [FLAG.CACHE_WRITE_AT_INPUT_RATE, 'the price list has no cache write rate: plain input rate used'],
  [FLAG.CACHE_WRITE_1H_AT_WRITE_RATE, 'the price list has no one-hour cache write rate: its cache write rate used'],
  [FLAG.CACHED_MEDIA, 'more audio and image than uncached input: the rest is priced as cached tokens'],
]
const ROUNDED = 'input, output and fees are each rounded half to even to 1e-12 USD'

/** How a price came about: the counts and rates that the pricer itself multiplied, so it cannot differ from the price. */
export function explainPrice(result: PriceResult): ExplainedPrice {
  const { plan, priceId, tier, rule, reason, flags } = result
  const found = { price_id: priceId, tier, rule, since: sinceOf(priceId), reason }
  if (!plan) return { ...found, lines: [], notes: [], total_usd: undefined }
  const lines = BUCKETS.flatMap((_, bucket) =>
    result.counts[bucket] === 0 || plan.numerators[bucket] === 0 ? [] : [lineOf(bucket, result.counts[bucket]!, plan)],
  )
  const standIns = FLAG_TEXTS.filter(([flag]) => (flags & flag) !== 0).map(([, text]) => text)
  const notes = plan.exactDenominator === 1n ? standIns : [...standIns, ROUNDED]
  return { ...found, lines, notes, total_usd: formatUsd(result.exact?.total ?? result.total) }
}

/**
 * The same as text.
 * @example ['price genai-prices/0.1.8/openai/gpt-4o-mini', '176 input x 0.15 USD/1M = 0.0000264', 'total 0.0000264 USD']
 */
export function explain(result: PriceResult): string[] {
  const { price_id, tier, reason, lines, notes, total_usd } = explainPrice(result)
  const named = price_id === '' ? [] : [`price ${price_id}${tier && ` (${tier})`}`]
  if (total_usd === undefined) return [...named, `cost unknown: ${reason}`]
  return [...named, ...lines.map(lineText), ...notes, `total ${total_usd} USD`]
}

const lineText = ({ bucket, count, rate_usd, per, amount_usd }: ExplainedLine): string =>
  `${count} ${bucket} x ${rate_usd} USD/${per === 1_000 ? '1K' : '1M'} = ${amount_usd}`

/** Ids name the date after an `@`; one that multiplies a list price, `own@date(list@date)`, holds from its own date, or else from that of the list. */
function sinceOf(priceId: string): string {
  const parts = priceId.replace(/\)+$/, '').split('(')
  return parts.map((part) => /@([\d:-]+)(?:\+.*)?$/.exec(part)?.[1] ?? '').find((since) => since !== '') ?? ''
}

function lineOf(bucket: number, count: number, plan: Plan): ExplainedLine {
  const rate = rational(plan.exact[bucket]!, plan.exactDenominator)
  const per = bucket >= B.REQUESTS ? 1_000 : 1_000_000
  return {
    bucket: BUCKETS[bucket]!,
    count,
    rate_usd: usd(multiply(rate, rational(BigInt(per)))),
    per,
    amount_usd: usd(multiply(rate, rational(BigInt(count)))),
  }
}

function usd(pico: Rational): string {
  return toDecimal(multiply(pico, USD_PER_PICO))
}
