// The `$otel` property of an event in, the span that our exporter had in its hands out, to the last attribute. docs/insights-wire.md tells its form.
import { InsightsError } from '../../telemetry/errors.ts'
import { jsonToMessage } from '../json-to-otlp.ts'
import type { Message } from '../otlp-json-tables.ts'
import { SPAN_PARTS } from '../otlp-json-tables.ts'
import { cursorAt, type JsonValues, type Members, type Place, readMembers } from './json-value.ts'
import { DEPTH, type OtlpWriter } from './otlp-writer.ts'
import type { SpanEvent } from './write-span.ts'

/** The parts of an OTLP span as protobuf, and the attributes that were moved into properties of the event. */
export interface OtelSpan {
  resource: Uint8Array | undefined
  resourceSchema: string
  scope: Uint8Array | undefined
  scopeSchema: string
  span: Uint8Array
  moved: readonly { key: string; place: Place }[]
}

/** Undefined when the event has none, or one that cannot be read: then its other properties tell. */
export function otelOf(values: JsonValues, { properties }: SpanEvent): OtelSpan | undefined {
  const place = properties.get('$otel')
  if (place === undefined || !values.isObject(place)) return undefined
  try {
    const members = membersAt(values, place)
    const span = part(values, members, { name: 'span', message: SPAN_PARTS.span })
    if (span === undefined) return undefined
    return {
      resource: part(values, members, { name: 'resource', message: SPAN_PARTS.resource }),
      resourceSchema: values.text(members.get('schemaUrl')) ?? '',
      scope: part(values, members, { name: 'scope', message: SPAN_PARTS.scope }),
      scopeSchema: values.text(members.get('scopeSchemaUrl')) ?? '',
      span,
      moved: movedOf(values, members, properties),
    }
  } catch (error) {
    if (error instanceof InsightsError && error.code === 'INSIGHTS_REQUEST_INVALID') return undefined
    throw error
  }
}

const membersAt = (values: JsonValues, place: Place): Members => readMembers(cursorAt(values.bytes, place.start), 0)

function part(
  values: JsonValues,
  members: Members,
  { name, message }: { name: string; message: Message },
): Uint8Array | undefined {
  const place = members.get(name)
  return place && values.isObject(place)
    ? jsonToMessage(message, values.bytes.subarray(place.start, place.end))
    : undefined
}

/** `moved`: attribute -> the property that holds its value. */
function movedOf(values: JsonValues, members: Members, properties: Members): OtelSpan['moved'] {
  const place = members.get('moved')
  if (place === undefined || !values.isObject(place)) return []
  return [...membersAt(values, place)].flatMap(([key, name]) => {
    const value = properties.get(values.text(name) ?? '')
    return value === undefined ? [] : [{ key, place: value }]
  })
}

// ResourceSpans { resource = 1, scope_spans = 2, schema_url = 3 }; ScopeSpans { scope = 1, spans = 2, schema_url = 3 }; Span { attributes = 9 }
const FIRST = 0x0a
const SECOND = 0x12
const SCHEMA_URL = 0x1a
const ATTRIBUTE = 0x4a

/** One ResourceSpans of its own. */
export function writeOtel(out: OtlpWriter, values: JsonValues, otel: OtelSpan): void {
  out.message(FIRST, DEPTH.resource, () => {
    if (otel.resource) out.id(FIRST, otel.resource)
    out.message(SECOND, DEPTH.scope, () => {
      if (otel.scope) out.id(FIRST, otel.scope)
      out.message(SECOND, DEPTH.record, () => {
        out.raw(otel.span)
        for (const { key, place } of otel.moved) out.copied(ATTRIBUTE, key, values, place)
      })
      out.text(SCHEMA_URL, otel.scopeSchema)
    })
    out.text(SCHEMA_URL, otel.resourceSchema)
  })
}
