// The events of one body in, OTLP requests out: spans in one, scores in the other. What is neither is counted and let go.
import type { JsonValues } from './json-value.ts'
import { DEPTH, OtlpWriter } from './otlp-writer.ts'
import { type EventBody, propertiesOf, type WireEvent } from './read-events.ts'
import { readScore, SCORE_EVENTS } from './read-score.ts'
import { encodeScores, type ScoreRecord } from './score.ts'
import { otelOf, writeOtel } from './write-otel.ts'
import { SPAN_EVENTS, type SpanContext, type SpanEvent, spanOf, traceOf, writeSpan } from './write-span.ts'

export interface Converted {
  /** OTLP protobuf; undefined when no event is a span. */
  traces: Uint8Array | undefined
  logs: Uint8Array | undefined
  spans: number
  scores: number
  /** Events that this installation has no use for. */
  unstored: number
  /** Feedback without a target or a verdict, or outside of what its name allows. */
  refused: string[]
}

export interface ConvertOptions {
  receivedAt: bigint
  sentAt: bigint | undefined
  /** Says why a score is not taken, undefined when it is. */
  checkScore(score: ScoreRecord): string | undefined
}

const NO_VERDICT = 'feedback needs a trace or session, and a rating, a value or a comment'
// Protobuf is about as long as the JSON that it comes from; the writer grows where it is not.
const SPARE_BYTES = 1024

export function convert(body: EventBody, options: ConvertOptions): Converted {
  const { values } = body
  const spans = body.events.filter(({ name }) => Object.hasOwn(SPAN_EVENTS, name))
  const context: SpanContext = { values, ...options, roots: rootsOf(values, spans) }
  const { scores, refused } = scoresOf(body, context, options)
  return {
    traces: spans.length === 0 ? undefined : writeTraces(spans, context),
    logs: scores.length === 0 ? undefined : encodeScores(scores),
    spans: spans.length,
    scores: scores.length,
    unstored: body.events.length - spans.length - scores.length - refused.length,
    refused,
  }
}

function scoresOf(
  { values, events }: EventBody,
  context: SpanContext,
  { checkScore }: ConvertOptions,
): { scores: ScoreRecord[]; refused: string[] } {
  const scores: ScoreRecord[] = []
  const refused: string[] = []
  for (const event of events) {
    if (!Object.hasOwn(SCORE_EVENTS, event.name)) continue
    const score = readScore(withProperties(values, event), context)
    const reason = score === undefined ? NO_VERDICT : checkScore(score)
    if (score === undefined || reason !== undefined) refused.push(reason ?? NO_VERDICT)
    else scores.push(score)
  }
  return { scores, refused }
}

const withProperties = (values: JsonValues, event: WireEvent): SpanEvent => ({
  ...event,
  properties: propertiesOf(values, event),
})

function rootsOf(values: JsonValues, spans: readonly WireEvent[]): Map<string, Buffer> {
  const roots = new Map<string, Buffer>()
  for (const event of spans) {
    if (event.name !== '$ai_trace') continue
    const full = withProperties(values, event)
    const traceId = traceOf(values, full)
    roots.set(traceId.toString('hex'), spanOf(values, full, traceId))
  }
  return roots
}

// ExportTraceServiceRequest > ResourceSpans { resource = 1, scope_spans = 2 } > ScopeSpans { scope = 1, spans = 2 }
const FIRST = 0x0a
const SECOND = 0x12

function writeTraces(events: readonly WireEvent[], context: SpanContext): Uint8Array {
  const { values } = context
  const out = new OtlpWriter(values.bytes, values.bytes.length + SPARE_BYTES)
  // One at a time: the properties of a whole body would be as many objects.
  for (const event of events) {
    const full = withProperties(values, event)
    const otel = otelOf(values, full)
    if (otel) writeOtel(out, values, otel)
    else writeResource(out, full, context)
  }
  return out.proto.finish()
}

function writeResource(out: OtlpWriter, event: SpanEvent, context: SpanContext): void {
  const text = (key: string): string => context.values.text(event.properties.get(key)) ?? ''
  const [lib, version] = [text('$lib'), text('$lib_version')]
  out.message(FIRST, DEPTH.resource, () => {
    out.message(FIRST, DEPTH.scope, () => {
      if (lib !== '') out.attribute(FIRST, 'telemetry.sdk.name', lib)
      if (version !== '') out.attribute(FIRST, 'telemetry.sdk.version', version)
    })
    out.message(SECOND, DEPTH.scope, () => {
      out.message(FIRST, DEPTH.record, () => {
        out.text(FIRST, text('$ai_lib') || lib || 'posthog')
        out.text(SECOND, text('$ai_lib_version') || version)
      })
      out.message(SECOND, DEPTH.record, () => writeSpan(out, event, context))
    })
  })
}
