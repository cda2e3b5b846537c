// The two languages that spans leave in, one shape.
import type { ReadableSpan, SpanResource } from '../span.ts'

/** Spans on their way in one request, encoded as they end: nothing is kept of a span but its bytes. */
export interface Batch {
  readonly count: number
  readonly sizeBytes: number
  /** They are written last, because detectors may still be filling them. */
  readonly resources: Iterable<SpanResource>
  /**
   * False, and nothing kept, when the span takes more than `roomBytes`.
   * @throws when a span is not what the SDKs make; nothing of it is kept.
   */
  add(span: ReadableSpan, roomBytes: number): boolean
  /** The body of the request. Once, and then the batch is empty. */
  takeBody(): Uint8Array<ArrayBuffer>
}

export interface Protocol {
  openBatch(): Batch
}
