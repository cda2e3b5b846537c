// What a span says of a model call, a tool, an agent … -> the gen_ai columns of its row. Plain attributes of the conventions are copied; a span
// that says more is read by the object rules.
import {
  COUNTING_KINDS,
  DIALECTS,
  ENTRIES,
  type Interpretation,
  KINDS,
  kindOf,
  MAX_UNMAPPED,
} from '@hanzo/insights-semconv'
import type { DictionaryColumn } from './columns/dictionary.ts'
import type { TextColumn } from './columns/text.ts'
import type { Pricing } from './cost.ts'
import type { CountTokens } from './estimate-usage.ts'
import { CONTENT_FIELDS, type Fields, GROUP } from './fields.ts'
import { ListReader } from './list.ts'
import { ContentForms } from './needs-objects.ts'
import { DeepReader } from './read-deep.ts'
import type { SpanBlock } from './span-block.ts'
import type { SpanRecord } from './span-record.ts'
import { F, OPERATIONS, SLOT_DIALECT, UNMAPPED } from './tables.ts'
import { indexText } from './text-values.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import type { Renderer } from './wire/render.ts'
import { STRING } from './wire/value-reader.ts'
import { type Word, word } from './words.ts'
import { ContentWriter, pushName } from './write-content.ts'
import { MeaningWriter } from './write-meaning.ts'
import type { RowContext } from './write-span.ts'
import { UsageWriter } from './write-usage.ts'

const KIND_WORDS = KINDS.map(word)
const DIALECT_WORDS = DIALECTS.map((dialect) => word(dialect.name))
const COUNTS = KINDS.map((kind) => COUNTING_KINDS.includes(kind))
const SPAN = KINDS.indexOf('span')
const TOOL = KINDS.indexOf('tool')
const TELLING_FIELDS = [F.provider, F.operation, F.request_model, F.input_tokens, F.input]
const CALL = word('call')
const SUMMARY = word('summary')
const NEGATIVE = word('negative')
const BEYOND_DURATION = word('beyond_duration')

export class CallWriter {
  /** Attributes whose value the object rules put into a content column; undefined when the span was copied. */
  moved: ReadonlySet<number> | undefined
  private readonly renderer: Renderer
  private readonly usage: UsageWriter
  private readonly list: ListReader
  private readonly forms: ContentForms
  private readonly content = new ContentWriter()
  private readonly deep = new DeepReader()
  private readonly meaning: MeaningWriter
  private readonly keys = new ContentKeys()

  constructor(renderer: Renderer, pricing: Pricing, countTokens?: CountTokens) {
    this.renderer = renderer
    this.usage = new UsageWriter(renderer, pricing, countTokens)
    this.list = new ListReader(renderer)
    this.forms = new ContentForms(renderer)
    this.meaning = new MeaningWriter(this.usage, this.content)
  }

  write(block: SpanBlock, row: number, record: SpanRecord, context: RowContext): void {
    this.moved = undefined
    if (record.isDeep || record.fields.hasTwoProviders || context.scope.isDialect)
      this.byObjects(block, row, record, context)
    else if (record.fields.count === 0) block.columns.kind.word(row, KIND_WORDS[SPAN]!)
    else {
      const kind = this.kind(record, context.source)
      const hasContent = (record.fields.groups & GROUP.CONTENT) !== 0
      const needsObjects = hasContent && this.forms.needObjects(record.fields, context.source, kind)
      if (needsObjects || (hasContent && this.usage.mayEstimate(record.fields)))
        this.byObjects(block, row, record, context)
      else this.copy(block, row, record, context, kind)
    }
  }

  /** What a log record tells of a call. */
  told(block: SpanBlock, row: number, meaning: Interpretation, context: RowContext): void {
    this.moved = meaning.moved
    this.meaning.write(block, row, meaning, context)
  }

  private byObjects(block: SpanBlock, row: number, record: SpanRecord, context: RowContext): void {
    this.told(block, row, this.deep.read(record, context), context)
  }

  // Fast path: the conventions' own attributes, in the forms that they ask for.
  private copy(block: SpanBlock, row: number, record: SpanRecord, context: RowContext, kind: number): void {
    const { fields } = record
    block.columns.kind.word(row, KIND_WORDS[kind]!)
    if (kind !== SPAN) this.dialect(block, row, record)
    this.columns(block, row, record, context.source)
    if ((fields.groups & GROUP.LISTS) !== 0) this.lists(block, row, record, context.source, kind)
    if ((fields.groups & GROUP.CONTENT) !== 0) this.contents(block, row, record, context.source, kind)
    this.amounts(block, row, record, context, kind)
    this.timeToFirstToken(block, row, record, context.times.durationNs)
    if (record.hasUnmapped && kind !== SPAN) this.unmapped(block, row, record, context.source)
  }

  private unmapped({ columns }: SpanBlock, row: number, { attributes }: SpanRecord, source: Source): void {
    const { unmapped } = columns
    const { dictionary } = unmapped.inner
    let count = 0
    for (let i = 0; i < attributes.count && count < MAX_UNMAPPED; i++) {
      if (attributes.slot[i] !== UNMAPPED) continue
      const start = attributes.keyStart[i]!
      const end = attributes.keyEnd[i]!
      const index = indexText(dictionary, source, start, end, attributes.keyHash[i]!, this.renderer)
      unmapped.inner.set(unmapped.push(row), index)
      count++
    }
  }

  /** A counting call is priced even without usage: its cost is then unknown for a reason. */
  private amounts(block: SpanBlock, row: number, { fields }: SpanRecord, context: RowContext, kind: number): void {
    const hasUsage = (fields.groups & GROUP.USAGE) !== 0
    if (!hasUsage && !COUNTS[kind]) return
    const isKnown = this.usage.usage(block, row, fields)
    if (COUNTS[kind] || isKnown) {
      block.columns.usage_role.word(row, COUNTS[kind] ? CALL : SUMMARY)
      if (COUNTS[kind]) block.columns.counts_usage.set(row, 1)
      this.usage.cost(block, row, fields, context)
    } else if (fields.has(F.reported_cost)) this.usage.reportedCost(block, row, fields.number(F.reported_cost))
  }

  private kind({ fields }: SpanRecord, source: Source): number {
    if (fields.has(F.operation) && fields.kind[F.operation] === STRING) {
      const kind = OPERATIONS.lookup(source, fields.start[F.operation]!, fields.end[F.operation]!)
      if (kind >= 0) return kind
    }
    const hasTool = fields.has(F.tool_name) || fields.has(F.tool_call_id)
    if (!hasTool && !fields.has(F.request_model) && !fields.has(F.response_model)) return SPAN
    const word = kindOf({
      operation: '',
      hasToolName: hasTool,
      hasModel: fields.has(F.request_model) || fields.has(F.response_model),
      hasUsageOrContent:
        fields.has(F.input_tokens) || fields.has(F.output_tokens) || fields.has(F.input) || fields.has(F.output),
    })
    return word === 'wrapper' ? SPAN : KINDS.indexOf(word)
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
    if (fields.has(F.stop_sequences))
      this.list.write(block.columns.stop_sequences, row, source, fields, F.stop_sequences)
    if (kind === TOOL && fields.has(F.tool_name)) {
      this.renderer.value(source, fields, F.tool_name)
      const { start, end } = this.renderer
      pushName(block.columns.tool_names, row, this.renderer.source, start, end)
    }
  }

  private contents(block: SpanBlock, row: number, record: SpanRecord, source: Source, kind: number): void {
    const { columns } = block
    const { renderer } = this
    const { fields } = record
    if (fields.has(F.input)) {
      renderer.value(source, fields, F.input)
      this.content.input(block, row, renderer.source, renderer.start, renderer.end)
    }
    if (fields.has(F.output)) {
      renderer.value(source, fields, F.output)
      this.content.output(block, row, renderer.source, renderer.start, renderer.end, kind)
    }
    if (fields.has(F.system_instructions))
      this.text(columns.system_instructions, row, source, fields, F.system_instructions)
    if (fields.has(F.tool_definitions)) this.text(columns.tool_definitions, row, source, fields, F.tool_definitions)
    columns.content_keys.word(row, this.keys.of(fields))
  }

  private timeToFirstToken(block: SpanBlock, row: number, { fields }: SpanRecord, durationNs: number): void {
    if (!fields.has(F.time_to_first_token)) return
    const value = fields.num[F.time_to_first_token]!
    // Before the call or beyond its end it is impossible: flagged, not shown.
    if (value < 0) block.columns.first_token_flag.word(row, NEGATIVE)
    else if (value > durationNs) block.columns.first_token_flag.word(row, BEYOND_DURATION)
    else block.columns.time_to_first_token_ns.present(row).setNumber(row, value)
  }
}

/** The keys of a span's contents as one word; nearly every span has those of the one before. */
class ContentKeys {
  private readonly slots = new Int32Array(CONTENT_FIELDS.length)
  private word: Word = word('')

  of(fields: Fields): Word {
    let isSame = true
    for (let k = 0; k < CONTENT_FIELDS.length; k++) {
      const field = CONTENT_FIELDS[k]!
      const slot = fields.has(field) ? fields.slot[field]! : -1
      if (this.slots[k] !== slot) isSame = false
      this.slots[k] = slot
    }
    if (!isSame || this.word.text === '')
      this.word = word(Array.from(this.slots, (slot) => ENTRIES[slot]?.key ?? '-').join(' '))
    return this.word
  }
}
