// The app's OpenTelemetry set-up, or none, in; where the manual SDK's spans begin and end, out.
import {
  type Context,
  ProxyTracerProvider,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import type { HanzoSpanExporter } from '../hanzo-span-exporter.ts'
import type { ReadableSpan, SpanResource } from '../span.ts'
import { SDK_NAME, SDK_VERSION } from '../version.ts'
import { ensureContextManager } from './context-manager.ts'
import { hasOuterProcessor, wasDelivered } from './delivered.ts'
import { LightTracerProvider } from './provider.ts'

export interface BackendOptions {
  readonly exporter: HanzoSpanExporter
  readonly resource: SpanResource
  readonly tracerProvider: TracerProvider | undefined
}

/**
 * Uses the provider that the app has registered; without one, registers its own, so that instrumentations find it too. Decides at the first
 * span and not before: at import time the app may not have set up its own yet.
 */
export class Backend {
  readonly #options: BackendOptions
  #tracer: Tracer | undefined
  #isOwn = false

  constructor(options: BackendOptions) {
    this.#options = options
  }

  startSpan(name: string, options: SpanOptions, parent: Context): Span {
    this.#tracer ??= this.#open()
    return this.#tracer.startSpan(name, options, parent)
  }

  /** Called before the first context is made. */
  prepare(): void {
    this.#tracer ??= this.#open()
  }

  /** Ends the span, and sends it when no processor of the app's provider has. */
  endSpan(span: Span, endTime: [number, number]): void {
    span.end(endTime)
    if (this.#isOwn || !isReadable(span) || wasDelivered(span) || hasOuterProcessor()) return
    this.#options.exporter.onEnd(span)
  }

  #open(): Tracer {
    ensureContextManager()
    const { exporter, resource, tracerProvider } = this.#options
    const registered = registeredProvider()
    // Another `HanzoInsights` registered its own: its spans leave through its exporter, ours through ours.
    const given = tracerProvider ?? (registered instanceof LightTracerProvider ? undefined : registered)
    const provider = given ?? new LightTracerProvider(exporter, resource)
    this.#isOwn = given === undefined
    if (this.#isOwn && !registered) trace.setGlobalTracerProvider(provider)
    return provider.getTracer(SDK_NAME, SDK_VERSION)
  }
}

/** The API hands out a proxy; a fresh one delegates to nothing, and so does the global one until somebody registers. */
function registeredProvider(): TracerProvider | undefined {
  const provider = trace.getTracerProvider()
  if (!(provider instanceof ProxyTracerProvider)) return provider
  const delegate = provider.getDelegate()
  return delegate === new ProxyTracerProvider().getDelegate() ? undefined : delegate
}

/** What the SDKs' spans are, and a span that was not sampled is not. */
function isReadable(span: Span): span is Span & ReadableSpan {
  return 'startTime' in span && 'resource' in span && 'instrumentationScope' in span
}
