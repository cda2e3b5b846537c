// Array and Map columns: cumulative offsets, then the flattened insides.
import type { Source } from '../wire/bytes.ts'
import type { Column, NestedColumn } from './column.ts'
import { DictionaryData } from './dictionary.ts'
import { Out } from './out.ts'
import { TextData } from './text.ts'

/** Cumulative ends of the rows' slices; rows that were never opened are empty. */
class Offsets {
  total = 0
  private ends = new Float64Array(1024)
  private count = 0

  /** The row gets one more element; gives the element's number. Rows must come in order. */
  push(row: number): number {
    if (row >= this.count) {
      this.fill(row)
      this.count = row + 1
    }
    this.ends[row] = ++this.total
    return this.total - 1
  }

  write(out: Out, rows: number): void {
    this.fill(rows)
    for (let row = 0; row < rows; row++) out.uint64(this.ends[row]!)
  }

  reset(): void {
    this.total = 0
    this.count = 0
  }

  private fill(row: number): void {
    if (row >= this.ends.length) {
      const grown = new Float64Array(Math.max(row + 1, this.ends.length * 2))
      grown.set(this.ends)
      this.ends = grown
    }
    // The row before may have been opened already; those between it and this one are empty.
    const last = this.count === 0 ? 0 : this.ends[this.count - 1]!
    for (let i = this.count; i < row; i++) this.ends[i] = last
    if (row > this.count) this.count = row
  }
}

/** Array(T); `push(row)` gives the element number under which to set the inside. */
export class ArrayColumn<T extends NestedColumn> implements Column {
  readonly name: string
  readonly type: string
  readonly inner: T
  touched = false
  private readonly offsets = new Offsets()

  constructor(name: string, inner: T) {
    this.name = name
    this.type = `Array(${inner.type})`
    this.inner = inner
  }

  push(row: number): number {
    this.touched = true
    return this.offsets.push(row)
  }

  write(out: Out, rows: number): void {
    this.inner.writePrefix(out)
    this.offsets.write(out, rows)
    this.inner.writeData(out, this.offsets.total)
  }

  sizeBytes(): number {
    return this.inner.sizeBytes()
  }

  reset(): void {
    if (this.touched) this.inner.reset(this.offsets.total)
    this.offsets.reset()
    this.touched = false
  }
}

const MAX_KNOWN_KEYS = 4096

/** Map(LowCardinality(String), String), on its own or inside an Array. */
export class MapData implements NestedColumn {
  readonly type = 'Map(LowCardinality(String), String)'
  readonly keys = new DictionaryData()
  readonly values = new TextData()
  private readonly offsets = new Offsets()
  /** Dictionary index of the key with this number in its table of known keys; -1 = not met in this batch. */
  readonly knownKeys = new Int32Array(MAX_KNOWN_KEYS).fill(-1)
  private firstElement = 0
  private firstByte = 0
  private elements = 0
  private bytes = 0

  /** The row's map starts here; `repeat` then copies it. */
  open(): void {
    this.firstElement = this.offsets.total
    this.firstByte = this.values.out.size
  }

  /** The row gets the map that was written since the last `open`. */
  repeat(row: number): void {
    const from = this.firstElement
    const byte = this.firstByte
    const count = this.elements
    if (count === 0) return
    const first = this.offsets.total
    const end = byte + this.bytes
    for (let k = 0; k < count; k++) this.keys.set(this.offsets.push(row), this.keys.get(from + k))
    this.values.repeat(first, count, byte, end)
  }

  /** The row's map ends here. */
  close(): void {
    this.elements = this.offsets.total - this.firstElement
    this.bytes = this.values.out.size - this.firstByte
  }

  /** Adds a key; the value is then begun at the number that this gives. */
  push(row: number, source: Source, start: number, end: number, hash: number): number {
    return this.pushIndex(row, this.keys.dictionary.index(source, start, end, hash))
  }

  /** The same for a key that is in the dictionary already. */
  pushIndex(row: number, key: number): number {
    const at = this.offsets.push(row)
    this.keys.set(at, key)
    return at
  }

  writePrefix(out: Out): void {
    this.keys.writePrefix(out)
  }

  writeData(out: Out, rows: number): void {
    this.offsets.write(out, rows)
    this.keys.writeData(out, this.offsets.total)
    this.values.writeData(out, this.offsets.total)
  }

  sizeBytes(): number {
    return this.values.sizeBytes() + this.offsets.total
  }

  reset(): void {
    this.keys.reset(this.offsets.total)
    this.values.reset()
    this.offsets.reset()
    this.knownKeys.fill(-1)
    this.elements = 0
  }
}

export class MapColumn implements Column {
  readonly name: string
  readonly type = 'Map(LowCardinality(String), String)'
  touched = false
  readonly data = new MapData()

  constructor(name: string) {
    this.name = name
  }

  push(row: number, source: Source, start: number, end: number, hash: number): number {
    this.touched = true
    return this.data.push(row, source, start, end, hash)
  }

  write(out: Out, rows: number): void {
    this.data.writePrefix(out)
    this.data.writeData(out, rows)
  }

  sizeBytes(): number {
    return this.data.sizeBytes()
  }

  reset(): void {
    this.data.reset()
    this.touched = false
  }
}

/** The inside of an Array of fixed-width values (event times, link ids): raw bytes. */
export class FixedData implements NestedColumn {
  readonly type: string
  readonly out = new Out()
  private readonly width: number

  constructor(type: string, width: number) {
    this.type = type
    this.width = width
  }

  append(source: Buffer, start: number): void {
    this.out.slice(source, start, start + this.width)
  }

  writePrefix(): void {}

  writeData(out: Out): void {
    out.slice(this.out.bytes, 0, this.out.size)
  }

  sizeBytes(): number {
    return this.out.size
  }

  reset(): void {
    this.out.reset()
  }
}
