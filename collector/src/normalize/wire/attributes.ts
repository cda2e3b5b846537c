// KeyValue messages -> parallel arrays of positions. The bytes stay where they are.
import { hashSlice, type Source } from './bytes.ts'
import { Cursor, FIXED64, LEN, MALFORMED, VARINT } from './cursor.ts'

/** What an AnyValue holds (opentelemetry/proto/common/v1); NONE is empty or of a kind we do not know. */
export const NONE = 0
export const STRING = 1
export const BOOL = 2
export const INT = 3
export const DOUBLE = 4
export const ARRAY = 5
export const KVLIST = 6
export const BYTES = 7

/** Deeper structures are refused: nobody's message nests so far, and a stack has an end. */
export const MAX_DEPTH = 64

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
  kind = new Uint8Array(64)
  start = new Int32Array(64)
  end = new Int32Array(64)
  lo = new Uint32Array(64)
  hi = new Uint32Array(64)
  num = new Float64Array(64)
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
    return i
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
    return i
  }

  private grow(): void {
    this.keyStart = twice(this.keyStart)
    this.keyEnd = twice(this.keyEnd)
    this.keyHash = twice(this.keyHash)
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

/** Reads one AnyValue and checks whatever is nested in it, so that later passes cannot fail. */
export class ValueReader {
  kind = NONE
  start = 0
  end = 0
  lo = 0
  hi = 0
  num = Number.NaN
  private readonly cursor = new Cursor()

  /** Members may come in any order and more than once: the last one counts. @throws MALFORMED */
  read(source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    while (cursor.next()) {
      const { field, wire } = cursor
      if (wire === LEN && (field === STRING || field === ARRAY || field === KVLIST || field === BYTES)) {
        const stop = cursor.length()
        this.slice(field, cursor.pos, stop)
        if (field === ARRAY || field === KVLIST) checkNested(source, cursor.pos, stop, field, 1)
        cursor.pos = stop
      } else if (wire === VARINT && (field === BOOL || field === INT)) {
        cursor.varint()
        this.whole(field, cursor.lo, cursor.hi)
      } else if (wire === FIXED64 && field === DOUBLE) {
        cursor.fixed64()
        this.kind = DOUBLE
        this.lo = cursor.lo
        this.hi = cursor.hi
        this.num = source.view.getFloat64(cursor.pos - 8, true)
      } else cursor.skip()
    }
  }

  private slice(kind: number, start: number, end: number): void {
    this.kind = kind
    this.start = start
    this.end = end
  }

  private whole(kind: number, lo: number, hi: number): void {
    this.kind = kind
    this.lo = lo
    this.hi = hi
    this.num = kind === BOOL ? ((lo | hi) === 0 ? 0 : 1) : (hi | 0) * 0x1_0000_0000 + lo
  }
}

// Walks ArrayValue { 1: AnyValue } and KeyValueList { 1: KeyValue } to the bottom. Only structures pay for it.
function checkNested(source: Source, start: number, end: number, kind: number, depth: number): void {
  if (depth > MAX_DEPTH) throw MALFORMED
  const cursor = new Cursor().over(source, start, end)
  while (cursor.next()) {
    if (cursor.field !== 1 || cursor.wire !== LEN) {
      cursor.skip()
      continue
    }
    const stop = cursor.length()
    if (kind === ARRAY) checkValue(source, cursor.pos, stop, depth)
    else checkPair(source, cursor.pos, stop, depth)
    cursor.pos = stop
  }
}

function checkPair(source: Source, start: number, end: number, depth: number): void {
  const cursor = new Cursor().over(source, start, end)
  while (cursor.next()) {
    if (cursor.field === 2 && cursor.wire === LEN) {
      const stop = cursor.length()
      checkValue(source, cursor.pos, stop, depth)
      cursor.pos = stop
    } else cursor.skip()
  }
}

function checkValue(source: Source, start: number, end: number, depth: number): void {
  const cursor = new Cursor().over(source, start, end)
  while (cursor.next()) {
    if (cursor.wire === LEN && (cursor.field === ARRAY || cursor.field === KVLIST)) {
      const kind = cursor.field
      const stop = cursor.length()
      checkNested(source, cursor.pos, stop, kind, depth + 1)
      cursor.pos = stop
    } else cursor.skip()
  }
}
