// What a span or one of its events says of quality -> scores.
import type { CanonicalFields } from './read-value.ts'
import { readValue } from './read-value.ts'
import type { ScoreFacts } from './span-facts.ts'
import type { Attribute } from './value.ts'

/** Attributes of a `gen_ai.evaluation.result` event (gen_ai conventions 1.38) -> the members of a score. */
const PARTS = {
  'gen_ai.evaluation.name': ['name', 'name'],
  'gen_ai.evaluation.score.value': ['value', 'number'],
  'gen_ai.evaluation.score.label': ['label', 'name'],
  'gen_ai.evaluation.explanation': ['explanation', 'text'],
} as const

/** @returns no score when the event does not name what it judged */
export function scoreOfEvent(attributes: Iterable<Attribute>): ScoreFacts[] {
  const score: Record<string, unknown> = {}
  for (const [key, value] of attributes) {
    if (!Object.hasOwn(PARTS, key)) continue
    const [member, type] = PARTS[key as keyof typeof PARTS]
    const read = readValue(value, type)
    if (read !== undefined) score[member] = read
  }
  return isScore(score) ? [score] : []
}

/** The score that a span itself is. */
export function scoreOfFields({
  evaluation_name: name,
  score_value: value,
  score_label: label,
  explanation,
}: CanonicalFields): ScoreFacts[] {
  const score = Object.fromEntries(
    Object.entries({ name, value, label, explanation }).filter(([, part]) => part !== undefined),
  )
  return isScore(score) && Object.keys(score).length > 1 ? [score] : []
}

const isScore = (score: Record<string, unknown>): score is Record<string, unknown> & ScoreFacts =>
  typeof score['name'] === 'string'
