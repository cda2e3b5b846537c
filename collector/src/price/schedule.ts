// The dated prices of one model + a time -> the one in force.
import type { ConditionalPrice, ModelPrice } from '@pydantic/genai-prices'

/** Every price of the list and of an overrides file changes on a multiple of this (a test asserts it): a found row holds until the next one. */
export const PRICE_STEP_MS = 1_800_000

const DAY_MS = 86_400_000

/** A price in force, its place in the list, and since when for the row's id: '' for the first, `2025-06-10`, `00:30-16:30`. */
export interface DatedPrice {
  readonly price: ModelPrice
  readonly index: number
  readonly since: string
}

/**
 * The last entry in force wins. Entries for hours of the day that follow a dated entry came with it, so they do not
 * apply before that date: re-pricing an old span must not meet a peak price that did not exist yet.
 */
export function priceAt(prices: readonly ConditionalPrice[] | ModelPrice, atMs: number): DatedPrice {
  if (!isDated(prices)) return { price: prices, index: 0, since: '' }
  for (let i = prices.length - 1; i > 0; i--) {
    const { constraint, prices: price } = prices[i]!
    if (!constraint || !hasBegun(prices, i, atMs)) continue
    if (constraint.type === 'start_date') return { price, index: i, since: constraint.start_date }
    const { start_time: start, end_time: end } = constraint
    if (isWithinHours(atMs, start, end)) return { price, index: i, since: `${start.slice(0, 5)}-${end.slice(0, 5)}` }
  }
  return { price: prices[0]?.prices ?? {}, index: 0, since: '' }
}

/** The nearest dated entry at or before `index` has begun. */
function hasBegun(prices: readonly ConditionalPrice[], index: number, atMs: number): boolean {
  for (let i = index; i >= 0; i--) {
    const constraint = prices[i]!.constraint
    if (constraint?.type === 'start_date') return atMs >= Date.parse(`${constraint.start_date}T00:00:00Z`)
  }
  return true
}

function isWithinHours(atMs: number, start: string, end: string): boolean {
  const time = ((atMs % DAY_MS) + DAY_MS) % DAY_MS
  const [from, until] = [timeOfDayMs(start), timeOfDayMs(end)]
  return until < from ? time >= from || time < until : time >= from && time < until
}

/** `16:30:00Z` or `01:00:00+08:00` as milliseconds of the UTC day. */
function timeOfDayMs(text: string): number {
  const at = Date.parse(`1970-01-02T${text}`)
  return ((at % DAY_MS) + DAY_MS) % DAY_MS
}

function isDated(prices: readonly ConditionalPrice[] | ModelPrice): prices is readonly ConditionalPrice[] {
  return Array.isArray(prices)
}
