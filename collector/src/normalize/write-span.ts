// One span record -> one row of the span columns. Nothing here can fail, and nothing is allocated for a well-formed current span.

import type { Pricing } from './cost.ts'
import type { CountTokens } from './estimate-usage.ts'
import { CONTENT_FIELDS } from './fields.ts'
import type { LogCall } from './log-call.ts'
import type { LogRecord } from './log-record.ts'
import type { ResourceContext, ScopeContext } from './resource.ts'
import type { SpanBlock } from './span-block.ts'
import type { SpanColumns } from './span-columns.ts'
import type { SpanRecord } from './span-record.ts'
import { indexText } from './text-values.ts'
import type { SpanTimes } from './times.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import { Renderer } from './wire/render.ts'
import { type Word, Words, word } from './words.ts'
import { CallWriter } from './write-call.ts'
import { EventWriter } from './write-events.ts'
import { writePair } from './write-pair.ts'

/** What a row needs beside its span: who sent it, when, and where it came from. */
export interface RowContext {
  source: Source
  project: Word
  receivedMs: number
  retentionDays: number
  resource: ResourceContext
  scope: ScopeContext
  times: SpanTimes
}

/** Days after `day` at which the row goes: a backfill of old spans lives as long after its receipt as a fresh span. */
export function keptDays({ retentionDays, receivedMs, times }: RowContext): number {
  return retentionDays + Math.max(0, Math.floor(receivedMs / DAY_MS) - times.day)
}

const DAY_MS = 86_400_000
const RAW_START = word('insights.raw_start_time_unix_nano')
const STATUS_ERROR = 2
const START_MOVED = new Set(['no_start', 'out_of_range', 'future'])

/** Rows written by one writer into one set of columns remember the last resource, whose columns are then repeated. */
export class SpanWriter {
  readonly renderer = new Renderer()
  private readonly calls: CallWriter
  private readonly words = new Words()
  private readonly events = new EventWriter(this.renderer)
  private lastResource = -1
  private lastScope = -1
  private lastColumns: SpanColumns | undefined
  private lastRow = -1

  constructor(pricing: Pricing, countTokens?: CountTokens) {
    this.calls = new CallWriter(this.renderer, pricing, countTokens)
  }

  write(block: SpanBlock, row: number, record: SpanRecord, context: RowContext): void {
    const { columns } = block
    this.identity(columns, row, record, context)
    this.origin(columns, row, context)
    if (record.events.count > 0) this.events.write(columns, row, record, context.source)
    if (record.links.count > 0) this.events.links(columns, row, record, context.source)
    this.calls.write(block, row, record, context)
    this.attributes(columns, row, record, context)
  }

  /** The row of a call that only a log record tells of. */
  writeLogCall(block: SpanBlock, record: LogRecord, call: LogCall, context: RowContext): void {
    const { columns, rows: row } = block
    const { meaning, name } = call
    this.receipt(columns, row, context)
    columns.trace_id.set(row, call.traceId, 0)
    columns.span_id.set(row, call.spanId, 0)
    if (call.parentId) columns.parent_span_id.set(row, call.parentId, 0)
    columns.name.word(row, this.words.get(name))
    if (record.flags !== 0) columns.flags.set(row, record.flags)
    if (meaning.errorType !== '') columns.status_code.set(row, STATUS_ERROR)
    columns.status_message.text(row, meaning.errorMessage)
    if (record.attributes.dropped > 0) columns.dropped_attributes.set(row, record.attributes.dropped)
    this.origin(columns, row, context)
    this.calls.told(block, row, meaning, context)
    const { attributes } = record
    if (attributes.count > 0) columns.attributes.touched = true
    for (let i = 0; i < attributes.count; i++)
      if (!meaning.moved.has(i)) writePair(columns.attributes.data, row, context.source, attributes, i, this.renderer)
    if (START_MOVED.has(context.times.flag.text)) this.rawStart(columns, row, record.startHi, record.startLo)
  }

  private origin(columns: SpanColumns, row: number, context: RowContext): void {
    const { resource, scope } = context
    const sameBatch = this.lastColumns === columns && row > 0 && this.lastRow === row - 1
    this.resource(columns, row, context, sameBatch && this.lastResource === resource.serial)
    this.scope(columns, row, context, sameBatch && this.lastScope === scope.serial)
    this.lastColumns = columns
    this.lastRow = row
    this.lastResource = resource.serial
    this.lastScope = scope.serial
  }

  private receipt(columns: SpanColumns, row: number, context: RowContext): void {
    const { times } = context
    columns.project_id.word(row, context.project)
    columns.received_time.setNumber(row, context.receivedMs)
    columns.retention_days.set(row, keptDays(context))
    columns.start_time.set(row, times.startLo, times.startHi)
    columns.duration_ns.set(row, times.durationLo, times.durationHi)
    if (times.flag.text !== '') columns.time_flag.word(row, times.flag)
  }

  private identity(columns: SpanColumns, row: number, record: SpanRecord, context: RowContext): void {
    const { source } = context
    const { bytes } = source
    this.receipt(columns, row, context)
    columns.trace_id.set(row, bytes, record.traceId)
    columns.span_id.set(row, bytes, record.spanId)
    if (record.parentId >= 0) columns.parent_span_id.set(row, bytes, record.parentId)
    this.name(columns.name, row, source, record.nameStart, record.nameEnd)
    if (record.stateEnd > record.stateStart)
      this.text(columns.trace_state, row, source, record.stateStart, record.stateEnd)
    if (record.kind !== 0) columns.span_kind.set(row, record.kind)
    if (record.flags !== 0) columns.flags.set(row, record.flags)
    if (record.statusCode !== 0) columns.status_code.set(row, record.statusCode)
    if (record.messageEnd > record.messageStart)
      this.text(columns.status_message, row, source, record.messageStart, record.messageEnd)
    const droppedAttributes = record.droppedAttributes + record.attributes.dropped
    if (droppedAttributes > 0) columns.dropped_attributes.set(row, droppedAttributes)
    if (record.droppedEvents > 0) columns.dropped_events.set(row, record.droppedEvents)
    if (record.droppedLinks > 0) columns.dropped_links.set(row, record.droppedLinks)
  }

  private resource(columns: SpanColumns, row: number, { source, resource }: RowContext, repeat: boolean): void {
    if (repeat) {
      columns.service_name.repeat(row, row - 1)
      columns.resource_schema_url.repeat(row, row - 1)
      columns.resource_attributes.data.repeat(row)
    } else {
      this.picked(columns.service_name, row, source, resource, resource.serviceName)
      this.name(columns.resource_schema_url, row, source, resource.schemaStart, resource.schemaEnd)
      this.map(columns.resource_attributes, row, source, resource)
    }
    // A span may name its own environment and release later, so these are never plain repeats of the row before.
    this.picked(columns.release, row, source, resource, resource.release)
    this.picked(columns.environment, row, source, resource, resource.environment)
  }

  private scope(columns: SpanColumns, row: number, { source, scope }: RowContext, repeat: boolean): void {
    if (repeat) {
      columns.scope_name.repeat(row, row - 1)
      columns.scope_version.repeat(row, row - 1)
      columns.scope_schema_url.repeat(row, row - 1)
      columns.scope_attributes.data.repeat(row)
      return
    }
    this.name(columns.scope_name, row, source, scope.nameStart, scope.nameEnd)
    this.name(columns.scope_version, row, source, scope.versionStart, scope.versionEnd)
    this.name(columns.scope_schema_url, row, source, scope.schemaStart, scope.schemaEnd)
    this.map(columns.scope_attributes, row, source, scope)
  }

  private picked(
    column: SpanColumns['service_name'],
    row: number,
    source: Source,
    from: ResourceContext,
    i: number,
  ): void {
    if (i >= 0) this.name(column, row, source, from.attributes.start[i]!, from.attributes.end[i]!)
  }

  private map(
    column: SpanColumns['attributes'],
    row: number,
    source: Source,
    from: ResourceContext | ScopeContext,
  ): void {
    const { attributes } = from
    if (attributes.count > 0) column.touched = true
    column.data.open()
    for (let i = 0; i < attributes.count; i++) writePair(column.data, row, source, attributes, i, this.renderer)
    column.data.close()
  }

  private attributes(columns: SpanColumns, row: number, record: SpanRecord, { source, times }: RowContext): void {
    const { attributes } = record
    if (attributes.count > 0) columns.attributes.touched = true
    const { moved } = this.calls
    for (let i = 0; i < attributes.count; i++)
      if (!(moved === undefined ? isMoved(record, i) : moved.has(i)))
        writePair(columns.attributes.data, row, source, attributes, i, this.renderer)
    if (START_MOVED.has(times.flag.text)) this.rawStart(columns, row, record.startHi, record.startLo)
  }

  private rawStart(columns: SpanColumns, row: number, hi: number, lo: number): void {
    const raw = Buffer.from(((BigInt(hi) << 32n) | BigInt(lo)).toString())
    const at = columns.attributes.push(row, RAW_START, 0, RAW_START.bytes.length, RAW_START.hash)
    columns.attributes.data.values.append(at, raw, 0, raw.length)
  }

  private name(column: SpanColumns['name'], row: number, source: Source, start: number, end: number): void {
    if (start === end) return
    column.set(row, indexText(column.dictionary, source, start, end, hashSlice(source, start, end), this.renderer))
  }

  private text(column: SpanColumns['status_message'], row: number, source: Source, start: number, end: number): void {
    this.renderer.text(source, start, end)
    column.append(row, this.renderer.source.bytes, this.renderer.start, this.renderer.end)
  }
}

/** Content that has a column of its own is not kept a second time in the map; what lost against it stays. */
function isMoved({ fields }: SpanRecord, i: number): boolean {
  for (const field of CONTENT_FIELDS) if (fields.has(field) && fields.attribute[field] === i) return true
  return false
}
