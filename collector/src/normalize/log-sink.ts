// Log records of a request in, their rows in a batch out, and the rows of calls that only they tell of.
import { type Dropped, isResend, leaveOut, reject, type Written } from './left-out.ts'
import { LogCallReader } from './log-call.ts'
import { LogRecord } from './log-record.ts'
import type { OpenBatch } from './open-batch.ts'
import { Sink, type SinkOptions } from './sink.ts'
import type { Source } from './wire/bytes.ts'
import { LogWriter } from './write-log.ts'
import type { RowContext, SpanWriter } from './write-span.ts'

export class LogSink extends Sink {
  readonly signal = 'logs'
  readonly writer = new LogWriter()
  private readonly spanWriter: SpanWriter
  private readonly calls = new LogCallReader()
  private readonly log: LogRecord
  /** Number of the record in its request. */
  private place = 0
  /** Of the last record's row. */
  private day = 0

  constructor(context: RowContext, options: SinkOptions, spanWriter: SpanWriter) {
    super(context, options)
    this.spanWriter = spanWriter
    this.log = new LogRecord(options.maxAttributes)
  }

  override begin(batch: OpenBatch, written: Written, dropped: Dropped | undefined): void {
    super.begin(batch, written, dropped)
    this.place = 0
  }

  record(source: Source, start: number, end: number): void {
    const { batch, written } = this
    if (!batch || !written) return
    const { ordinal } = batch
    const { stored } = written
    try {
      this.write(source, start, end, batch, written)
    } catch {
      if (this.learning) return
      // The log's own row was whole, and only its call's was not: both go.
      if (written.stored > stored) {
        batch.uncount('log_events', this.day)
        batch.rows--
        written.stored--
      }
      leaveOut(batch, written, ordinal, this.dropped)
    }
  }

  private write(source: Source, start: number, end: number, batch: OpenBatch, written: Written): void {
    const { log, context } = this
    const problem = log.read(source, start, end, context.scope.dialect)
    if (problem !== 'ok') {
      reject(written, problem)
      return
    }
    const { spanId, traceId } = log
    const known = this.recent.seenLog(source, { start, end, spanId }, this.place++, context.project)
    const seen = known || this.erased.has(source, traceId, context.project.text)
    if (this.learning) return
    if (isResend(seen, batch, this.dropped)) {
      written.resent++
      return
    }
    const { times } = context
    times.set(log, context)
    this.day = times.day
    if (batch.counting) batch.count('log_events', times.day, end - start)
    else {
      const block = batch.logsOf(times.day)
      if (log.use && log.traceId < 0) log.madeTraceId = this.calls.traceId(log, source)
      this.writer.write(block, block.rows, log, context)
      block.rows++
    }
    batch.rows++
    written.stored++
    if (this.calls.tells(log, source)) this.call(batch, end - start)
  }

  /** The call's row, on the day of its start; `context` is of its record no longer. */
  private call(batch: OpenBatch, sizeBytes: number): void {
    const { log, context } = this
    const { times } = context
    times.set(this.calls.stamps(log, context.source), context)
    if (batch.counting) batch.count('spans', times.day, sizeBytes)
    else {
      const block = batch.spansOf(times.day)
      this.spanWriter.writeLogCall(block, log, this.calls.read(log, context), context)
      block.rows++
    }
    batch.rows++
  }
}
