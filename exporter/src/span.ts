// The part of an SDK span that this exporter reads, by shape, so that spans of the 2.x and the 3.x SDK both fit without a cast.

/** Attribute values as an SDK hands them over: primitives, arrays, byte arrays, and (API 1.10) nested maps. */
export type AttributeBag = Readonly<Record<string, unknown>>

/** Seconds and nanoseconds since 1970-01-01T00:00:00Z. */
export type HrTime = readonly [seconds: number, nanoseconds: number]

/** Ids are lower-case hex, as in W3C Trace Context. */
export interface SpanIdentity {
  readonly traceId: string
  readonly spanId: string
  readonly traceFlags: number
  readonly isRemote?: boolean | undefined
  readonly traceState?: { serialize(): string } | undefined
}

/** Who emitted the span. Attributes may arrive later than the first span, from asynchronous detectors. */
export interface SpanResource {
  readonly attributes: AttributeBag
  readonly asyncAttributesPending?: boolean | undefined
  readonly schemaUrl?: string | undefined
  waitForAsyncAttributes?(): Promise<void>
}

export interface SpanScope {
  readonly name: string
  readonly version?: string | undefined
  readonly schemaUrl?: string | undefined
}

export interface SpanEvent {
  readonly time: HrTime
  readonly name: string
  readonly attributes?: AttributeBag | undefined
  readonly droppedAttributesCount?: number | undefined
}

export interface SpanLink {
  readonly context: SpanIdentity
  readonly attributes?: AttributeBag | undefined
  readonly droppedAttributesCount?: number | undefined
}

/** An ended span of `@opentelemetry/sdk-trace-base` 2.x or `@opentelemetry/sdk-trace` 3.x. */
export interface ReadableSpan {
  readonly name: string
  readonly kind: number
  spanContext(): SpanIdentity
  readonly parentSpanContext?: SpanIdentity | undefined
  readonly startTime: HrTime
  readonly endTime: HrTime
  readonly status: { readonly code: number; readonly message?: string | undefined }
  readonly attributes: AttributeBag
  readonly links: readonly SpanLink[]
  readonly events: readonly SpanEvent[]
  readonly resource: SpanResource
  readonly instrumentationScope: SpanScope
  readonly droppedAttributesCount: number
  readonly droppedEventsCount: number
  readonly droppedLinksCount: number
}

/** What an SDK's `export` callback takes: code 0 is success, 1 is failure. */
export interface ExportResult {
  code: number
  error?: Error
}
