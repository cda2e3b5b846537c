// OTLP request bytes -> rows in an open batch. The only pass over the bytes; nothing else in the collector looks at a span.
import type { Pricing } from './cost.ts'
import { ErasedTraces } from './erased-traces.ts'
import type { CountTokens } from './estimate-usage.ts'
import { type Dropped, isResend, leaveOut, reject, type Written } from './left-out.ts'
import { LogCallReader } from './log-call.ts'
import { LogRecord } from './log-record.ts'
import { OpenBatch } from './open-batch.ts'
import { RecentSpans } from './recent-spans.ts'
import { type RecordSink, RequestWalker } from './request.ts'
import { SpanRecord } from './span-record.ts'
import { SpanTimes } from './times.ts'
import { type Source, toSource } from './wire/bytes.ts'
import { Words, word } from './words.ts'
import { LogWriter } from './write-log.ts'
import { type RowContext, SpanWriter } from './write-span.ts'

export interface NormalizerOptions {
  pricing: Pricing
  /** Attributes kept per span, resource or scope; more are dropped and counted on the row. */
  maxAttributes: number
  retentionDays: (project: string) => number
  /** Given: usage that nobody told is estimated from content, and marked so. */
  countTokens?: CountTokens
  /** What comes of these is left out, as a resend is. */
  erased?: ErasedTraces
  /** How many spans each generation of the resend filter holds. */
  recentSpans?: number
}

/** One request, already turned into OTLP protobuf bytes. */
export interface Telemetry {
  project: string
  receivedMs: number
  bytes: Uint8Array
}

export class Normalizer {
  private readonly walker: RequestWalker
  private readonly spans: SpanSink
  private readonly logs: LogSink
  private readonly words = new Words()
  private readonly retentionDays: NormalizerOptions['retentionDays']

  constructor(options: NormalizerOptions) {
    this.walker = new RequestWalker(options.maxAttributes)
    this.retentionDays = options.retentionDays
    const context: RowContext = {
      source: toSource(Buffer.alloc(1)),
      project: word(''),
      receivedMs: 0,
      retentionDays: 0,
      resource: this.walker.resource,
      scope: this.walker.scope,
      times: new SpanTimes(),
    }
    const writer = new SpanWriter(options.pricing, options.countTokens)
    this.spans = new SpanSink(context, options, writer)
    this.logs = new LogSink(context, options, writer)
  }

  /** Strings repaired since the start because they were not UTF-8. */
  get repairedStrings(): number {
    return this.spans.writer.renderer.repaired + this.logs.writer.renderer.repaired
  }

  /** Number of records in a request, or -1 when the bytes are none. Touches no row: the request may still be refused. */
  count(bytes: Uint8Array): number {
    return this.walker.check(toSource(bytes))
  }

  /** Writes the spans of an ExportTraceServiceRequest that `count` accepted. */
  writeTraces(telemetry: Telemetry, batch: OpenBatch, dropped?: Dropped): Written {
    return this.run(this.spans, telemetry, batch, dropped)
  }

  /** Writes the gen_ai and agent events of an ExportLogsServiceRequest that `count` accepted, and the calls that they tell of. */
  writeLogs(telemetry: Telemetry, batch: OpenBatch, dropped?: Dropped): Written {
    return this.run(this.logs, telemetry, batch, dropped)
  }

  /** Makes the resend filter know the spans of a request that is stored already. */
  learnTraces(telemetry: Telemetry): void {
    this.learn(this.spans, telemetry)
  }

  /** The same for log records. */
  learnLogs(telemetry: Telemetry): void {
    this.learn(this.logs, telemetry)
  }

  private learn(sink: Sink, telemetry: Telemetry): void {
    sink.learning = true
    this.run(sink, telemetry, NO_BATCH, undefined)
    sink.learning = false
  }

  /** Empties the resend filter: what it holds was not kept after all. */
  forget(): void {
    this.spans.recent.clear()
    this.logs.recent.clear()
  }

  private run(sink: Sink, telemetry: Telemetry, batch: OpenBatch, dropped: Dropped | undefined): Written {
    const written: Written = { stored: 0, resent: 0, rejected: new Map() }
    const { context } = sink
    context.source = toSource(telemetry.bytes)
    context.project = this.words.get(telemetry.project)
    context.receivedMs = telemetry.receivedMs
    context.retentionDays = this.retentionDays(telemetry.project)
    sink.begin(batch, written, dropped)
    this.walker.walk(context.source, sink)
    if (!sink.learning) batch.tally.add(telemetry, sink.signal, written)
    return written
  }
}

const NO_BATCH = new OpenBatch()

interface Sink extends RecordSink {
  readonly context: RowContext
  readonly signal: 'traces' | 'logs'
  /** Records are only shown to the resend filter. */
  learning: boolean
  begin(batch: OpenBatch, written: Written, dropped: Dropped | undefined): void
}

class SpanSink implements Sink {
  readonly signal = 'traces'
  readonly context: RowContext
  readonly writer: SpanWriter
  private readonly span: SpanRecord
  readonly recent: RecentSpans
  private readonly erased: ErasedTraces
  learning = false
  private batch: OpenBatch | undefined
  private written: Written | undefined
  private dropped: Dropped | undefined

  constructor(context: RowContext, options: NormalizerOptions, writer: SpanWriter) {
    this.context = context
    this.writer = writer
    this.span = new SpanRecord(options.maxAttributes)
    this.recent = new RecentSpans(options.recentSpans)
    this.erased = options.erased ?? new ErasedTraces()
  }

  begin(batch: OpenBatch, written: Written, dropped: Dropped | undefined): void {
    this.batch = batch
    this.written = written
    this.dropped = dropped
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

class LogSink implements Sink {
  readonly signal = 'logs'
  readonly context: RowContext
  readonly writer = new LogWriter()
  private readonly spanWriter: SpanWriter
  private readonly calls = new LogCallReader()
  private readonly log: LogRecord
  readonly recent: RecentSpans
  private readonly erased: ErasedTraces
  learning = false
  private batch: OpenBatch | undefined
  private written: Written | undefined
  private dropped: Dropped | undefined
  /** Number of the record in its request. */
  private place = 0
  /** Of the last record's row. */
  private day = 0

  constructor(context: RowContext, options: NormalizerOptions, spanWriter: SpanWriter) {
    this.context = context
    this.spanWriter = spanWriter
    this.log = new LogRecord(options.maxAttributes)
    this.recent = new RecentSpans(options.recentSpans)
    this.erased = options.erased ?? new ErasedTraces()
  }

  begin(batch: OpenBatch, written: Written, dropped: Dropped | undefined): void {
    this.batch = batch
    this.written = written
    this.dropped = dropped
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
