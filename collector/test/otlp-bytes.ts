// OTLP requests as bytes, written by hand: a test can then say what no encoder would.
import { createHash } from 'node:crypto'

/** Protobuf wire format, one field at a time. */
export const wire = {
  varint(value: number | bigint): Buffer {
    const out: number[] = []
    let rest = BigInt.asUintN(64, BigInt(value))
    do {
      const low = Number(rest & 0x7fn)
      rest >>= 7n
      out.push(rest === 0n ? low : low | 0x80)
    } while (rest !== 0n)
    return Buffer.from(out)
  },
  tag: (field: number | bigint, type: number): Buffer => wire.varint((BigInt(field) << 3n) | BigInt(type)),
  number: (field: number, value: number | bigint): Buffer => Buffer.concat([wire.tag(field, 0), wire.varint(value)]),
  fixed64(field: number, value: bigint): Buffer {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt.asUintN(64, value))
    return Buffer.concat([wire.tag(field, 1), bytes])
  },
  fixed32(field: number, value: number): Buffer {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    return Buffer.concat([wire.tag(field, 5), bytes])
  },
  message(field: number, ...parts: (Uint8Array | string)[]): Buffer {
    const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
    return Buffer.concat([wire.tag(field, 2), wire.varint(body.length), body])
  },
  group: (field: number, ...parts: Uint8Array[]): Buffer =>
    Buffer.concat([wire.tag(field, 3), ...parts, wire.tag(field, 4)]),
}

/** opentelemetry.proto.common.v1.AnyValue */
export const any = {
  string: (text: string | Uint8Array): Buffer => wire.message(1, text),
  bool: (value: boolean): Buffer => wire.number(2, value ? 1 : 0),
  int: (value: number | bigint): Buffer => wire.number(3, value),
  double(value: number): Buffer {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleLE(value)
    return Buffer.concat([wire.tag(4, 1), bytes])
  },
  array: (...values: Uint8Array[]): Buffer => wire.message(5, ...values.map((value) => wire.message(1, value))),
  map: (...entries: [string, Uint8Array][]): Buffer =>
    wire.message(6, ...entries.map(([key, value]) => wire.message(1, keyValue(key, value)))),
  bytes: (bytes: Uint8Array): Buffer => wire.message(7, bytes),
  /** No value at all. */
  none: Buffer.alloc(0),
}

/** The body of a KeyValue. */
export const keyValue = (key: string | Uint8Array, value: Uint8Array): Buffer =>
  Buffer.concat([wire.message(1, key), wire.message(2, value)])

export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** Attributes as fields of the given number; whole numbers are int64. */
export function attributes(field: number, values: Attributes): Buffer {
  return Buffer.concat(Object.entries(values).map(([key, value]) => wire.message(field, keyValue(key, toAny(value)))))
}

function toAny(value: Attributes[string]): Buffer {
  if (typeof value === 'string') return any.string(value)
  if (typeof value === 'boolean') return any.bool(value)
  if (typeof value === 'number') return Number.isInteger(value) ? any.int(value) : any.double(value)
  return any.array(...value.map((text) => any.string(text)))
}

export interface SpanOptions {
  /** Hex. */
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name?: string
  readonly startUnixNano?: bigint
  readonly durationNano?: bigint
  readonly attributes?: Attributes
}

/** Today, at a whole second, so that it reads well. */
export const NOW_NANO = BigInt(Math.floor(Date.now() / 1000)) * 1_000_000_000n

/** The body of a Span, and whatever else is put behind it. */
export function span(options: SpanOptions, ...more: Uint8Array[]): Buffer {
  const start = options.startUnixNano ?? NOW_NANO
  return Buffer.concat([
    wire.message(1, Buffer.from(options.traceId, 'hex')),
    wire.message(2, Buffer.from(options.spanId, 'hex')),
    ...(options.parentSpanId === undefined ? [] : [wire.message(4, Buffer.from(options.parentSpanId, 'hex'))]),
    wire.message(5, options.name ?? 'step'),
    wire.fixed64(7, start),
    wire.fixed64(8, start + (options.durationNano ?? 1_000_000n)),
    attributes(9, options.attributes ?? {}),
    ...more,
  ])
}

/** ExportTraceServiceRequest of one resource and one scope. */
export const request = (...spans: Uint8Array[]): Buffer => resourceSpans(scopeSpans(...spans))

export const scopeSpans = (...spans: Uint8Array[]): Buffer =>
  wire.message(2, ...spans.map((body) => wire.message(2, body)))

export const resourceSpans = (...parts: Uint8Array[]): Buffer =>
  wire.message(1, wire.message(1, attributes(1, { 'service.name': 'shop' })), ...parts)

/** A trace id of the test's own: the same name, the same id. */
export const traceIdOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32)

/** A span id that holds a number. */
export const spanIdOf = (number: number): string => number.toString(16).padStart(16, '0')
