// A span, a scope, a resource in, their OTLP/JSON out: for the event wire, which carries the whole span beside its properties.
import type { AttributeBag, HrTime, ReadableSpan, SpanIdentity, SpanScope } from '../span.ts'
import { flagsOf, MAX_DEPTH } from './encode-span.ts'

type Json = Readonly<Record<string, unknown>>

/** @param without attributes that travel elsewhere */
export function spanJson(span: ReadableSpan, without: ReadonlySet<string>): Json {
  const identity = span.spanContext()
  return {
    traceId: identity.traceId,
    spanId: identity.spanId,
    traceState: stateOf(identity),
    parentSpanId: span.parentSpanContext?.spanId || undefined,
    name: span.name,
    // The API counts kinds from INTERNAL = 0, the wire from INTERNAL = 1.
    kind: span.kind + 1,
    startTimeUnixNano: nanosOf(span.startTime),
    endTimeUnixNano: nanosOf(span.endTime),
    attributes: keyValues(span.attributes, without),
    droppedAttributesCount: span.droppedAttributesCount || undefined,
    events: span.events.map((event) => ({
      timeUnixNano: nanosOf(event.time),
      name: event.name,
      attributes: keyValues(event.attributes),
      droppedAttributesCount: event.droppedAttributesCount || undefined,
    })),
    droppedEventsCount: span.droppedEventsCount || undefined,
    links: span.links.map(({ context, attributes, droppedAttributesCount }) => ({
      traceId: context.traceId,
      spanId: context.spanId,
      traceState: stateOf(context),
      attributes: keyValues(attributes),
      droppedAttributesCount: droppedAttributesCount || undefined,
      flags: flagsOf(context.traceFlags, context),
    })),
    droppedLinksCount: span.droppedLinksCount || undefined,
    status: { message: span.status.message || undefined, code: span.status.code || undefined },
    flags: flagsOf(identity.traceFlags, span.parentSpanContext),
  }
}

export function scopeJson(scope: SpanScope): Json {
  return { name: scope.name, version: scope.version || undefined }
}

export function keyValues(attributes: AttributeBag | undefined, without?: ReadonlySet<string>): Json[] {
  const list: Json[] = []
  for (const key in attributes) {
    if (!without?.has(key)) list.push({ key, value: anyValue(attributes[key], 0) })
  }
  return list
}

function anyValue(value: unknown, depth: number): Json {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: BigInt.asIntN(64, value).toString() }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : double(value)
  if (value instanceof Uint8Array) return { bytesValue: base64(value) }
  const inner = depth + 1
  if (Array.isArray(value)) {
    return { arrayValue: { values: inner > MAX_DEPTH ? [] : value.map((item) => anyValue(item, inner)) } }
  }
  if (typeof value !== 'object' || value === null) return {}
  const entries = inner > MAX_DEPTH ? [] : Object.entries(value)
  return { kvlistValue: { values: entries.map(([key, item]) => ({ key, value: anyValue(item, inner) })) } }
}

/** JSON has no NaN and no infinity; protobuf's JSON writes them as text. */
function double(value: number): Json {
  return { doubleValue: Number.isFinite(value) ? value : String(value) }
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function nanosOf([seconds, nanoseconds]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(Math.round(nanoseconds)))
}

function stateOf(identity: SpanIdentity): string | undefined {
  return identity.traceState?.serialize() || undefined
}
