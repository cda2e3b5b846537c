// Test help: an OTLP trace request -> the rows that the normaliser should write, by protobufjs and the plain rules of
// semconv's `interpret`. Slow and readable; shares no code with the byte walker.
import { isDeepStrictEqual } from 'node:util'
import {
  type Attribute,
  type Content,
  type Interpretation,
  interpret,
  RESOURCE_KEYS,
  textOfValue,
  U,
  USAGE_LENGTH,
  type Usage,
  type Value,
} from '@hanzo/insights-semconv'
import { opentelemetry } from '../../../../proto/gen/otlp.js'
import type { PricedCall, Pricing } from '../cost.ts'
import type { Cell, Row } from './native-reader.ts'
import { expectedPreview, expectedToolNames } from './preview-rules.ts'
import { spanTimes } from './time-rules.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
type ResourceSpans = opentelemetry.proto.trace.v1.ResourceSpans.$Properties
type ScopeSpans = opentelemetry.proto.trace.v1.ScopeSpans.$Properties
type Span = opentelemetry.proto.trace.v1.Span.$Properties
type KeyValue = opentelemetry.proto.common.v1.KeyValue.$Properties
type AnyValue = opentelemetry.proto.common.v1.AnyValue.$Properties

export interface Receipt {
  project: string
  receivedMs: number
  retentionDays: number
  /** Hex of the batch id that every block is given. */
  batchId: string
  pricing: Pricing
}

export interface Expected {
  rows: Row[]
  resent: number
  rejected: Record<string, number>
}

/** `seen` are the identities of spans that came before, and gets those of this request. */
export function expectedRows(bytes: Uint8Array, receipt: Receipt, seen: Set<string>): Expected {
  const expected: Expected = { rows: [], resent: 0, rejected: {} }
  for (const resourceSpans of ExportTraceServiceRequest.decode(bytes).resourceSpans ?? []) {
    for (const scopeSpans of resourceSpans.scopeSpans ?? []) {
      for (const span of scopeSpans.spans ?? []) {
        const problem = problemOf(span)
        const identity = `${receipt.project} ${hex(span.traceId)} ${hex(span.spanId)} ${span.startTimeUnixNano ?? 0}`
        if (problem !== undefined) expected.rejected[problem] = (expected.rejected[problem] ?? 0) + 1
        else if (seen.has(identity)) expected.resent++
        else expected.rows.push(expectedRow(span, scopeSpans, resourceSpans, receipt))
        if (problem === undefined) seen.add(identity)
      }
    }
  }
  return expected
}

const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex')
const isId = (id: string, length: number): boolean => id.length === length * 2 && /[^0]/.test(id)
const big = (value: unknown): bigint => BigInt(String(value ?? 0))

function problemOf(span: Span): string | undefined {
  if (!isId(hex(span.traceId), 16)) return 'trace_id'
  return isId(hex(span.spanId), 8) ? undefined : 'span_id'
}

function expectedRow(span: Span, scopeSpans: ScopeSpans, resourceSpans: ResourceSpans, receipt: Receipt): Row {
  const attributes = toAttributes(span.attributes)
  const times = spanTimes(big(span.startTimeUnixNano), big(span.endTimeUnixNano), receipt.receivedMs)
  const meaning = interpret({
    attributes,
    events: (span.events ?? []).map((event) => ({
      name: event.name ?? '',
      attributes: toAttributes(event.attributes),
    })),
    statusCode: span.status?.code ?? 0,
    statusMessage: span.status?.message ?? '',
    durationNs: Number(times.duration_ns),
  })
  const scope = scopeSpans.scope ?? {}
  const resource = toAttributes(resourceSpans.resource?.attributes)
  const kept = toPairs(attributes.filter((_, i) => !meaning.moved.has(i)))
  return {
    project_id: receipt.project,
    batch_id: receipt.batchId,
    received_time: BigInt(receipt.receivedMs),
    retention_days: receipt.retentionDays + Math.max(0, Math.floor(receipt.receivedMs / 86_400_000) - times.day),
    trace_id: hex(span.traceId),
    span_id: hex(span.spanId),
    parent_span_id: isId(hex(span.parentSpanId), 8) ? hex(span.parentSpanId) : '00'.repeat(8),
    trace_state: span.traceState ?? '',
    flags: span.flags ?? 0,
    day: times.day,
    start_time: times.start_time,
    duration_ns: times.duration_ns,
    time_flag: times.time_flag,
    name: span.name ?? '',
    span_kind: span.kind ?? 0,
    status_code: span.status?.code ?? 0,
    status_message: span.status?.message ?? '',
    service_name: resourceField(resource, 'service_name'),
    release: resourceField(resource, 'release'),
    scope_name: scope.name ?? '',
    scope_version: scope.version ?? '',
    resource_schema_url: resourceSpans.schemaUrl ?? '',
    scope_schema_url: scopeSpans.schemaUrl ?? '',
    attributes: times.isMoved
      ? [...kept, ['insights.raw_start_time_unix_nano', String(big(span.startTimeUnixNano))]]
      : kept,
    resource_attributes: toPairs(resource),
    scope_attributes: toPairs(toAttributes(scope.attributes)),
    'events.time': (span.events ?? []).map((event) => BigInt.asIntN(64, big(event.timeUnixNano))),
    'events.name': (span.events ?? []).map((event) => event.name ?? ''),
    'events.attributes': (span.events ?? []).map((event) => toPairs(toAttributes(event.attributes))),
    'links.trace_id': (span.links ?? []).map((link) => idOr(hex(link.traceId), 16)),
    'links.span_id': (span.links ?? []).map((link) => idOr(hex(link.spanId), 8)),
    'links.trace_state': (span.links ?? []).map((link) => link.traceState ?? ''),
    'links.attributes': (span.links ?? []).map((link) => toPairs(toAttributes(link.attributes))),
    dropped_attributes: span.droppedAttributesCount ?? 0,
    dropped_events: span.droppedEventsCount ?? 0,
    dropped_links: span.droppedLinksCount ?? 0,
    ...callColumns(meaning, receipt.pricing, times.priceMs),
    environment: meaning.fields.environment ?? resourceField(resource, 'environment'),
  }
}

const idOr = (id: string, length: number): string => (id.length === length * 2 ? id : '00'.repeat(length))

export function toAttributes(list: KeyValue[] | null | undefined): Attribute[] {
  return (list ?? []).map(({ key, value }) => [key ?? '', toValue(value)] as const)
}

function toValue(any: AnyValue | null | undefined): Value {
  switch (any?.value) {
    case 'stringValue':
      return any.stringValue ?? ''
    case 'boolValue':
      return any.boolValue ?? false
    case 'intValue':
      return big(any.intValue)
    case 'doubleValue':
      return any.doubleValue ?? 0
    case 'bytesValue':
      return new Uint8Array(any.bytesValue ?? [])
    case 'arrayValue':
      return (any.arrayValue?.values ?? []).map(toValue)
    case 'kvlistValue':
      return new Map(toAttributes(any.kvlistValue?.values))
    default:
      return undefined
  }
}

const toPairs = (attributes: readonly Attribute[]): [string, string][] =>
  attributes.map(([key, value]) => [key, textOfValue(value)])

function resourceField(attributes: readonly Attribute[], field: keyof typeof RESOURCE_KEYS): string {
  for (const wanted of RESOURCE_KEYS[field]) {
    const found = attributes.findLast(([key, value]) => key === wanted && typeof value === 'string' && value !== '')
    if (found) return String(found[1])
  }
  return ''
}

const NAMES = [
  'operation', 'request_model', 'response_model', 'response_id', 'session_id', 'user_id', 'agent_name', 'agent_id',
  'workflow_name', 'tool_name', 'tool_call_id', 'prompt_name', 'prompt_version', 'output_type', 'service_tier', 'server_address',
] as const // biome-ignore format: one table
const NUMBERS = [
  'temperature', 'top_p', 'top_k', 'frequency_penalty', 'presence_penalty', 'max_tokens', 'choice_count',
] as const // biome-ignore format: one table

function callColumns(meaning: Interpretation, pricing: Pricing, atMs: number): Row {
  const { fields, kind } = meaning
  const row: Row = {
    kind,
    dialect: meaning.dialect,
    usage_rule: meaning.usageRule,
    counts_usage: meaning.countsUsage ? 1 : 0,
  }
  for (const field of NAMES) row[field] = fields[field] ?? ''
  for (const field of NUMBERS) row[field] = fields[field] ?? null
  const { input = '', output = '' } = { input: textOf(meaning.input), output: textOf(meaning.output) }
  return {
    ...row,
    provider: fields.provider === undefined ? '' : pricing.providerOf(fields.provider) || fields.provider,
    tags: fields.tags ?? [],
    finish_reasons: fields.finish_reasons ?? [],
    stream: fields.stream ? 1 : 0,
    seed: Number.isSafeInteger(fields.seed) ? BigInt(fields.seed!) : null,
    ...usageColumns(meaning.usage),
    ...costColumns(meaning, pricing, atMs),
    time_to_first_token_ns: meaning.timeToFirstTokenNs === undefined ? null : BigInt(meaning.timeToFirstTokenNs),
    error_type: meaning.errorType,
    error_message: meaning.errorMessage,
    input,
    output,
    system_instructions: textOf(meaning.systemInstructions) ?? '',
    tool_definitions: textOf(meaning.toolDefinitions) ?? '',
    input_preview: expectedPreview(input, true),
    output_preview: expectedPreview(output, false),
    tool_names:
      kind === 'tool' && fields.tool_name ? [fields.tool_name] : kind === 'generation' ? expectedToolNames(output) : [],
  }
}

const textOf = (content: Content | undefined): string | undefined =>
  content === undefined || typeof content === 'string' ? content : JSON.stringify(content)

const USAGE_COLUMNS: readonly [column: string, member: keyof Usage, position: number][] = [
  ['input_tokens', 'input', U.INPUT],
  ['output_tokens', 'output', U.OUTPUT],
  ['cache_read_tokens', 'cacheRead', U.CACHE_READ],
  ['cache_write_tokens', 'cacheWrite', U.CACHE_WRITE],
  ['cache_write_1h_tokens', 'cacheWrite1h', U.CACHE_WRITE_1H],
  ['reasoning_tokens', 'reasoning', U.REASONING],
  ['input_audio_tokens', 'inputAudio', U.INPUT_AUDIO],
  ['output_audio_tokens', 'outputAudio', U.OUTPUT_AUDIO],
  ['input_image_tokens', 'inputImage', U.INPUT_IMAGE],
  ['output_image_tokens', 'outputImage', U.OUTPUT_IMAGE],
]

// A sum that no longer fits 32 bits is no count.
function usageColumns(usage: Usage): Row {
  const cells = USAGE_COLUMNS.map(([column, member]) => [
    column,
    (usage[member] ?? 2 ** 32) < 2 ** 32 ? usage[member]! : null,
  ])
  return Object.fromEntries(cells) as Row
}

/** Decimal(18, 12) holds six digits before the point. */
const MAX_PICO = 999_999n * 10n ** 12n

function costColumns({ fields, usage, countsUsage }: Interpretation, pricing: Pricing, atMs: number): Row {
  const reported = money(fields.reported_cost === undefined ? Number.NaN : pricing.toPico(fields.reported_cost))
  const row: Row = {
    cost_usd: null, input_cost_usd: null, output_cost_usd: null, computed_cost_usd: null, cache_savings_gross_usd: null,
    cache_savings_net_usd: null, cost_source: '', cost_reason: '', price_id: '', price_tier: '',
    reported_cost_usd: reported,
  } // biome-ignore format: one table
  if (!countsUsage) return row
  const { provider = '', response_model: response = '', request_model: request = '', service_tier: tier = '' } = fields
  const vector = new Float64Array(USAGE_LENGTH).fill(Number.NaN)
  for (const [, member, position] of USAGE_COLUMNS) vector[position] = usage[member] ?? Number.NaN
  const priced = pricing.price(pricing.find(provider, response, request, atMs), vector, tier)
  const computed = computedColumns(priced)
  const total = computed['computed_cost_usd'] ?? null
  const isReported = reported !== null && reported > 0n
  if (isReported || total !== null) {
    row['cost_usd'] = isReported ? reported : total
    row['cost_source'] = isReported ? 'reported' : 'computed'
  }
  return { ...row, ...computed }
}

function computedColumns(priced: PricedCall): Row {
  const names: Row = { cost_reason: priced.reason, price_id: priced.priceId, price_tier: priced.tier }
  const total = money(priced.total, priced.exact?.total)
  if (total === null) return names
  const hasSavings = priced.cacheReadSavings !== 0 || priced.cacheWriteExtra !== 0
  return {
    ...names,
    computed_cost_usd: total,
    input_cost_usd: money(priced.input, priced.exact?.input),
    output_cost_usd: money(priced.output, priced.exact?.output),
    cache_savings_gross_usd: hasSavings ? BigInt(priced.cacheReadSavings) : null,
    cache_savings_net_usd: hasSavings ? BigInt(priced.cacheReadSavings - priced.cacheWriteExtra) : null,
  }
}

function money(pico: number, exact?: bigint): bigint | null {
  if (Number.isNaN(pico) || pico < 0) return null
  const amount = exact ?? BigInt(pico)
  return amount <= MAX_PICO ? amount : null
}

/**
 * Messages that were put together may be written with other spaces or number forms: they are compared as what they say,
 * and their previews and tool names against the text of their own row.
 */
export function comparable(row: Row): Record<string, unknown> {
  const { input, output, input_preview, output_preview, tool_names } = row
  return {
    ...row,
    input: canonical(String(input)),
    output: canonical(String(output)),
    input_preview: input_preview === expectedPreview(String(input), true) || input_preview,
    output_preview: output_preview === expectedPreview(String(output), false) || output_preview,
    tool_names: row['kind'] === 'tool' ? tool_names : isDeepStrictEqual(tool_names, toolNames(row)) || tool_names,
  }
}

const toolNames = ({ kind, output }: Row): string[] => (kind === 'generation' ? expectedToolNames(String(output)) : [])

function canonical(text: string): unknown {
  if (!text.startsWith('[{"role":')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
