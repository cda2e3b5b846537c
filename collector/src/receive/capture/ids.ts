// Ids of the event wire in, ids of OTLP out. The same text always makes the same id, so that an event that is sent again is seen to be the same.
import { hash } from 'node:crypto'

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const SPAN_ID = /^[0-9a-f]{16}$/i

/** A UUID is its 16 bytes, 32 hex digits likewise; any other text is the first 16 bytes of its SHA-256. */
export function traceIdOf(text: string): Buffer {
  if (UUID.test(text)) {
    const id = Buffer.from(text.replaceAll('-', ''), 'hex')
    if (!isZero(id)) return id
  }
  return digest('trace', text).subarray(0, 16)
}

/** 16 hex digits are their 8 bytes; any other text, a UUID too, is the first 8 bytes of its SHA-256. */
export function spanIdOf(text: string): Buffer {
  if (SPAN_ID.test(text)) {
    const id = Buffer.from(text, 'hex')
    if (!isZero(id)) return id
  }
  // A UUID names one span however it is written.
  return digest('span', UUID.test(text) ? text.replaceAll('-', '').toLowerCase() : text).subarray(0, 8)
}

/** The span that stands for a trace told of by `$ai_trace` without an id of its own; parents that name the trace mean it. */
export const rootSpanIdOf = (traceId: Buffer): Buffer => digest('root', traceId.toString('hex')).subarray(0, 8)

/** Of a UUID of version 7: when it was made. */
export function timeOfUuid(text: string): number | undefined {
  return UUID.test(text) && text.replaceAll('-', '')[12] === '7'
    ? Number.parseInt(text.replaceAll('-', '').slice(0, 12), 16)
    : undefined
}

const digest = (kind: string, text: string): Buffer => hash('sha256', `${kind}\0${text}`, 'buffer')
const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0)
