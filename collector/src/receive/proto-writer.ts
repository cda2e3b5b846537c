// Protobuf fields in, bytes out: one growing buffer, nested messages closed by patching their length in place.

const MAX_VARINT_BYTES = 10

export class ProtoWriter {
  bytes: Buffer
  size = 0
  readonly #view64 = new DataView(new ArrayBuffer(8))
  /** How many bytes the length took last time at each depth: a right guess saves moving the content. */
  readonly #lengthBytes: Uint8Array

  /** @param options.maxDepth of `open` and `close` */
  constructor(options: { capacity: number; maxDepth: number }) {
    this.bytes = Buffer.allocUnsafe(options.capacity)
    this.#lengthBytes = new Uint8Array(options.maxDepth + 1).fill(1)
  }

  /** Makes room for so many more bytes. */
  ensure(extra: number): void {
    if (this.size + extra <= this.bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.size + extra))
    grown.set(this.bytes.subarray(0, this.size))
    this.bytes = grown
  }

  /** Tags and other small numbers, below 2^53. */
  varint(value: number): void {
    this.ensure(MAX_VARINT_BYTES)
    let rest = value
    while (rest >= 0x80) {
      this.bytes[this.size++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.bytes[this.size++] = rest
  }

  /** @param high,low the two halves of a 64-bit number, each an unsigned 32-bit integer */
  varint64(high: number, low: number): void {
    this.ensure(MAX_VARINT_BYTES)
    let hi = high
    let lo = low
    while (hi > 0 || lo >= 0x80) {
      this.bytes[this.size++] = (lo & 0x7f) | 0x80
      lo = ((lo >>> 7) | (hi << 25)) >>> 0
      hi >>>= 7
    }
    this.bytes[this.size++] = lo
  }

  fixed32(value: number): void {
    this.ensure(4)
    this.size = this.bytes.writeUInt32LE(value, this.size)
  }

  fixed64(high: number, low: number): void {
    this.fixed32(low)
    this.fixed32(high)
  }

  double(value: number): void {
    this.ensure(8)
    this.#view64.setFloat64(0, value, true)
    for (let i = 0; i < 8; i++) this.bytes[this.size++] = this.#view64.getUint8(i)
  }

  /** One character. */
  utf8(code: number): void {
    this.ensure(4)
    if (code < 0x80) {
      this.bytes[this.size++] = code
      return
    }
    const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3
    // 110xxxxx, 1110xxxx or 11110xxx, then 10xxxxxx each.
    this.bytes[this.size++] = ((0xff00 >> (more + 1)) & 0xff) | (code >> (6 * more))
    for (let i = more - 1; i >= 0; i--) this.bytes[this.size++] = 0x80 | ((code >> (6 * i)) & 0x3f)
  }

  /** A length and so many bytes. */
  bytesField(content: Uint8Array): void {
    this.varint(content.length)
    this.ensure(content.length)
    this.bytes.set(content, this.size)
    this.size += content.length
  }

  /** Starts a length-prefixed field; what is opened inside it has a greater depth. @returns what `close` needs */
  open(depth: number): number {
    this.ensure(MAX_VARINT_BYTES)
    this.size += this.#lengthBytes[depth]!
    return this.size
  }

  /** Writes the length of everything since `open` before it. */
  close(start: number, depth: number): void {
    const length = this.size - start
    const guessed = this.#lengthBytes[depth]!
    const needed = length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x200000 ? 3 : length < 0x10000000 ? 4 : 5
    if (needed !== guessed) {
      this.ensure(needed)
      this.bytes.copyWithin(start - guessed + needed, start, this.size)
      this.#lengthBytes[depth] = needed
    }
    this.size = start - guessed
    this.varint(length)
    this.size += length
  }

  /** The bytes so far; the writer must not be used afterwards. */
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.size)
  }
}
