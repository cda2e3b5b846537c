// An ended span in; undefined, or the span that is to be sent, out: sampled, filtered, re-parented, masked.
import { diag } from '@opentelemetry/api'
import type { ReadableSpan, SpanIdentity } from '../span.ts'
import { Lineage } from './lineage.ts'
import { isLlmSpan } from './llm-span.ts'
import { type Mask, masked } from './mask.ts'
import { isSampled } from './sample.ts'

/** True for a span that is to be sent. One that throws keeps the span. */
export type SpanFilter = (span: ReadableSpan) => boolean

export interface IntakeOptions {
  readonly filter: 'llm' | SpanFilter | undefined
  readonly mask: Mask | undefined
  readonly sampleRate: number
}

export class Intake {
  readonly #options: IntakeOptions
  readonly #lineage = new Lineage()
  readonly #filter: SpanFilter | undefined
  /** Left out by the filter. */
  filtered = 0
  /** Left out by the sample rate. */
  sampledOut = 0

  constructor(options: IntakeOptions) {
    this.#options = options
    this.#filter = options.filter === 'llm' ? isLlmSpan : options.filter
  }

  admit(span: ReadableSpan): ReadableSpan | undefined {
    const { sampleRate, mask } = this.#options
    if (sampleRate < 1 && !isSampled(span.spanContext().traceId, sampleRate)) {
      this.sampledOut += 1
      return undefined
    }
    if (!this.#filter && !mask) return span
    if (this.#filter && !this.#lineage.keeps(span, this.#isWanted(span, this.#filter))) {
      this.filtered += 1
      return undefined
    }
    const parent = this.#filter && this.#newParent(span)
    return parent === undefined && !mask
      ? span
      : copyOf(span, { ...(mask ? masked(span, mask) : {}), ...(parent ? { parentSpanContext: parent.identity } : {}) })
  }

  #isWanted(span: ReadableSpan, filter: SpanFilter): boolean {
    try {
      return filter(span)
    } catch (error) {
      diag.warn(`@hanzo/insights: filter threw, the span is kept: ${error instanceof Error ? error.name : 'error'}`)
      return true
    }
  }

  /** Undefined when the parent stays as it is. */
  #newParent(span: ReadableSpan): { identity: SpanIdentity | undefined } | undefined {
    const old = span.parentSpanContext
    const spanId = this.#lineage.parentOf(span)
    if (spanId === (old?.spanId ?? '')) return undefined
    return { identity: spanId && old ? { ...old, spanId } : undefined }
  }
}

/** Field by field: an SDK's span has its values behind getters, which a spread would not see. */
function copyOf(span: ReadableSpan, changes: Partial<ReadableSpan>): ReadableSpan {
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    parentSpanContext: span.parentSpanContext,
    startTime: span.startTime,
    endTime: span.endTime,
    status: span.status,
    attributes: span.attributes,
    links: span.links,
    events: span.events,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
    ...changes,
  }
}
