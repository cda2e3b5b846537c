// The rows of one batch and day of a table, as columns that are filled from row 0 on.
import { type Block, type BlockMemory, resetColumns, sizeOf, writeBlock } from './block.ts'
import type { Column } from './columns/column.ts'
import type { ConstantColumn } from './columns/fixed.ts'
import { columnsOf } from './span-columns.ts'

/** Columns that every table has. */
interface BatchColumns {
  readonly batch_id: ConstantColumn
  readonly day: ConstantColumn
}

export abstract class RowBlock<Columns extends BatchColumns> {
  readonly columns: Columns
  rows = 0
  private readonly all: Column[]
  private readonly fixedBytesPerRow: number

  /** @param fixedBytesPerRow the fixed-width columns of a row, taken together */
  constructor(columns: Columns, fixedBytesPerRow: number) {
    this.columns = columns
    this.all = columnsOf(columns)
    this.fixedBytesPerRow = fixedBytesPerRow
  }

  sizeBytes(): number {
    return this.rows * this.fixedBytesPerRow + sizeOf(this.all)
  }

  /** Copies the rows out as one Native block and starts again from row 0. */
  take(batchId: Buffer, day: Buffer, memory: BlockMemory): Block {
    this.columns.batch_id.set(batchId)
    this.columns.day.set(day)
    const block = writeBlock(this.all, this.rows, memory, this.sizeBytes())
    this.clear()
    return block
  }

  clear(): void {
    resetColumns(this.all, this.rows)
    this.columns.batch_id.touched = this.columns.day.touched = true
    this.rows = 0
  }
}
