// Bytes of OTLP protobuf in; whether they speak of a subject out. Looks for framed values only, so that a short user id is not found in every text.
import type { Subject } from './subject.ts'

/** trace_id of a span (field 1), of a log record (9) and of a link (1), then its length. */
const TRACE_ID_TAGS = new Set([0x0a, 0x4a])
const TRACE_ID_BYTES = 16

export interface Sought {
  subject: Subject
  /** Hex. */
  traces: ReadonlySet<string>
}

export function mentions(bytes: Uint8Array, { subject, traces }: Sought): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (subject.kind !== 'trace' && buffer.includes(framed(0x0a, subject.value))) return true
  if (traces.size === 0) return false
  for (let at = buffer.indexOf(TRACE_ID_BYTES, 1); at > 0; at = buffer.indexOf(TRACE_ID_BYTES, at + 1)) {
    if (!TRACE_ID_TAGS.has(buffer[at - 1]!)) continue
    if (traces.has(buffer.toString('hex', at + 1, at + 1 + TRACE_ID_BYTES))) return true
  }
  return false
}

/** A text behind its length, as protobuf and ClickHouse's Native format both write it; with a tag, as an AnyValue's string. */
export function framed(tag: number | undefined, text: string): Buffer {
  const body = Buffer.from(text)
  const head = tag === undefined ? [] : [tag]
  for (let rest = body.length; ; rest >>>= 7) {
    head.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest)
    if (rest <= 0x7f) break
  }
  return Buffer.concat([Buffer.from(head), body])
}
