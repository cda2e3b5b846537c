// Values of the event wire in, attributes and ids of OTLP protobuf out.
import { JsonCursor, LETTER_N, LETTER_T, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../json-cursor.ts'
import { ProtoWriter } from '../proto-writer.ts'
import { cursorAt, type JsonValues, type Place } from './json-value.ts'

const LETTER_F = 0x66
const MAX_DEPTH = 8
const INTEGER = /^-?\d{1,19}$/
const [MIN_INT64, MAX_INT64] = [-(2n ** 63n), 2n ** 63n - 1n]
const UINT64 = (1n << 64n) - 1n

/** Depths of `ProtoWriter.open`: a request, its resource, its scope, its record, a field of that, the field's value. */
export const DEPTH = { resource: 0, scope: 1, record: 2, field: 3, value: 4, text: 5 } as const

export class OtlpWriter {
  readonly proto: ProtoWriter
  #cursor: JsonCursor

  /** @param body that values are taken from */
  constructor(body: Uint8Array, capacity: number) {
    this.#cursor = new JsonCursor(body)
    this.proto = new ProtoWriter({ capacity, maxDepth: MAX_DEPTH })
  }

  /** A nested message. */
  message(tag: number, depth: number, content: () => void): void {
    this.proto.varint(tag)
    const start = this.proto.open(depth)
    content()
    this.proto.close(start, depth)
  }

  text(tag: number, text: string): void {
    if (text === '') return
    this.proto.varint(tag)
    this.proto.bytesField(Buffer.from(text.toWellFormed()))
  }

  id(tag: number, id: Uint8Array): void {
    this.proto.varint(tag)
    this.proto.bytesField(id)
  }

  /** Fields that are encoded already. */
  raw(fields: Uint8Array): void {
    this.proto.ensure(fields.length)
    this.proto.bytes.set(fields, this.proto.size)
    this.proto.size += fields.length
  }

  number(tag: number, value: number): void {
    this.proto.varint(tag)
    this.proto.varint(value)
  }

  time(tag: number, ns: bigint): void {
    this.proto.varint(tag)
    this.proto.fixed64(Number(ns >> 32n), Number(ns & 0xffffffffn))
  }

  /** An attribute with a value of ours. */
  attribute(tag: number, key: string, value: string | number | boolean): void {
    this.message(tag, DEPTH.field, () => {
      this.text(KEY, key)
      this.message(VALUE, DEPTH.value, () => {
        if (typeof value === 'string') this.id(STRING_VALUE, Buffer.from(value.toWellFormed()))
        else if (typeof value === 'boolean') this.number(BOOL_VALUE, value ? 1 : 0)
        else this.#double(value)
      })
    })
  }

  /** An attribute with a value of the body: text unescaped, an object or array as the JSON that it is. null is no value. */
  copied(tag: number, key: string, values: JsonValues, place: Place): void {
    const first = values.first(place)
    if (first === LETTER_N) return
    this.message(tag, DEPTH.field, () => {
      this.text(KEY, key)
      this.message(VALUE, DEPTH.value, () => this.#value(values, place, first))
    })
  }

  #value(values: JsonValues, place: Place, first: number): void {
    const { proto } = this
    if (first === QUOTE) this.#unescaped(place)
    else if (first === OPEN_BRACE || first === OPEN_BRACKET)
      this.id(STRING_VALUE, values.bytes.subarray(place.start, place.end))
    else if (first === LETTER_T || first === LETTER_F) this.number(BOOL_VALUE, first === LETTER_T ? 1 : 0)
    else {
      const raw = values.raw(place) ?? 'NaN'
      const whole = INTEGER.test(raw) ? BigInt(raw) : undefined
      if (whole === undefined || whole < MIN_INT64 || whole > MAX_INT64) this.#double(Number(raw))
      else {
        proto.varint(INT_VALUE)
        proto.varint64(Number((whole & UINT64) >> 32n), Number(whole & 0xffffffffn))
      }
    }
  }

  #unescaped(place: Place): void {
    this.proto.varint(STRING_VALUE)
    const start = this.proto.open(DEPTH.text)
    if (place.start < this.#cursor.pos) this.#cursor = cursorAt(this.#cursor.bytes, place.start)
    this.#cursor.pos = place.start
    this.#cursor.copyString(this.proto)
    this.proto.close(start, DEPTH.text)
  }

  #double(value: number): void {
    this.proto.varint(DOUBLE_VALUE)
    this.proto.double(value)
  }
}

// KeyValue { key = 1, value = 2 }; AnyValue { string = 1, bool = 2, int = 3, double = 4 }
const KEY = 0x0a
const VALUE = 0x12
const STRING_VALUE = 0x0a
const BOOL_VALUE = 0x10
const INT_VALUE = 0x18
const DOUBLE_VALUE = 0x21
