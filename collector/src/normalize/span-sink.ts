// Spans of a request in, their rows in a batch out.
import { isResend, leaveOut, reject, type Written } from './left-out.ts'
import type { OpenBatch } from './open-batch.ts'
import { Sink, type SinkOptions } from './sink.ts'
import { SpanRecord } from './span-record.ts'
import type { Source } from './wire/bytes.ts'
import type { RowContext, SpanWriter } from './write-span.ts'

export class SpanSink extends Sink {
  readonly signal = 'traces'
  readonly writer: SpanWriter
  private readonly span: SpanRecord

  constructor(context: RowContext, options: SinkOptions, writer: SpanWriter) {
    super(context, options)
    this.writer = writer
    this.span = new SpanRecord(options.maxAttributes)
  }

  record(source: Source, start: number, end: number): void {
    const { batch, written } = this
    if (!batch || !written) return
    const { ordinal } = batch
    try {
      this.write(source, start, end, batch, written)
    } catch {
      if (!this.learning) leaveOut(batch, written, ordinal, this.dropped)
    }
  }

  private write(source: Source, start: number, end: number, batch: OpenBatch, written: Written): void {
    const { span, context } = this
    const problem = span.read(source, start, end)
    if (problem !== 'ok') {
      reject(written, problem)
      return
    }
    const known = this.recent.seen(source, span, context.project)
    const seen = known || this.erased.has(source, span.traceId, context.project.text)
    if (this.learning) return
    if (isResend(seen, batch, this.dropped)) {
      written.resent++
      return
    }
    const { times } = context
    times.set(span, context)
    if (batch.counting) batch.count('spans', times.day, end - start)
    else {
      const block = batch.spansOf(times.day)
      this.writer.write(block, block.rows, span, context)
      block.rows++
    }
    batch.rows++
    written.stored++
  }
}
