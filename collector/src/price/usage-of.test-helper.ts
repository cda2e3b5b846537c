// Test helper: named counts -> a usage vector; what is not named is unknown.
import { U, USAGE_LENGTH } from '@hanzo/insights-semconv'

export function usageOf(counts: Partial<Record<keyof typeof U, number>>): Float64Array {
  const usage = new Float64Array(USAGE_LENGTH).fill(Number.NaN)
  for (const key of Object.keys(U) as (keyof typeof U)[]) usage[U[key]] = counts[key] ?? Number.NaN
  return usage
}
