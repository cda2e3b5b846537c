// A trace id and a rate in, whether the trace is kept out: the same answer for all of its spans, in every process.

/** The last 14 digits are the random ones (W3C Trace Context level 2). */
const RANDOM_DIGITS = 14
const RANGE = 16 ** 12

export function isSampled(traceId: string, rate: number): boolean {
  if (rate >= 1) return true
  // 48 of the 56 random bits: all that a number holds without rounding, to spare.
  return Number.parseInt(traceId.slice(-RANDOM_DIGITS, -2), 16) < rate * RANGE
}
