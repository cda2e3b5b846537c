// A `$ai_*` event in, one OTLP span out: its properties as attributes under their own names, which the `posthog` dialect reads.
import { rootSpanIdOf, spanIdOf, timeOfUuid, traceIdOf } from './ids.ts'
import type { JsonValues, Members, Place } from './json-value.ts'
import { DEPTH, type OtlpWriter } from './otlp-writer.ts'
import type { WireEvent } from './read-events.ts'
import { bounded, durationOf, timeOf } from './times.ts'

/** Events that are spans, and what such a span is called when the event does not say. */
export const SPAN_EVENTS: Readonly<Record<string, { name: string; names: readonly string[] }>> = {
  $ai_trace: { name: 'trace', names: ['$ai_trace_name', '$ai_span_name'] },
  $ai_span: { name: 'span', names: ['$ai_span_name'] },
  $ai_generation: { name: 'chat', names: ['$ai_span_name'] },
  $ai_embedding: { name: 'embeddings', names: ['$ai_span_name'] },
}

export interface SpanEvent extends WireEvent {
  properties: Members
}

/** What the rest of the body and the door know. */
export interface SpanContext {
  values: JsonValues
  /** Traces, in hex, whose `$ai_trace` event is in the same body, and its span's id. */
  roots: ReadonlyMap<string, Buffer>
  sentAt: bigint | undefined
  receivedAt: bigint
}

// Span { trace_id = 1, span_id = 2, parent_span_id = 4, name = 5, kind = 6, start = 7, end = 8, attributes = 9, status = 15 }
const TAG = { traceId: 0x0a, spanId: 0x12, parent: 0x22, name: 0x2a, kind: 0x30, start: 0x39, end: 0x41 } as const
const ATTRIBUTE = 0x4a
const STATUS = 0x7a
const STATUS_MESSAGE = 0x12
const STATUS_CODE = 0x18
const STATUS_ERROR = 2
const KIND_INTERNAL = 1
const KIND_CLIENT = 3

/** Keys, who the user is (under the name that redaction knows), and what the sender's library tells of itself, which is the resource's. */
const NOT_ATTRIBUTES = new Set([
  'token',
  'api_key',
  '$token',
  'distinct_id',
  '$user_id',
  '$lib',
  '$lib_version',
  '$otel',
])
const PARENT_KEYS = ['$ai_parent_id', '$ai_parent_span_id'] as const
const SPAN_KEYS = ['$ai_span_id', '$ai_generation_id'] as const

export function writeSpan(out: OtlpWriter, event: SpanEvent, context: SpanContext): void {
  const { values } = context
  const { properties, name } = event
  const traceId = traceOf(values, event)
  const parent = parentOf(event, traceId, context)
  const end = endOf(event, context)
  const latency = durationOf(values.number(properties.get('$ai_latency'))) ?? 0n
  out.id(TAG.traceId, traceId)
  out.id(TAG.spanId, spanOf(values, event, traceId))
  if (parent) out.id(TAG.parent, parent)
  out.text(TAG.name, nameOf(values, event))
  out.number(TAG.kind, name === '$ai_generation' || name === '$ai_embedding' ? KIND_CLIENT : KIND_INTERNAL)
  out.time(TAG.start, bounded(end - latency) ?? end)
  out.time(TAG.end, end)
  out.attribute(ATTRIBUTE, '$ai_event', name)
  const user = userOf(values, event)
  if (user !== undefined) out.attribute(ATTRIBUTE, 'user.id', user)
  for (const [key, place] of properties) if (!NOT_ATTRIBUTES.has(key)) out.copied(ATTRIBUTE, key, values, place)
  writeStatus(out, values, properties)
}

function writeStatus(out: OtlpWriter, values: JsonValues, properties: Members): void {
  const error = properties.get('$ai_error')
  const told = values.flag(properties.get('$ai_is_error'))
  if (told === false || (told === undefined && (error === undefined || values.isNull(error)))) return
  out.message(STATUS, DEPTH.field, () => {
    out.text(STATUS_MESSAGE, error === undefined ? '' : messageOf(values, error))
    out.number(STATUS_CODE, STATUS_ERROR)
  })
}

/** An error is told as text, or as an object with a `message`; as JSON, or as JSON in a string. */
export function messageOf(values: JsonValues, place: Place): string {
  const text = values.text(place) ?? values.raw(place) ?? ''
  if (!text.startsWith('{')) return text === 'null' ? '' : text
  try {
    const parsed: unknown = JSON.parse(text)
    const message: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'message') : undefined
    return typeof message === 'string' ? message : text
  } catch {
    return text
  }
}

function nameOf(values: JsonValues, { name, properties }: SpanEvent): string {
  const { names, name: word } = SPAN_EVENTS[name]!
  for (const key of names) {
    const told = values.text(properties.get(key))
    if (told !== undefined) return told
  }
  const model = values.text(properties.get('$ai_model'))
  return model === undefined ? word : `${word} ${model}`
}

/** Without a trace, an event is one of its own. */
export function traceOf(values: JsonValues, event: SpanEvent): Buffer {
  return traceIdOf(values.text(event.properties.get('$ai_trace_id')) ?? ownIdOf(values, event))
}

export function spanOf(values: JsonValues, event: SpanEvent, traceId: Buffer): Buffer {
  for (const key of SPAN_KEYS) {
    const told = values.text(event.properties.get(key))
    if (told !== undefined) return spanOrRoot(values, event, { told, traceId })
  }
  return event.name === '$ai_trace' ? rootSpanIdOf(traceId) : spanIdOf(ownIdOf(values, event))
}

/** A parent, or the event itself, that bears the id of its trace is the trace's own span. */
function spanOrRoot(
  values: JsonValues,
  { properties }: SpanEvent,
  { told, traceId }: { told: string; traceId: Buffer },
): Buffer {
  return told === values.text(properties.get('$ai_trace_id')) ? rootSpanIdOf(traceId) : spanIdOf(told)
}

function parentOf(event: SpanEvent, traceId: Buffer, { values, roots }: SpanContext): Buffer | undefined {
  const own = spanOf(values, event, traceId)
  const root = roots.get(traceId.toString('hex'))
  for (const key of PARENT_KEYS) {
    const told = values.text(event.properties.get(key))
    if (told === undefined) continue
    const isTrace = told === values.text(event.properties.get('$ai_trace_id'))
    const parent = isTrace ? (root ?? rootSpanIdOf(traceId)) : spanIdOf(told)
    return parent.equals(own) ? undefined : parent
  }
  // What hangs on nothing hangs on the trace, where the trace is told of.
  return event.name === '$ai_trace' || root === undefined || root.equals(own) ? undefined : root
}

/** The event's UUID; without one, its bytes. */
function ownIdOf(values: JsonValues, { members, place }: WireEvent): string {
  return values.text(members.get('uuid')) ?? values.bytes.toString('latin1', place.start, place.end)
}

/** Libraries that were told no user send the id of the trace or session, or none, in the user's place. */
export function userOf(values: JsonValues, { members, properties }: SpanEvent): string | undefined {
  const user = values.text(members.get('distinct_id')) ?? values.text(properties.get('distinct_id'))
  const isNobody =
    user === 'anonymous' || NOT_USERS.some((key) => user === values.text(properties.get(key)) && user !== undefined)
  return isNobody ? undefined : user
}
const NOT_USERS = ['$ai_trace_id', 'trace_id', '$ai_session_id', 'session_id'] as const

/**
 * When the event was captured: a step is told of when it is over. No clock of ours corrects it, since what is sent again
 * must be the same again: without a time, the time in its UUID tells.
 */
export function endOf({ members, properties }: SpanEvent, { values, sentAt, receivedAt }: SpanContext): bigint {
  const told = values.text(members.get('timestamp')) ?? values.text(properties.get('timestamp'))
  const time = told === undefined ? undefined : timeOf(told)
  if (time !== undefined) return time
  const uuid = values.text(members.get('uuid'))
  const made = uuid === undefined ? undefined : timeOfUuid(uuid)
  const madeAt = made === undefined ? undefined : bounded(BigInt(made) * 1_000_000n)
  if (madeAt !== undefined) return madeAt
  const offsetMs = values.number(members.get('offset')) ?? 0
  const from = sentAt ?? receivedAt
  return offsetMs > 0 && offsetMs < MAX_OFFSET_MS ? from - BigInt(Math.round(offsetMs)) * 1_000_000n : from
}
const MAX_OFFSET_MS = 7 * 86_400_000
