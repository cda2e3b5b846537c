// Protobuf fields in, wire bytes out. Only the field kinds that an OTLP trace request has.

const VARINT = 0
const FIXED64 = 1
const LENGTH_DELIMITED = 2
const FIXED32 = 5
const TWO_32 = 2 ** 32

const encoder = new TextEncoder()

/** Node's own way to write text into bytes makes no objects; everywhere else the web's standard makes two. */
const utf8Write = findUtf8Write()

function findUtf8Write(): ((this: Uint8Array, text: string, at: number, room: number) => number) | undefined {
  const write: unknown = typeof Buffer === 'undefined' ? undefined : Reflect.get(Buffer.prototype, 'utf8Write')
  return typeof write === 'function' ? (write as typeof utf8Write) : undefined
}

/** Up to this many letters are written one by one. */
const SHORT_TEXT = 48

/** Where an open message starts; only `close` reads it. */
export type OpenMessage = number

/** Bytes that `value` (0 to 2^53 - 1) takes as a varint. */
export function varintSize(value: number): number {
  if (value < 128) return 1
  let size = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1
  return size
}

/** A growing buffer. */
export class WireWriter {
  #bytes = new Uint8Array(4096)
  #view = new DataView(this.#bytes.buffer)
  #position = 0

  get length(): number {
    return this.#position
  }

  get capacity(): number {
    return this.#bytes.length
  }

  /** The bytes so far; good until something else is written. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#position)
  }

  /** The bytes so far, to keep. Begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.slice(0, this.#position)
    this.#position = 0
    return bytes
  }

  /** Forgets what was written after `length`; for a message that could not be finished. */
  cut(length: number): void {
    this.#position = length
  }

  /** int32, int64, uint32, bool or enum. Negative numbers take ten bytes, as the wire format asks. */
  varint(field: number, value: number | bigint): void {
    this.#tag(field, VARINT)
    this.#varint(value)
  }

  double(field: number, value: number): void {
    this.#tag(field, FIXED64)
    this.#reserve(8)
    this.#view.setFloat64(this.#position, value, true)
    this.#position += 8
  }

  fixed32(field: number, value: number): void {
    this.#tag(field, FIXED32)
    this.#reserve(4)
    this.#view.setUint32(this.#position, value, true)
    this.#position += 4
  }

  /** Seconds and nanoseconds as fixed64 nanoseconds, which a JavaScript number cannot hold: in halves, so that no bigint is made. */
  unixNano(field: number, time: readonly [number, number]): void {
    this.#tag(field, FIXED64)
    this.#reserve(8)
    const seconds = time[0]
    const nanos = time[1]
    const upper = Math.floor(seconds / 65_536) * 1e9
    const low = (seconds % 65_536) * 1e9 + (upper % 65_536) * 65_536 + Math.round(nanos)
    this.#view.setUint32(this.#position, low % TWO_32, true)
    this.#view.setUint32(this.#position + 4, Math.floor(upper / 65_536) + Math.floor(low / TWO_32), true)
    this.#position += 8
  }

  string(field: number, text: string): void {
    this.#tag(field, LENGTH_DELIMITED)
    // A UTF-16 unit takes at most three bytes of UTF-8; five more hold any length prefix.
    this.#reserve(text.length * 3 + 5)
    const prefixSize = varintSize(text.length)
    const start = this.#position
    this.#position += prefixSize
    if (text.length > SHORT_TEXT || !this.#writeAscii(text)) {
      this.#position = start + prefixSize
      this.#position += utf8Write
        ? utf8Write.call(this.#bytes, text, this.#position, this.#bytes.length - this.#position)
        : encoder.encodeInto(text, this.#bytes.subarray(this.#position)).written
    }
    this.#closeLength(start, prefixSize)
  }

  /** For keys and short values this beats a call into the engine's encoder. False at the first letter beyond ASCII. */
  #writeAscii(text: string): boolean {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code > 127) return false
      this.#bytes[this.#position++] = code
    }
    return true
  }

  bytes(field: number, value: Uint8Array): void {
    this.#tag(field, LENGTH_DELIMITED)
    this.#varint(value.length)
    this.#reserve(value.length)
    this.#bytes.set(value, this.#position)
    this.#position += value.length
  }

  /** Hex digits as bytes. Throws on anything else, because a span with a broken id cannot be found again. */
  hex(field: number, digits: string): void {
    if (digits.length % 2 !== 0) throw new RangeError('cannot encode an id: odd number of hex digits')
    this.#tag(field, LENGTH_DELIMITED)
    this.#varint(digits.length / 2)
    this.#reserve(digits.length / 2)
    for (let at = 0; at < digits.length; at += 2) {
      const byte = (hexDigit(digits.charCodeAt(at)) << 4) | hexDigit(digits.charCodeAt(at + 1))
      this.#bytes[this.#position++] = byte
    }
  }

  /**
   * Starts a nested message; what is written until `close` is its content. No callback, because a span has dozens of these.
   * @param expectedSize about how long it will be: the better the guess, the less is moved afterwards.
   */
  open(field: number, expectedSize = 0): OpenMessage {
    this.#tag(field, LENGTH_DELIMITED)
    const prefixSize = varintSize(expectedSize)
    this.#reserve(prefixSize)
    this.#position += prefixSize
    // Both numbers in one, so that nothing is allocated: a prefix is at most five bytes.
    return (this.#position - prefixSize) * 8 + prefixSize
  }

  close(message: OpenMessage): void {
    this.#closeLength(Math.floor(message / 8), message % 8)
  }

  /** Puts the length in front of the bytes since `start`, moving them when it needs more room than was left for it. */
  #closeLength(start: number, reserved: number): void {
    const length = this.#position - start - reserved
    const size = varintSize(length)
    if (size !== reserved) {
      this.#reserve(Math.max(0, size - reserved))
      this.#bytes.copyWithin(start + size, start + reserved, this.#position)
    }
    this.#position = start
    this.#varint(length)
    this.#position += length
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType)
  }

  #varint(value: number | bigint): void {
    this.#reserve(10)
    if (typeof value === 'number' && value >= 0 && value <= 0x7fffffff) {
      let rest = value
      for (; rest > 127; rest >>>= 7) this.#bytes[this.#position++] = (rest & 127) | 128
      this.#bytes[this.#position++] = rest
      return
    }
    let rest = BigInt.asUintN(64, BigInt(value))
    for (; rest > 127n; rest >>= 7n) this.#bytes[this.#position++] = Number(rest & 127n) | 128
    this.#bytes[this.#position++] = Number(rest)
  }

  #reserve(count: number): void {
    const needed = this.#position + count
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    grown.set(this.#bytes)
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
  }
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  if (code >= 97 && code <= 102) return code - 87
  if (code >= 65 && code <= 70) return code - 55
  throw new RangeError('cannot encode an id: not a hex digit')
}
