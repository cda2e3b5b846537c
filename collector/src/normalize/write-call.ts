// What a span says of a model call, a tool, an agent … -> the gen_ai columns of its row.
import { COUNTING_KINDS, DIALECTS, KINDS, kindOf } from '@hanzo/insights-semconv'
import type { DictionaryColumn, DictionaryData } from './columns/dictionary.ts'
import type { ArrayColumn } from './columns/nested.ts'
import { Out } from './columns/out.ts'
import type { TextColumn } from './columns/text.ts'
import type { Pricing } from './cost.ts'
import { joinMessages } from './event-messages.ts'
import { type Fields, GROUP } from './fields.ts'
import { ListReader } from './list.ts'
import { preview } from './preview.ts'
import type { SpanBlock } from './span-block.ts'
import type { SpanRecord } from './span-record.ts'
import { F, OPERATIONS, SLOT_DIALECT } from './tables.ts'
import { indexText } from './text-values.ts'
import { toolCallNames } from './tool-names.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import type { Renderer } from './wire/render.ts'
import { STRING } from './wire/value-reader.ts'
import { word } from './words.ts'
import type { RowContext } from './write-span.ts'
import { UsageWriter } from './write-usage.ts'

const KIND_WORDS = KINDS.map(word)
const DIALECT_WORDS = DIALECTS.map((dialect) => word(dialect.name))
const COUNTS = KINDS.map((kind) => COUNTING_KINDS.includes(kind))
const SPAN = KINDS.indexOf('span')
const GENERATION = KINDS.indexOf('generation')
const TOOL = KINDS.indexOf('tool')
const STATUS_ERROR = 2
const TELLING_FIELDS = [F.provider, F.operation, F.request_model, F.input_tokens, F.input]
const UNKNOWN_ERROR = word('unknown')

export class CallWriter {
  private readonly renderer: Renderer
  private readonly usage: UsageWriter
  private readonly list: ListReader
  private readonly content = new Out(1 << 12)
  private readonly shown = new Out(1 << 10)
  private toolColumn: ArrayColumn<DictionaryData> | undefined
  private toolRow = 0

  constructor(renderer: Renderer, pricing: Pricing) {
    this.renderer = renderer
    this.usage = new UsageWriter(renderer, pricing)
    this.list = new ListReader(renderer)
  }

  write(block: SpanBlock, row: number, record: SpanRecord, context: RowContext): void {
    const { fields } = record
    this.error(block, row, record, context.source)
    const messages = record.eventMessages
    const hasMessages =
      record.indexed.count > 0 || messages.input.length + messages.output.length + messages.system.length > 0
    if (fields.count === 0 && !hasMessages) {
      block.columns.kind.word(row, KIND_WORDS[SPAN]!)
      return
    }
    const kind = this.kind(record, context.source, hasMessages)
    block.columns.kind.word(row, KIND_WORDS[kind]!)
    if (kind !== SPAN) this.dialect(block, row, record)
    this.columns(block, row, record, context.source)
    if ((fields.groups & GROUP.LISTS) !== 0) this.lists(block, row, record, context.source, kind)
    if ((fields.groups & GROUP.CONTENT) !== 0 || hasMessages) this.contents(block, row, record, context.source, kind)
    this.amounts(block, row, record, context, kind)
    this.timeToFirstToken(block, row, record, context.times.durationNs)
  }

  /** A counting call is priced even without usage: its cost is then unknown for a reason. */
  private amounts(block: SpanBlock, row: number, { fields }: SpanRecord, context: RowContext, kind: number): void {
    const hasUsage = (fields.groups & GROUP.USAGE) !== 0
    if (!hasUsage && !COUNTS[kind]) return
    this.usage.usage(block, row, fields)
    if (COUNTS[kind]) {
      block.columns.counts_usage.set(row, 1)
      this.usage.cost(block, row, fields, context)
    } else if (fields.has(F.reported_cost)) this.usage.reportedCost(block, row, fields)
  }

  private kind(record: SpanRecord, source: Source, hasMessages: boolean): number {
    const { fields } = record
    if (fields.has(F.operation) && fields.kind[F.operation] === STRING) {
      const kind = OPERATIONS.lookup(source, fields.start[F.operation]!, fields.end[F.operation]!)
      if (kind >= 0) return kind
    }
    if (!fields.has(F.tool_name) && !fields.has(F.request_model) && !fields.has(F.response_model)) return SPAN
    return KINDS.indexOf(
      kindOf({
        operation: '',
        hasToolName: fields.has(F.tool_name),
        hasModel: fields.has(F.request_model) || fields.has(F.response_model),
        hasUsageOrContent:
          hasMessages ||
          fields.has(F.input_tokens) ||
          fields.has(F.output_tokens) ||
          fields.has(F.input) ||
          fields.has(F.output),
      }),
    )
  }

  // The dialect of the most telling field that is there.
  private dialect(block: SpanBlock, row: number, record: SpanRecord): void {
    for (const field of TELLING_FIELDS) {
      if (!record.fields.has(field)) continue
      block.columns.dialect.word(row, DIALECT_WORDS[SLOT_DIALECT[record.fields.slot[field]!]!]!)
      return
    }
  }

  private columns(block: SpanBlock, row: number, { fields }: SpanRecord, source: Source): void {
    for (let t = 0; t < fields.count; t++) {
      const field = fields.touched[t]!
      const bound = block.byField[field]
      if (bound === undefined) continue
      if (bound.name !== undefined) this.name(bound.name, row, source, fields, field)
      else if (bound.text !== undefined) this.text(bound.text, row, source, fields, field)
      else if (bound.count !== undefined) bound.count.present(row).set(row, fields.num[field]!)
      else bound.number?.present(row).set(row, fields.num[field]!)
    }
    if (fields.has(F.seed) && Number.isSafeInteger(fields.num[F.seed]))
      block.columns.seed.present(row).setNumber(row, fields.num[F.seed]!)
    if (fields.number(F.stream) === 1) block.columns.stream.set(row, 1)
    this.usage.provider(block, row, source, fields)
  }

  private name(column: DictionaryColumn, row: number, source: Source, fields: Fields, field: number): void {
    const { renderer } = this
    if (fields.kind[field] === STRING) {
      const start = fields.start[field]!
      const end = fields.end[field]!
      column.set(row, indexText(column.dictionary, source, start, end, hashSlice(source, start, end), renderer))
      return
    }
    renderer.value(source, fields, field)
    const { start, end } = renderer
    column.append(row, renderer.source, start, end, hashSlice(renderer.source, start, end))
  }

  private text(column: TextColumn, row: number, source: Source, fields: Fields, field: number): void {
    const { renderer } = this
    renderer.value(source, fields, field)
    column.append(row, renderer.source.bytes, renderer.start, renderer.end)
  }

  private lists(block: SpanBlock, row: number, { fields }: SpanRecord, source: Source, kind: number): void {
    if (fields.has(F.tags)) this.list.write(block.columns.tags, row, source, fields, F.tags)
    if (fields.has(F.finish_reasons))
      this.list.write(block.columns.finish_reasons, row, source, fields, F.finish_reasons)
    if (kind === TOOL && fields.has(F.tool_name)) {
      this.renderer.value(source, fields, F.tool_name)
      const { start, end } = this.renderer
      pushName(block.columns.tool_names, row, this.renderer.source, start, end)
    }
  }

  private contents(block: SpanBlock, row: number, record: SpanRecord, source: Source, kind: number): void {
    const { columns } = block
    const { eventMessages } = record
    if (this.side(columns.input, row, record, source, 0, eventMessages.input)) {
      this.preview(columns.input_preview, row, true)
    }
    if (this.side(columns.output, row, record, source, 1, eventMessages.output)) {
      this.preview(columns.output_preview, row, false)
      if (kind === GENERATION) this.toolNames(block, row)
    }
    this.plain(columns.system_instructions, row, record, source, F.system_instructions, eventMessages.system)
    this.plain(columns.tool_definitions, row, record, source, F.tool_definitions, [])
  }

  /** Input or output: a whole attribute, else indexed keys, else per-message events. Leaves the text in the renderer. */
  private side(
    column: TextColumn,
    row: number,
    record: SpanRecord,
    source: Source,
    side: 0 | 1,
    events: readonly string[],
  ): boolean {
    const { renderer } = this
    const field = side === 0 ? F.input : F.output
    if (record.fields.has(field)) renderer.value(source, record.fields, field)
    else {
      const joined = this.indexed(record, source, side) ?? joinMessages(events)
      if (!joined) return false
      renderer.text(joined, 0, joined.size)
    }
    column.append(row, renderer.source.bytes, renderer.start, renderer.end)
    return true
  }

  private indexed(record: SpanRecord, source: Source, side: 0 | 1): Out | undefined {
    if (record.indexed.count === 0) return undefined
    this.content.reset()
    const deps = { source, list: record.attributes, renderer: this.renderer }
    return record.indexed.write(this.content, side, deps) ? this.content : undefined
  }

  private plain(
    column: TextColumn,
    row: number,
    record: SpanRecord,
    source: Source,
    field: number,
    events: readonly string[],
  ): void {
    const { renderer } = this
    const joined = record.fields.has(field) ? undefined : joinMessages(events)
    if (record.fields.has(field)) renderer.value(source, record.fields, field)
    else if (joined) renderer.text(joined, 0, joined.size)
    else return
    column.append(row, renderer.source.bytes, renderer.start, renderer.end)
  }

  private preview(column: TextColumn, row: number, newest: boolean): void {
    const { renderer, shown } = this
    preview(shown, renderer.source.bytes, renderer.start, renderer.end, newest)
    column.append(row, shown.bytes, 0, shown.size)
  }

  private toolNames(block: SpanBlock, row: number): void {
    const { renderer } = this
    this.toolColumn = block.columns.tool_names
    this.toolRow = row
    toolCallNames(renderer.source, renderer.start, renderer.end, this)
  }

  /** Takes the names that toolCallNames finds; a method, so that no closure is made per call. */
  toolName(source: Source, start: number, end: number): void {
    if (this.toolColumn) pushName(this.toolColumn, this.toolRow, source, start, end)
  }

  // A time to first token beyond the call's own duration is impossible: left unknown.
  private timeToFirstToken(block: SpanBlock, row: number, { fields }: SpanRecord, durationNs: number): void {
    const value = fields.number(F.time_to_first_token)
    if (Number.isNaN(value) || value > durationNs) return
    block.columns.time_to_first_token_ns.present(row).setNumber(row, value)
  }

  private error(block: SpanBlock, row: number, record: SpanRecord, source: Source): void {
    const { columns } = block
    const { renderer } = this
    const { fields } = record
    const hasException = record.exceptionTypeEnd > record.exceptionTypeStart
    if (record.statusCode !== STATUS_ERROR && !fields.has(F.error_type)) return
    if (fields.has(F.error_type)) renderer.value(source, fields, F.error_type)
    else if (hasException) renderer.text(source, record.exceptionTypeStart, record.exceptionTypeEnd)
    if (fields.has(F.error_type) || hasException) {
      columns.error_type.append(
        row,
        renderer.source,
        renderer.start,
        renderer.end,
        hashSlice(renderer.source, renderer.start, renderer.end),
      )
    } else columns.error_type.word(row, UNKNOWN_ERROR)
    if (record.exceptionMessageEnd > record.exceptionMessageStart)
      renderer.text(source, record.exceptionMessageStart, record.exceptionMessageEnd)
    else renderer.text(source, record.messageStart, record.messageEnd)
    columns.error_message.append(row, renderer.source.bytes, renderer.start, renderer.end)
  }
}

function pushName(column: ArrayColumn<DictionaryData>, row: number, source: Source, start: number, end: number): void {
  const index = column.inner.dictionary.index(source, start, end, hashSlice(source, start, end))
  column.inner.set(column.push(row), index)
}
