// The length of a trace in; steps of its time axis that read well out.

const BASES = [1, 2, 5] as const
/** From a minute on, steps are of the clock. */
const CLOCK_MS = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400].map((s) => s * 1_000)
const LEAST_MS = 1e-6

/** The smallest step that cuts the length into at most so many parts. */
export function stepOf(lengthMs: number, parts: number): number {
  const least = Math.max(lengthMs / parts, LEAST_MS)
  const clock = CLOCK_MS.find((step) => step >= least)
  if (least > 30_000) return clock ?? Math.ceil(least / 86_400_000) * 86_400_000
  const power = 10 ** Math.floor(Math.log10(least))
  const base = BASES.find((one) => one * power >= least * (1 - 1e-9)) ?? 10
  return base * power
}

export interface Axis {
  lengthMs: number
  stepMs: number
  /** Where the lines are, from 0, without the end. */
  ticks: readonly number[]
}

export function axisOf(endMs: number, parts = 5): Axis {
  const lengthMs = Math.max(endMs, 0.001)
  const stepMs = stepOf(lengthMs, parts)
  const count = Math.floor(lengthMs / stepMs + 1e-9) + 1
  const ticks = Array.from({ length: Math.min(count, parts + 1) }, (_, index) => index * stepMs)
  return { lengthMs, stepMs, ticks }
}
