// A project's policy as it was configured -> what the rewriter asks: a scanner, a mode per rule, a mode per key.
import type { RedactMode, RedactPolicy } from '../config/redaction.ts'
import { InsightsError } from '../telemetry/errors.ts'
import { compilePattern } from './pattern/pattern.ts'
import { Scanner } from './text/scanner.ts'

export interface CompiledPolicy {
  scanner: Scanner
  /** In the order of the scanner's rules. */
  rules: readonly { name: string; mode: RedactMode }[]
  /** Undefined: no field of that key is named, and the rules look at its value. */
  modeOf(key: string): RedactMode | undefined
}

/** @throws InsightsError INSIGHTS_CONFIG_INVALID when a pattern is not understood */
export function compilePolicy(policy: RedactPolicy): CompiledPolicy {
  const rules = [
    ...policy.rules.filter(({ mode }) => mode !== 'keep'),
    ...policy.patterns
      .filter(({ mode }) => mode !== 'keep')
      .map(({ name, match, mode }) => ({ name, mode, pattern: patternOf(name, match) })),
  ]
  const exact = new Map(policy.fields.filter(({ key }) => !key.endsWith('*')).map(({ key, mode }) => [key, mode]))
  // The longest beginning says most.
  const beginnings = policy.fields
    .filter(({ key }) => key.endsWith('*'))
    .map(({ key, mode }) => ({ beginning: key.slice(0, -1), mode }))
    .sort((a, b) => b.beginning.length - a.beginning.length)
  return {
    scanner: new Scanner(rules),
    rules: rules.map(({ name, mode }) => ({ name, mode })),
    modeOf: (key) => exact.get(key) ?? beginnings.find(({ beginning }) => key.startsWith(beginning))?.mode,
  }
}

function patternOf(name: string, match: string) {
  try {
    return compilePattern(match)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it is not understood'
    throw new InsightsError('INSIGHTS_CONFIG_INVALID', `cannot use the pattern ${name} of redact: ${reason}`, { cause })
  }
}
