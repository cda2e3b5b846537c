// The span columns of one batch and day, with what the writers look up by field number.
import { U } from '@hanzo/insights-semconv'
import type { DictionaryColumn } from './columns/dictionary.ts'
import type { NullableColumn, NumberColumn, PairColumn } from './columns/fixed.ts'
import type { TextColumn } from './columns/text.ts'
import { RowBlock } from './row-block.ts'
import { SpanColumns } from './span-columns.ts'
import { F, FIELD_COUNT } from './tables.ts'

const FIXED_BYTES_PER_ROW = 160

/** The column that a field goes to as it is; one of the members is set. */
export interface FieldColumn {
  readonly name: DictionaryColumn | undefined
  readonly text: TextColumn | undefined
  readonly count: CountColumn | undefined
  readonly number: NullableColumn<NumberColumn<Float64Array>> | undefined
}

export type CountColumn = NullableColumn<NumberColumn<Uint32Array>>
export type MoneyColumn = NullableColumn<PairColumn>

export class SpanBlock extends RowBlock<SpanColumns> {
  /** By field number; undefined where a field takes more than copying. */
  readonly byField: readonly (FieldColumn | undefined)[]
  /** Usage columns with their position in the usage vector. */
  readonly usage: readonly { position: number; column: CountColumn }[]

  constructor() {
    super(new SpanColumns(), FIXED_BYTES_PER_ROW)
    const c = this.columns
    this.byField = bindFields(c)
    this.usage = [
      { position: U.INPUT, column: c.input_tokens },
      { position: U.OUTPUT, column: c.output_tokens },
      { position: U.CACHE_READ, column: c.cache_read_tokens },
      { position: U.CACHE_WRITE, column: c.cache_write_tokens },
      { position: U.CACHE_WRITE_1H, column: c.cache_write_1h_tokens },
      { position: U.REASONING, column: c.reasoning_tokens },
      { position: U.INPUT_AUDIO, column: c.input_audio_tokens },
      { position: U.OUTPUT_AUDIO, column: c.output_audio_tokens },
      { position: U.INPUT_IMAGE, column: c.input_image_tokens },
      { position: U.OUTPUT_IMAGE, column: c.output_image_tokens },
      { position: U.SEARCHES, column: c.searches },
    ]
  }
}

/** Fields that go to a column of their name as they are, by the form of the column. */
export const NAMES = [
  'operation',
  'request_model',
  'response_model',
  'agent_name',
  'workflow_name',
  'tool_name',
  'prompt_name',
  'prompt_version',
  'output_type',
  'service_tier',
  'server_address',
  'environment',
] as const
export const TEXTS = ['response_id', 'session_id', 'user_id', 'agent_id', 'tool_call_id'] as const
export const COUNTS = ['max_tokens', 'choice_count'] as const
export const NUMBERS = ['temperature', 'top_p', 'top_k', 'frequency_penalty', 'presence_penalty'] as const

// Fields and columns have the same names.
function bindFields(c: SpanColumns): (FieldColumn | undefined)[] {
  const bound: (FieldColumn | undefined)[] = new Array(FIELD_COUNT).fill(undefined)
  const none = { name: undefined, text: undefined, count: undefined, number: undefined }
  for (const name of NAMES) bound[F[name]] = { ...none, name: c[name] }
  for (const name of TEXTS) bound[F[name]] = { ...none, text: c[name] }
  for (const name of COUNTS) bound[F[name]] = { ...none, count: c[name] }
  for (const name of NUMBERS) bound[F[name]] = { ...none, number: c[name] }
  return bound
}
