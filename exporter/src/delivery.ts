// Encoded spans in, requests out: one bounded queue, one request at a time; and batches of an outer processor, four at a time.
import type { ExporterConfig } from './config.ts'
import type { Drops } from './drops.ts'
import { createGate } from './gate.ts'
import type { EncodedSpan, Protocol } from './protocol/protocol.ts'
import type { Sender, SendOutcome } from './send.ts'
import { SpanQueue, toBatches } from './span-queue.ts'
import { atMost, unref } from './timers.ts'

/** Requests at a time that an outer processor may cause. */
const MAX_CONCURRENT_EXPORTS = 4

export interface DeliveryParts {
  readonly config: ExporterConfig
  readonly drops: Drops
  readonly sender: Sender
  readonly protocol: () => Protocol
}

export class Delivery {
  readonly #parts: DeliveryParts
  readonly #queue: SpanQueue
  readonly #gate = createGate(MAX_CONCURRENT_EXPORTS)
  #timer: ReturnType<typeof setTimeout> | undefined
  #draining: Promise<void> | undefined
  /** Spans queued and taken since the start; a drain runs until `#taken` reaches the `#queued` of the moment it was asked for. */
  #queued = 0
  #taken = 0
  #goal = 0

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    this.#queue = new SpanQueue(parts.config)
  }

  /** Asked before encoding, so that an app in trouble does not pay for spans that it loses anyway. */
  get isFull(): boolean {
    return this.#queue.isFull
  }

  get isIdle(): boolean {
    return this.#queue.length === 0 && !this.#draining
  }

  /** Keeps a span for the next batch; undefined stands for one for which there was no room. */
  push(span: EncodedSpan | undefined): void {
    if (span && this.#queue.push(span)) {
      this.#queued += 1
      this.#schedule()
      return
    }
    const { length, sizeBytes } = this.#queue
    this.#parts.drops.add(1, 'queue_full', `${length} spans, ${sizeBytes} bytes are waiting`)
  }

  /** Sends at least what is queued now. */
  drain(): Promise<void> {
    this.#goal = this.#queued
    return this.#startDraining()
  }

  /** Sends these, past the queue. @returns why some were not sent */
  async sendNow(spans: readonly EncodedSpan[]): Promise<string[]> {
    const failures: string[] = []
    for (const batch of toBatches(spans, this.#parts.config)) {
      const failure = await this.#gate(() => this.#deliver(batch))
      if (failure !== undefined) failures.push(failure)
    }
    return failures
  }

  /** The queue as bodies of requests, for a page that is about to go. They are taken as sent. */
  takeBodies(): Uint8Array<ArrayBuffer>[] {
    const bodies: Uint8Array<ArrayBuffer>[] = []
    while (this.#queue.length > 0) {
      const batch = this.#queue.take()
      this.#taken += batch.length
      bodies.push(this.#parts.protocol().request(batch))
    }
    return bodies
  }

  #schedule(): void {
    if (this.#queue.hasFullBatch) {
      if (!this.#draining) void this.#startDraining()
    } else if (!this.#timer && !this.#draining) {
      this.#timer = setTimeout(() => void this.drain(), this.#parts.config.scheduledDelayMs)
      unref(this.#timer)
    }
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
      if (batch.length === 0) break
      this.#taken += batch.length
      await this.#deliver(batch)
    }
  }

  /** Undefined when sent, else why not. Counts what was lost; never rejects. */
  async #deliver(batch: readonly EncodedSpan[]): Promise<string | undefined> {
    const { drops } = this.#parts
    const outcome = await this.#send(batch)
    if (outcome.sent) {
      drops.add(Math.min(batch.length, outcome.rejectedSpans), 'rejected', outcome.detail || 'no reason given')
      return undefined
    }
    drops.add(batch.length, outcome.reason, outcome.detail)
    return outcome.detail
  }

  async #send(batch: readonly EncodedSpan[]): Promise<SendOutcome> {
    try {
      await this.#waitForResources(batch)
      return await this.#parts.sender.send(this.#parts.protocol().request(batch))
    } catch (error) {
      return { sent: false, reason: 'not_encodable', detail: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Detectors that are still asking a cloud API who we are get the time of one request. */
  async #waitForResources(batch: readonly EncodedSpan[]): Promise<void> {
    const pending = new Set(batch.map((span) => span.resource).filter((resource) => resource.asyncAttributesPending))
    if (pending.size === 0) return
    const { timeoutMs } = this.#parts.config
    await atMost(Promise.allSettled([...pending].map((it) => it.waitForAsyncAttributes?.())), timeoutMs)
  }
}
