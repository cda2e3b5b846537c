// Facts of one span -> its explanation: every field with who told it, the counts, and the sum. What is not stored has nothing to differ from.
import { type Interpretation, interpret } from '@hanzo/insights-semconv'
import { costOf } from './cost.ts'
import type { ExplainDeps, PlainSpan, PricedSum, PriceLayer } from './deps.ts'
import type { ExplainedField, ExplainedSpan, Shown } from './explained.ts'
import { fieldsOf, isNone } from './fields.ts'
import { countsOf, vectorOf } from './usage.ts'
import { roleText, ruleText, timeText } from './words.ts'

const MAX_SHOWN_CHARS = 500

/** Long text is cut: an explanation is not for reading content. */
export function cut(value: Shown): Shown {
  if (typeof value !== 'string' || value.length <= MAX_SHOWN_CHARS) return value
  return `${value.slice(0, MAX_SHOWN_CHARS)}… (${value.length} characters)`
}

const REFUSALS: Readonly<Record<string, string>> = {
  trace_id: 'would be refused: its traceId is not 16 bytes, or all zero',
  span_id: 'would be refused: its spanId is not 8 bytes, or all zero',
}

export function explainSent(
  span: PlainSpan,
  project: string,
  { prices, estimate }: Pick<ExplainDeps, 'prices' | 'estimate'>,
): ExplainedSpan {
  const { facts } = span
  const meaning = interpret(facts)
  const resource = new Map(span.resource.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))
  const origin = { scopeName: facts.scopeName ?? '', resource, providerOf: prices.providerOf }
  const estimated = estimate?.(meaning)
  const counts = countsOf(meaning, estimated)
  const rule = estimated ? 'estimated' : meaning.usageRule
  const priced = priceOf(meaning, { project, atMs: facts.startMs ?? 0, vector: vectorOf(counts) }, prices)
  const { response_cache: responseCache } = meaning.fields
  return {
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_span_id: span.parentSpanId || null,
    name: facts.name ?? '',
    start_time: facts.startMs === undefined ? null : new Date(facts.startMs).toISOString(),
    stored: false,
    kind: meaning.kind,
    dialect: meaning.dialect || null,
    fields: fieldsOf(meaning, origin)
      .filter(({ value }) => !isNone(value))
      .map((field): ExplainedField => ({ ...field, value: cut(field.value) })),
    usage: {
      counts: counts.filter(({ value, reported: sent }) => value !== null || sent !== null),
      rule,
      rule_text: ruleText(rule),
      role: meaning.usageRole,
      role_text: roleText(meaning.usageRole, ''),
      counts_usage: meaning.countsUsage,
    },
    cost: costOf(
      { reported: reportedIn(meaning), responseCache, priced, isEstimated: estimated !== undefined },
      prices,
    ),
    metadata: Object.fromEntries([...meaning.metadata].map(([key, value]) => [key, String(cut(value))])),
    unmapped: meaning.unmapped,
    notes: [REFUSALS[span.refusal], timeText(span.timeFlag)].filter((note) => note !== undefined),
  }
}

/** The total, or where only its parts are told their sum. */
function reportedIn({ fields }: Interpretation): readonly number[] {
  const { reported_cost: total, reported_input_cost: input, reported_output_cost: output } = fields
  if (total !== undefined) return [total]
  return input === undefined || output === undefined ? [] : [input, output]
}

interface PriceAt {
  readonly project: string
  readonly atMs: number
  readonly vector: Float64Array
}

/** As a row is priced: a step without any usage is not. */
function priceOf(
  { usageRole, fields }: Interpretation,
  { project, atMs, vector }: PriceAt,
  prices: PriceLayer,
): PricedSum | undefined {
  if (usageRole === '') return undefined
  return prices.sum({
    project,
    provider: fields.provider ?? '',
    responseModel: fields.response_model ?? '',
    requestModel: fields.request_model ?? '',
    serviceTier: fields.service_tier ?? '',
    atMs,
    usage: vector,
  })
}
