// Test help: an OTLP trace request -> the rows that the normaliser should write, by protobufjs and the plain rules of
// semconv's `interpret`. Slow and readable; shares no code with the byte walker.
import { isDeepStrictEqual } from 'node:util'
import {
  type Attribute,
  type Interpretation,
  interpret,
  RESOURCE_KEYS,
  textOfValue,
  type Value,
} from '@hanzo/insights-semconv'
import { opentelemetry } from '../../../../proto/gen/otlp.js'
import type { Pricing } from '../cost.ts'
import { contentKeys } from '../write-meaning.ts'
import { costColumns, usageColumns } from './expected-cost.ts'
import type { Row } from './native-reader.ts'
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
        else expected.rows.push(expectedRow(span, { resourceSpans, scopeSpans }, receipt))
        if (problem === undefined) seen.add(identity)
      }
    }
  }
  return expected
}

/** The distance of two unsigned times, as halves and a double have it. */
const offsetOf = (time: bigint, start: bigint): number =>
  (Number(time >> 32n) - Number(start >> 32n)) * 0x1_0000_0000 +
  (Number(time & 0xffff_ffffn) - Number(start & 0xffff_ffffn))

const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex')
const isId = (id: string, length: number): boolean => id.length === length * 2 && /[^0]/.test(id)
const big = (value: unknown): bigint => BigInt(String(value ?? 0))

function problemOf(span: Span): string | undefined {
  if (!isId(hex(span.traceId), 16)) return 'trace_id'
  return isId(hex(span.spanId), 8) ? undefined : 'span_id'
}

interface Origin {
  resourceSpans: ResourceSpans
  scopeSpans: ScopeSpans
}

function expectedRow(span: Span, origin: Origin, receipt: Receipt): Row {
  const attributes = toAttributes(span.attributes)
  const times = spanTimes(big(span.startTimeUnixNano), big(span.endTimeUnixNano), receipt.receivedMs)
  const startNs = big(span.startTimeUnixNano)
  const meaning = interpret({
    name: span.name ?? '',
    scopeName: origin.scopeSpans.scope?.name ?? '',
    scopeVersion: origin.scopeSpans.scope?.version ?? '',
    attributes,
    events: (span.events ?? []).map((event) => ({
      name: event.name ?? '',
      attributes: toAttributes(event.attributes),
      ...(big(event.timeUnixNano) !== 0n ? { offsetNs: offsetOf(big(event.timeUnixNano), startNs) } : {}),
    })),
    startMs: times.priceMs,
    statusCode: span.status?.code ?? 0,
    statusMessage: span.status?.message ?? '',
    durationNs: Number(times.duration_ns),
  })
  const kept = toPairs(attributes.filter((_, i) => !meaning.moved.has(i)))
  const raw = times.isMoved ? [['insights.raw_start_time_unix_nano', String(big(span.startTimeUnixNano))]] : []
  return {
    project_id: receipt.project,
    batch_id: receipt.batchId,
    received_time: BigInt(receipt.receivedMs),
    retention_days: receipt.retentionDays + Math.max(0, Math.floor(receipt.receivedMs / 86_400_000) - times.day),
    day: times.day,
    start_time: times.start_time,
    duration_ns: times.duration_ns,
    time_flag: times.time_flag,
    ...ownColumns(span),
    ...originColumns(origin),
    ...nestedColumns(span),
    ...callColumns(meaning, receipt.pricing, times.priceMs),
    environment: meaning.fields.environment ?? resourceField(origin.resourceSpans, 'environment'),
    release: meaning.fields.release ?? resourceField(origin.resourceSpans, 'release'),
    attributes: [...kept, ...raw],
  }
}

function ownColumns(span: Span): Row {
  return {
    trace_id: hex(span.traceId),
    span_id: hex(span.spanId),
    parent_span_id: isId(hex(span.parentSpanId), 8) ? hex(span.parentSpanId) : '00'.repeat(8),
    trace_state: span.traceState ?? '',
    flags: span.flags ?? 0,
    name: span.name ?? '',
    span_kind: span.kind ?? 0,
    status_code: span.status?.code ?? 0,
    status_message: span.status?.message ?? '',
    dropped_attributes: span.droppedAttributesCount ?? 0,
    dropped_events: span.droppedEventsCount ?? 0,
    dropped_links: span.droppedLinksCount ?? 0,
  }
}

function originColumns({ resourceSpans, scopeSpans }: Origin): Row {
  const scope = scopeSpans.scope ?? {}
  return {
    service_name: resourceField(resourceSpans, 'service_name'),
    resource_schema_url: resourceSpans.schemaUrl ?? '',
    resource_attributes: toPairs(toAttributes(resourceSpans.resource?.attributes)),
    scope_name: scope.name ?? '',
    scope_version: scope.version ?? '',
    scope_schema_url: scopeSpans.schemaUrl ?? '',
    scope_attributes: toPairs(toAttributes(scope.attributes)),
  }
}

function nestedColumns(span: Span): Row {
  const [events, links] = [span.events ?? [], span.links ?? []]
  return {
    'events.time': events.map((event) => BigInt.asIntN(64, big(event.timeUnixNano))),
    'events.name': events.map((event) => event.name ?? ''),
    'events.attributes': events.map((event) => toPairs(toAttributes(event.attributes))),
    'links.trace_id': links.map((link) => idOr(hex(link.traceId), 16)),
    'links.span_id': links.map((link) => idOr(hex(link.spanId), 8)),
    'links.trace_state': links.map((link) => link.traceState ?? ''),
    'links.attributes': links.map((link) => toPairs(toAttributes(link.attributes))),
  }
}

const idOr = (id: string, length: number): string => (id.length === length * 2 ? id : '00'.repeat(length))

function toAttributes(list: KeyValue[] | null | undefined): Attribute[] {
  // A Map keeps the first place and the last value of a key, which is the rule for keys that come twice.
  return [...new Map((list ?? []).map(({ key, value }) => [key ?? '', toValue(value)] as const))]
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

function resourceField({ resource }: ResourceSpans, field: keyof typeof RESOURCE_KEYS): string {
  const attributes = toAttributes(resource?.attributes)
  for (const wanted of RESOURCE_KEYS[field]) {
    const found = attributes.findLast(([key, value]) => key === wanted && typeof value === 'string' && value !== '')
    if (found) return String(found[1])
  }
  return ''
}

const NAMES = [
  'operation',
  'request_model',
  'response_model',
  'response_id',
  'session_id',
  'user_id',
  'agent_name',
  'agent_id',
  'workflow_name',
  'tool_name',
  'tool_call_id',
  'prompt_name',
  'prompt_version',
  'output_type',
  'service_tier',
  'server_address',
] as const
const NUMBERS = [
  'temperature',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'max_tokens',
  'choice_count',
] as const

function callColumns(meaning: Interpretation, pricing: Pricing, atMs: number): Row {
  const { fields, kind } = meaning
  const row: Row = {
    kind,
    dialect: meaning.dialect,
    usage_rule: meaning.usageRule,
    usage_role: meaning.usageRole,
    counts_usage: meaning.countsUsage ? 1 : 0,
  }
  for (const field of NAMES) row[field] = fields[field] ?? ''
  for (const field of NUMBERS) row[field] = fields[field] ?? null
  const { input = '', output = '' } = meaning
  return {
    ...row,
    provider: fields.provider === undefined ? '' : pricing.providerOf(fields.provider) || fields.provider,
    tags: fields.tags ?? [],
    finish_reasons: fields.finish_reasons ?? [],
    stop_sequences: fields.stop_sequences ?? [],
    stream: fields.stream ? 1 : 0,
    seed: Number.isSafeInteger(fields.seed) ? BigInt(fields.seed!) : null,
    ...usageColumns(meaning.usage, meaning.searches),
    ...costColumns(meaning, pricing, atMs),
    time_to_first_token_ns: meaning.timeToFirstTokenNs === undefined ? null : BigInt(meaning.timeToFirstTokenNs),
    first_token_flag: meaning.firstTokenFlag,
    error_type: meaning.errorType,
    error_class: meaning.errorClass,
    error_message: meaning.errorMessage,
    error_fingerprint: meaning.errorFingerprint,
    response_cache: fields.response_cache ?? '',
    metadata: [...meaning.metadata],
    unmapped: [...meaning.unmapped],
    scores: meaning.scores.map((score) => JSON.stringify(score)),
    content_keys: contentKeys(meaning),
    input,
    output,
    system_instructions: meaning.systemInstructions ?? '',
    tool_definitions: meaning.toolDefinitions ?? '',
    input_preview: expectedPreview(input, true),
    output_preview: expectedPreview(output, false),
    tool_names:
      kind === 'tool' && fields.tool_name ? [fields.tool_name] : kind === 'generation' ? expectedToolNames(output) : [],
  }
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
