// The text of an input or output -> its column, its preview and, for a model's output, the names of the tools that it called.
import { KINDS } from '@hanzo/insights-semconv'
import type { DictionaryData } from './columns/dictionary.ts'
import type { ArrayColumn } from './columns/nested.ts'
import { Out } from './columns/out.ts'
import type { TextColumn } from './columns/text.ts'
import { preview } from './preview.ts'
import type { SpanBlock } from './span-block.ts'
import { toolCallNames } from './tool-names.ts'
import { hashSlice, type Source } from './wire/bytes.ts'

const GENERATION = KINDS.indexOf('generation')

export class ContentWriter {
  private readonly shown = new Out(1 << 10)
  private toolColumn: ArrayColumn<DictionaryData> | undefined
  private toolRow = 0

  input(block: SpanBlock, row: number, { bytes }: Source, start: number, end: number): void {
    block.columns.input.append(row, bytes, start, end)
    this.preview(block.columns.input_preview, row, bytes, start, end, true)
  }

  output(block: SpanBlock, row: number, source: Source, start: number, end: number, kind: number): void {
    block.columns.output.append(row, source.bytes, start, end)
    this.preview(block.columns.output_preview, row, source.bytes, start, end, false)
    if (kind !== GENERATION) return
    this.toolColumn = block.columns.tool_names
    this.toolRow = row
    toolCallNames(source, start, end, this)
  }

  /** Takes the names that toolCallNames finds; a method, so that no closure is made per call. */
  toolName(source: Source, start: number, end: number): void {
    if (this.toolColumn) pushName(this.toolColumn, this.toolRow, source, start, end)
  }

  private preview(column: TextColumn, row: number, bytes: Buffer, start: number, end: number, newest: boolean): void {
    const { shown } = this
    preview(shown, bytes, start, end, newest)
    column.append(row, shown.bytes, 0, shown.size)
  }
}

/** One more name in the row's list. */
export function pushName(
  column: ArrayColumn<DictionaryData>,
  row: number,
  source: Source,
  start: number,
  end: number,
): void {
  const index = column.inner.dictionary.index(source, start, end, hashSlice(source, start, end))
  column.inner.set(column.push(row), index)
}
