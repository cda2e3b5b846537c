// From what a span says of itself to its canonical kind.
import { DIALECTS } from './dialects/all.ts'
import type { Kind } from './model.ts'

/** operation name -> kind, over all dialects; the first dialect to name an operation wins. */
export const OPERATION_KINDS: ReadonlyMap<string, Kind> = new Map(
  [...DIALECTS].reverse().flatMap((dialect) => Object.entries(dialect.kinds)),
)

/** What is known of a span when its kind is asked for. */
export interface KindEvidence {
  operation: string
  hasToolName: boolean
  hasModel: boolean
  hasUsageOrContent: boolean
}

/** The order is that of trust: the named operation, then a tool's name, then a model that was really used. */
export function kindOf(evidence: KindEvidence): Kind {
  const named = OPERATION_KINDS.get(evidence.operation)
  if (named) return named
  if (evidence.hasToolName) return 'tool'
  if (evidence.hasModel && evidence.hasUsageOrContent) return 'generation'
  return 'span'
}
