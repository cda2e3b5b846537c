// Ended spans in, requests out. Two ways in (processor and exporter), one way out (`Delivery`).
import { type Context, diag, type Span } from '@opentelemetry/api'
import { type ExporterConfig, type HanzoSpanExporterOptions, readEnv, resolveConfig } from './config.ts'
import { Delivery } from './delivery.ts'
import { Drops } from './drops.ts'
import { EventSender } from './event-sender.ts'
import { Intake } from './intake/intake.ts'
import { onLeave } from './leave.ts'
import { protocolOf } from './protocol/choose.ts'
import type { Protocol } from './protocol/protocol.ts'
import { createSender, type Sender } from './send.ts'
import type { ExportResult, ReadableSpan } from './span.ts'
import { inheritedAttributes } from './step-handle.ts'
import { atMost } from './timers.ts'
import { forgetExporter, noteDelivered, noteExporter } from './tracing/delivered.ts'

const SAMPLED = 1
const SUCCESS = 0
const FAILED = 1

/**
 * Sends the spans of an OpenTelemetry SDK (2.x or 3.x) to Hanzo Insights. Give it to the SDK as a span processor, and it batches by itself,
 * or to a processor as an exporter. It never throws into the app and never waits on it; what cannot be sent is counted in `dropped`.
 *
 * @example
 * new TracerProvider({ spanProcessors: [new HanzoSpanExporter({ apiKey: process.env.HANZO_API_KEY })] })
 */
export class HanzoSpanExporter {
  /** @internal Scores and feedback leave through here. */
  readonly events: EventSender
  readonly #config: ExporterConfig
  readonly #drops: Drops
  readonly #intake: Intake
  readonly #senders: readonly Sender[]
  readonly #delivery: Delivery
  readonly #exports = new Set<Promise<unknown>>()
  readonly #stopListening: () => void
  #protocol: Protocol | undefined
  /** Resolves when there is a protocol; spans that end before wait in `#early`. */
  readonly #ready: Promise<void>
  #early: ReadableSpan[] = []
  /** Spans inside `export`, bounded like the queue. */
  #exporting = 0
  #closing: Promise<void> | undefined

  constructor(options: HanzoSpanExporterOptions = {}) {
    const config = resolveConfig(options, readEnv())
    this.#config = config
    this.#drops = new Drops(options.onDrop)
    this.#intake = new Intake({ filter: options.filter, mask: options.mask, sampleRate: config.sampleRate })
    const { chosen, spans, events } = protocolOf(config)
    const [spanSender, eventSender] = [createSender(spans), createSender(events)]
    this.#senders = [spanSender, eventSender]
    this.#delivery = new Delivery({ config, drops: this.#drops, sender: spanSender, protocol: () => this.#loaded() })
    this.events = new EventSender(config, eventSender, this.#drops)
    this.#ready = 'then' in chosen ? chosen.then((protocol) => this.#open(protocol)) : Promise.resolve()
    if (!('then' in chosen)) this.#protocol = chosen
    this.#stopListening = onLeave({ processEnds: () => this.#hurry(), pageHides: () => this.#beacon() })
    noteExporter(this)
    for (const problem of config.problems) diag.warn(`@hanzo/insights: ${problem}`)
  }

  /** Spans lost since the start, for whatever reason. */
  get dropped(): number {
    return this.#drops.total
  }

  /** Spans that were left out on purpose. */
  get leftOut(): { readonly filtered: number; readonly sampledOut: number } {
    const { filtered, sampledOut } = this.#intake
    return { filtered, sampledOut }
  }

  /** Processor side: a span started inside a trace of `HanzoInsights` learns whose it is. */
  onStart(span: Span, parent?: Context): void {
    forgetExporter(this)
    const attributes = parent && inheritedAttributes(parent)
    if (attributes) span.setAttributes(attributes)
  }

  /** Processor side: keeps the span for the next batch. Spans that were not sampled are not kept. */
  onEnd(span: ReadableSpan): void {
    noteDelivered(span)
    try {
      if ((span.spanContext().traceFlags & SAMPLED) !== 0) this.#enqueue(span)
    } catch (error) {
      this.#drops.add(1, 'not_encodable', describe(error))
    }
  }

  /** Exporter side: sends these spans and tells `resultCallback` how it went; the processor that calls it does the batching. */
  export(spans: readonly ReadableSpan[], resultCallback: (result: ExportResult) => void): void {
    const sending = this.#exportAll(spans).then((result) => {
      this.#exports.delete(sending)
      try {
        resultCallback(result)
      } catch (error) {
        diag.error(`@hanzo/insights: the export callback threw: ${describe(error)}`)
      }
    })
    this.#exports.add(sending)
  }

  /** Resolves when everything ended so far has left, or after `flushTimeoutMs`. Never rejects. */
  forceFlush(): Promise<void> {
    return this.#closing ?? atMost(this.#flush(), this.#config.flushTimeoutMs)
  }

  /** Flushes for at most `timeoutMs`, then counts what is left as lost. Final; calling it again gives the same promise. */
  shutdown(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#stopListening()
    forgetExporter(this)
    const flushed = this.#flush()
    await atMost(flushed, this.#config.timeoutMs)
    for (const sender of this.#senders) sender.stop()
    await flushed
  }

  async #flush(): Promise<void> {
    await this.#ready
    await Promise.all([this.#delivery.drain(), this.events.flush(), ...this.#exports])
  }

  /** The event loop is empty: one last try for what is left, without waiting for a server that is down. */
  #hurry(): void {
    if (this.#early.length === 0 && this.#delivery.isIdle && this.events.isIdle && this.#exports.size === 0) return
    for (const sender of this.#senders) sender.hurry()
    void this.#flush().then(() => {
      for (const sender of this.#senders) sender.calm()
    })
  }

  /** The page may not come back: what waits leaves by `sendBeacon`, or a request that outlives the page. */
  #beacon(): void {
    const [spans, events] = this.#senders
    const body = this.events.takeBody()
    events?.beacon(body === undefined ? [] : [new TextEncoder().encode(body)])
    spans?.beacon(this.#delivery.takeBodies())
    // A page that stays after all may yet load it.
    if (!this.#protocol) void this.#ready.then(() => spans?.beacon(this.#delivery.takeBodies()))
  }

  #enqueue(span: ReadableSpan): void {
    if (this.#closing) {
      this.#drops.add(1, 'shutdown', 'the span ended after shutdown')
      return
    }
    if (this.#protocol) this.#push(span)
    else if (this.#early.length < this.#config.maxQueueSize) this.#early.push(span)
    else this.#drops.add(1, 'queue_full', 'the protocol is still loading')
  }

  #push(span: ReadableSpan): void {
    const admitted = this.#intake.admit(span)
    if (admitted) this.#delivery.push(admitted)
  }

  #open(protocol: Protocol): void {
    this.#protocol = protocol
    const early = this.#early
    this.#early = []
    for (const span of early) {
      try {
        this.#push(span)
      } catch (error) {
        this.#drops.add(1, 'not_encodable', describe(error))
      }
    }
  }

  #loaded(): Protocol {
    if (!this.#protocol) throw new Error('the protocol is still loading')
    return this.#protocol
  }

  async #exportAll(spans: readonly ReadableSpan[]): Promise<ExportResult> {
    noteDelivered(spans.at(-1))
    if (this.#closing) {
      this.#drops.add(spans.length, 'shutdown', 'exported after shutdown')
      return { code: FAILED, error: new Error('cannot export: the exporter is shut down') }
    }
    // Alone, any number passes: the caller has bounded it already.
    if (this.#exporting > 0 && this.#exporting + spans.length > this.#config.maxQueueSize) {
      this.#drops.add(spans.length, 'queue_full', `${this.#exporting} spans are being exported`)
      return { code: FAILED, error: new Error('cannot export: too many spans are being exported') }
    }
    this.#exporting += spans.length
    await this.#ready
    const [first] = await this.#delivery.sendNow(this.#admitAll(spans))
    this.#exporting -= spans.length
    return first === undefined ? { code: SUCCESS } : { code: FAILED, error: new Error(`cannot export: ${first}`) }
  }

  #admitAll(spans: readonly ReadableSpan[]): ReadableSpan[] {
    return spans.flatMap((span) => {
      try {
        return this.#intake.admit(span) ?? []
      } catch (error) {
        this.#drops.add(1, 'not_encodable', describe(error))
        return []
      }
    })
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
