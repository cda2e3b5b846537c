// LowCardinality(String): each distinct value once, rows as indexes into it. Slot 0 is the empty string, the default.
import { copySlice, equalSlices, type Source } from '../wire/bytes.ts'
import type { Word } from '../words.ts'
import type { Column, NestedColumn } from './column.ts'
import { Out } from './out.ts'

const VERSION = 1
/** Additional keys are in the stream, and no global dictionary is used. */
const FLAGS = 0x200

/** The distinct values of one column in one batch, with an open-addressing index over their hashes. */
export class Dictionary {
  count = 1
  private text = new Out(1024)
  private starts = new Uint32Array(256)
  private hashes = new Int32Array(256)
  private table = new Int32Array(512)
  private mask = 511

  constructor() {
    // starts[i] .. starts[i + 1] is value i; value 0 is empty.
    this.starts[1] = 0
  }

  /** Index of a value that is there already, or -1. */
  find(source: Source, start: number, end: number, hash: number): number {
    if (start === end) return 0
    let at = hash & this.mask
    for (;;) {
      const found = this.table[at]!
      if (found === 0) return -1
      if (this.hashes[found] === hash) {
        const from = this.starts[found]!
        if (this.starts[found + 1]! - from === end - start && equalSlices(source, start, end, this.text, from))
          return found
      }
      at = (at + 1) & this.mask
    }
  }

  /** Index of the value, adding it when new. */
  index(source: Source, start: number, end: number, hash: number): number {
    const found = this.find(source, start, end, hash)
    return found >= 0 ? found : this.add(source, start, end, hash)
  }

  private add(source: Source, start: number, end: number, hash: number): number {
    const index = this.count++
    let at = hash & this.mask
    while (this.table[at] !== 0) at = (at + 1) & this.mask
    if (index + 2 > this.starts.length) this.growValues()
    this.table[at] = index
    this.hashes[index] = hash
    this.text.reserve(end - start)
    copySlice(source.bytes, start, end, this.text.bytes, this.text.size)
    this.text.size += end - start
    this.starts[index + 1] = this.text.size
    if (this.count * 2 > this.mask) this.growTable()
    return index
  }

  private growValues(): void {
    const starts = new Uint32Array(this.starts.length * 2)
    const hashes = new Int32Array(this.hashes.length * 2)
    starts.set(this.starts)
    hashes.set(this.hashes)
    this.starts = starts
    this.hashes = hashes
  }

  private growTable(): void {
    this.mask = this.mask * 2 + 1
    this.table = new Int32Array(this.mask + 1)
    for (let index = 1; index < this.count; index++) {
      let at = this.hashes[index]! & this.mask
      while (this.table[at] !== 0) at = (at + 1) & this.mask
      this.table[at] = index
    }
  }

  writeValues(out: Out): void {
    out.uint64(this.count)
    for (let i = 0; i < this.count; i++) {
      const from = this.starts[i]!
      const to = this.starts[i + 1]!
      out.varint(to - from)
      out.slice(this.text.bytes, from, to)
    }
  }

  sizeBytes(): number {
    return this.text.size
  }

  reset(): void {
    if (this.count > 1) this.table.fill(0)
    // A dictionary that a flood of names blew up gives its memory back.
    if (this.mask > 0xffff) {
      this.mask = 511
      this.table = new Int32Array(512)
      this.starts = new Uint32Array(256)
      this.hashes = new Int32Array(256)
    }
    this.count = 1
    this.text.reset(1 << 20)
  }
}

/** Indexes and dictionary of one LowCardinality stream; a column of its own or the inside of an Array or Map. */
export class DictionaryData implements NestedColumn {
  readonly type = 'LowCardinality(String)'
  readonly dictionary = new Dictionary()
  private indexes = new Uint32Array(1024)

  set(at: number, index: number): void {
    if (at >= this.indexes.length) this.grow(at)
    this.indexes[at] = index
  }

  get(at: number): number {
    return at < this.indexes.length ? this.indexes[at]! : 0
  }

  writePrefix(out: Out): void {
    out.uint64(VERSION)
  }

  writeData(out: Out, count: number): void {
    // ClickHouse neither writes nor reads anything for an empty stream.
    if (count === 0) return
    if (count > this.indexes.length) this.grow(count)
    const width = this.dictionary.count <= 0x100 ? 0 : this.dictionary.count <= 0x10000 ? 1 : 2
    out.uint64(FLAGS | width)
    this.dictionary.writeValues(out)
    out.uint64(count)
    const used = this.indexes.subarray(0, count)
    if (width === 0) out.memory(Uint8Array.from(used), count)
    else if (width === 1) out.memory(Uint16Array.from(used), count * 2)
    else out.memory(used, count * 4)
  }

  sizeBytes(): number {
    return this.dictionary.sizeBytes()
  }

  reset(count: number): void {
    this.indexes.fill(0, 0, count)
    this.dictionary.reset()
  }

  private grow(at: number): void {
    const grown = new Uint32Array(Math.max(at + 1, this.indexes.length * 2))
    grown.set(this.indexes)
    this.indexes = grown
  }
}

export class DictionaryColumn implements Column {
  readonly name: string
  readonly type = 'LowCardinality(String)'
  touched = false
  private readonly data = new DictionaryData()

  constructor(name: string) {
    this.name = name
  }

  /** Index of a value, to be set on many rows (a resource's service name). */
  index(source: Source, start: number, end: number, hash: number): number {
    return this.data.dictionary.index(source, start, end, hash)
  }

  set(row: number, index: number): void {
    if (index === 0) return
    this.data.set(row, index)
    this.touched = true
  }

  get dictionary(): Dictionary {
    return this.data.dictionary
  }

  append(row: number, source: Source, start: number, end: number, hash: number): void {
    this.set(row, this.data.dictionary.index(source, start, end, hash))
  }

  word(row: number, word: Word): void {
    this.set(row, this.data.dictionary.index(word, 0, word.bytes.length, word.hash))
  }

  /** The same value as an earlier row. */
  repeat(row: number, from: number): void {
    this.set(row, this.data.get(from))
  }

  write(out: Out, rows: number): void {
    this.data.writePrefix(out)
    this.data.writeData(out, rows)
  }

  sizeBytes(): number {
    return this.data.sizeBytes()
  }

  reset(rows: number): void {
    if (this.touched || this.data.dictionary.count > 1) this.data.reset(rows)
    this.touched = false
  }
}
