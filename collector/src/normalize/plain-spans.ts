// An OTLP trace request's bytes -> its spans as plain facts, by the same walk that writes rows. Nothing is written: it is for explanations.
import type { Attribute, SpanFacts } from '@hanzo/insights-semconv'
import { FactsReader } from './read-facts.ts'
import { RequestWalker } from './request.ts'
import { SpanRecord } from './span-record.ts'
import { SpanTimes } from './times.ts'
import { type Source, toSource } from './wire/bytes.ts'

/** A span as it was sent. */
export interface PlainSpan {
  /** Lower-case hex; '' when it is no id. */
  traceId: string
  spanId: string
  parentSpanId: string
  facts: SpanFacts
  resource: readonly Attribute[]
  /** What is wrong with its times; '' when nothing. */
  timeFlag: string
  /** Why a door would refuse it: 'trace_id' or 'span_id'; '' when it would not. */
  refusal: string
}

/** @returns undefined when the bytes are no request; a span that cannot be read is left out, as a door would */
export function readPlainSpans(
  bytes: Uint8Array,
  options: { maxAttributes: number; receivedMs: number },
): PlainSpan[] | undefined {
  const source = toSource(bytes)
  const walker = new RequestWalker(options.maxAttributes)
  if (walker.check(source) < 0) return undefined
  const spans: PlainSpan[] = []
  const reader = new PlainReader(walker, options)
  walker.walk(source, {
    record(from, start, end) {
      const span = reader.read(from, start, end)
      if (span) spans.push(span)
    },
  })
  return spans
}

class PlainReader {
  private readonly walker: RequestWalker
  private readonly record: SpanRecord
  private readonly receipt: { readonly receivedMs: number }
  private readonly facts = new FactsReader()
  private readonly times = new SpanTimes()

  constructor(walker: RequestWalker, { maxAttributes, receivedMs }: { maxAttributes: number; receivedMs: number }) {
    this.walker = walker
    this.record = new SpanRecord(maxAttributes)
    this.receipt = { receivedMs }
  }

  read(source: Source, start: number, end: number): PlainSpan | undefined {
    const { record, times, facts } = this
    const problem = record.read(source, start, end)
    if (problem === 'malformed') return undefined
    times.set(record, this.receipt)
    const head = facts.head(record, { source, scope: this.walker.scope, times })
    const events = Array.from({ length: record.events.count }, (_, e) => facts.event(record, source, e))
    const idAt = (at: number, length: number): string => (at < 0 ? '' : source.bytes.toString('hex', at, at + length))
    return {
      traceId: idAt(record.traceId, 16),
      spanId: idAt(record.spanId, 8),
      parentSpanId: idAt(record.parentId, 8),
      facts: { ...head, attributes: facts.attributes(record.attributes, source), events },
      resource: facts.attributes(this.walker.resource.attributes, source),
      timeFlag: times.flag.text,
      refusal: problem === 'ok' ? '' : problem,
    }
  }
}
