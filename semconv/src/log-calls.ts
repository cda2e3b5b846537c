// Log records of emitters that tell in logs what others tell in spans -> which of them are kept, which tell of a model call, and what that
// call means by the same rules as a span.
import type { LogCallRule, LogRule } from './dialect.ts'
import { DIALECTS } from './dialects/all.ts'
import { Findings } from './findings.ts'
import { conclude } from './interpret.ts'
import { OPERATION_KINDS } from './kinds.ts'
import { COUNTING_KINDS, type Kind } from './model.ts'
import { readValue } from './read-value.ts'
import { dialectOfScope } from './rules.ts'
import type { Interpretation } from './span-facts.ts'
import { type Attribute, textOfValue, type Value } from './value.ts'

/** One name under which a rule's records come. */
export interface LogUse {
  readonly name: string
  /** Number in DIALECTS. */
  readonly dialect: number
  readonly rule: LogRule
  /** True for a name that says by itself whose it is; others count in scopes of their dialect. */
  readonly isWhole: boolean
}

export const LOG_USES: readonly LogUse[] = DIALECTS.flatMap(({ logs = [], logPrefix = '', isBase }, dialect) =>
  logs.flatMap((rule) => {
    const whole = { name: `${logPrefix}${rule.event}`, dialect, rule, isWhole: true }
    // a dialect may say something of its own of an event of the conventions
    if (rule.event.startsWith('gen_ai.')) return [{ ...whole, name: rule.event, isWhole: isBase === true }]
    return [whole, { name: rule.event, dialect, rule, isWhole: false }]
  }),
)

/** Keys of the conversation and of the prompt that a record belongs to, the more telling first: what holds records together that name no trace. */
export const LOG_SESSION_KEYS: readonly string[] = ['gen_ai.conversation.id', 'session.id', 'conversation.id']
export const LOG_PROMPT_KEYS: readonly string[] = ['prompt.id', 'prompt_id']

export type ValueAt = (key: string) => Value

/** What a log record says of itself, beside its name. */
export interface LogFacts {
  attributes: Iterable<Attribute>
  scopeName?: string
  scopeVersion?: string
  /** It names the span that it was written in. */
  hasSpan?: boolean
  /** Milliseconds since 1970 at which the call began. */
  startMs?: number
  durationNs?: number
}

/** Whether a record of this use tells of a model call. */
export function tellsOfCall({ rule: { call } }: LogUse, valueAt: ValueAt): boolean {
  if (call === undefined || kindTold(valueAt) === undefined) return false
  const { where = {}, counts = [] } = call
  return (
    Object.entries(where).every(([key, value]) => textOfValue(valueAt(key)) === value) &&
    (counts.some((key) => readValue(valueAt(key), 'count') !== undefined) || failureOf(call, valueAt) !== undefined)
  )
}

/** Nanoseconds that the call took; undefined where nothing tells. */
export function logDurationNs({ rule: { call } }: LogUse, valueAt: ValueAt): number | undefined {
  const told = call?.duration === undefined ? undefined : readValue(valueAt(call.duration), 'milliseconds')
  return typeof told === 'number' && told >= 0 ? told : undefined
}

/** What the call means that a record tells of; the record must be one of which `tellsOfCall` is true. */
export function readLogCall(use: LogUse, facts: LogFacts): Interpretation {
  const { rule, dialect } = use
  const attributes = [...facts.attributes]
  const valueAt: ValueAt = (wanted) => attributes.findLast(([key]) => key === wanted)?.[1]
  const { scopeName = '', scopeVersion = '', hasSpan = false, ...times } = facts
  const found = new Findings({ scopeName, scopeVersion }, valueAt)
  const isForeign = dialectOfScope(scopeName) !== dialect && DIALECTS[dialect]!.isBase !== true
  if (isForeign) found.dialects.push(dialect)
  let position = 0
  for (const [key, value] of attributes) found.attribute(key, value, position++)
  found.setKind(kindTold(valueAt) ?? 'generation')
  // Only where the record does not say: what it says of itself is trusted more.
  found.give('operation', 'chat', 'event.name')
  found.give('provider', rule.call?.provider, 'event.name')
  const failure = rule.call && failureOf(rule.call, valueAt)
  const status = failure === undefined ? {} : { statusCode: STATUS_ERROR, statusMessage: failure }
  const countsUsage = !(rule.call?.inOwnSpan === true && hasSpan)
  return { ...conclude(found, { ...times, ...status }), usageRole: 'log', countsUsage }
}

const STATUS_ERROR = 2

function failureOf({ failure = [] }: LogCallRule, valueAt: ValueAt): string | undefined {
  return failure.map((key) => textOfValue(valueAt(key))).find((text) => text !== '')
}

/** The kind of call; undefined for an operation that only sums up calls, such as an agent's. */
function kindTold(valueAt: ValueAt): Kind | undefined {
  const word = OPERATION_KINDS.get(textOfValue(valueAt('gen_ai.operation.name'))) ?? 'generation'
  return word !== 'wrapper' && COUNTING_KINDS.includes(word) ? word : undefined
}
