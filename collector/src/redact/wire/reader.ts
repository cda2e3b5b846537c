// Protobuf bytes -> one field after the other. A frame that does not fit throws NOT_PROTOBUF.

export const VARINT = 0
export const FIXED64 = 1
export const LEN = 2
export const FIXED32 = 5

/** Thrown, never shown: whoever reads a message decides what becomes of it. */
export const NOT_PROTOBUF = new Error('not protobuf')

const MAX_VARINT_BYTES = 10

export class FieldReader {
  private readonly bytes: Uint8Array
  private readonly end: number
  /** Where the field begins, with its tag; where its value begins and ends. */
  at: number
  start = 0
  stop: number
  field = 0
  wire = 0

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes
    this.end = end
    this.at = start
    this.stop = start
  }

  /** False at the end. Groups, which OTLP has none of, are not protobuf here. */
  next(): boolean {
    this.at = this.stop
    if (this.at >= this.end) return false
    const tag = this.varint(this.at)
    this.field = Math.floor(tag / 8)
    this.wire = tag % 8
    if (this.field === 0) throw NOT_PROTOBUF
    this.start = this.stop
    if (this.wire === LEN) {
      const length = this.varint(this.start)
      this.start = this.stop
      this.stop = this.start + length
    } else if (this.wire === VARINT) this.varint(this.start)
    else if (this.wire === FIXED64) this.stop = this.start + 8
    else if (this.wire === FIXED32) this.stop = this.start + 4
    else throw NOT_PROTOBUF
    if (this.stop > this.end) throw NOT_PROTOBUF
    return true
  }

  /** Leaves `stop` behind it. Values beyond 2^53 lose digits, which only a whole number of an attribute can have. */
  private varint(from: number): number {
    let value = 0
    let scale = 1
    for (let i = from; i < from + MAX_VARINT_BYTES; i++) {
      const c = this.bytes[i]
      if (c === undefined || i >= this.end) throw NOT_PROTOBUF
      value += (c & 0x7f) * scale
      if (c < 0x80) {
        this.stop = i + 1
        return value
      }
      scale *= 128
    }
    throw NOT_PROTOBUF
  }
}

/** A LEN field as bytes. */
export function lenField(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([varintBytes(field * 8 + LEN), varintBytes(content.length), content])
}

function varintBytes(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return Buffer.from(bytes)
}
