// Price row + usage vector + service tier -> exact cost in picodollars, in one reused result. Hot: allocates nothing per call.
import { U } from '@hanzo/insights-semconv'
import { B, BUCKET_COUNT, BUCKETS, SPLIT, splitUsage } from './buckets.ts'
import { type ExactCost, exactCost } from './exact-cost.ts'
import { ALL_FLAGS, compilePlans, FLAG, flagNames, type Plan } from './plan.ts'
import { MATCHES, type PriceRow, type Unpriced } from './price-row.ts'
import { divideHalfEvenSmall } from './rational.ts'
import { pricedTier, tierIndex, UNPRICED_TIER } from './service-tiers.ts'

/**
 * The cost of one call; reused, so read it before the next call. Amounts are whole picodollars (1e-12 USD), NaN when unknown.
 * Input, output and fees are each rounded half to even once (rates are whole picodollars in almost every row, so there is
 * mostly nothing to round); total is exactly their sum.
 */
export class PriceResult {
  /** The amounts, by A: a typed array, since a double stored in a field may be allocated. */
  readonly amounts = new Float64Array(6).fill(Number.NaN)
  priceId = ''
  /** Context level and service tier; '' for the list price. */
  tier = ''
  /** How the row was found and which rates stood in for missing ones, e.g. `provider+model` or `model,cache_read_at_input_rate`. */
  rule = ''
  /** Why the total is unknown; '' when it is known. */
  reason = ''
  /** FLAG bits: which rates stood in for missing ones. */
  flags = 0
  /** Set only when an amount is 2^53 picodollars (9007 USD) or more, where a double is but the nearest one. */
  exact: ExactCost | undefined = undefined
  /** What was billed, by bucket; with `plan` all there is to explain the price. */
  readonly counts = new Float64Array(BUCKET_COUNT)
  plan: Plan | undefined = undefined

  get total(): number {
    return this.amounts[A.TOTAL]!
  }

  get input(): number {
    return this.amounts[A.INPUT]!
  }

  get output(): number {
    return this.amounts[A.OUTPUT]!
  }

  /** Per request and per search. */
  get fees(): number {
    return this.amounts[A.FEES]!
  }

  /** What the cache reads would have cost as plain input, less what they cost. */
  get cacheReadSavings(): number {
    return this.amounts[A.CACHE_READ_SAVINGS]!
  }

  /** What the cache writes cost above plain input; net savings are the difference. */
  get cacheWriteExtra(): number {
    return this.amounts[A.CACHE_WRITE_EXTRA]!
  }
}

const A = { TOTAL: 0, INPUT: 1, OUTPUT: 2, FEES: 3, CACHE_READ_SAVINGS: 4, CACHE_WRITE_EXTRA: 5 } as const

/** Every rule by how the row was found and by flags: made once, so that no text is put together per call. */
const RULES: ReadonlyMap<string, readonly string[]> = new Map(
  MATCHES.map((match) => [
    match,
    Array.from({ length: ALL_FLAGS + 1 }, (_, flags) => [match, ...flagNames(flags)].join()),
  ]),
)
const UNPRICED_BUCKET = BUCKETS.map((bucket) => `unpriced_bucket:${bucket}`)
/** From here on a double no longer holds every whole number. */
const INEXACT = 2 ** 53

export interface Pricer {
  /** `usage` in the layout of semconv U; `serviceTier` as the provider wrote it, '' when unknown. Never throws. */
  price(row: PriceRow | Unpriced, usage: Float64Array, serviceTier: string): PriceResult
}

export function createPricer(): Pricer {
  const result = new PriceResult()
  function priceAt(row: PriceRow, usage: Float64Array, tier: number): string {
    const plans = plansOf(row, tier)
    const reason = plans === NO_PLANS ? UNPRICED_TIER[tier]! : priceInto(result, plans, usage)
    if (reason === '') result.rule = RULES.get(row.matchedBy)![result.flags]!
    return reason
  }
  return {
    price(row, usage, serviceTier) {
      result.priceId = row.id
      result.reason = row.isPriced ? priceAt(row, usage, tierIndex(serviceTier)) : row.reason
      if (result.reason !== '') forget(result)
      return result
    },
  }
}

/** @returns why there is no price, or '' */
function priceInto(result: PriceResult, plans: readonly Plan[], usage: Float64Array): string {
  const split = splitUsage(usage, result.counts)
  if (split === SPLIT.INCONSISTENT) return 'inconsistent_usage'
  const missing = missingTotal(usage, plans[0]!)
  if (missing !== '') return missing
  const plan = planFor(plans, usage)
  // A list that charges per request charges each call once.
  if (Number.isNaN(usage[U.REQUESTS]!)) result.counts[B.REQUESTS] = 1
  result.plan = plan
  result.tier = plan.tier
  result.flags = split === SPLIT.MEDIA_CACHED ? FLAG.CACHED_MEDIA : 0
  for (let i = 0; i < BUCKET_COUNT; i++) {
    if (result.counts[i] === 0) continue
    if ((plan.unpriced & (1 << i)) !== 0) return UNPRICED_BUCKET[i]!
    result.flags |= plan.flags[i]!
  }
  addUp(result, plan)
  return ''
}

/** An input-only model (embeddings) has no output to know; any other call needs both counts. */
function missingTotal(usage: Float64Array, { unpriced, needsTokens }: Plan): string {
  if (!needsTokens) return ''
  const noInput = Number.isNaN(usage[U.INPUT]!)
  const noOutput = Number.isNaN(usage[U.OUTPUT]!)
  if (noInput && noOutput) return 'no_usage'
  if (noInput) return 'unknown_input_tokens'
  return noOutput && (unpriced & (1 << B.OUTPUT)) === 0 ? 'unknown_output_tokens' : ''
}

/** The level is chosen by the whole input, cached tokens included, and holds for the whole request. */
function planFor(plans: readonly Plan[], usage: Float64Array): Plan {
  const inputTokens = usage[U.INPUT]!
  let plan = plans[0]!
  for (let i = 1; i < plans.length && inputTokens > plans[i]!.aboveInputTokens; i++) plan = plans[i]!
  return plan
}

const NO_PLANS: readonly Plan[] = []

function plansOf(row: PriceRow, tier: number): readonly Plan[] {
  const known = row.plans[tier]
  if (known) return known
  const name = pricedTier(tier)
  const plans = (name && compilePlans(row, name)) ?? NO_PLANS
  row.plans[tier] = plans
  return plans
}

function addUp(result: PriceResult, plan: Plan): void {
  const { counts } = result
  const rates = plan.numerators
  let input = 0
  for (let i = B.INPUT; i < B.OUTPUT; i++) input += counts[i]! * rates[i]!
  let output = 0
  for (let i = B.OUTPUT; i < B.REQUESTS; i++) output += counts[i]! * rates[i]!
  const fees = counts[B.REQUESTS]! * rates[B.REQUESTS]! + counts[B.SEARCHES]! * rates[B.SEARCHES]!
  const plain = rates[B.INPUT]!
  const savings = counts[B.CACHE_READ]! * (plain - rates[B.CACHE_READ]!)
  const extra5m = counts[B.CACHE_WRITE_5M]! * (rates[B.CACHE_WRITE_5M]! - plain)
  const extra1h = counts[B.CACHE_WRITE_1H]! * (rates[B.CACHE_WRITE_1H]! - plain)
  // All terms of one sum are added as >= 0, so a sum below the bound proves that no product and no partial sum went beyond it.
  const isSmall =
    input + output + fees < INEXACT && Math.abs(savings) < INEXACT && Math.abs(extra5m) + Math.abs(extra1h) < INEXACT
  if (!plan.fitsDoubles || !isSmall) {
    addUpExactly(result, plan)
    return
  }
  const { amounts } = result
  amounts[A.INPUT] = input
  amounts[A.OUTPUT] = output
  amounts[A.FEES] = fees
  // `+ 0`: no tokens at a dearer rate would be -0.
  amounts[A.CACHE_READ_SAVINGS] = savings + 0
  amounts[A.CACHE_WRITE_EXTRA] = extra5m + extra1h + 0
  if (plan.denominator !== 1) {
    for (let i = A.INPUT; i < amounts.length; i++) amounts[i] = divideHalfEvenSmall(amounts[i]!, plan.denominator)
  }
  amounts[A.TOTAL] = amounts[A.INPUT]! + amounts[A.OUTPUT]! + amounts[A.FEES]!
  result.exact = undefined
}

/** Rare: sums beyond 2^53, or rates too fine for doubles. The same sums with BigInt. */
function addUpExactly(result: PriceResult, plan: Plan): void {
  const { amounts } = result
  const cost = exactCost(result.counts, plan)
  amounts[A.TOTAL] = Number(cost.total)
  amounts[A.INPUT] = Number(cost.input)
  amounts[A.OUTPUT] = Number(cost.output)
  amounts[A.FEES] = Number(cost.fees)
  amounts[A.CACHE_READ_SAVINGS] = Number(cost.cacheReadSavings)
  amounts[A.CACHE_WRITE_EXTRA] = Number(cost.cacheWriteExtra)
  result.exact = amounts.every((amount) => Math.abs(amount) < INEXACT) ? undefined : cost
}

function forget(result: PriceResult): void {
  result.amounts.fill(Number.NaN)
  result.tier = ''
  result.rule = ''
  result.flags = 0
  result.exact = undefined
  result.plan = undefined
}
