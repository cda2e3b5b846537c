// A growing byte buffer that is written once and copied out as it is.
import { copySlice, type Source } from '../wire/bytes.ts'

/** From this size on memory grows by a quarter: doubling would reserve as much as is used. */
const CAREFUL_FROM_BYTES = 8 << 20
const CAREFUL_GROWTH = 1.25
/** Between batches: as much as a batch of the usual size needs. */
const KEPT_BYTES = 24 << 20
const FREED_FROM_BYTES = 1 << 20

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
    const factor = this.bytes.length < CAREFUL_FROM_BYTES ? 2 : CAREFUL_GROWTH
    const grown = Buffer.allocUnsafeSlow(Math.max(need, Math.ceil(this.bytes.length * factor)))
    this.bytes.copy(grown, 0, 0, this.size)
    this.become(grown)
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
  reset(limit = KEPT_BYTES): void {
    this.size = 0
    if (this.bytes.length > limit) this.become(Buffer.allocUnsafeSlow(limit >>> 4))
  }

  /** Frees the memory at once: whoever looked at its bytes may not look again. */
  free(): void {
    this.size = 0
    this.become(Buffer.allocUnsafeSlow(0))
  }

  private become(bytes: Buffer): void {
    const old = this.bytes
    this.bytes = bytes
    this.view = viewOf(bytes)
    // Left to the collector of garbage, large ones would add up between two of its runs.
    if (old.length >= FREED_FROM_BYTES && old.buffer instanceof ArrayBuffer) old.buffer.transfer(0)
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
