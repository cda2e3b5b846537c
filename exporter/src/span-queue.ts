// Encoded spans in, batches out. Bounded in spans and in bytes, because one gen_ai span can hold a megabyte of prompt.
import type { EncodedSpan } from './protocol/protocol.ts'

export interface QueueLimits {
  readonly maxQueueSize: number
  readonly maxQueueBytes: number
  readonly maxBatchSize: number
  readonly maxBatchBytes: number
}

export class SpanQueue {
  readonly #limits: QueueLimits
  #spans: EncodedSpan[] = []
  #sizeBytes = 0

  constructor(limits: QueueLimits) {
    this.#limits = limits
  }

  get length(): number {
    return this.#spans.length
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** True when not even a span of no bytes would fit; asked before the work of encoding is done. */
  get isFull(): boolean {
    return this.#spans.length >= this.#limits.maxQueueSize || this.#sizeBytes >= this.#limits.maxQueueBytes
  }

  get hasFullBatch(): boolean {
    return this.#spans.length >= this.#limits.maxBatchSize || this.#sizeBytes >= this.#limits.maxBatchBytes
  }

  /** False, and nothing kept, when the span does not fit. */
  push(span: EncodedSpan): boolean {
    if (this.isFull || this.#sizeBytes + span.bytes.length > this.#limits.maxQueueBytes) return false
    this.#spans.push(span)
    this.#sizeBytes += span.bytes.length
    return true
  }

  /** The oldest spans that make one request. A span larger than a batch travels alone. */
  take(): EncodedSpan[] {
    const batch = this.#spans.splice(0, batchLength(this.#spans, this.#limits))
    for (const span of batch) this.#sizeBytes -= span.bytes.length
    return batch
  }
}

/** Cuts spans that never sat in the queue into requests of the same limits. */
export function toBatches(spans: readonly EncodedSpan[], limits: QueueLimits): EncodedSpan[][] {
  const batches: EncodedSpan[][] = []
  for (let rest = spans; rest.length > 0; ) {
    const length = batchLength(rest, limits)
    batches.push(rest.slice(0, length))
    rest = rest.slice(length)
  }
  return batches
}

function batchLength(spans: readonly EncodedSpan[], limits: QueueLimits): number {
  let sizeBytes = 0
  let length = 0
  for (const span of spans) {
    sizeBytes += span.bytes.length
    if (length > 0 && (length === limits.maxBatchSize || sizeBytes > limits.maxBatchBytes)) break
    length += 1
  }
  return length
}
