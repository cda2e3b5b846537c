// The API's calls in, spans out: the smallest tracer provider there can be, for apps that have set up no OpenTelemetry.
import {
  type Context,
  context,
  isSpanContextValid,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import type { ReadableSpan, SpanResource } from '../span.ts'
import { isTracingSuppressed } from '../suppress.ts'
import { newSpanId, newTraceId } from './ids.ts'
import { RecordingSpan } from './recording-span.ts'

/** Where spans go: the processor side of `HanzoSpanExporter`. */
export interface SpanSink {
  onStart(span: Span, parent: Context): void
  onEnd(span: ReadableSpan): void
}

const SAMPLED = 1

export class LightTracerProvider implements TracerProvider {
  readonly #sink: SpanSink
  readonly #resource: SpanResource

  constructor(sink: SpanSink, resource: SpanResource) {
    this.#sink = sink
    this.#resource = resource
  }

  getTracer(name: string, version?: string): Tracer {
    const scope = version === undefined ? { name } : { name, version }
    const startSpan = (spanName: string, options: SpanOptions = {}, parentContext: Context = context.active()): Span =>
      this.#start(spanName, options, options.root ? trace.deleteSpan(parentContext) : parentContext, scope)
    return {
      startSpan,
      startActiveSpan: (spanName: string, ...rest: unknown[]) => {
        const run = rest.pop() as (span: Span) => never
        const [options, parent = context.active()] = rest as [SpanOptions?, Context?]
        const span = startSpan(spanName, options, parent)
        return context.with(trace.setSpan(parent, span), run, undefined, span)
      },
    }
  }

  #start(name: string, options: SpanOptions, parentContext: Context, scope: { name: string; version?: string }): Span {
    const parent = trace.getSpanContext(parentContext)
    const hasParent = parent !== undefined && isSpanContextValid(parent)
    const traceId = hasParent ? parent.traceId : newTraceId()
    const isSampled = !isTracingSuppressed(parentContext) && (!hasParent || (parent.traceFlags & SAMPLED) !== 0)
    const identity = {
      traceId,
      spanId: newSpanId(),
      traceFlags: isSampled ? SAMPLED : 0,
      ...(hasParent && parent.traceState ? { traceState: parent.traceState } : {}),
    }
    if (!isSampled) return trace.wrapSpanContext(identity)
    const span = new RecordingSpan({
      identity,
      parent: hasParent ? parent : undefined,
      name,
      kind: options.kind ?? 0,
      startTime: options.startTime,
      resource: this.#resource,
      scope,
      onEnd: (ended) => this.#sink.onEnd(ended),
    })
    if (options.attributes) span.setAttributes(options.attributes)
    if (options.links) span.addLinks(options.links)
    this.#sink.onStart(span, parentContext)
    return span
  }
}
