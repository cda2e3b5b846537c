// What spans and log records share on their way into a batch: where they go, and the filters of what is there already.
import { ErasedTraces } from './erased-traces.ts'
import type { Dropped, Written } from './left-out.ts'
import type { OpenBatch } from './open-batch.ts'
import { RecentSpans } from './recent-spans.ts'
import type { RecordSink } from './request.ts'
import type { Source } from './wire/bytes.ts'
import type { RowContext } from './write-span.ts'

export interface SinkOptions {
  /** Attributes kept per span, resource or scope; more are dropped and counted on the row. */
  maxAttributes: number
  /** What comes of these is left out, as a resend is. */
  erased?: ErasedTraces
  /** How many spans each generation of the resend filter holds. */
  recentSpans?: number
}

export abstract class Sink implements RecordSink {
  abstract readonly signal: 'traces' | 'logs'
  readonly context: RowContext
  readonly recent: RecentSpans
  /** Records are only shown to the resend filter. */
  learning = false
  protected readonly erased: ErasedTraces
  protected batch: OpenBatch | undefined
  protected written: Written | undefined
  protected dropped: Dropped | undefined

  constructor(context: RowContext, { recentSpans, erased }: SinkOptions) {
    this.context = context
    this.recent = new RecentSpans(recentSpans)
    this.erased = erased ?? new ErasedTraces()
  }

  /** What comes from here on is of another request. */
  begin(batch: OpenBatch, written: Written, dropped: Dropped | undefined): void {
    this.batch = batch
    this.written = written
    this.dropped = dropped
  }

  abstract record(source: Source, start: number, end: number): void
}
