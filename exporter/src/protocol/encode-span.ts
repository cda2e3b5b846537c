// One ended span in, the fields of its OTLP `Span` message out (opentelemetry/proto/trace/v1/trace.proto).
// Written when the span ends and not when the batch leaves: the queue can then be bounded in bytes, and no batch blocks the event loop.
import type { AttributeBag, ReadableSpan, SpanEvent, SpanIdentity, SpanLink } from '../span.ts'
import type { WireWriter } from './wire-writer.ts'

/** Values nested deeper than this are sent empty: a cycle must end, and a level takes three of the 100 that protobuf decoders allow. */
export const MAX_DEPTH = 16
const HAS_IS_REMOTE = 0x100
const IS_REMOTE = 0x200

/** @throws RangeError when an id is not hex. */
export function writeSpan(out: WireWriter, span: ReadableSpan): void {
  const identity = span.spanContext()
  out.hex(1, identity.traceId)
  out.hex(2, identity.spanId)
  writeTraceState(out, identity)
  if (span.parentSpanContext?.spanId) out.hex(4, span.parentSpanContext.spanId)
  out.string(5, span.name)
  // The API counts kinds from INTERNAL = 0, the wire from INTERNAL = 1.
  out.varint(6, span.kind + 1)
  out.unixNano(7, span.startTime)
  out.unixNano(8, span.endTime)
  writeAttributes(out, 9, span.attributes)
  writeCount(out, 10, span.droppedAttributesCount)
  // Most spans have none, and an iterator is made even for those.
  if (span.events.length > 0) for (const event of span.events) writeEvent(out, 11, event)
  writeCount(out, 12, span.droppedEventsCount)
  if (span.links.length > 0) for (const link of span.links) writeLink(out, 13, link)
  writeCount(out, 14, span.droppedLinksCount)
  writeStatus(out, 15, span.status)
  out.fixed32(16, flagsOf(identity.traceFlags, span.parentSpanContext))
}

/** Writes each attribute as a `KeyValue` in `field`. */
export function writeAttributes(out: WireWriter, field: number, attributes: AttributeBag | undefined): void {
  for (const key in attributes) writeAttribute(out, field, key, attributes[key])
}

function writeAttribute(out: WireWriter, field: number, key: string, value: unknown): void {
  const keyValue = out.open(field, typeof value === 'string' ? value.length + key.length + 8 : 0)
  out.string(1, key)
  writeValue(out, value, 0)
  out.close(keyValue)
}

/** The `value` of a `KeyValue`. */
function writeValue(out: WireWriter, value: unknown, depth: number): void {
  const anyValue = out.open(2, typeof value === 'string' ? value.length + 4 : 0)
  writeAnyValue(out, value, depth)
  out.close(anyValue)
}

function writeEvent(out: WireWriter, field: number, event: SpanEvent): void {
  const message = out.open(field)
  out.unixNano(1, event.time)
  out.string(2, event.name)
  writeAttributes(out, 3, event.attributes)
  writeCount(out, 4, event.droppedAttributesCount)
  out.close(message)
}

function writeLink(out: WireWriter, field: number, link: SpanLink): void {
  const message = out.open(field)
  out.hex(1, link.context.traceId)
  out.hex(2, link.context.spanId)
  writeTraceState(out, link.context)
  writeAttributes(out, 4, link.attributes)
  writeCount(out, 5, link.droppedAttributesCount)
  out.fixed32(6, flagsOf(link.context.traceFlags, link.context))
  out.close(message)
}

function writeStatus(out: WireWriter, field: number, status: ReadableSpan['status']): void {
  const message = out.open(field)
  if (status.message) out.string(2, status.message)
  writeCount(out, 3, status.code)
  out.close(message)
}

function writeTraceState(out: WireWriter, identity: SpanIdentity): void {
  const state = identity.traceState?.serialize()
  if (state) out.string(3, state)
}

function writeCount(out: WireWriter, field: number, count: number | undefined): void {
  if (count) out.varint(field, count)
}

export function flagsOf(traceFlags: number, remoteness: SpanIdentity | undefined): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (remoteness?.isRemote ? IS_REMOTE : 0)
}

function writeAnyValue(out: WireWriter, value: unknown, depth: number): void {
  if (typeof value === 'string') out.string(1, value)
  else if (typeof value === 'boolean') out.varint(2, value ? 1 : 0)
  else if (typeof value === 'bigint') out.varint(3, value)
  else if (typeof value === 'number') writeNumber(out, value)
  else if (value instanceof Uint8Array) out.bytes(7, value)
  else if (Array.isArray(value)) writeArray(out, value, depth + 1)
  else if (typeof value === 'object' && value !== null) writeMap(out, value, depth + 1)
}

/** Beyond 2^53 a JavaScript number is an approximation anyway, and int64 could overflow. */
function writeNumber(out: WireWriter, value: number): void {
  if (Number.isSafeInteger(value)) out.varint(3, value)
  else out.double(4, value)
}

function writeArray(out: WireWriter, values: readonly unknown[], depth: number): void {
  const list = out.open(5)
  for (const value of depth > MAX_DEPTH ? [] : values) {
    const item = out.open(1)
    writeAnyValue(out, value, depth)
    out.close(item)
  }
  out.close(list)
}

function writeMap(out: WireWriter, map: object, depth: number): void {
  const list = out.open(6)
  for (const [key, value] of depth > MAX_DEPTH ? [] : Object.entries(map)) {
    const keyValue = out.open(1)
    out.string(1, key)
    writeValue(out, value, depth)
    out.close(keyValue)
  }
  out.close(list)
}
