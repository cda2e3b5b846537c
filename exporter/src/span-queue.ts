// Ended spans in, batches out. Bounded in spans and in bytes, because one gen_ai span can hold a megabyte of prompt.
import type { Batch, Protocol } from './protocol/protocol.ts'
import type { ReadableSpan } from './span.ts'

export interface QueueLimits {
  readonly maxQueueSize: number
  readonly maxQueueBytes: number
  readonly maxBatchSize: number
  readonly maxBatchBytes: number
}

export class SpanQueue {
  readonly #limits: QueueLimits
  readonly #protocol: () => Protocol
  readonly #full: Batch[] = []
  #open: Batch | undefined
  #fullSpans = 0
  #fullBytes = 0

  constructor(limits: QueueLimits, protocol: () => Protocol) {
    this.#limits = limits
    this.#protocol = protocol
  }

  get length(): number {
    return this.#fullSpans + (this.#open?.count ?? 0)
  }

  get sizeBytes(): number {
    return this.#fullBytes + (this.#open?.sizeBytes ?? 0)
  }

  get hasFullBatch(): boolean {
    return this.#full.length > 0
  }

  /** False, and nothing kept, when the span does not fit. @throws as `Batch.add` does */
  push(span: ReadableSpan): boolean {
    const { maxQueueSize, maxQueueBytes } = this.#limits
    const roomBytes = maxQueueBytes - this.sizeBytes
    // Asked before encoding, so that an app in trouble does not pay for spans that it loses anyway.
    if (this.length >= maxQueueSize || roomBytes <= 0) return false
    this.#open ??= this.#protocol().openBatch()
    if (!this.#open.add(span, roomBytes)) return false
    if (isFull(this.#open, this.#limits)) this.#seal(this.#open)
    return true
  }

  /** The oldest spans that make one request; undefined when there are none. */
  take(): Batch | undefined {
    const batch = this.#full.shift()
    if (batch) {
      this.#fullSpans -= batch.count
      this.#fullBytes -= batch.sizeBytes
      return batch
    }
    const open = this.#open?.count ? this.#open : undefined
    if (open) this.#open = undefined
    return open
  }

  #seal(batch: Batch): void {
    this.#open = undefined
    this.#full.push(batch)
    this.#fullSpans += batch.count
    this.#fullBytes += batch.sizeBytes
  }
}

export function isFull(batch: Batch, { maxBatchSize, maxBatchBytes }: QueueLimits): boolean {
  return batch.count >= maxBatchSize || batch.sizeBytes >= maxBatchBytes
}
