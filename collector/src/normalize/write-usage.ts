// Token counts and money of a call: settled usage, exact price, and which rule made them.
import { DIALECTS, type Interpretation, modeOf, settleUsage, U, USAGE_LENGTH } from '@hanzo/insights-semconv'
import { PriceCache, type Pricing } from './cost.ts'
import { type CountTokens, estimateUsage } from './estimate-usage.ts'
import type { Fields } from './fields.ts'
import type { SpanBlock } from './span-block.ts'
import { F, SLOT_DIALECT } from './tables.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import type { Renderer } from './wire/render.ts'
import { type Word, Words, word } from './words.ts'
import {
  ESTIMATED,
  type ToldCost,
  writeCost,
  writeFree,
  writePart,
  writeReportedCost,
  writeToldParts,
} from './write-cost.ts'
import type { RowContext } from './write-span.ts'

/** Token counts are stored in 32 bits. */
const MAX_COUNT = 0xffff_ffff

/** What a convention's counts include, by the number of its dialect. */
const MODES = DIALECTS.map(({ inputIncludesCache }) => modeOf(inputIncludesCache))

export class UsageWriter {
  private readonly renderer: Renderer
  private readonly pricing: Pricing
  private readonly countTokens: CountTokens | undefined
  private readonly prices: PriceCache
  private readonly words = new Words()
  private readonly providers = new Map<number, Word>()
  private providersEpoch = 0
  private readonly vector = new Float64Array(USAGE_LENGTH)
  private readonly ids: [number, number, number] = [0, 0, 0]
  private readonly reported = {
    input: 0,
    output: 0,
    total: 0,
    cacheRead: 0,
    cacheWrite: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    reasoning: 0,
  }

  constructor(renderer: Renderer, pricing: Pricing, countTokens?: CountTokens) {
    this.renderer = renderer
    this.countTokens = countTokens
    this.pricing = pricing
    this.prices = new PriceCache(pricing)
  }

  /** Some of its usage is not told, and would be estimated by the object rules. */
  mayEstimate(fields: Fields): boolean {
    return this.countTokens !== undefined && !(fields.has(F.input_tokens) && fields.has(F.output_tokens))
  }

  /** Writes the canonical provider. A framework's name is no provider, but it is what the sender said: kept to group by. */
  provider(block: SpanBlock, row: number, source: Source, fields: Fields): void {
    if (!fields.has(F.provider)) return
    const id = this.nameId(source, fields, F.provider)
    if (this.providersEpoch !== this.prices.names.epoch) this.providers.clear()
    this.providersEpoch = this.prices.names.epoch
    let canonical = this.providers.get(id)
    if (canonical === undefined) {
      const raw = this.prices.names.text(id)
      canonical = word(this.pricing.providerOf(raw) || raw)
      this.providers.set(id, canonical)
    }
    block.columns.provider.word(row, canonical)
  }

  /** Settles and writes the counts. @returns whether input or output is known */
  usage(block: SpanBlock, row: number, fields: Fields): boolean {
    const { reported, vector } = this
    reported.input = fields.number(F.input_tokens)
    reported.output = fields.number(F.output_tokens)
    reported.total = fields.number(F.total_tokens)
    reported.cacheRead = fields.number(F.cache_read_tokens)
    reported.cacheWrite = fields.number(F.cache_write_tokens)
    reported.cacheWrite5m = fields.number(F.cache_write_5m_tokens)
    reported.cacheWrite1h = fields.number(F.cache_write_1h_tokens)
    reported.reasoning = fields.number(F.reasoning_tokens)
    const dialect = fields.has(F.input_tokens) ? SLOT_DIALECT[fields.slot[F.input_tokens]!]! : 0
    const rule = settleUsage(reported, MODES[dialect]!)
    if (rule !== '') block.columns.usage_rule.word(row, this.words.get(rule))
    vector[U.INPUT] = reported.input
    vector[U.OUTPUT] = reported.output
    vector[U.CACHE_READ] = reported.cacheRead
    vector[U.CACHE_WRITE] = reported.cacheWrite
    vector[U.CACHE_WRITE_1H] = reported.cacheWrite1h
    vector[U.REASONING] = reported.reasoning
    vector[U.INPUT_AUDIO] = fields.number(F.input_audio_tokens)
    vector[U.OUTPUT_AUDIO] = fields.number(F.output_audio_tokens)
    vector[U.INPUT_IMAGE] = fields.number(F.input_image_tokens)
    vector[U.OUTPUT_IMAGE] = fields.number(F.output_image_tokens)
    vector[U.REQUESTS] = vector[U.SEARCHES] = Number.NaN
    this.counts(block, row)
    return !(Number.isNaN(reported.input) && Number.isNaN(reported.output))
  }

  private counts(block: SpanBlock, row: number): void {
    for (const { position, column } of block.usage) {
      const value = this.vector[position]!
      // NaN too; and a sum that no longer fits its column is no count, for the price neither: re-pricing has only the column.
      if (!(value <= MAX_COUNT)) {
        this.vector[position] = Number.NaN
        continue
      }
      column.present(row).set(row, value)
    }
  }

  /** Prices the call whose usage was written last; what the sender says it cost is kept beside. */
  cost(block: SpanBlock, row: number, fields: Fields, context: RowContext): void {
    const tier = this.tier(context.source, fields)
    const priced = this.pricing.price(this.handle(fields, context), this.vector, tier)
    const hasReported = fields.has(F.reported_cost)
    const reported = hasReported ? this.pricing.toPico(fields.number(F.reported_cost)) : Number.NaN
    writeCost(block.columns, row, priced, reported, this.words)
  }

  /** Counts and money of a span that the object rules have read. */
  meaning(block: SpanBlock, row: number, meaning: Interpretation, context: RowContext): void {
    const { usageRole, fields } = meaning
    const c = block.columns
    const estimated = this.countTokens && estimateUsage(meaning, this.countTokens)
    const usage = estimated ?? meaning.usage
    const rule = estimated ? 'estimated' : meaning.usageRule
    if (fields.provider !== undefined)
      c.provider.word(row, this.words.get(this.pricing.providerOf(fields.provider) || fields.provider))
    if (rule !== '') c.usage_rule.word(row, this.words.get(rule))
    for (const [position, member] of VECTOR) this.vector[position] = usage[member] ?? Number.NaN
    this.vector[U.REQUESTS] = Number.NaN
    this.vector[U.SEARCHES] = meaning.searches ?? Number.NaN
    this.counts(block, row)
    if (usageRole !== '') {
      c.usage_role.word(row, this.words.get(usageRole))
      if (meaning.countsUsage) c.counts_usage.set(row, 1)
      const names = { provider: fields.provider, response: fields.response_model, request: fields.request_model }
      const priced = this.pricing.price(this.handleOf(names, context), this.vector, fields.service_tier ?? '')
      const told = this.told(meaning)
      const isComputed = writeCost(c, row, priced, told.total, this.words)
      if (isComputed && estimated) c.cost_source.word(row, ESTIMATED)
      // An answer out of a cache was not paid for, whatever it would have cost.
      if (fields.response_cache === 'exact' || fields.response_cache === 'semantic') writeFree(c, row)
      else writeToldParts(c, row, told)
    } else if (fields.reported_cost !== undefined) this.reportedCost(block, row, fields.reported_cost)
    this.reportedParts(block, row, meaning)
  }

  /** What the sender says it cost, in picodollars; the total is the sum of its parts where only those are told. */
  private told({ fields }: Interpretation): ToldCost {
    const pico = (usd: number | undefined): number => (usd === undefined ? Number.NaN : this.pricing.toPico(usd))
    const input = pico(fields.reported_input_cost)
    const output = pico(fields.reported_output_cost)
    return { input, output, total: fields.reported_cost === undefined ? input + output : pico(fields.reported_cost) }
  }

  private reportedParts({ columns }: SpanBlock, row: number, { fields }: Interpretation): void {
    const { reported_input_cost: input, reported_output_cost: output } = fields
    if (input !== undefined) writePart(columns.reported_input_cost_usd, row, this.pricing.toPico(input))
    if (output !== undefined) writePart(columns.reported_output_cost_usd, row, this.pricing.toPico(output))
  }

  private handleOf(
    call: { provider: string | undefined; response: string | undefined; request: string | undefined },
    { project, times }: RowContext,
  ): unknown {
    const { names } = this.prices
    const { ids } = this
    for (;;) {
      const { epoch } = names
      ids[0] = this.wordId(call.provider)
      ids[1] = this.wordId(call.response)
      ids[2] = this.wordId(call.request)
      if (epoch === names.epoch) return this.prices.find(project.text, ids, times)
    }
  }

  private wordId(text: string | undefined): number {
    if (text === undefined) return 0
    const known = this.words.get(text)
    return this.prices.names.id(known, 0, known.bytes.length, known.hash)
  }

  /** A span that does not count still shows what its sender said it cost; nothing is added to any total. */
  reportedCost(block: SpanBlock, row: number, usd: number): void {
    writeReportedCost(block.columns, row, this.pricing.toPico(usd))
  }

  private handle(fields: Fields, { source, project, times }: RowContext): unknown {
    const { names } = this.prices
    const { ids } = this
    for (;;) {
      const { epoch } = names
      ids[0] = this.nameId(source, fields, F.provider)
      ids[1] = this.nameId(source, fields, F.response_model)
      ids[2] = this.nameId(source, fields, F.request_model)
      // When the names start over in between, the ids before are of names that are gone.
      if (epoch === names.epoch) return this.prices.find(project.text, ids, times)
    }
  }

  private tier(source: Source, fields: Fields): string {
    return fields.has(F.service_tier) ? this.prices.names.text(this.nameId(source, fields, F.service_tier)) : ''
  }

  private nameId(source: Source, fields: Fields, field: number): number {
    if (!fields.has(field)) return 0
    const { renderer } = this
    renderer.value(source, fields, field)
    return this.prices.names.id(
      renderer.source,
      renderer.start,
      renderer.end,
      hashSlice(renderer.source, renderer.start, renderer.end),
    )
  }
}

/** Where a count of the object rules stands in the vector. */
const VECTOR = [
  [U.INPUT, 'input'],
  [U.OUTPUT, 'output'],
  [U.CACHE_READ, 'cacheRead'],
  [U.CACHE_WRITE, 'cacheWrite'],
  [U.CACHE_WRITE_1H, 'cacheWrite1h'],
  [U.REASONING, 'reasoning'],
  [U.INPUT_AUDIO, 'inputAudio'],
  [U.OUTPUT_AUDIO, 'outputAudio'],
  [U.INPUT_IMAGE, 'inputImage'],
  [U.OUTPUT_IMAGE, 'outputImage'],
] as const
