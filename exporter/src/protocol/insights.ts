// Spans in, `POST /batch/` of the Insights event wire out: what a span means by semconv's tables as `$ai_*` properties, and the span itself as `$otel`.
import { type Interpretation, interpret } from '@hanzo/insights-semconv'
import type { AttributeBag, HrTime, ReadableSpan, SpanResource } from '../span.ts'
import { factsOf } from './facts.ts'
import { keyValues, scopeJson, spanJson } from './otlp-json.ts'
import { propertiesOf } from './properties.ts'
import type { Batch, Protocol } from './protocol.ts'

export interface InsightsOptions {
  readonly apiKey: string | undefined
  /** Resource attributes that the options tell; they win over the app's own. */
  readonly extra: AttributeBag
}

/** Wide JSON nested deeper than this goes as text: a door bounds the depth of a body, and refuses all of it. */
const MAX_JSON_DEPTH = 24

const encoder = new TextEncoder()

export function insightsProtocol(options: InsightsOptions): Protocol {
  return { openBatch: () => new EventBatch(options) }
}

/** An event without its end, and the resource that the end is made of. */
interface OpenEvent {
  readonly bytes: Uint8Array
  readonly resource: SpanResource
}

class EventBatch implements Batch {
  sizeBytes = 0
  readonly #options: InsightsOptions
  readonly #events: OpenEvent[] = []

  constructor(options: InsightsOptions) {
    this.#options = options
  }

  get count(): number {
    return this.#events.length
  }

  get resources(): Iterable<SpanResource> {
    return new Set(this.#events.map((event) => event.resource))
  }

  add(span: ReadableSpan, roomBytes: number): boolean {
    const bytes = encoder.encode(eventText(span))
    if (bytes.length > roomBytes) return false
    this.#events.push({ bytes, resource: span.resource })
    this.sizeBytes += bytes.length
    return true
  }

  takeBody(): Uint8Array<ArrayBuffer> {
    this.sizeBytes = 0
    return requestOf(this.#events.splice(0), this.#options)
  }
}

/** The event without its end, which is the resource: that is written when the batch leaves, because detectors may still be filling it. */
function eventText(span: ReadableSpan): string {
  const meaning = interpret(factsOf(span))
  const { traceId, spanId } = span.spanContext()
  const event = eventOf(meaning, span)
  const properties = propertiesOf(meaning, span, event)
  const head = JSON.stringify({
    event,
    uuid: uuidOfSpan(traceId, spanId),
    distinct_id: meaning.fields.user_id ?? traceId,
    timestamp: isoOf(span.endTime),
  })
  const { texts, moved } = contentsOf(meaning, span, event)
  const otel = JSON.stringify({
    moved,
    scope: scopeJson(span.instrumentationScope),
    scopeSchemaUrl: span.instrumentationScope.schemaUrl,
    span: spanJson(span, new Set(Object.keys(moved))),
  })
  return `${head.slice(0, -1)},"properties":${open(JSON.stringify(properties))}${texts}"$otel":${otel.slice(0, -1)}`
}

/** `{…}` as the beginning of an object that goes on. */
function open(object: string): string {
  return object === '{}' ? '{' : `${object.slice(0, -1)},`
}

function requestOf(events: readonly OpenEvent[], { apiKey, extra }: InsightsOptions): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [encoder.encode(`${open(JSON.stringify({ api_key: apiKey }))}"batch":[`)]
  const ends = new Map<unknown, Uint8Array>()
  events.forEach(({ bytes, resource }, at) => {
    let end = ends.get(resource)
    if (!end) {
      const attributes = keyValues({ ...resource.attributes, ...extra })
      const { schemaUrl } = resource
      end = encoder.encode(`,${JSON.stringify({ resource: { attributes }, schemaUrl }).slice(1)}}}`)
      ends.set(resource, end)
    }
    if (at > 0) pieces.push(COMMA)
    pieces.push(bytes, end)
  })
  pieces.push(encoder.encode(']}'))
  return join(pieces)
}

const COMMA = encoder.encode(',')

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const EVENTS: Partial<Record<Interpretation['kind'], string>> = {
  generation: '$ai_generation',
  embedding: '$ai_embedding',
}

function eventOf({ kind }: Interpretation, span: ReadableSpan): string {
  return EVENTS[kind] ?? (span.parentSpanContext?.spanId ? '$ai_span' : '$ai_trace')
}

const OF_CALLS = { input: '$ai_input', output: '$ai_output_choices', tool_definitions: '$ai_tools' } as const
const OF_STEPS = { input: '$ai_input_state', output: '$ai_output_state', tool_definitions: '$ai_tools' } as const

/** Content is wide, so it travels once: as a property, from which `moved` puts it back. JSON stays JSON where that changes no byte. */
function contentsOf(
  meaning: Interpretation,
  span: ReadableSpan,
  event: string,
): { texts: string; moved: Record<string, string> } {
  const moved: Record<string, string> = {}
  let texts = ''
  const names = event === '$ai_generation' || event === '$ai_embedding' ? OF_CALLS : OF_STEPS
  for (const [field, name] of Object.entries(names)) {
    const key = meaning.contentKeys.get(field as keyof typeof names)
    const value = key === undefined ? undefined : span.attributes[key]
    if (key === undefined || typeof value !== 'string' || key in moved) continue
    moved[key] = name
    texts += `${JSON.stringify(name)}:${isPlainJson(value) ? value : JSON.stringify(value)},`
  }
  return { texts, moved }
}

/** An object or array that is the same text when somebody reads it and writes it anew. */
function isPlainJson(text: string): boolean {
  if (!(text.startsWith('[') && text.endsWith(']')) && !(text.startsWith('{') && text.endsWith('}'))) return false
  try {
    const value: unknown = JSON.parse(text)
    return isShallow(value, MAX_JSON_DEPTH) && JSON.stringify(value) === text
  } catch {
    return false
  }
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((item) => isShallow(item, levels - 1))
}

/** The random digits of both ids in the form of RFC 9562, version 8: the same span is the same event, however often it is sent. */
function uuidOfSpan(traceId: string, spanId: string): string {
  const digits = `${traceId.slice(16)}${spanId}`
  const [first, second, third] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16)]
  return `${first}-${second}-8${third}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

/** With all nine digits, because the event tells when the span ended. */
function isoOf([seconds, nanos]: HrTime): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19)
  return `${whole}.${String(Math.round(nanos)).padStart(9, '0')}Z`
}
