// A price, and what the sender says the call cost -> the money columns of a row: one cost, and parts that sum to it or are unknown.
import type { PricedCall } from './cost.ts'
import type { MoneyColumn } from './span-block.ts'
import type { SpanColumns } from './span-columns.ts'
import { type Words, word } from './words.ts'

const COMPUTED = word('computed')
const REPORTED = word('reported')
const RESPONSE_CACHE = word('response_cache')
/** Decimal(18, 12) holds six digits before the point; a call above that is not believed. */
const MAX_PICO = 999_999 * 1e12

const isMoney = (pico: number): boolean => pico >= 0 && pico <= MAX_PICO

/**
 * What a sender says a call cost wins when it is positive: it knows discounts and contracts. A reported 0 is a placeholder that SDKs
 * write when they have no price: kept, but no cost.
 * @param reported picodollars, NaN when nothing was reported
 */
export function writeCost(c: SpanColumns, row: number, priced: PricedCall, reported: number, words: Words): void {
  const isReported = reported > 0 && reported <= MAX_PICO
  const isComputed = isMoney(priced.total)
  if (priced.reason !== '') c.cost_reason.word(row, words.get(priced.reason))
  if (priced.priceId !== '') c.price_id.word(row, words.get(priced.priceId))
  if (priced.tier !== '') c.price_tier.word(row, words.get(priced.tier))
  if (priced.rule !== '') c.price_rule.word(row, words.get(priced.rule))
  if (isComputed) put(c.computed_cost_usd, row, priced.total, priced.exact?.total)
  if (isReported || reported === 0) put(c.reported_cost_usd, row, reported)
  if (isReported) {
    // Its parts are not known: those of the computed cost sum to another total.
    put(c.cost_usd, row, reported)
    c.cost_source.word(row, REPORTED)
  } else if (isComputed) {
    put(c.cost_usd, row, priced.total, priced.exact?.total)
    put(c.input_cost_usd, row, priced.input, priced.exact?.input)
    put(c.output_cost_usd, row, priced.output, priced.exact?.output)
    if (priced.fees > 0) put(c.request_cost_usd, row, priced.fees, priced.exact?.fees)
    c.cost_source.word(row, COMPUTED)
  }
  if (!isComputed || (priced.cacheReadSavings === 0 && priced.cacheWriteExtra === 0)) return
  put(c.cache_savings_gross_usd, row, priced.cacheReadSavings)
  put(c.cache_savings_net_usd, row, priced.cacheReadSavings - priced.cacheWriteExtra)
}

/** A span that does not count still shows what its sender said it cost; nothing is added to any total. */
export function writeReportedCost(c: SpanColumns, row: number, reported: number): void {
  if (isMoney(reported)) put(c.reported_cost_usd, row, reported)
}

/** Turns the cost of an answer out of a cache into nothing paid; its parts are then no part of it. */
export function writeFree(c: SpanColumns, row: number): void {
  put(c.cost_usd, row, 0)
  for (const part of [c.input_cost_usd, c.output_cost_usd, c.request_cost_usd]) part.absent(row)
  c.cost_source.word(row, RESPONSE_CACHE)
}

/** A part of a reported cost, in picodollars. */
export function writePart(column: MoneyColumn, row: number, reported: number): void {
  if (isMoney(reported)) put(column, row, reported)
}

function put(column: MoneyColumn, row: number, pico: number, exact?: bigint): void {
  if (Number.isNaN(pico)) return
  const money = column.present(row)
  if (exact === undefined) money.setNumber(row, pico)
  else money.set(row, Number(exact & 0xffff_ffffn), Number(exact >> 32n))
}
