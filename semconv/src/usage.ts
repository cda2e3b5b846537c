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
  reasoning: number
}

/** What the emitter is known to do; undefined = nothing is known. */
export interface DeclaredMode {
  input: 'inclusive' | 'exclusive' | undefined
  reasoningApart: boolean
}

const INCLUSIVE: DeclaredMode = { input: 'inclusive', reasoningApart: false }
const UNKNOWN: DeclaredMode = { input: undefined, reasoningApart: false }

/** The mode of a convention that says so itself, or of none. */
export const modeOf = (inputIncludesCache: boolean): DeclaredMode => (inputIncludesCache ? INCLUSIVE : UNKNOWN)

/**
 * Makes `usage.input` include cached tokens, `usage.output` include reasoning and `usage.cacheWrite` the sum of its parts.
 * The order is that of evidence: a total that only adds up with the cached tokens added says so; cached tokens that exceed the input
 * cannot be part of it; then what is known of the emitter counts; then the convention. Nothing is clamped: a clamp hides the evidence.
 */
export function settleUsage(usage: ReportedUsage, mode: DeclaredMode): UsageRule {
  if (Number.isNaN(usage.cacheWrite)) usage.cacheWrite = sumKnown(usage.cacheWrite5m, usage.cacheWrite1h)
  const isApart = reasoningIsApart(usage, mode)
  const rule = settleInput(usage, mode)
  if (!isApart) return rule
  usage.output += usage.reasoning
  return `${rule}+reasoning`
}

function settleInput(usage: ReportedUsage, mode: DeclaredMode): Exclude<UsageRule, `${string}+reasoning`> {
  const cached = sumKnown(usage.cacheRead, usage.cacheWrite)
  if (Number.isNaN(cached) || Number.isNaN(usage.input)) return ''
  if (cached === 0) return mode.input === 'inclusive' ? 'declared_inclusive' : ''
  if (saysExclusive(usage, cached)) {
    usage.input += cached
    return 'total_says_exclusive'
  }
  if (cached > usage.input) {
    usage.input += cached
    return 'cache_exceeds_input'
  }
  if (mode.input === 'exclusive') {
    usage.input += cached
    return 'declared_exclusive'
  }
  return mode.input === 'inclusive' ? 'declared_inclusive' : 'ambiguous'
}

// in + out = total tells nothing: some emitters make the total themselves, of whatever they have.
const saysExclusive = ({ input, output, total, reasoning }: ReportedUsage, cached: number): boolean =>
  input + cached + output === total || (reasoning > 0 && input + cached + output + reasoning === total)

function reasoningIsApart(
  { input, output, total, reasoning, cacheRead, cacheWrite }: ReportedUsage,
  mode: DeclaredMode,
): boolean {
  if (!(reasoning > 0) || Number.isNaN(output)) return false
  if (reasoning > output || mode.reasoningApart) return true
  const cached = sumKnown(cacheRead, cacheWrite)
  const withCache = Number.isNaN(cached) ? input : input + cached
  // Only when the total adds up with the reasoning and does not without.
  const isWithout = input + output === total || withCache + output === total
  return !isWithout && (input + output + reasoning === total || withCache + output + reasoning === total)
}

function sumKnown(a: number, b: number): number {
  if (Number.isNaN(a)) return b
  return Number.isNaN(b) ? a : a + b
}
