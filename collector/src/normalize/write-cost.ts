// A price, and what the sender says the call cost -> the money columns of a row: one cost, and parts that sum to it or are unknown.
import type { PricedCall } from './cost.ts'
import type { MoneyColumn } from './span-block.ts'
import type { SpanColumns } from './span-columns.ts'
import { type Words, word } from './words.ts'

const COMPUTED = word('computed')
const REPORTED = word('reported')
const RESPONSE_CACHE = word('response_cache')
/** The source of a cost that was computed from usage that nobody told. */
export const ESTIMATED = word('estimated')
/** Decimal(18, 12) holds six digits before the point; a call above that is not believed. */
const MAX_PICO = 999_999 * 1e12

/** What is put, in picodollars. It goes through memory: a double that is passed to a function may be allocated. */
const PICO = new Float64Array(1)

const isMoney = (pico: number): boolean => pico >= 0 && pico <= MAX_PICO

/**
 * What a sender says a call cost wins when it is positive: it knows discounts and contracts. A reported 0 is a placeholder that SDKs
 * write when they have no price: kept, but no cost.
 * @param reported picodollars, NaN when nothing was reported
 * @returns whether the row's cost is the computed one
 */
export function writeCost(c: SpanColumns, row: number, priced: PricedCall, reported: number, words: Words): boolean {
  const isReported = reported > 0 && reported <= MAX_PICO
  const isComputed = isMoney(priced.total)
  if (priced.reason !== '') c.cost_reason.word(row, words.get(priced.reason))
  if (priced.priceId !== '') c.price_id.word(row, words.get(priced.priceId))
  if (priced.tier !== '') c.price_tier.word(row, words.get(priced.tier))
  if (priced.rule !== '') c.price_rule.word(row, words.get(priced.rule))
  if (isComputed) {
    PICO[0] = priced.total
    put(c.computed_cost_usd, row, priced.exact?.total)
  }
  // One below a picodollar is 0 here: kept, but no cost.
  if (isReported || reported === 0) {
    PICO[0] = reported
    put(c.reported_cost_usd, row)
  }
  if (isReported) {
    // The parts of the computed cost sum to another total; its own are written where they are told.
    put(c.cost_usd, row)
    c.cost_source.word(row, REPORTED)
  } else if (isComputed) {
    PICO[0] = priced.total
    put(c.cost_usd, row, priced.exact?.total)
    PICO[0] = priced.input
    put(c.input_cost_usd, row, priced.exact?.input)
    PICO[0] = priced.output
    put(c.output_cost_usd, row, priced.exact?.output)
    if (priced.fees > 0) {
      PICO[0] = priced.fees
      put(c.request_cost_usd, row, priced.exact?.fees)
    }
    c.cost_source.word(row, COMPUTED)
  }
  if (isComputed && (priced.cacheReadSavings !== 0 || priced.cacheWriteExtra !== 0)) writeSavings(c, row, priced)
  return isComputed && !isReported
}

function writeSavings(c: SpanColumns, row: number, priced: PricedCall): void {
  const { exact } = priced
  PICO[0] = priced.cacheReadSavings
  put(c.cache_savings_gross_usd, row, exact?.cacheReadSavings)
  PICO[0] = priced.cacheReadSavings - priced.cacheWriteExtra
  put(c.cache_savings_net_usd, row, exact && exact.cacheReadSavings - exact.cacheWriteExtra)
}

/** A span that does not count still shows what its sender said it cost; nothing is added to any total. */
export function writeReportedCost(c: SpanColumns, row: number, reported: number): void {
  if (isMoney(reported)) {
    PICO[0] = reported
    put(c.reported_cost_usd, row)
  }
}

/** Turns the cost of an answer out of a cache into nothing paid; its parts are then no part of it. */
export function writeFree(c: SpanColumns, row: number): void {
  PICO[0] = 0
  put(c.cost_usd, row)
  for (const part of [c.input_cost_usd, c.output_cost_usd, c.request_cost_usd]) part.absent(row)
  c.cost_source.word(row, RESPONSE_CACHE)
}

/** What a sender says a call cost, in picodollars; NaN where it says nothing. */
export interface ToldCost {
  readonly total: number
  readonly input: number
  readonly output: number
}

/** The parts of a cost that was told, where they are told too and fit in it; what they leave is a fee. */
export function writeToldParts(c: SpanColumns, row: number, { total, input, output }: ToldCost): void {
  const rest = total - input - output
  // NaN when a part is unknown.
  if (!(total > 0 && total <= MAX_PICO && input >= 0 && output >= 0 && rest >= 0)) return
  writePart(c.input_cost_usd, row, input)
  writePart(c.output_cost_usd, row, output)
  if (rest > 0) writePart(c.request_cost_usd, row, rest)
}

/** A part of a reported cost, in picodollars. */
export function writePart(column: MoneyColumn, row: number, reported: number): void {
  if (isMoney(reported)) {
    PICO[0] = reported
    put(column, row)
  }
}

function put(column: MoneyColumn, row: number, exact?: bigint): void {
  if (Number.isNaN(PICO[0])) return
  const money = column.present(row)
  if (exact === undefined) money.setFrom(row, PICO, 0)
  else money.set(row, Number(exact & 0xffff_ffffn), Number(exact >> 32n))
}
