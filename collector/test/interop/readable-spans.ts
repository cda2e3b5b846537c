// A decoded OTLP request in, the spans that an SDK hands to its exporter out.
import type { AttributeBag, HrTime, ReadableSpan } from '../../../exporter/src/span.ts'
import type { opentelemetry } from '../../../proto/gen/otlp.js'

type Request = opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest
type Span = opentelemetry.proto.trace.v1.Span.$Properties
type KeyValue = opentelemetry.proto.common.v1.KeyValue.$Properties
type AnyValue = opentelemetry.proto.common.v1.AnyValue.$Properties

export function readableSpans({ resourceSpans }: Request): ReadableSpan[] {
  return resourceSpans.flatMap(({ resource, schemaUrl, scopeSpans }) => {
    const home = { attributes: bag(resource?.attributes), schemaUrl: schemaUrl || undefined }
    return (scopeSpans ?? []).flatMap((it) => {
      const { name = '', version } = it.scope ?? {}
      const scope = { name: name ?? '', version: version || undefined, schemaUrl: it.schemaUrl || undefined }
      return (it.spans ?? []).map((span) => readable(span, home, scope))
    })
  })
}

function readable(
  span: Span,
  resource: ReadableSpan['resource'],
  instrumentationScope: ReadableSpan['instrumentationScope'],
): ReadableSpan {
  const traceId = hex(span.traceId)
  const parent = hex(span.parentSpanId)
  return {
    name: span.name ?? '',
    // The API counts kinds from 0, the wire keeps 0 for "not said".
    kind: Math.max(0, (span.kind ?? 0) - 1),
    spanContext: () => ({ traceId, spanId: hex(span.spanId), traceFlags: 1 }),
    parentSpanContext: parent ? { traceId, spanId: parent, traceFlags: 1 } : undefined,
    startTime: time(span.startTimeUnixNano),
    endTime: time(span.endTimeUnixNano),
    status: { code: span.status?.code ?? 0, message: span.status?.message || undefined },
    attributes: bag(span.attributes),
    links: (span.links ?? []).map((link) => ({
      context: { traceId: hex(link.traceId), spanId: hex(link.spanId), traceFlags: 1 },
      attributes: bag(link.attributes),
    })),
    events: (span.events ?? []).map((event) => ({
      time: time(event.timeUnixNano),
      name: event.name ?? '',
      attributes: bag(event.attributes),
    })),
    resource,
    instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount ?? 0,
    droppedEventsCount: span.droppedEventsCount ?? 0,
    droppedLinksCount: span.droppedLinksCount ?? 0,
  }
}

const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex')

function time(nanoseconds: { toString(): string } | null | undefined): HrTime {
  const value = BigInt(String(nanoseconds ?? 0))
  return [Number(value / 1_000_000_000n), Number(value % 1_000_000_000n)]
}

const bag = (values: readonly KeyValue[] | null | undefined): AttributeBag =>
  Object.fromEntries((values ?? []).map(({ key, value }) => [key ?? '', plain(value)]))

function plain(value: AnyValue | null | undefined): unknown {
  if (value?.intValue != null) return Number(value.intValue)
  if (value?.arrayValue) return (value.arrayValue.values ?? []).map(plain)
  if (value?.kvlistValue) return bag(value.kvlistValue.values)
  return value?.stringValue ?? value?.boolValue ?? value?.doubleValue ?? value?.bytesValue ?? undefined
}
