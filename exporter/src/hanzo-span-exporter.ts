// Ended spans in, OTLP requests out. Two ways in (processor and exporter), one way out (`#deliver`).
import { diag } from '@opentelemetry/api'
import { onBeforeExit } from './before-exit.ts'
import { type ExporterConfig, type HanzoSpanExporterOptions, readEnv, resolveConfig } from './config.ts'
import { Drops } from './drops.ts'
import { type EncodedSpan, encodeRequest } from './encode-request.ts'
import { encodeSpan } from './encode-span.ts'
import { createGate } from './gate.ts'
import { createSender, type Sender, type SendOutcome } from './send.ts'
import type { ExportResult, ReadableSpan } from './span.ts'
import { SpanQueue, toBatches } from './span-queue.ts'
import { atMost, unref } from './timers.ts'
import { WireWriter } from './wire-writer.ts'

const SAMPLED = 1
const SUCCESS = 0
const FAILED = 1
/** Requests at a time that an outer processor may cause. */
const MAX_CONCURRENT_EXPORTS = 4

/**
 * Sends the spans of an OpenTelemetry SDK (2.x or 3.x) to Hanzo Insights. Give it to the SDK as a span processor, and it batches by itself,
 * or to a processor as an exporter. It never throws into the app and never waits on it; what cannot be sent is counted in `dropped`.
 *
 * @example
 * new TracerProvider({ spanProcessors: [new HanzoSpanExporter({ apiKey: process.env.HANZO_API_KEY })] })
 */
export class HanzoSpanExporter {
  readonly #config: ExporterConfig
  readonly #drops: Drops
  readonly #queue: SpanQueue
  readonly #sender: Sender
  readonly #writer = new WireWriter()
  readonly #exports = new Set<Promise<unknown>>()
  readonly #gate = createGate(MAX_CONCURRENT_EXPORTS)
  /** Spans inside `export`, bounded like the queue. */
  #exporting = 0
  readonly #stopListening: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #draining: Promise<void> | undefined
  /** Spans queued and taken since the start; a drain runs until `#taken` reaches the `#queued` of the moment it was asked for. */
  #queued = 0
  #taken = 0
  #goal = 0
  #closing: Promise<void> | undefined

  constructor(options: HanzoSpanExporterOptions = {}) {
    this.#config = resolveConfig(options, readEnv())
    this.#drops = new Drops(options.onDrop)
    this.#queue = new SpanQueue(this.#config)
    this.#sender = createSender(this.#config)
    this.#stopListening = onBeforeExit(() => this.#leave())
    for (const problem of this.#config.problems) diag.warn(`@hanzo/insights: ${problem}`)
  }

  /** Spans lost since the start, for whatever reason. */
  get dropped(): number {
    return this.#drops.total
  }

  /** Processor side. Nothing to do: a span is sent when it has ended. */
  onStart(): void {}

  /** Processor side: keeps the span for the next batch. Spans that were not sampled are not kept. */
  onEnd(span: ReadableSpan): void {
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
    const flushed = this.#flush()
    await atMost(flushed, this.#config.timeoutMs)
    this.#sender.stop()
    await flushed
  }

  async #flush(): Promise<void> {
    await Promise.all([this.#drain(), ...this.#exports])
  }

  /** The event loop is empty: one last try for what is left, without waiting for a server that is down. */
  #leave(): void {
    if (this.#queue.length === 0 && !this.#draining && this.#exports.size === 0) return
    this.#sender.hurry()
    void this.#flush().then(() => this.#sender.calm())
  }

  #schedule(): void {
    if (this.#queue.hasFullBatch) {
      void this.#startDraining()
    } else if (!this.#timer && !this.#draining) {
      this.#timer = setTimeout(() => void this.#drain(), this.#config.scheduledDelayMs)
      unref(this.#timer)
    }
  }

  #enqueue(span: ReadableSpan): void {
    if (this.#closing) {
      this.#drops.add(1, 'shutdown', 'the span ended after shutdown')
      return
    }
    // Asked before encoding, so that an app in trouble does not pay for spans that it loses anyway.
    const encoded = this.#queue.isFull ? undefined : this.#encode(span)
    if (encoded && this.#queue.push(encoded)) {
      this.#queued += 1
      this.#schedule()
    } else {
      this.#drops.add(1, 'queue_full', `${this.#queue.length} spans, ${this.#queue.sizeBytes} bytes are waiting`)
    }
  }

  /** Sends at least what is queued now. */
  #drain(): Promise<void> {
    this.#goal = this.#queued
    return this.#startDraining()
  }

  #startDraining(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#draining ??= this.#sendBatches().finally(() => {
      this.#draining = undefined
      if (this.#queue.length > 0) this.#schedule()
    })
    return this.#draining
  }

  /** One request at a time: a slow server meets a growing queue and then counted drops, not a growing number of sockets. */
  async #sendBatches(): Promise<void> {
    while (this.#taken < this.#goal || this.#queue.hasFullBatch) {
      const batch = this.#queue.take()
      this.#taken += batch.length
      await this.#deliver(batch)
    }
  }

  async #exportAll(spans: readonly ReadableSpan[]): Promise<ExportResult> {
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
    const failures: string[] = []
    for (const batch of toBatches(this.#encodeAll(spans), this.#config)) {
      const failure = await this.#gate(() => this.#deliver(batch))
      if (failure !== undefined) failures.push(failure)
    }
    this.#exporting -= spans.length
    const [first] = failures
    return first === undefined ? { code: SUCCESS } : { code: FAILED, error: new Error(`cannot export: ${first}`) }
  }

  /** Undefined when sent, else why not. Counts what was lost; never rejects. */
  async #deliver(batch: readonly EncodedSpan[]): Promise<string | undefined> {
    const outcome = await this.#send(batch)
    if (outcome.sent) {
      this.#drops.add(Math.min(batch.length, outcome.rejectedSpans), 'rejected', outcome.detail || 'no reason given')
      return undefined
    }
    this.#drops.add(batch.length, outcome.reason, outcome.detail)
    return outcome.detail
  }

  async #send(batch: readonly EncodedSpan[]): Promise<SendOutcome> {
    try {
      await this.#waitForResources(batch)
      return await this.#sender.send(encodeRequest(batch))
    } catch (error) {
      return { sent: false, reason: 'not_encodable', detail: describe(error) }
    }
  }

  /** Detectors that are still asking a cloud API who we are get the time of one request. */
  async #waitForResources(batch: readonly EncodedSpan[]): Promise<void> {
    const pending = new Set(batch.map((span) => span.resource).filter((resource) => resource.asyncAttributesPending))
    if (pending.size === 0) return
    await atMost(Promise.allSettled([...pending].map((it) => it.waitForAsyncAttributes?.())), this.#config.timeoutMs)
  }

  /** @throws when a span is not what the SDKs make. */
  #encode(span: ReadableSpan): EncodedSpan {
    return { bytes: encodeSpan(this.#writer, span), resource: span.resource, scope: span.instrumentationScope }
  }

  #encodeAll(spans: readonly ReadableSpan[]): EncodedSpan[] {
    return spans.flatMap((span) => {
      try {
        return [this.#encode(span)]
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
