// What the app says of a step in, an ended span that the exporter reads out. The API's Span and the SDK's ReadableSpan in one object.
import type { AttributeValue, Exception, Link, Span, SpanContext, SpanStatus, TimeInput } from '@opentelemetry/api'
import type { AttributeBag, HrTime, ReadableSpan, SpanEvent, SpanResource, SpanScope } from '../span.ts'
import { hrTimeOf, msOf, nowMs } from './clock.ts'

/** As in the OpenTelemetry SDKs; beyond it, what comes is counted. */
const MAX_EVENTS = 128
const MAX_LINKS = 128
const MAX_ATTRIBUTES = 1024

export interface SpanBirth {
  readonly identity: SpanContext
  readonly parent: SpanContext | undefined
  readonly name: string
  readonly kind: number
  readonly startTime: TimeInput | undefined
  readonly resource: SpanResource
  readonly scope: SpanScope
  readonly onEnd: (span: RecordingSpan) => void
}

export class RecordingSpan implements Span, ReadableSpan {
  name: string
  readonly kind: number
  readonly parentSpanContext: SpanContext | undefined
  readonly startTime: HrTime
  endTime: HrTime
  status: SpanStatus = { code: 0 }
  readonly attributes: Record<string, unknown> = {}
  readonly links: Link[] = []
  readonly events: SpanEvent[] = []
  readonly resource: SpanResource
  readonly instrumentationScope: SpanScope
  droppedAttributesCount = 0
  droppedEventsCount = 0
  droppedLinksCount = 0
  ended = false
  readonly #identity: SpanContext
  readonly #onEnd: (span: RecordingSpan) => void
  readonly #startMs: number
  readonly #startedAt = performance.now()
  #attributeCount = 0

  constructor(birth: SpanBirth) {
    this.#identity = birth.identity
    this.#onEnd = birth.onEnd
    this.#startMs = msOf(birth.startTime) ?? nowMs()
    this.name = birth.name
    this.kind = birth.kind
    this.parentSpanContext = birth.parent
    this.startTime = hrTimeOf(this.#startMs)
    this.endTime = this.startTime
    this.resource = birth.resource
    this.instrumentationScope = birth.scope
  }

  spanContext(): SpanContext {
    return this.#identity
  }

  setAttribute(key: string, value: AttributeValue | undefined): this {
    if (this.ended || value === undefined || value === null) return this
    if (!(key in this.attributes)) {
      if (this.#attributeCount >= MAX_ATTRIBUTES) {
        this.droppedAttributesCount += 1
        return this
      }
      this.#attributeCount += 1
    }
    this.attributes[key] = value
    return this
  }

  setAttributes(attributes: AttributeBag): this {
    for (const key in attributes) this.setAttribute(key, attributes[key] as AttributeValue)
    return this
  }

  addEvent(name: string, second?: AttributeBag | TimeInput, time?: TimeInput): this {
    if (this.ended) return this
    if (this.events.length >= MAX_EVENTS) {
      this.droppedEventsCount += 1
      return this
    }
    const isTime = typeof second === 'number' || second instanceof Date || Array.isArray(second)
    const at = msOf((isTime ? (second as TimeInput) : time) as HrTime | undefined) ?? this.#elapsed()
    this.events.push({ name, time: hrTimeOf(at), attributes: isTime ? {} : ((second as AttributeBag) ?? {}) })
    return this
  }

  addLink(link: Link): this {
    if (this.ended) return this
    if (this.links.length >= MAX_LINKS) this.droppedLinksCount += 1
    else this.links.push(link)
    return this
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link)
    return this
  }

  setStatus(status: SpanStatus): this {
    if (!this.ended) this.status = status
    return this
  }

  updateName(name: string): this {
    if (!this.ended) this.name = name
    return this
  }

  isRecording(): boolean {
    return !this.ended
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const facts: Partial<Record<'name' | 'message' | 'stack' | 'code', unknown>> =
      typeof exception === 'string' ? { message: exception } : exception
    const attributes: Record<string, string> = {}
    const type = facts.code ?? facts.name
    if (type) attributes['exception.type'] = String(type)
    if (facts.message) attributes['exception.message'] = String(facts.message)
    if (facts.stack) attributes['exception.stacktrace'] = String(facts.stack)
    this.addEvent('exception', attributes, time)
  }

  end(time?: TimeInput): void {
    if (this.ended) return
    this.endTime = hrTimeOf(Math.max(this.#startMs, msOf(time as HrTime | undefined) ?? this.#elapsed()))
    this.ended = true
    this.#onEnd(this)
  }

  /** By the steady clock since the start, so that a clock that is set in between makes no negative duration. */
  #elapsed(): number {
    return this.#startMs + performance.now() - this.#startedAt
  }
}
