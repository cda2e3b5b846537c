// Times and durations of the event wire in, nanoseconds since 1970 out.

const ISO_FRACTION = /:\d\d\.(\d{3,9})\d*/
const NS_PER_MS = 1_000_000n
const MAX_NS = (1n << 63n) - 1n
// Seconds since 1970 are below this until the year 5138, milliseconds above it since 1973.
const SECONDS_BELOW = 1e11

/** ISO 8601 text, or a number of seconds or milliseconds since 1970. */
export function timeOf(text: string): bigint | undefined {
  const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
  if (number !== undefined)
    return bounded(BigInt(Math.round(number < SECONDS_BELOW ? number * 1000 : number)) * NS_PER_MS)
  const ms = Date.parse(text)
  if (!Number.isFinite(ms)) return undefined
  // What is finer than a millisecond is not in a Date.
  const fraction = ISO_FRACTION.exec(text)?.[1]?.slice(3).padEnd(6, '0') ?? '0'
  return bounded(BigInt(ms) * NS_PER_MS + BigInt(fraction))
}

/** Of seconds, at most a year; undefined for what is no duration. */
export function durationOf(seconds: number | undefined): bigint | undefined {
  if (seconds === undefined || seconds < 0 || seconds > MAX_SECONDS) return undefined
  return BigInt(Math.round(seconds * 1e9))
}
const MAX_SECONDS = 366 * 86_400

/** Undefined for what a signed 64-bit number cannot hold. */
export const bounded = (ns: bigint): bigint | undefined => (ns > 0n && ns <= MAX_NS ? ns : undefined)
