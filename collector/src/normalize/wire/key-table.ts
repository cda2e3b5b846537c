// A fixed set of byte strings -> small numbers, found by hash and confirmed by bytes. Built once from the semconv tables.
import { equalSlices, hashSlice, type Source, toSource } from './bytes.ts'
import type { PrefixTable } from './prefix-table.ts'

export class KeyTable {
  private readonly source: Source
  private readonly starts: Uint32Array
  private readonly hashes: Int32Array
  private readonly values: Int32Array
  private readonly table: Int32Array
  private readonly mask: number
  private readonly prefixes: PrefixTable | undefined

  /**
   * Later duplicates of a key are ignored. Values must be >= 0.
   * @param prefixes asked for a key that is not in the table
   */
  constructor(entries: Iterable<readonly [key: string, value: number]>, prefixes?: PrefixTable) {
    this.prefixes = prefixes
    const unique = [...new Map([...entries].reverse())]
    const bytes = Buffer.from(unique.map(([key]) => key).join(''))
    this.source = toSource(bytes)
    this.starts = new Uint32Array(unique.length + 1)
    this.hashes = new Int32Array(unique.length)
    this.values = new Int32Array(unique.length)
    this.mask = 2 ** Math.ceil(Math.log2(unique.length * 4 + 4)) - 1
    this.table = new Int32Array(this.mask + 1).fill(-1)
    let at = 0
    unique.forEach(([key, value], i) => {
      const end = at + Buffer.byteLength(key)
      this.starts[i + 1] = end
      this.values[i] = value
      this.hashes[i] = hashSlice(this.source, at, end)
      let slot = this.hashes[i]! & this.mask
      while (this.table[slot] !== -1) slot = (slot + 1) & this.mask
      this.table[slot] = i
      at = end
    })
  }

  /** The value of the key, or of its beginning, or -1. `hash` must be hashSlice of the slice. */
  find(source: Source, start: number, end: number, hash: number): number {
    let slot = hash & this.mask
    for (;;) {
      const i = this.table[slot]!
      if (i === -1) return this.prefixes === undefined ? -1 : this.prefixes.find(source.bytes, start, end)
      if (this.hashes[i] === hash) {
        const from = this.starts[i]!
        if (this.starts[i + 1]! - from === end - start && equalSlices(source, start, end, this.source, from)) {
          return this.values[i]!
        }
      }
      slot = (slot + 1) & this.mask
    }
  }

  lookup(source: Source, start: number, end: number): number {
    return this.find(source, start, end, hashSlice(source, start, end))
  }
}
