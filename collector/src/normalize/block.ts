// Columns -> one Native block (client revision 0): counts, then name, type and data of each column that holds more than defaults.
import type { Column } from './columns/column.ts'
import { Out } from './columns/out.ts'

/** One Native block, ready to be the body of one INSERT. */
export interface Block {
  rows: number
  /** Names of the columns in the block; ClickHouse fills the others with their defaults. */
  columns: string[]
  /** Valid until `release`. */
  bytes: Buffer
  /** Gives the memory back for the next block. Calling it again does nothing. */
  release(): void
}

/** Room beside the columns' own estimate: headers, offsets, dictionaries. */
const SLACK_BYTES = 1 << 16
const MAX_KEPT = 4
const MAX_KEPT_BYTES = 64 << 20

/** Memory of blocks that were inserted, for the next ones: a batch's worth of fresh pages costs more than filling it. */
export class BlockMemory {
  private readonly kept: Out[] = []
  private keptBytes = 0
  private readonly maxKeptBytes: number

  /** @param maxKeptBytes between batches; what is beyond it is freed */
  constructor(maxKeptBytes = MAX_KEPT_BYTES) {
    this.maxKeptBytes = maxKeptBytes
  }

  take(estimateBytes: number): Out {
    const out = this.kept.pop()
    // Sized ahead: growing by doubling would touch every page twice.
    if (out === undefined) return new Out(Math.ceil(estimateBytes * 1.1) + SLACK_BYTES)
    this.keptBytes -= out.bytes.length
    out.size = 0
    out.reserve(estimateBytes + SLACK_BYTES)
    return out
  }

  give(out: Out): void {
    if (this.kept.length >= MAX_KEPT || this.keptBytes + out.bytes.length > this.maxKeptBytes) {
      out.free()
      return
    }
    this.keptBytes += out.bytes.length
    this.kept.push(out)
  }

  /** Frees what is kept: memory is short. */
  clear(): void {
    for (const out of this.kept.splice(0)) out.free()
    this.keptBytes = 0
  }
}

/** Writes the block into memory of its own, so that the columns can take the next batch at once. */
export function writeBlock(
  columns: readonly Column[],
  rows: number,
  memory: BlockMemory,
  estimateBytes: number,
): Block {
  const used = columns.filter((column) => column.touched)
  const out = memory.take(estimateBytes)
  out.varint(used.length)
  out.varint(rows)
  for (const column of used) {
    out.string(column.name)
    out.string(column.type)
    column.write(out, rows)
  }
  let held: Out | undefined = out
  const release = (): void => {
    if (held) memory.give(held)
    held = undefined
  }
  return { rows, columns: used.map((column) => column.name), bytes: out.bytes.subarray(0, out.size), release }
}

export function resetColumns(columns: readonly Column[], rows: number): void {
  for (const column of columns) column.reset(rows)
}

/** Bytes that the rows so far will take, roughly (fixed-width columns are counted by the caller as a constant per row). */
export function sizeOf(columns: readonly Column[]): number {
  let size = 0
  for (const column of columns) size += column.sizeBytes()
  return size
}
