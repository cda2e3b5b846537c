// KeyValue messages -> parallel arrays of positions. The bytes stay where they are.
import { equalSlices, hashSlice, type Source } from './bytes.ts'
import { Cursor, LEN } from './cursor.ts'
import { BOOL, DOUBLE, INT, NONE, STRING, ValueReader } from './value-reader.ts'

const SEEN_SLOTS = 256

/**
 * A reused list of attributes. Attribute `i` has its key at keyStart[i] .. keyEnd[i] and its value of kind[i]; strings,
 * bytes and structures lie at start[i] .. end[i], numbers are in lo[i], hi[i] and num[i].
 */
export class Attributes {
  count = 0
  /** Attributes beyond the limit, which were left out. */
  dropped = 0
  keyStart = new Int32Array(64)
  keyEnd = new Int32Array(64)
  keyHash = new Uint32Array(64)
  /** Set by whoever looks the keys up: the key's number in its table, or -1. Unknown (-1) otherwise. */
  slot = new Int16Array(64).fill(-1)
  kind = new Uint8Array(64)
  start = new Int32Array(64)
  end = new Int32Array(64)
  lo = new Uint32Array(64)
  hi = new Uint32Array(64)
  num = new Float64Array(64)
  /** Which round of `clear` last saw a key with this hash: most spans have no second look to take. */
  private readonly seen = new Uint32Array(SEEN_SLOTS)
  private round = 1
  private plainStart = 0
  private plainLo = 0
  private plainHi = 0
  private plainNum = 0
  private readonly limit: number
  private readonly cursor = new Cursor()
  private readonly value = new ValueReader()

  constructor(limit: number) {
    this.limit = limit
  }

  clear(): void {
    this.count = 0
    this.dropped = 0
    this.round++
  }

  // The attribute just written at the end repeats an earlier key: its value moves there, the last one counts.
  private settle(source: Source, i: number): number {
    const hash = this.keyHash[i]!
    const slot = hash & (SEEN_SLOTS - 1)
    if (this.seen[slot] !== this.round) {
      this.seen[slot] = this.round
      return i
    }
    for (let j = 0; j < i; j++) {
      if (this.keyHash[j] !== hash || !this.sameKey(source, i, j)) continue
      this.kind[j] = this.kind[i]!
      this.start[j] = this.start[i]!
      this.end[j] = this.end[i]!
      this.lo[j] = this.lo[i]!
      this.hi[j] = this.hi[i]!
      this.num[j] = this.num[i]!
      this.count--
      return j
    }
    return i
  }

  private sameKey(source: Source, i: number, j: number): boolean {
    const size = this.keyEnd[i]! - this.keyStart[i]!
    if (this.keyEnd[j]! - this.keyStart[j]! !== size) return false
    return equalSlices(source, this.keyStart[i]!, this.keyEnd[i]!, source, this.keyStart[j]!)
  }

  /** Adds one KeyValue message. @returns its index, or -1 when over the limit. @throws MALFORMED */
  add(source: Source, start: number, end: number): number {
    if (this.count < this.limit) {
      const fast = this.addPlain(source, start, end)
      if (fast >= 0) return fast
    }
    return this.addAny(source, start, end)
  }

  // Fast path: the form that every SDK writes, key then value, each once, scalars with short lengths. -1 sends it to addAny.
  private addPlain(source: Source, start: number, end: number): number {
    const { bytes } = source
    const keySize = bytes[start + 1]!
    if (bytes[start] !== 0x0a || keySize >= 0x80) return -1
    const keyEnd = start + 2 + keySize
    // Nothing is read beyond the message: key, tag, length and at least a tag of the value have to fit.
    if (keyEnd + 4 > end || bytes[keyEnd] !== 0x12) return -1
    let pos = keyEnd + 1
    let size = bytes[pos++]!
    if (size >= 0x80) {
      if (bytes[pos]! >= 0x80) {
        if (bytes[pos + 1]! >= 0x80) return -1
        size = (size & 0x7f) | ((bytes[pos]! & 0x7f) << 7) | (bytes[pos + 1]! << 14)
        pos += 2
      } else size = (size & 0x7f) | (bytes[pos++]! << 7)
    }
    if (pos + size !== end || size < 2) return -1
    const kind = this.plainValue(source, pos, end)
    if (kind < 0) return -1
    const i = this.count++
    if (i === this.kind.length) this.grow()
    this.keyStart[i] = start + 2
    this.keyEnd[i] = keyEnd
    this.keyHash[i] = hashSlice(source, start + 2, keyEnd)
    this.kind[i] = kind
    this.start[i] = this.plainStart
    this.end[i] = end
    this.lo[i] = this.plainLo
    this.hi[i] = this.plainHi
    this.num[i] = this.plainNum
    return this.settle(source, i)
  }

  // A string that fills the value, a small whole number, a double or a bool. @returns its kind, or -1
  private plainValue(source: Source, start: number, end: number): number {
    const { bytes } = source
    const tag = bytes[start]!
    let pos = start + 1
    const first = bytes[pos++]!
    if (tag === 0x0a) {
      let size = first
      if (size >= 0x80) {
        if (bytes[pos]! >= 0x80) {
          if (bytes[pos + 1]! >= 0x80) return -1
          size = (size & 0x7f) | ((bytes[pos]! & 0x7f) << 7) | (bytes[pos + 1]! << 14)
          pos += 2
        } else size = (size & 0x7f) | (bytes[pos++]! << 7)
      }
      this.plainStart = pos
      return pos + size === end ? STRING : -1
    }
    if (tag === 0x21) {
      if (end - start !== 9) return -1
      this.plainLo = source.view.getUint32(start + 1, true)
      this.plainHi = source.view.getUint32(start + 5, true)
      this.plainNum = source.view.getFloat64(start + 1, true)
      return DOUBLE
    }
    if (tag !== 0x18 && (tag !== 0x10 || first > 1)) return -1
    let value = first & 0x7f
    if (first >= 0x80) {
      if (pos >= end || bytes[pos]! >= 0x80) return -1
      value |= bytes[pos++]! << 7
    }
    if (pos !== end) return -1
    this.plainLo = this.plainNum = value
    this.plainHi = 0
    return tag === 0x18 ? INT : BOOL
  }

  private addAny(source: Source, start: number, end: number): number {
    const cursor = this.cursor.over(source, start, end)
    const value = this.value
    value.kind = NONE
    let keyStart = start
    let keyEnd = start
    while (cursor.next()) {
      if (cursor.field === 1 && cursor.wire === LEN) {
        keyEnd = cursor.length()
        keyStart = cursor.pos
        cursor.pos = keyEnd
      } else if (cursor.field === 2 && cursor.wire === LEN) {
        const stop = cursor.length()
        value.read(source, cursor.pos, stop)
        cursor.pos = stop
      } else cursor.skip()
    }
    if (this.count >= this.limit) {
      this.dropped++
      return -1
    }
    return this.push(source, keyStart, keyEnd)
  }

  private push(source: Source, keyStart: number, keyEnd: number): number {
    const i = this.count++
    if (i === this.kind.length) this.grow()
    const { value } = this
    this.keyStart[i] = keyStart
    this.keyEnd[i] = keyEnd
    this.keyHash[i] = hashSlice(source, keyStart, keyEnd)
    this.kind[i] = value.kind
    this.start[i] = value.start
    this.end[i] = value.end
    this.lo[i] = value.lo
    this.hi[i] = value.hi
    this.num[i] = value.num
    return this.settle(source, i)
  }

  private grow(): void {
    this.keyStart = twice(this.keyStart)
    this.keyEnd = twice(this.keyEnd)
    this.keyHash = twice(this.keyHash)
    this.slot = new Int16Array(this.slot.length * 2).fill(-1)
    this.kind = twice(this.kind)
    this.start = twice(this.start)
    this.end = twice(this.end)
    this.lo = twice(this.lo)
    this.hi = twice(this.hi)
    this.num = twice(this.num)
  }
}

function twice<T extends Int32Array | Uint32Array | Uint8Array | Float64Array>(array: T): T {
  const grown = new (array.constructor as new (length: number) => T)(array.length * 2)
  grown.set(array as never)
  return grown
}
