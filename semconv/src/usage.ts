// Reported token counts -> the canonical ones, in which input includes cached tokens; says which rule decided.
import type { UsageRule } from './model.ts'

/** Counts as an instrumentation reported them; NaN is unknown. Reused by callers, changed in place. */
export interface ReportedUsage {
  input: number
  total: number
  output: number
  cacheRead: number
  cacheWrite: number
  cacheWrite5m: number
  cacheWrite1h: number
}

/**
 * Makes `usage.input` include cached tokens and `usage.cacheWrite` the sum of its parts.
 * The order is that of evidence: cached tokens that exceed the input cannot be part of it; a total that only adds up with
 * the cached tokens added says so; otherwise the dialect's declaration stands. Nothing is clamped: a clamp hides the evidence.
 */
export function settleUsage(usage: ReportedUsage, includesCache: boolean): UsageRule {
  if (Number.isNaN(usage.cacheWrite)) usage.cacheWrite = sumKnown(usage.cacheWrite5m, usage.cacheWrite1h)
  const cached = sumKnown(usage.cacheRead, usage.cacheWrite)
  if (Number.isNaN(cached) || Number.isNaN(usage.input)) return ''
  if (cached === 0) return includesCache ? 'declared_inclusive' : ''
  const exclusive = cached > usage.input ? 'cache_exceeds_input' : exclusiveByTotal(usage, cached)
  if (exclusive) {
    usage.input += cached
    return exclusive
  }
  if (includesCache) return 'declared_inclusive'
  return 'ambiguous'
}

function exclusiveByTotal(usage: ReportedUsage, cached: number): UsageRule | undefined {
  return usage.input + cached + usage.output === usage.total ? 'total_says_exclusive' : undefined
}

function sumKnown(a: number, b: number): number {
  if (Number.isNaN(a)) return b
  return Number.isNaN(b) ? a : a + b
}
