// Reads protobuf wire format in place: tags, varints, lengths. Nothing is decoded that is not asked for.
import type { Source } from './bytes.ts'

export const VARINT = 0
export const FIXED64 = 1
export const LEN = 2
export const START_GROUP = 3
export const END_GROUP = 4
export const FIXED32 = 5

/** Unknown groups may nest; deeper than this is hostile. */
const MAX_GROUP_DEPTH = 64

/** Thrown for bytes that are not protobuf. One shared instance: hostile input must not pay for stack traces. */
export class Malformed extends Error {}
export const MALFORMED = new Malformed('cannot read the bytes as protobuf')

const NO_BYTES = Buffer.alloc(0)
const NO_VIEW = new DataView(new ArrayBuffer(0))

/**
 * A position in a source. `lo` and `hi` hold the last varint or fixed64 read as two unsigned halves, so that 64-bit
 * values pass through exactly without a BigInt.
 */
export class Cursor {
  bytes: Buffer = NO_BYTES
  view: DataView = NO_VIEW
  pos = 0
  end = 0
  lo = 0
  hi = 0
  field = 0
  wire = 0

  over(source: Source, start: number, end: number): this {
    this.bytes = source.bytes
    this.view = source.view
    this.pos = start
    this.end = end
    return this
  }

  /** Moves to the next field; false at the end. @throws MALFORMED */
  next(): boolean {
    if (this.pos >= this.end) return false
    const first = this.bytes[this.pos]!
    if (first < 0x80) {
      this.pos++
      this.field = first >>> 3
      this.wire = first & 7
    } else {
      this.varint()
      this.wire = this.lo & 7
      // A field number above 2^29 is never ours: any value that matches no case will do.
      this.field = this.hi === 0 ? this.lo >>> 3 : -1
    }
    if (this.field === 0) throw MALFORMED
    return true
  }

  /** Reads a varint of one to ten bytes, canonical or not, into lo and hi. @throws MALFORMED on an eleventh byte */
  varint(): void {
    const { bytes, end } = this
    let pos = this.pos
    let lo = 0
    let hi = 0
    let shift = 0
    for (;;) {
      if (pos >= end || shift > 63) throw MALFORMED
      const b = bytes[pos++]!
      const low = b & 0x7f
      if (shift < 28) lo |= low << shift
      else if (shift === 28) {
        lo |= low << 28
        hi |= low >>> 4
      } else hi |= low << (shift - 32)
      if (b < 0x80) break
      shift += 7
    }
    this.pos = pos
    this.lo = lo >>> 0
    this.hi = hi >>> 0
  }

  /** Reads a length and gives the end of its slice; pos is then the start of it. @throws MALFORMED when it leaves the message */
  length(): number {
    const first = this.pos < this.end ? this.bytes[this.pos]! : 0x80
    let size: number
    if (first < 0x80) {
      this.pos++
      size = first
    } else {
      this.varint()
      if (this.hi !== 0) throw MALFORMED
      size = this.lo
    }
    const stop = this.pos + size
    if (stop > this.end) throw MALFORMED
    return stop
  }

  fixed64(): void {
    if (this.pos + 8 > this.end) throw MALFORMED
    this.lo = this.view.getUint32(this.pos, true)
    this.hi = this.view.getUint32(this.pos + 4, true)
    this.pos += 8
  }

  fixed32(): number {
    if (this.pos + 4 > this.end) throw MALFORMED
    const value = this.view.getUint32(this.pos, true)
    this.pos += 4
    return value
  }

  /** Passes over the value of the field just read, whatever its type. @throws MALFORMED */
  skip(): void {
    this.skipValue(this.field, this.wire, 0)
  }

  private skipValue(field: number, wire: number, depth: number): void {
    if (wire === VARINT) this.varint()
    else if (wire === LEN) this.pos = this.length()
    else if (wire === FIXED64) this.advance(8)
    else if (wire === FIXED32) this.advance(4)
    else if (wire === START_GROUP && depth < MAX_GROUP_DEPTH) this.skipGroup(field, depth + 1)
    else throw MALFORMED
  }

  private skipGroup(group: number, depth: number): void {
    while (this.next()) {
      if (this.wire === END_GROUP) {
        if (this.field !== group) throw MALFORMED
        return
      }
      this.skipValue(this.field, this.wire, depth)
    }
    throw MALFORMED
  }

  private advance(count: number): void {
    if (this.pos + count > this.end) throw MALFORMED
    this.pos += count
  }
}

/** Cursors for walks within walks, made once a level and used again. */
export class CursorStack {
  private readonly cursors: Cursor[] = []
  private depth = 0

  /** A cursor over the slice; give it back with `pop` before the one around it is used again. */
  push(source: Source, start: number, end: number): Cursor {
    const cursor = this.cursors[this.depth] ?? new Cursor()
    this.cursors[this.depth++] = cursor
    return cursor.over(source, start, end)
  }

  pop(): void {
    this.depth--
  }

  /** After a walk that ended in MALFORMED, or before the outermost one. */
  clear(): void {
    this.depth = 0
  }
}
