// OTLP/JSON request in, the same request as OTLP protobuf out, so that there is one decoder downstream.
//
// Repeated keys follow protobuf: the last scalar wins, lists join, messages merge. Unknown keys and null are skipped.
// Keys are compared byte by byte, so a known key spelled with escapes is unknown. Control characters in strings are let through.
import type { Signal } from './contract.ts'
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  HEX_DIGITS,
  JsonCursor,
  LETTER_N,
  MAX_DEPTH,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './json-cursor.ts'
import { fits, type Int64, type IntegerKind, parseInt64 } from './json-integers.ts'
import { type Field, type Message, REQUESTS, type ScalarKind } from './otlp-json-tables.ts'
import { ProtoWriter } from './proto-writer.ts'

/** @throws InsightsError INSIGHTS_REQUEST_INVALID with the byte offset of what is wrong */
export function jsonToOtlp(signal: Exclude<Signal, 'metrics'>, json: Uint8Array): Uint8Array {
  return jsonToMessage(REQUESTS[signal], json)
}

/** One message of a table, alone. @throws InsightsError INSIGHTS_REQUEST_INVALID */
export function jsonToMessage(message: Message, json: Uint8Array): Uint8Array {
  const transcoder = new Transcoder(json)
  transcoder.message(message, 0)
  if (transcoder.cursor.peek() >= 0) transcoder.cursor.fail('expected the end')
  return transcoder.writer.finish()
}

// The protobuf form is shorter than its JSON but for rare negative numbers; the writer grows then.
const SPARE_BYTES = 256
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const SPECIAL_DOUBLES: readonly string[] = ['NaN', 'Infinity', '-Infinity']

class Transcoder {
  readonly cursor: JsonCursor
  readonly writer: ProtoWriter
  readonly #int: Int64 = { high: 0, low: 0, negative: false }

  constructor(json: Uint8Array) {
    this.cursor = new JsonCursor(json)
    this.writer = new ProtoWriter({ capacity: json.length + SPARE_BYTES, maxDepth: MAX_DEPTH + 1 })
  }

  message(message: Message, depth: number): void {
    const { cursor } = this
    if (depth > MAX_DEPTH) cursor.fail(`nested deeper than ${MAX_DEPTH}`)
    cursor.expect(OPEN_BRACE)
    if (cursor.peek() === CLOSE_BRACE) {
      cursor.pos += 1
      return
    }
    do {
      const field = this.#key(message)
      cursor.expect(COLON)
      if (field === undefined) cursor.skipValue(depth + 1)
      else if (cursor.peek() === LETTER_N) cursor.readNull()
      else if (field.repeated) this.#list(field, depth)
      else this.#value(field, depth)
    } while (cursor.another(CLOSE_BRACE))
  }

  /** Reads a key. @returns its field, undefined when the message has none of this name */
  #key(message: Message): Field | undefined {
    const { cursor } = this
    if (cursor.peek() !== QUOTE) cursor.fail('expected a key')
    const start = cursor.pos + 1
    cursor.skipString()
    const length = cursor.pos - 1 - start
    const candidates = message.fieldsByLength[length]
    if (candidates === undefined) return undefined
    for (const field of candidates) if (sameBytes(field.name, cursor.bytes, start)) return field
    return undefined
  }

  #list(field: Field, depth: number): void {
    const { cursor } = this
    cursor.expect(OPEN_BRACKET)
    if (cursor.peek() === CLOSE_BRACKET) {
      cursor.pos += 1
      return
    }
    do {
      if (cursor.peek() === LETTER_N) cursor.readNull()
      else this.#value(field, depth)
    } while (cursor.another(CLOSE_BRACKET))
  }

  #value(field: Field, depth: number): void {
    const { writer } = this
    if (field.child === undefined) {
      this.#scalar(field.kind as ScalarKind, field.tag, depth)
      return
    }
    writer.varint(field.tag)
    const start = writer.open(depth)
    this.message(field.child, depth + 1)
    writer.close(start, depth)
  }

  #scalar(kind: ScalarKind, tag: number, depth: number): void {
    switch (kind) {
      case 'string':
        this.#text(tag, depth)
        break
      case 'id':
        this.#id(tag, depth)
        break
      case 'bool':
        this.writer.varint(tag)
        this.writer.varint(this.cursor.readBool() ? 1 : 0)
        break
      case 'double':
        this.#double(tag)
        break
      case 'base64':
        this.#base64(tag)
        break
      case 'enum':
        // Names of enum values are not OTLP/JSON: such a field counts as absent.
        if (this.cursor.peek() === QUOTE) this.cursor.skipString()
        else this.#integer(kind, tag)
        break
      default:
        this.#integer(kind, tag)
    }
  }

  #text(tag: number, depth: number): void {
    const { cursor, writer } = this
    if (cursor.peek() !== QUOTE) cursor.fail('expected a string')
    writer.varint(tag)
    const start = writer.open(depth)
    cursor.copyString(writer)
    writer.close(start, depth)
  }

  /** Hex of any length passes, for the next stage to judge. What is not hex becomes one zero byte: no valid id has that length. */
  #id(tag: number, depth: number): void {
    const { cursor, writer } = this
    if (cursor.peek() !== QUOTE) cursor.fail('expected a string')
    const from = cursor.pos + 1
    cursor.skipString()
    const end = cursor.pos - 1
    writer.varint(tag)
    const start = writer.open(depth)
    writer.ensure((end - from) / 2 + 1)
    let bad = (end - from) % 2
    for (let i = from; i < end - 1; i += 2) {
      const high = HEX_DIGITS[cursor.bytes[i]!]!
      const low = HEX_DIGITS[cursor.bytes[i + 1]!]!
      bad |= (high | low) & 0xf0
      writer.bytes[writer.size++] = high * 16 + low
    }
    if (bad !== 0) {
      writer.size = start
      writer.bytes[writer.size++] = 0
    }
    writer.close(start, depth)
  }

  /** An integer, bare or quoted. */
  #integer(kind: IntegerKind, tag: number): void {
    const { cursor, writer } = this
    const int = this.#int
    const start = cursor.readNumberText()
    if (!parseInt64(cursor.bytes, { start, end: cursor.textEnd }, int)) cursor.fail('expected an integer of 64 bits')
    if (!fits(int, kind)) cursor.fail(`the integer does not fit ${kind}`)
    writer.varint(tag)
    if (kind === 'fixed64') writer.fixed64(int.high, int.low)
    else if (kind === 'fixed32') writer.fixed32(int.low)
    else writer.varint64(int.high, int.low)
  }

  #double(tag: number): void {
    const { cursor, writer } = this
    const quoted = cursor.peek() === QUOTE
    const text = cursor.bytes.toString('latin1', cursor.readNumberText(), cursor.textEnd)
    const value = Number(text)
    const isNumber = NUMBER.test(text) && Number.isFinite(value)
    if (!isNumber && !(quoted && SPECIAL_DOUBLES.includes(text))) cursor.fail('expected a number')
    writer.varint(tag)
    writer.double(value)
  }

  #base64(tag: number): void {
    const { cursor, writer } = this
    if (cursor.peek() !== QUOTE) cursor.fail('expected a base64 string')
    const from = cursor.pos + 1
    cursor.skipString()
    const text = cursor.bytes.toString('latin1', from, cursor.pos - 1)
    if (!BASE64.test(text)) cursor.fail('expected a base64 string')
    writer.varint(tag)
    writer.bytesField(Buffer.from(text, 'base64'))
  }
}

function sameBytes(name: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[at + i]) return false
  return true
}
