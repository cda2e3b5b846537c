// The columns of table `log_events` (store/schema/0002_log_events.sql), each a typed builder.
import { DictionaryColumn } from './columns/dictionary.ts'
import { ConstantColumn, FixedStringColumn, NullableColumn, NumberColumn, PairColumn } from './columns/fixed.ts'
import { MapColumn } from './columns/nested.ts'
import { TextColumn } from './columns/text.ts'
import { RowBlock } from './row-block.ts'

const FIXED_BYTES_PER_ROW = 80

/** Members are the table's columns, in its order and by its names. */
export class LogColumns {
  readonly project_id = new DictionaryColumn('project_id')
  readonly day = new ConstantColumn('day', 'Date')
  readonly batch_id = new ConstantColumn('batch_id', 'FixedString(16)')
  readonly received_time = new PairColumn('received_time', "DateTime64(3, 'UTC')")
  readonly retention_days = new NumberColumn('retention_days', 'UInt16', Uint16Array)
  readonly trace_id = new FixedStringColumn('trace_id', 16)
  readonly span_id = new FixedStringColumn('span_id', 8)
  readonly time = new PairColumn('time', "DateTime64(9, 'UTC')")
  readonly event_name = new DictionaryColumn('event_name')
  readonly severity = new NumberColumn('severity', 'Int32', Int32Array)
  readonly flags = new NumberColumn('flags', 'UInt32', Uint32Array)
  readonly service_name = new DictionaryColumn('service_name')
  readonly environment = new DictionaryColumn('environment')
  readonly scope_name = new DictionaryColumn('scope_name')
  readonly scope_version = new DictionaryColumn('scope_version')
  readonly role_in_call = new DictionaryColumn('role_in_call')
  readonly message = new TextColumn('message')
  readonly input = new TextColumn('input')
  readonly output = new TextColumn('output')
  readonly system_instructions = new TextColumn('system_instructions')
  readonly tool_definitions = new TextColumn('tool_definitions')
  readonly response_id = new TextColumn('response_id')
  readonly evaluation_name = new DictionaryColumn('evaluation_name')
  readonly score_value = new NullableColumn(new NumberColumn('score_value', 'Float64', Float64Array))
  readonly score_label = new DictionaryColumn('score_label')
  readonly explanation = new TextColumn('explanation')
  readonly error_type = new DictionaryColumn('error_type')
  readonly body = new TextColumn('body')
  readonly attributes = new MapColumn('attributes')
  readonly resource_attributes = new MapColumn('resource_attributes')
}

/** The log event columns of one batch and day. */
export class LogBlock extends RowBlock<LogColumns> {
  constructor() {
    super(new LogColumns(), FIXED_BYTES_PER_ROW)
  }
}
