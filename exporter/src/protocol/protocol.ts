// The two languages that spans leave in, one shape.
import type { ReadableSpan, SpanResource, SpanScope } from '../span.ts'

/** A span on its way: its bytes, and who it belongs to. The resource is encoded last, because detectors may still be filling it. */
export interface EncodedSpan {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly resource: SpanResource
  readonly scope: SpanScope
}

export interface Protocol {
  /** @throws when a span is not what the SDKs make. */
  encode(span: ReadableSpan): EncodedSpan
  /** The body of one request. */
  request(spans: readonly EncodedSpan[]): Uint8Array<ArrayBuffer>
}
