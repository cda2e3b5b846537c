// USD as reported by instrumentations <-> integer picodollars (1e-12 USD).
import { divideHalfEven, parseDecimal, rational, toDecimal } from './rational.ts'

const PICO_PER_USD = 1_000_000_000_000n
/** Below this a decimal of 12 places has at most 15 digits, and a double tells it apart from every other such decimal. */
const MAX_FAST_PICO = 1e15

/**
 * A reported amount in picodollars, rounded half to even at 1e-12 USD; NaN when it is no amount. A double is read as its
 * shortest decimal, which is what the sender wrote. Above 9007 USD the result is the nearest double.
 */
export function toPico(usd: number | string): number {
  if (typeof usd === 'number') {
    const guess = Math.round(usd * 1e12)
    if (guess < MAX_FAST_PICO && guess > -MAX_FAST_PICO && guess / 1e12 === usd) return guess + 0
  }
  const exact = parseDecimal(String(usd))
  const pico = exact ? Number(divideHalfEven(exact.num * PICO_PER_USD, exact.den)) : Number.NaN
  return Number.isFinite(pico) ? pico : Number.NaN
}

/** Picodollars as an exact decimal of USD. @example formatUsd(154_200_000) // '0.0001542' */
export function formatUsd(pico: number | bigint): string {
  return toDecimal(rational(BigInt(pico), PICO_PER_USD), 12)
}
