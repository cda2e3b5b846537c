// A price row and its result -> the sum, line by line, for `insights explain`.
import { B, BUCKET_COUNT, BUCKETS } from './buckets.ts'
import { formatUsd } from './money.ts'
import { FLAG, type Plan } from './plan.ts'
import type { PriceResult } from './pricer.ts'
import { multiply, type Rational, rational, toDecimal } from './rational.ts'

const USD_PER_PICO = rational(1n, 1_000_000_000_000n)

const FLAG_TEXTS: readonly (readonly [number, string])[] = [
  [FLAG.CACHE_READ_AT_INPUT_RATE, 'the price list has no cache read rate: plain input rate used'],
  [FLAG.CACHE_WRITE_AT_INPUT_RATE, 'the price list has no cache write rate: plain input rate used'],
  [FLAG.CACHE_WRITE_1H_AT_WRITE_RATE, 'the price list has no one-hour cache write rate: its cache write rate used'],
  [FLAG.CACHED_MEDIA, 'more audio and image than uncached input: the rest is priced as cached tokens'],
]

/**
 * How a price came about. It prints the counts and rates that the pricer itself multiplied, so it cannot differ from the price.
 * @example ['price genai-prices/0.1.8/openai/gpt-4o-mini', '176 input x 0.15 USD/1M = 0.0000264', 'total 0.0000264 USD']
 */
export function explain(result: PriceResult): string[] {
  const lines = result.priceId === '' ? [] : [`price ${result.priceId}${result.tier && ` (${result.tier})`}`]
  const { plan } = result
  if (!plan) return [...lines, `cost unknown: ${result.reason}`]
  for (let i = 0; i < BUCKET_COUNT; i++) {
    if (result.counts[i] !== 0 && plan.numerators[i] !== 0) lines.push(line(i, result.counts[i]!, plan))
  }
  for (const [flag, text] of FLAG_TEXTS) if ((result.flags & flag) !== 0) lines.push(text)
  if (plan.exactDenominator !== 1n) lines.push('input, output and fees are each rounded half to even to 1e-12 USD')
  return [...lines, `total ${formatUsd(result.exact?.total ?? result.total)} USD`]
}

function line(bucket: number, count: number, plan: Plan): string {
  const rate = rational(plan.exact[bucket]!, plan.exactDenominator)
  const isPiece = bucket >= B.REQUESTS
  const perMany = usd(multiply(rate, rational(isPiece ? 1_000n : 1_000_000n)))
  const amount = usd(multiply(rate, rational(BigInt(count))))
  return `${count} ${BUCKETS[bucket]} x ${perMany} USD/${isPiece ? '1K' : '1M'} = ${amount}`
}

function usd(pico: Rational): string {
  return toDecimal(multiply(pico, USD_PER_PICO))
}
