// KeyValue messages -> parallel arrays of positions. The bytes stay where they are.
import { equalWithin, hashSlice, type Source, shortLength } from './bytes.ts'
import { Cursor, LEN } from './cursor.ts'
import type { KeyTable } from './key-table.ts'
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
  keyHash = new Int32Array(64)
  /** The key's number in the table, or -1. */
  slot = new Int16Array(64)
  kind = new Uint8Array(64)
  start = new Int32Array(64)
  end = new Int32Array(64)
  lo = new Uint32Array(64)
  hi = new Uint32Array(64)
  num = new Float64Array(64)
  /** Which round of `clear` last saw a key with this hash: most spans have no second look to take. */
  private readonly seen = new Uint32Array(SEEN_SLOTS)
  private round = 1
  /** Keys that are in `seen`; the ones before `repeated` are only entered when a doubt comes up. */
  private entered = 0
  /** The list before this one, of the same source, had so many attributes; their keys lie in the arrays until they are overwritten. */
  private before = 0
  /** So many keys from the first on are those of the list before, each in its place: no two of them are the same. */
  private repeated = 0
  private source: Source | undefined
  private readonly limit: number
  private readonly table: KeyTable | undefined
  private readonly cursor = new Cursor()
  private readonly value = new ValueReader()

  /** @param table where keys are looked up for `slot` */
  constructor(limit: number, table?: KeyTable) {
    this.limit = limit
    this.table = table
  }

  clear(): void {
    this.before = this.count
    this.count = 0
    this.dropped = 0
    this.entered = this.repeated = 0
    this.round++
  }

  /** Adds one KeyValue message. @returns its index, or -1 when over the limit. @throws MALFORMED */
  add(source: Source, start: number, end: number): number {
    if (source !== this.source) {
      this.source = source
      this.before = 0
    }
    if (this.count < this.limit) {
      const fast = this.addPlain(source, start, end)
      if (fast >= 0) return fast
    }
    return this.addAny(source, start, end)
  }

  // Fast path: the form that every SDK writes, key then value, each once, with short lengths. -1 sends it to addAny.
  private addPlain(source: Source, start: number, end: number): number {
    const { bytes } = source
    const keySize = bytes[start + 1]!
    if (bytes[start] !== 0x0a || keySize >= 0x80) return -1
    const keyEnd = start + 2 + keySize
    // Nothing is read beyond the message: key, tag, length and at least a tag of the value have to fit.
    if (keyEnd + 4 > end || bytes[keyEnd] !== 0x12) return -1
    const length = shortLength(bytes, keyEnd + 1)
    const pos = keyEnd + 1 + (length & 3)
    if (length < 0 || pos + (length >> 2) !== end || length >> 2 < 2) return -1
    const i = this.place(source, start + 2, keyEnd)
    if (bytes[pos] === 0x0a ? this.setString(bytes, i, pos + 1, end) : this.setNumber(source, i, pos, end)) return i
    this.value.kind = NONE
    this.value.read(source, pos, end)
    this.setRead(i)
    return i
  }

  // The setters are apart and small, so that V8 puts them into addPlain. They return false for what is not the usual form.
  private setString(bytes: Buffer, i: number, pos: number, end: number): boolean {
    const length = shortLength(bytes, pos)
    const start = pos + (length & 3)
    if (length < 0 || start + (length >> 2) !== end) return false
    this.kind[i] = STRING
    this.start[i] = start
    this.end[i] = end
    return true
  }

  // A small whole number, a bool or a double.
  private setNumber({ bytes, view }: Source, i: number, start: number, end: number): boolean {
    const tag = bytes[start]!
    const first = bytes[start + 1]!
    if (tag === 0x21) {
      if (end - start !== 9) return false
      this.kind[i] = DOUBLE
      this.lo[i] = view.getUint32(start + 1, true)
      this.hi[i] = view.getUint32(start + 5, true)
      this.num[i] = view.getFloat64(start + 1, true)
      return true
    }
    if (tag !== 0x18 && (tag !== 0x10 || first > 1)) return false
    let value = first
    if (first >= 0x80) {
      const second = start + 2 < end ? bytes[start + 2]! : 0x80
      if (second >= 0x80 || start + 3 !== end) return false
      value = (first & 0x7f) | (second << 7)
    } else if (start + 2 !== end) return false
    this.kind[i] = tag === 0x18 ? INT : BOOL
    this.lo[i] = this.num[i] = value
    this.hi[i] = 0
    return true
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
    const i = this.place(source, keyStart, keyEnd)
    this.setRead(i)
    return i
  }

  private setRead(i: number): void {
    const { value } = this
    this.kind[i] = value.kind
    this.start[i] = value.start
    this.end[i] = value.end
    this.lo[i] = value.lo
    this.hi[i] = value.hi
    this.num[i] = value.num
  }

  // Where the value of this key goes: mostly a new place at the end. Spans of one request have much the same keys in the same
  // order, so the key that the list before had in this place is tried before any table: it saves the hash and the look-ups.
  private place(source: Source, keyStart: number, keyEnd: number): number {
    const i = this.count
    if (i < this.before) {
      const from = this.keyStart[i]!
      if (keyEnd - keyStart === this.keyEnd[i]! - from && equalWithin(source, keyStart, keyEnd, from)) {
        if (i === this.repeated) this.repeated++
        else {
          const earlier = this.earlier(source, keyStart, keyEnd, this.keyHash[i]!)
          if (earlier >= 0) return earlier
        }
        this.count++
        return i
      }
    }
    return this.placeNew(source, keyStart, keyEnd)
  }

  private placeNew(source: Source, keyStart: number, keyEnd: number): number {
    const hash = hashSlice(source, keyStart, keyEnd)
    const earlier = this.earlier(source, keyStart, keyEnd, hash)
    if (earlier >= 0) return earlier
    const i = this.count++
    if (i === this.kind.length) this.grow()
    this.keyStart[i] = keyStart
    this.keyEnd[i] = keyEnd
    this.keyHash[i] = hash
    this.slot[i] = this.table === undefined ? -1 : this.table.find(source, keyStart, keyEnd, hash)
    return i
  }

  // A key that comes again: its place, where the last value counts. -1 when it is new, and it is known from now on.
  private earlier(source: Source, keyStart: number, keyEnd: number, hash: number): number {
    const { seen, round } = this
    for (; this.entered < this.count; this.entered++) seen[this.keyHash[this.entered]! & (SEEN_SLOTS - 1)] = round
    if (seen[hash & (SEEN_SLOTS - 1)] !== round) return -1
    for (let j = 0; j < this.count; j++) {
      if (this.keyHash[j] !== hash || this.keyEnd[j]! - this.keyStart[j]! !== keyEnd - keyStart) continue
      if (equalWithin(source, keyStart, keyEnd, this.keyStart[j]!)) return j
    }
    return -1
  }

  private grow(): void {
    this.keyStart = twice(this.keyStart)
    this.keyEnd = twice(this.keyEnd)
    this.keyHash = twice(this.keyHash)
    this.slot = twice(this.slot)
    this.kind = twice(this.kind)
    this.start = twice(this.start)
    this.end = twice(this.end)
    this.lo = twice(this.lo)
    this.hi = twice(this.hi)
    this.num = twice(this.num)
  }
}

function twice<T extends Int16Array | Int32Array | Uint32Array | Uint8Array | Float64Array>(array: T): T {
  const grown = new (array.constructor as new (length: number) => T)(array.length * 2)
  grown.set(array as never)
  return grown
}
