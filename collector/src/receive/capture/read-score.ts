// An event of feedback, of a metric or of an evaluation in, the score that it gives out.
import { spanIdOf, traceIdOf } from './ids.ts'
import type { JsonValues, Members } from './json-value.ts'
import { SCORE_SOURCES, type ScoreRecord, type ScoreSource, scoreIdOf, verdictOf } from './score.ts'
import { endOf, type SpanContext, type SpanEvent, userOf } from './write-span.ts'

interface ScoreKeys {
  /** Properties that name it, else `name`. */
  names: readonly string[]
  name: string
  values: readonly string[]
  comments: readonly string[]
  source: ScoreSource
}

const FEEDBACK: ScoreKeys = {
  names: ['$ai_metric_name', 'name'],
  name: 'feedback',
  values: ['rating', 'value', 'score', '$ai_metric_value', '$ai_feedback_rating'],
  comments: ['comment', '$ai_feedback_text', 'feedback', 'text'],
  source: 'human',
}

/** Events that are scores. */
export const SCORE_EVENTS: Readonly<Record<string, ScoreKeys>> = {
  llm_feedback: FEEDBACK,
  $ai_feedback: FEEDBACK,
  $ai_metric: {
    names: ['$ai_metric_name', 'name'],
    name: 'metric',
    values: ['$ai_metric_value', 'value'],
    comments: ['comment', '$ai_feedback_text'],
    source: 'api',
  },
  $ai_evaluation: {
    names: ['$ai_evaluation_name', 'name'],
    name: 'evaluation',
    values: ['$ai_evaluation_result', 'value'],
    comments: ['$ai_evaluation_reasoning', 'comment'],
    source: 'evaluator',
  },
}

const TRACE_KEYS = ['$ai_trace_id', 'trace_id', 'traceId'] as const
const SPAN_KEYS = ['$ai_target_span_id', '$ai_span_id', '$ai_generation_id', 'span_id', 'spanId'] as const
const SESSION_KEYS = ['$ai_session_id', 'session_id', 'sessionId'] as const
const MAX_NAME = 256
const MAX_COMMENT = 16_384

/** Undefined: it says of nothing what it judges, or says nothing of it. */
export function readScore(event: SpanEvent, context: SpanContext): ScoreRecord | undefined {
  const { values } = context
  const { properties } = event
  const keys = SCORE_EVENTS[event.name]!
  const trace = first(values, properties, TRACE_KEYS)
  const span = first(values, properties, SPAN_KEYS)
  const session = first(values, properties, SESSION_KEYS)
  const comment = first(values, properties, keys.comments)?.slice(0, MAX_COMMENT)
  const verdict = givenIn(values, properties, keys.values) ?? textOnly(comment)
  if (verdict === undefined || (trace === undefined && session === undefined)) return undefined
  const target = {
    traceId: trace === undefined ? undefined : traceIdOf(trace),
    spanId: trace === undefined || span === undefined || span === trace ? undefined : spanIdOf(span),
    sessionId: session,
  }
  const name = (first(values, properties, keys.names) ?? keys.name).slice(0, MAX_NAME)
  const user = userOf(values, event)
  const source = sourceOf(values.text(properties.get('source'))) ?? keys.source
  return {
    ...target,
    ...verdict,
    id:
      first(values, properties, ['$ai_score_id', 'score_id'])?.slice(0, MAX_NAME) ??
      scoreIdOf(target, { name, source, user }),
    name,
    comment,
    source,
    author: authorOf(values.text(properties.get('author')), user),
    userId: user,
    environment: first(values, properties, ['$environment', 'environment']),
    timeUnixNano: endOf(event, context),
    isDeleted: false,
    metadata: metadataOf(values, properties, keys),
  }
}

const MAX_METADATA = 32
/** Marked by the clients, or words of the record that the score becomes. */
const OURS = /^(?:\$|insights\.|gen_ai\.|event\.name$|user\.id$|session\.id$)/
const TOLD: ReadonlySet<string> = new Set([
  ...[...TRACE_KEYS, ...SPAN_KEYS, ...SESSION_KEYS, 'score_id', 'source', 'author', 'environment', 'uuid', 'timestamp'],
  ...['distinct_id', 'token', 'api_key', 'name'],
])

/** The app's own properties: those without the mark of the clients' own, that tell nothing of the above. */
function metadataOf(values: JsonValues, properties: Members, keys: ScoreKeys): [string, string][] {
  const entries: [string, string][] = []
  for (const [key, place] of properties) {
    if (entries.length >= MAX_METADATA) break
    if (OURS.test(key) || TOLD.has(key) || keys.values.includes(key) || keys.comments.includes(key)) continue
    const text = values.text(place) ?? values.raw(place)
    if (text !== undefined && text !== 'null') entries.push([key, text.slice(0, MAX_COMMENT)])
  }
  return entries
}

/** The user is told once, under the name that redaction knows. */
const authorOf = (author: string | undefined, user: string | undefined): string | undefined =>
  author === user ? undefined : author

const sourceOf = (text: string | undefined): ScoreSource | undefined => SCORE_SOURCES.find((one) => one === text)

const textOnly = (comment: string | undefined) =>
  comment === undefined ? undefined : ({ type: 'text', value: undefined, label: undefined } as const)

function first(values: JsonValues, properties: Members, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = values.text(properties.get(key))
    if (text !== undefined) return text
  }
  return undefined
}

/** Clients write numbers and booleans as text too. */
function givenIn(values: JsonValues, properties: Members, keys: readonly string[]) {
  for (const key of keys) {
    const place = properties.get(key)
    if (place === undefined) continue
    const given = values.flag(place) ?? values.number(place) ?? values.text(place)
    const verdict = given === undefined ? undefined : verdictOf(given)
    if (verdict !== undefined) return verdict
  }
  return undefined
}
