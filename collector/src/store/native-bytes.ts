// Bytes <-> the few primitives of the Native format. Every read is checked against the end: a torn block throws, it never reads on.

const TORN = 'cannot read a Native block: it ends too early'

export class ByteReader {
  offset = 0
  readonly bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The next `length` bytes, not copied. */
  take(length: number): Uint8Array {
    const end = this.offset + length
    if (end > this.bytes.length) throw new Error(TORN)
    const taken = this.bytes.subarray(this.offset, end)
    this.offset = end
    return taken
  }

  since(start: number): Uint8Array {
    return this.bytes.subarray(start, this.offset)
  }

  varint(): number {
    let value = 0
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.take(1)[0]!
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    throw new Error('cannot read a Native block: a length is too large')
  }

  /** Little-endian. Sizes and flags only, so that a number is exact; anything larger is a broken block. */
  uint64(): number {
    if (this.offset + 8 > this.bytes.length) throw new Error(TORN)
    const value = this.#view.getBigUint64(this.offset, true)
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error('cannot read a Native block: a length is too large')
    this.offset += 8
    return Number(value)
  }

  uint64s(count: number): Float64Array {
    if (this.offset + count * 8 > this.bytes.length) throw new Error(TORN)
    return Float64Array.from({ length: count }, () => this.uint64())
  }

  text(): string {
    return Buffer.from(this.take(this.varint())).toString('utf8')
  }
}

export class ByteWriter {
  readonly #parts: Uint8Array[] = []

  put(bytes: Uint8Array): void {
    this.#parts.push(bytes)
  }

  varint(value: number): void {
    const bytes: number[] = []
    let rest = value
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
    bytes.push(rest)
    this.put(Uint8Array.from(bytes))
  }

  uint16(value: number): void {
    this.put(Uint8Array.of(value & 255, value >> 8))
  }

  uint64(value: number): void {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt(value))
    this.put(bytes)
  }

  text(value: string): void {
    const bytes = Buffer.from(value)
    this.varint(bytes.length)
    this.put(bytes)
  }

  finish(): Buffer<ArrayBuffer> {
    return Buffer.concat(this.#parts)
  }
}
