// The configuration's policies -> one function over a request's bytes, run before they are written anywhere.
import type { Redaction } from '../config/redaction.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { compilePolicy } from './compile-policy.ts'
import { TextRedactor } from './replace-text.ts'
import { LOGS, TRACES } from './wire/messages.ts'
import { NOT_PROTOBUF } from './wire/reader.ts'
import { Rewriter } from './wire/rewriter.ts'

export interface Redactor {
  /** The bytes as they came where the project has no policy or nothing is found; undefined when they are no request. */
  redact(project: string, signal: 'traces' | 'logs', bytes: Uint8Array): Uint8Array | undefined
  /** What was taken out since the last call, by project and rule. */
  takeCounts(): RedactionCount[]
}

export interface RedactionCount {
  project: string
  /** Name of a rule or pattern; `field:mask`, `field:hash`, `field:drop` for fields. */
  rule: string
  count: number
}

/**
 * Undefined when no policy is configured: then nothing is spent on it.
 * @param key makes the hashes of this installation
 * @throws InsightsError INSIGHTS_CONFIG_INVALID when a pattern is not understood
 */
export function createRedactor(redaction: Redaction, key: string, metrics: Metrics): Redactor | undefined {
  if (redaction.size === 0) return undefined
  const replaced = metrics.counter('insights_redact_replaced_total', 'Places that were masked, hashed or dropped', [
    'rule',
  ])
  const counts = new Map<string, Map<string, number>>()
  // By project and not by policy: `*` stands for many, and each is counted apart.
  const rewriters = new Map<string, Rewriter | undefined>()
  const secret = Buffer.from(key)

  const count = (project: string, rule: string): void => {
    const ofProject = counts.get(project) ?? new Map<string, number>()
    counts.set(project, ofProject.set(rule, (ofProject.get(rule) ?? 0) + 1))
    replaced.add(1, rule)
  }

  const rewriterOf = (project: string): Rewriter | undefined => {
    if (rewriters.has(project)) return rewriters.get(project)
    const policy = redaction.get(project) ?? redaction.get('*')
    let rewriter: Rewriter | undefined
    if (policy) {
      const compiled = compilePolicy(policy)
      const text = new TextRedactor(compiled, secret, (rule) => count(project, rule))
      rewriter = new Rewriter(compiled, text, (mode) => count(project, `field:${mode}`))
    }
    rewriters.set(project, rewriter)
    return rewriter
  }

  // A pattern that is not understood is told at the start.
  for (const project of redaction.keys()) rewriterOf(project)
  return {
    redact(project, signal, bytes) {
      const rewriter = rewriterOf(project)
      if (!rewriter) return bytes
      try {
        return rewriter.rewrite(bytes, signal === 'logs' ? LOGS : TRACES)
      } catch (error) {
        if (error === NOT_PROTOBUF) return undefined
        throw error
      }
    },
    takeCounts() {
      const taken = [...counts].flatMap(([project, rules]) =>
        [...rules].map(([rule, n]) => ({ project, rule, count: n })),
      )
      counts.clear()
      return taken
    },
  }
}
