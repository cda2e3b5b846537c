// Bucket counts x plan -> cost as BigInt: the reference for, and the fallback of, the sums that the pricer does in doubles.
import { B, BUCKET_COUNT } from './buckets.ts'
import type { Plan } from './plan.ts'
import { divideHalfEven } from './rational.ts'

/** Whole picodollars; see PriceResult for what each part is. */
export interface ExactCost {
  readonly total: bigint
  readonly input: bigint
  readonly output: bigint
  readonly fees: bigint
  readonly cacheReadSavings: bigint
  readonly cacheWriteExtra: bigint
}

export function exactCost(counts: Float64Array, plan: Plan): ExactCost {
  const round = (num: bigint): bigint => divideHalfEven(num, plan.exactDenominator)
  const price = (bucket: number): bigint => BigInt(counts[bucket]!) * plan.exact[bucket]!
  const sum = (from: number, until: number): bigint => {
    let total = 0n
    for (let bucket = from; bucket < until; bucket++) total += price(bucket)
    return round(total)
  }
  const aboveInput = (bucket: number): bigint => price(bucket) - BigInt(counts[bucket]!) * plan.exact[B.INPUT]!
  const input = sum(B.INPUT, B.OUTPUT)
  const output = sum(B.OUTPUT, B.REQUESTS)
  const fees = sum(B.REQUESTS, BUCKET_COUNT)
  return {
    total: input + output + fees,
    input,
    output,
    fees,
    cacheReadSavings: round(-aboveInput(B.CACHE_READ)),
    cacheWriteExtra: round(aboveInput(B.CACHE_WRITE_5M) + aboveInput(B.CACHE_WRITE_1H)),
  }
}
