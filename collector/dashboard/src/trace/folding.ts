// A table of spans and which rows are folded in; the rows in sight out.
import type { SpanTable } from './span-table.ts'

/** 1 = what is below this row is hidden. Never changed: each change is a new one. */
export type Folds = Uint8Array

export const noFolds = (table: SpanTable): Folds => new Uint8Array(table.count)

/** Everything below the roots hidden, or below all rows. */
export function foldAll({ count, children }: SpanTable): Folds {
  return Uint8Array.from({ length: count }, (_, row) => ((children[row] ?? 0) > 0 ? 1 : 0))
}

export function withFold(folds: Folds, row: number, isFolded: boolean): Folds {
  const next = folds.slice()
  next[row] = isFolded ? 1 : 0
  return next
}

export function rowsInSight({ count, sizes }: SpanTable, folds: Folds): Int32Array {
  const rows = new Int32Array(count)
  let length = 0
  for (let row = 0; row < count; row += folds[row] === 1 ? Math.max(1, sizes[row] ?? 1) : 1) rows[length++] = row
  return rows.subarray(0, length)
}

/** All above the row unfolded; the same object when they are already. */
export function revealed(table: SpanTable, folds: Folds, row: number): Folds {
  let next = folds
  for (let above = table.parents[row] ?? -1; above >= 0; above = table.parents[above] ?? -1) {
    if (next[above] !== 1) continue
    if (next === folds) next = folds.slice()
    next[above] = 0
  }
  return next
}

/** Place of a row among sorted rows, or of the last one before it; -1 = all come after. */
export function placeIn(rows: Int32Array, row: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle] ?? 0) <= row) low = middle + 1
    else high = middle
  }
  return low - 1
}
