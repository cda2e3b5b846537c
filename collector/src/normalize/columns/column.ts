// What every column of a Native block can do. Rows are filled from 0 up; a row that is not set holds the column's default.
import type { Out } from './out.ts'

export interface Column {
  readonly name: string
  /** The ClickHouse type as the Native header spells it. */
  readonly type: string
  /** False while every row holds the default; such a column is left out of the block and ClickHouse fills it in. */
  touched: boolean
  /** Writes the column's data for `rows` rows in Native format (client revision 0). */
  write(out: Out, rows: number): void
  /** Bytes held for the rows so far, roughly; decides when a batch is full. */
  sizeBytes(): number
  /** Ready for the next batch; `rows` is how many the last one had. */
  reset(rows: number): void
}

/** Dictionary and offset parts of a nested column come before the data in Native format. */
export interface NestedColumn {
  readonly type: string
  writePrefix(out: Out): void
  writeData(out: Out, count: number): void
  sizeBytes(): number
  reset(count: number): void
}
