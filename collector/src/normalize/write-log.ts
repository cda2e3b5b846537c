// One kept log record -> one row of the log event columns.

import { CANONICAL_PARTS, canonicalSystem, canonicalText } from '@hanzo/insights-semconv'
import type { DictionaryColumn } from './columns/dictionary.ts'
import type { MapColumn } from './columns/nested.ts'
import { Out } from './columns/out.ts'
import type { TextColumn } from './columns/text.ts'
import { messageJson } from './event-messages.ts'
import type { LogBlock } from './log-columns.ts'
import type { LogRecord } from './log-record.ts'
import { F } from './tables.ts'
import { indexText } from './text-values.ts'
import type { Attributes } from './wire/attributes.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import { ValueDecoder } from './wire/decode.ts'
import { Renderer, type Values } from './wire/render.ts'
import { NONE } from './wire/value-reader.ts'
import { type Word, word } from './words.ts'
import { writePair } from './write-pair.ts'
import { keptDays, type RowContext } from './write-span.ts'

const SIDES: Readonly<Record<'input' | 'output' | 'system_instructions', Word>> = {
  input: word('input'),
  output: word('output'),
  system_instructions: word('system'),
}
const CONTENT = [
  { field: F.input, column: 'input', side: 'input' },
  { field: F.output, column: 'output', side: 'output' },
  { field: F.system_instructions, column: 'system_instructions', side: 'system' },
  { field: F.tool_definitions, column: 'tool_definitions', side: 'none' },
] as const

export class LogWriter {
  readonly renderer = new Renderer()
  private readonly json = new Out(1 << 12)
  private readonly decoder = new ValueDecoder()

  write(block: LogBlock, row: number, record: LogRecord, context: RowContext): void {
    const { columns } = block
    const { source, times } = context
    columns.project_id.word(row, context.project)
    columns.received_time.setNumber(row, context.receivedMs)
    columns.retention_days.set(row, keptDays(context))
    if (record.traceId >= 0) columns.trace_id.set(row, source.bytes, record.traceId)
    else if (record.madeTraceId) columns.trace_id.set(row, record.madeTraceId, 0)
    if (record.spanId >= 0) columns.span_id.set(row, source.bytes, record.spanId)
    columns.time.set(row, times.startLo, times.startHi)
    if (record.severity !== 0) columns.severity.set(row, record.severity)
    if (record.flags !== 0) columns.flags.set(row, record.flags)
    this.name(columns.event_name, row, source, record.nameStart, record.nameEnd)
    this.origin(block, row, context)
    this.message(block, row, record, source)
    this.fields(block, row, record, source)
    this.map(columns.attributes, row, source, record.attributes, record)
  }

  private origin(block: LogBlock, row: number, { source, resource, scope }: RowContext): void {
    const { columns } = block
    const { attributes } = resource
    const named = [
      [columns.service_name, resource.serviceName],
      [columns.environment, resource.environment],
    ] as const
    for (const [column, i] of named)
      if (i >= 0) this.name(column, row, source, attributes.start[i]!, attributes.end[i]!)
    this.name(columns.scope_name, row, source, scope.nameStart, scope.nameEnd)
    this.name(columns.scope_version, row, source, scope.versionStart, scope.versionEnd)
    this.map(columns.resource_attributes, row, source, attributes)
  }

  private message(block: LogBlock, row: number, record: LogRecord, source: Source): void {
    const { columns } = block
    if (record.rule?.form === 'message') {
      columns.role_in_call.word(row, SIDES[record.rule.field ?? 'input'])
      const list = record.bodyMembers.count > 0 ? record.bodyMembers : record.attributes
      const text = Buffer.from(messageJson(record.rule, source, list, this.decoder))
      columns.message.append(row, text, 0, text.length)
    }
    if (record.body.kind === NONE) return
    this.json.reset()
    this.renderer.json(this.json, source, record.body)
    columns.body.append(row, this.json.bytes, 0, this.json.size)
  }

  private fields(block: LogBlock, row: number, { fields }: LogRecord, source: Source): void {
    const { columns } = block
    for (const { field, column, side } of CONTENT) this.content(columns[column], row, source, fields, { field, side })
    this.text(columns.response_id, row, source, fields, F.response_id)
    this.text(columns.explanation, row, source, fields, F.explanation)
    this.field(columns.evaluation_name, row, source, fields, F.evaluation_name)
    this.field(columns.score_label, row, source, fields, F.score_label)
    this.field(columns.error_type, row, source, fields, F.error_type)
    if (fields.has(F.score_value)) columns.score_value.present(row).set(row, fields.num[F.score_value]!)
  }

  /** A conversation in canonical form, whatever form it came in. */
  private content(
    column: TextColumn,
    row: number,
    source: Source,
    fields: LogRecord['fields'],
    { field, side }: { field: number; side: (typeof CONTENT)[number]['side'] },
  ): void {
    if (!fields.has(field)) return
    this.renderer.value(source, fields as Values, field)
    const told = this.renderer.source.bytes.toString('utf8', this.renderer.start, this.renderer.end)
    if (side === 'none') column.text(row, told)
    else if (side === 'system') column.text(row, CANONICAL_PARTS.test(told) ? told : (canonicalSystem(told) ?? ''))
    else {
      const converted = canonicalText(told, side)
      column.text(row, converted === undefined ? told : (converted.text ?? ''))
    }
  }

  private text(column: TextColumn, row: number, source: Source, fields: LogRecord['fields'], field: number): void {
    if (!fields.has(field)) return
    this.renderer.value(source, fields as Values, field)
    column.append(row, this.renderer.source.bytes, this.renderer.start, this.renderer.end)
  }

  private field(
    column: DictionaryColumn,
    row: number,
    source: Source,
    fields: LogRecord['fields'],
    field: number,
  ): void {
    if (!fields.has(field)) return
    const { renderer } = this
    renderer.value(source, fields as Values, field)
    column.append(
      row,
      renderer.source,
      renderer.start,
      renderer.end,
      hashSlice(renderer.source, renderer.start, renderer.end),
    )
  }

  private map(column: MapColumn, row: number, source: Source, list: Attributes, record?: LogRecord): void {
    for (let i = 0; i < list.count; i++) {
      if (record && CONTENT.some(({ field }) => record.fields.has(field) && record.fields.attribute[field] === i))
        continue
      column.touched = true
      writePair(column.data, row, source, list, i, this.renderer)
    }
  }

  private name(column: DictionaryColumn, row: number, source: Source, start: number, end: number): void {
    if (start === end) return
    column.set(row, indexText(column.dictionary, source, start, end, hashSlice(source, start, end), this.renderer))
  }
}
