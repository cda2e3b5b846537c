// A payload of spans as plain objects -> an OTLP/JSON request that a client could have sent.
import { createHash } from 'node:crypto'
import {
  Double,
  isList,
  type Payload,
  type PayloadSpan,
  type Plain,
  type PlainAttributes,
} from '../../../semconv/test/conformance/payload.ts'

type Json = Readonly<Record<string, unknown>>

function toAnyValue(plain: Plain): Json {
  if (plain === null) return {}
  if (plain instanceof Double) return ofDouble(plain.value)
  if (typeof plain === 'string') return { stringValue: plain }
  if (typeof plain === 'boolean') return { boolValue: plain }
  if (typeof plain === 'number') return Number.isInteger(plain) ? { intValue: String(plain) } : ofDouble(plain)
  if (isList(plain)) return { arrayValue: { values: plain.map(toAnyValue) } }
  return { kvlistValue: { values: toKeyValues(plain) } }
}

// As the JSON mapping of protobuf has it.
const ofDouble = (value: number): Json => ({ doubleValue: Number.isFinite(value) ? value : String(value) })

export const toKeyValues = (attributes: PlainAttributes = {}): Json[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: toAnyValue(value) }))

/** Ids of the payload's own: the same name, the same ids. */
export const traceIdOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32)
export const spanIdOf = (name: string, i: number): string =>
  createHash('sha256').update(`${name} ${i}`).digest('hex').slice(0, 16)

/** `startMs`: when the spans start, each a millisecond after the one before. */
export function toRequest(payload: Payload, name: string, startMs: number): Json {
  const scopes = Map.groupBy(payload.spans.entries(), ([, span]) => span.scope ?? payload.scope ?? '')
  return {
    resourceSpans: [
      {
        resource: { attributes: toKeyValues({ 'service.name': 'conformance' }) },
        scopeSpans: [...scopes].map(([scope, spans]) => ({
          scope: { name: scope, version: payload.version ?? '' },
          spans: spans.map(([i, span]) => toSpan(span, { name, i, startMs: startMs + i })),
        })),
      },
    ],
  }
}

function toSpan(span: PayloadSpan, { name, i, startMs }: { name: string; i: number; startMs: number }): Json {
  const nano = (ms: number): string => String(BigInt(Math.round(ms * 1000)) * 1000n)
  return {
    traceId: traceIdOf(name),
    spanId: spanIdOf(name, i),
    ...(span.parent === undefined ? {} : { parentSpanId: spanIdOf(name, span.parent) }),
    name: span.name,
    kind: 1,
    startTimeUnixNano: nano(startMs),
    endTimeUnixNano: nano(startMs + (span.durationMs ?? 1000)),
    attributes: toKeyValues(span.attributes),
    events: (span.events ?? []).map(({ name: event, attributes, afterMs = 0 }) => ({
      name: event,
      timeUnixNano: nano(startMs + afterMs),
      attributes: toKeyValues(attributes),
    })),
    status: span.error === undefined ? {} : { code: 2, message: span.error },
  }
}
