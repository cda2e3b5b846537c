// UTF-8 JSON bytes in, a position that moves over them out. Makes no objects and no strings, so client keys stay inert bytes.
import { InsightsError } from '../telemetry/errors.ts'
import type { ProtoWriter } from './proto-writer.ts'

export const QUOTE = 0x22
export const OPEN_BRACE = 0x7b
export const CLOSE_BRACE = 0x7d
export const OPEN_BRACKET = 0x5b
export const CLOSE_BRACKET = 0x5d
export const COMMA = 0x2c
export const COLON = 0x3a
export const LETTER_N = 0x6e
export const LETTER_T = 0x74
const SPACE = 0x20
const LETTER_F = 0x66
const LETTER_U = 0x75
const BACKSLASH = 0x5c

const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')
const NULL = Buffer.from('null')

/** What `\x` stands for, by the byte after the backslash; 0 = not an escape. */
const ESCAPES = new Uint8Array(256)
for (const [letter, meaning] of Object.entries({
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
})) {
  ESCAPES[letter.charCodeAt(0)] = meaning.charCodeAt(0)
}

/** 1 for the bytes that a number may consist of. */
const NUMBER_BYTES = new Uint8Array(256)
for (const letter of '+-.0123456789Ee') NUMBER_BYTES[letter.charCodeAt(0)] = 1

// Up to here a byte loop beats the call of a native search.
const SHORT_BYTES = 64
/** Objects and arrays may be nested so deep. */
export const MAX_DEPTH = 64

export class JsonCursor {
  readonly bytes: Buffer
  pos = 0
  // The next quote and backslash at or after the last search: remembered, so that a long text is searched once, not once per piece.
  #quote = -1
  #backslash = -1

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  fail(reason: string): never {
    throw new InsightsError('INSIGHTS_REQUEST_INVALID', `cannot read the JSON at byte ${this.pos}: ${reason}`)
  }

  /** Skips white space. @returns the byte there, -1 at the end */
  peek(): number {
    const byte = this.bytes[this.pos]!
    if (byte > SPACE) return byte // fast path: clients send no white space
    return this.#peekSlow()
  }

  #peekSlow(): number {
    const { bytes } = this
    let byte = bytes[this.pos]
    while (byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++this.pos]
    return byte ?? -1
  }

  expect(byte: number): void {
    if (this.peek() !== byte) this.fail(`expected ${String.fromCharCode(byte)}`)
    this.pos += 1
  }

  /** After an element: true when a comma announces another one, false at the closing byte. */
  another(close: number): boolean {
    const byte = this.peek()
    if (byte !== COMMA && byte !== close) this.fail(`expected , or ${String.fromCharCode(close)}`)
    this.pos += 1
    return byte === COMMA
  }

  literal(word: Uint8Array): void {
    for (const byte of word) if (this.bytes[this.pos++] !== byte) this.fail('expected a value')
  }

  readNull(): void {
    this.literal(NULL)
  }

  readBool(): boolean {
    const isTrue = this.peek() === LETTER_T
    this.literal(isTrue ? TRUE : FALSE)
    return isTrue
  }

  /** Moves over a number, or over a string without escapes. @returns where its text starts; it ends at `textEnd` */
  readNumberText(): number {
    const quoted = this.peek() === QUOTE
    const start = quoted ? this.pos + 1 : this.pos
    if (quoted) {
      this.skipString()
      this.textEnd = this.pos - 1
    } else {
      while (NUMBER_BYTES[this.bytes[this.pos] ?? 0] === 1) this.pos += 1
      this.textEnd = this.pos
      if (this.pos === start) this.fail('expected a number')
    }
    return start
  }
  textEnd = 0

  skipString(): void {
    const { bytes } = this
    let from = this.pos + 1
    const stop = from + SHORT_BYTES
    for (let pos = from; pos < stop; pos++) {
      const byte = bytes[pos]
      if (byte === QUOTE) {
        this.pos = pos + 1
        return
      }
      if (byte === BACKSLASH) break
    }
    for (;;) {
      this.#search(from)
      if (this.#quote < this.#backslash) break
      from = this.#backslash + 2
    }
    this.pos = this.#quote + 1
  }

  skipValue(depth: number): void {
    const byte = this.peek()
    if (byte === QUOTE) this.skipString()
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#skipContainer(byte, depth)
    else if (byte === LETTER_N) this.readNull()
    else if (byte === LETTER_T || byte === LETTER_F) this.readBool()
    else this.readNumberText()
  }

  #skipContainer(open: number, depth: number): void {
    if (depth > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH}`)
    const close = open === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET
    this.pos += 1
    if (this.peek() === close) {
      this.pos += 1
      return
    }
    do {
      if (open === OPEN_BRACE) {
        if (this.peek() !== QUOTE) this.fail('expected a key')
        this.skipString()
        this.expect(COLON)
      }
      this.skipValue(depth + 1)
    } while (this.another(close))
  }

  /** Unescapes the string that starts here into the writer. */
  copyString(writer: ProtoWriter): void {
    const { bytes } = this
    let pos = this.pos + 1
    for (;;) {
      writer.ensure(SHORT_BYTES)
      const out = writer.bytes
      let size = writer.size
      const stop = Math.min(pos + SHORT_BYTES, bytes.length)
      let byte = 0
      while (pos < stop) {
        byte = bytes[pos]!
        if (byte === QUOTE || byte === BACKSLASH) break
        out[size++] = byte
        pos += 1
      }
      writer.size = size
      this.pos = pos
      if (pos === stop) pos = this.#copyLong(writer)
      else if (byte === QUOTE) break
      else pos = this.#copyEscape(writer)
    }
    this.pos = pos + 1
  }

  /** The rest up to the next quote or backslash, as one block. */
  #copyLong(writer: ProtoWriter): number {
    this.#search(this.pos)
    const end = Math.min(this.#quote, this.#backslash)
    writer.ensure(end - this.pos)
    this.bytes.copy(writer.bytes, writer.size, this.pos, end)
    writer.size += end - this.pos
    return end
  }

  #copyEscape(writer: ProtoWriter): number {
    const letter = this.bytes[this.pos + 1] ?? 0
    if (letter === LETTER_U) return this.#copyUnicode(writer)
    const meaning = ESCAPES[letter]!
    if (meaning === 0) this.fail('not an escape')
    writer.ensure(1)
    writer.bytes[writer.size++] = meaning
    return this.pos + 2
  }

  #copyUnicode(writer: ProtoWriter): number {
    let code = this.#hex4(this.pos + 2)
    let end = this.pos + 6
    if (code >= 0xd800 && code < 0xe000) {
      const isPair = code < 0xdc00 && this.bytes[end] === BACKSLASH && this.bytes[end + 1] === LETTER_U
      const low = isPair ? this.#hex4(end + 2) : 0
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00)
        end += 6
      } else {
        code = 0xfffd // half a pair has no UTF-8
      }
    }
    writer.utf8(code)
    return end
  }

  #hex4(at: number): number {
    let code = 0
    for (let i = at; i < at + 4; i++) {
      const digit = HEX_DIGITS[this.bytes[i] ?? 0]!
      if (digit > 15) this.fail('not a \\u escape')
      code = code * 16 + digit
    }
    return code
  }

  #search(from: number): void {
    if (this.#quote < from) this.#quote = this.bytes.indexOf(QUOTE, from)
    if (this.#quote < 0) {
      this.pos = this.bytes.length
      this.fail('the text ends inside a string')
    }
    if (this.#backslash < from) this.#backslash = this.bytes.indexOf(BACKSLASH, from)
    if (this.#backslash < 0) this.#backslash = this.bytes.length
  }
}

/** The value of a hex digit by its byte, either case; 255 = not one. */
export const HEX_DIGITS = new Uint8Array(256).fill(255)
for (let i = 0; i < 16; i++) {
  const digit = i.toString(16)
  HEX_DIGITS[digit.charCodeAt(0)] = i
  HEX_DIGITS[digit.toUpperCase().charCodeAt(0)] = i
}
