// From what a span says of itself to its canonical kind.
import type { KindRule, KindWord } from './dialect.ts'
import { DIALECTS } from './dialects/all.ts'

/** operation name -> kind, over all dialects; the first dialect to name an operation wins. */
export const OPERATION_KINDS: ReadonlyMap<string, KindWord> = new Map(
  [...DIALECTS].reverse().flatMap((dialect) => Object.entries(dialect.kinds)),
)

/** What is known of a span when its kind is asked for. */
export interface KindEvidence {
  operation: string
  /** Or the id of a call of it. */
  hasToolName: boolean
  hasModel: boolean
  hasUsageOrContent: boolean
}

/** The order is that of trust: the named operation, then a tool's name, then a model that was really used. */
export function kindOf(evidence: KindEvidence): KindWord {
  const named = OPERATION_KINDS.get(evidence.operation)
  if (named) return named
  if (evidence.hasToolName) return 'tool'
  if (evidence.hasModel && evidence.hasUsageOrContent) return 'generation'
  return 'span'
}

/** The kind that the value of a kind key names; undefined when the rule does not know the value. */
export function kindOfValue(rule: KindRule, value: string): KindWord | undefined {
  const word = rule.match === 'first_word' ? value.split(' ', 1)[0]! : unquoted(value)
  const { kinds } = rule
  if (Object.hasOwn(kinds, word)) return kinds[word]
  const lower = word.toLowerCase()
  return Object.hasOwn(kinds, lower) ? kinds[lower] : undefined
}

// MLflow writes every value as JSON, a name as "NAME".
const unquoted = (value: string): string =>
  value.length > 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
