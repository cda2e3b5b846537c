// Columns -> one Native block (client revision 0): counts, then name, type and data of each column that holds more than defaults.
import type { Column } from './columns/column.ts'
import { Out } from './columns/out.ts'

/** One Native block, ready to be the body of one INSERT. */
export interface Block {
  rows: number
  /** Names of the columns in the block; ClickHouse fills the others with their defaults. */
  columns: string[]
  bytes: Buffer
}

/** Room beside the columns' own estimate: headers, offsets, dictionaries. */
const SLACK_BYTES = 1 << 16

/** Writes the block into memory of its own, so that the columns can take the next batch at once. */
export function writeBlock(columns: readonly Column[], rows: number, estimateBytes = 0): Block {
  const used = columns.filter((column) => column.touched)
  // Sized ahead: growing by doubling would touch every page twice.
  const out = new Out(Math.ceil(estimateBytes * 1.1) + SLACK_BYTES)
  out.varint(used.length)
  out.varint(rows)
  for (const column of used) {
    out.string(column.name)
    out.string(column.type)
    column.write(out, rows)
  }
  return { rows, columns: used.map((column) => column.name), bytes: out.bytes.subarray(0, out.size) }
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
