// The span columns of one batch and day, with what the writers look up by field number.
import { U } from '@hanzo/insights-semconv'
import { type Block, resetColumns, sizeOf, writeBlock } from './block.ts'
import type { Column } from './columns/column.ts'
import type { DictionaryColumn } from './columns/dictionary.ts'
import type { NullableColumn, NumberColumn, PairColumn } from './columns/fixed.ts'
import type { TextColumn } from './columns/text.ts'
import { columnsOf, SpanColumns } from './span-columns.ts'
import { F } from './tables.ts'

/** Fixed-width columns of a row, taken together. */
const FIXED_BYTES_PER_ROW = 160

interface Bound<C> {
  readonly field: number
  readonly column: C
}

export class SpanBlock {
  readonly columns = new SpanColumns()
  readonly names: readonly Bound<DictionaryColumn>[]
  readonly texts: readonly Bound<TextColumn>[]
  readonly counts: readonly Bound<NullableColumn<NumberColumn<Uint32Array>>>[]
  readonly numbers: readonly Bound<NullableColumn<NumberColumn<Float64Array>>>[]
  /** Usage columns by position in the usage vector. */
  readonly usage: readonly Bound<NullableColumn<NumberColumn<Uint32Array>>>[]
  rows = 0
  private readonly all: Column[]

  constructor() {
    const c = this.columns
    this.all = columnsOf(c)
    this.names = [
      { field: F.operation, column: c.operation },
      { field: F.request_model, column: c.request_model },
      { field: F.response_model, column: c.response_model },
      { field: F.agent_name, column: c.agent_name },
      { field: F.workflow_name, column: c.workflow_name },
      { field: F.tool_name, column: c.tool_name },
      { field: F.prompt_name, column: c.prompt_name },
      { field: F.prompt_version, column: c.prompt_version },
      { field: F.output_type, column: c.output_type },
      { field: F.service_tier, column: c.service_tier },
      { field: F.server_address, column: c.server_address },
      { field: F.environment, column: c.environment },
    ]
    this.texts = [
      { field: F.response_id, column: c.response_id },
      { field: F.session_id, column: c.session_id },
      { field: F.user_id, column: c.user_id },
      { field: F.agent_id, column: c.agent_id },
      { field: F.tool_call_id, column: c.tool_call_id },
    ]
    this.counts = [
      { field: F.max_tokens, column: c.max_tokens },
      { field: F.choice_count, column: c.choice_count },
    ]
    this.usage = [
      { field: U.INPUT, column: c.input_tokens },
      { field: U.OUTPUT, column: c.output_tokens },
      { field: U.CACHE_READ, column: c.cache_read_tokens },
      { field: U.CACHE_WRITE, column: c.cache_write_tokens },
      { field: U.CACHE_WRITE_1H, column: c.cache_write_1h_tokens },
      { field: U.REASONING, column: c.reasoning_tokens },
      { field: U.INPUT_AUDIO, column: c.input_audio_tokens },
      { field: U.OUTPUT_AUDIO, column: c.output_audio_tokens },
      { field: U.INPUT_IMAGE, column: c.input_image_tokens },
      { field: U.OUTPUT_IMAGE, column: c.output_image_tokens },
    ]
    this.numbers = [
      { field: F.temperature, column: c.temperature },
      { field: F.top_p, column: c.top_p },
      { field: F.top_k, column: c.top_k },
      { field: F.frequency_penalty, column: c.frequency_penalty },
      { field: F.presence_penalty, column: c.presence_penalty },
    ]
  }

  sizeBytes(): number {
    return this.rows * FIXED_BYTES_PER_ROW + sizeOf(this.all)
  }

  /** Copies the rows out as one Native block and starts again from row 0. */
  take(batchId: Buffer, day: Buffer): Block {
    this.columns.batch_id.set(batchId)
    this.columns.day.set(day)
    const block = writeBlock(this.all, this.rows, this.sizeBytes())
    this.clear()
    return block
  }

  clear(): void {
    resetColumns(this.all, this.rows)
    this.columns.batch_id.touched = this.columns.day.touched = true
    this.rows = 0
  }
}

export type MoneyColumn = NullableColumn<PairColumn>
