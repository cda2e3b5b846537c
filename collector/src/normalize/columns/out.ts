// A growing byte buffer that is written once and copied out as it is.
import { copySlice, type Source } from '../wire/bytes.ts'

export class Out implements Source {
  bytes: Buffer
  view: DataView
  size = 0

  constructor(capacity = 4096) {
    this.bytes = Buffer.allocUnsafeSlow(capacity)
    this.view = viewOf(this.bytes)
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const need = this.size + count
    if (need <= this.bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(need, this.bytes.length * 2))
    this.bytes.copy(grown, 0, 0, this.size)
    this.bytes = grown
    this.view = viewOf(grown)
  }

  byte(value: number): void {
    if (this.size === this.bytes.length) this.reserve(1)
    this.bytes[this.size++] = value
  }

  varint(value: number): void {
    this.reserve(5)
    let rest = value
    while (rest > 0x7f) {
      this.bytes[this.size++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.bytes[this.size++] = rest
  }

  slice(source: Buffer, start: number, end: number): void {
    this.reserve(end - start)
    copySlice(source, start, end, this.bytes, this.size)
    this.size += end - start
  }

  uint64(value: number): void {
    this.reserve(8)
    this.size = this.bytes.writeUInt32LE(value >>> 0, this.size)
    this.size = this.bytes.writeUInt32LE(Math.floor(value / 0x1_0000_0000), this.size)
  }

  /** Cold path: a JS string with its length, as ClickHouse writes names and types. */
  string(text: string): void {
    const length = Buffer.byteLength(text)
    this.varint(length)
    this.reserve(length)
    this.size += this.bytes.write(text, this.size)
  }

  /** A JS string without a length before it. */
  text(text: string): void {
    // Three bytes a UTF-16 unit at most, and then one pass.
    this.reserve(text.length * 3)
    this.size += this.bytes.write(text, this.size)
  }

  /** The memory of a typed array, as it lies (little-endian hosts only, which are all that we run on). */
  memory(array: ArrayBufferView, byteLength: number): void {
    this.slice(Buffer.from(array.buffer, array.byteOffset, byteLength), 0, byteLength)
  }

  /** Keeps no more than `limit` bytes of memory between batches. */
  reset(limit = 64 << 20): void {
    this.size = 0
    if (this.bytes.length <= limit) return
    this.bytes = Buffer.allocUnsafeSlow(limit >>> 4)
    this.view = viewOf(this.bytes)
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
