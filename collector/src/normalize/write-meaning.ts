// What the object rules made of a span -> the gen_ai columns of its row.
import { type ContentField, type Interpretation, KINDS } from '@hanzo/insights-semconv'
import type { DictionaryColumn, DictionaryData } from './columns/dictionary.ts'
import type { ArrayColumn } from './columns/nested.ts'
import { Out } from './columns/out.ts'
import { COUNTS, NAMES, NUMBERS, type SpanBlock, TEXTS } from './span-block.ts'
import { Words } from './words.ts'
import { type ContentWriter, pushName } from './write-content.ts'
import type { RowContext } from './write-span.ts'
import type { UsageWriter } from './write-usage.ts'

const CONTENT_ORDER: readonly ContentField[] = ['input', 'output', 'system_instructions', 'tool_definitions']

export class MeaningWriter {
  private readonly usage: UsageWriter
  private readonly content: ContentWriter
  private readonly words = new Words()
  private readonly scratch = new Out(1 << 12)

  constructor(usage: UsageWriter, content: ContentWriter) {
    this.usage = usage
    this.content = content
  }

  write(block: SpanBlock, row: number, meaning: Interpretation, context: RowContext): void {
    const { columns } = block
    this.word(columns.kind, row, meaning.kind)
    this.word(columns.dialect, row, meaning.dialect)
    this.fields(block, row, meaning)
    this.lists(block, row, meaning)
    this.contents(block, row, meaning)
    this.usage.meaning(block, row, meaning, context)
    this.failure(block, row, meaning)
    for (const score of meaning.scores)
      columns.scores.inner.begin(columns.scores.push(row)).string(JSON.stringify(score))
    this.names(columns.unmapped, row, meaning.unmapped)
    for (const [key, value] of meaning.metadata) this.metadata(block, row, key, value)
    if (meaning.timeToFirstTokenNs !== undefined)
      columns.time_to_first_token_ns.present(row).setNumber(row, meaning.timeToFirstTokenNs)
    this.word(columns.first_token_flag, row, meaning.firstTokenFlag)
  }

  private word(column: DictionaryColumn, row: number, text: string): void {
    if (text !== '') column.word(row, this.words.get(text))
  }

  private fields({ columns }: SpanBlock, row: number, { fields }: Interpretation): void {
    for (const name of NAMES) this.word(columns[name], row, fields[name] ?? '')
    for (const name of TEXTS) columns[name].text(row, fields[name] ?? '')
    for (const name of COUNTS) if (fields[name] !== undefined) columns[name].present(row).set(row, fields[name])
    for (const name of NUMBERS) if (fields[name] !== undefined) columns[name].present(row).set(row, fields[name])
    this.word(columns.release, row, fields.release ?? '')
    this.word(columns.response_cache, row, fields.response_cache ?? '')
    if (fields.seed !== undefined && Number.isSafeInteger(fields.seed))
      columns.seed.present(row).setNumber(row, fields.seed)
    if (fields.stream === true) columns.stream.set(row, 1)
  }

  private lists({ columns }: SpanBlock, row: number, { fields, kind }: Interpretation): void {
    this.names(columns.tags, row, fields.tags ?? [])
    this.names(columns.finish_reasons, row, fields.finish_reasons ?? [])
    this.names(columns.stop_sequences, row, fields.stop_sequences ?? [])
    if (kind === 'tool' && fields.tool_name !== undefined) this.names(columns.tool_names, row, [fields.tool_name])
  }

  private names(column: ArrayColumn<DictionaryData>, row: number, names: readonly string[]): void {
    for (const name of names) {
      const word = this.words.get(name)
      pushName(column, row, word, 0, word.bytes.length)
    }
  }

  private contents(block: SpanBlock, row: number, meaning: Interpretation): void {
    const { columns } = block
    const { scratch } = this
    if (meaning.input !== undefined) {
      this.load(meaning.input)
      this.content.input(block, row, scratch, 0, scratch.size)
    }
    if (meaning.output !== undefined) {
      this.load(meaning.output)
      this.content.output(block, row, scratch, 0, scratch.size, KINDS.indexOf(meaning.kind))
    }
    columns.system_instructions.text(row, meaning.systemInstructions ?? '')
    columns.tool_definitions.text(row, meaning.toolDefinitions ?? '')
    this.word(columns.content_keys, row, contentKeys(meaning))
  }

  private load(text: string): void {
    const { scratch } = this
    scratch.size = 0
    scratch.text(text)
  }

  private failure({ columns }: SpanBlock, row: number, meaning: Interpretation): void {
    if (meaning.errorType === '') return
    this.word(columns.error_type, row, meaning.errorType)
    this.word(columns.error_class, row, meaning.errorClass)
    columns.error_message.text(row, meaning.errorMessage)
    columns.error_fingerprint.text(row, meaning.errorFingerprint)
  }

  private metadata({ columns }: SpanBlock, row: number, key: string, value: string): void {
    const word = this.words.get(key)
    const at = columns.metadata.push(row, word, 0, word.bytes.length, word.hash)
    columns.metadata.data.values.begin(at).string(value)
  }
}

/** The keys that the four contents came from, in the order of the columns; '-' for one that came from nowhere. */
export function contentKeys({ contentKeys: keys }: Interpretation): string {
  return keys.size === 0 ? '' : CONTENT_ORDER.map((field) => keys.get(field) ?? '-').join(' ')
}
