// Ended spans in, requests out: one bounded queue, one request at a time; and batches of an outer processor, four at a time.
import type { ExporterConfig } from './config.ts'
import type { Drops } from './drops.ts'
import { createGate } from './gate.ts'
import type { Batch, Protocol } from './protocol/protocol.ts'
import type { Sender, SendOutcome } from './send.ts'
import type { ReadableSpan } from './span.ts'
import { isFull, SpanQueue } from './span-queue.ts'
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
  /** One for all spans: most of them start no timer. */
  readonly #onTime = (): void => void this.drain()
  #draining: Promise<void> | undefined
  /** Spans queued and taken since the start; a drain runs until `#taken` reaches the `#queued` of the moment it was asked for. */
  #queued = 0
  #taken = 0
  #goal = 0

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    this.#queue = new SpanQueue(parts.config, parts.protocol)
  }

  get isIdle(): boolean {
    return this.#queue.length === 0 && !this.#draining
  }

  /** Keeps a span for the next batch, or counts it when there is no room. @throws as `Batch.add` does */
  push(span: ReadableSpan): void {
    if (this.#queue.push(span)) {
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
  async sendNow(spans: Iterable<ReadableSpan>): Promise<string[]> {
    const failures: string[] = []
    for (const batch of this.#batchesOf(spans)) {
      const failure = await this.#gate(() => this.#deliver(batch))
      if (failure !== undefined) failures.push(failure)
    }
    return failures
  }

  /** Encoded now, all of them: what an SDK does with its spans after `export` is its own affair. */
  #batchesOf(spans: Iterable<ReadableSpan>): Batch[] {
    const { config, protocol, drops } = this.#parts
    const batches: Batch[] = []
    for (const span of spans) {
      let batch = batches.at(-1)
      try {
        if (!batch || isFull(batch, config)) {
          batch = protocol().openBatch()
          batches.push(batch)
        }
        batch.add(span, Number.POSITIVE_INFINITY)
      } catch (error) {
        drops.add(1, 'not_encodable', error instanceof Error ? error.message : String(error))
      }
    }
    return batches.filter((batch) => batch.count > 0)
  }

  /** The queue as bodies of requests, for a page that is about to go. They are taken as sent. */
  takeBodies(): Uint8Array<ArrayBuffer>[] {
    const bodies: Uint8Array<ArrayBuffer>[] = []
    for (let batch = this.#queue.take(); batch; batch = this.#queue.take()) {
      this.#taken += batch.count
      bodies.push(batch.takeBody())
    }
    return bodies
  }

  #schedule(): void {
    if (this.#queue.hasFullBatch) {
      if (!this.#draining) void this.#startDraining()
    } else if (!this.#timer && !this.#draining) {
      this.#timer = setTimeout(this.#onTime, this.#parts.config.scheduledDelayMs)
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
      if (!batch) break
      this.#taken += batch.count
      await this.#deliver(batch)
    }
  }

  /** Undefined when sent, else why not. Counts what was lost; never rejects. */
  async #deliver(batch: Batch): Promise<string | undefined> {
    const { drops } = this.#parts
    const { count } = batch
    const outcome = await this.#send(batch)
    if (outcome.sent) {
      drops.add(Math.min(count, outcome.rejectedSpans), 'rejected', outcome.detail || 'no reason given')
      return undefined
    }
    drops.add(count, outcome.reason, outcome.detail)
    return outcome.detail
  }

  async #send(batch: Batch): Promise<SendOutcome> {
    try {
      await this.#waitForResources(batch)
      return await this.#parts.sender.send(batch.takeBody())
    } catch (error) {
      return { sent: false, reason: 'not_encodable', detail: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Detectors that are still asking a cloud API who we are get the time of one request. */
  async #waitForResources(batch: Batch): Promise<void> {
    const pending = [...batch.resources].filter((resource) => resource.asyncAttributesPending)
    if (pending.length === 0) return
    const { timeoutMs } = this.#parts.config
    await atMost(Promise.allSettled(pending.map((it) => it.waitForAsyncAttributes?.())), timeoutMs)
  }
}
