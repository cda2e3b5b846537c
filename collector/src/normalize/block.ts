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

/** Copies the block out, so that the columns can take the next batch at once. */
export function writeBlock(columns: readonly Column[], rows: number, out = new Out(1 << 16)): Block {
  const used = columns.filter((column) => column.touched)
  out.reset(Number.POSITIVE_INFINITY)
  out.varint(used.length)
  out.varint(rows)
  for (const column of used) {
    out.string(column.name)
    out.string(column.type)
    column.write(out, rows)
  }
  const bytes = Buffer.allocUnsafeSlow(out.size)
  out.bytes.copy(bytes, 0, 0, out.size)
  return { rows, columns: used.map((column) => column.name), bytes }
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
