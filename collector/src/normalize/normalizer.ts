// OTLP request bytes -> rows in an open batch. The only pass over the bytes; nothing else in the collector looks at a span.
import type { Pricing } from './cost.ts'
import type { CountTokens } from './estimate-usage.ts'
import type { Dropped, Written } from './left-out.ts'
import { LogSink } from './log-sink.ts'
import { OpenBatch } from './open-batch.ts'
import { RequestWalker } from './request.ts'
import type { Sink, SinkOptions } from './sink.ts'
import { SpanSink } from './span-sink.ts'
import { SpanTimes } from './times.ts'
import { toSource } from './wire/bytes.ts'
import { Words, word } from './words.ts'
import { type RowContext, SpanWriter } from './write-span.ts'

export interface NormalizerOptions extends SinkOptions {
  pricing: Pricing
  retentionDays: (project: string) => number
  /** Given: usage that nobody told is estimated from content, and marked so. */
  countTokens?: CountTokens
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
