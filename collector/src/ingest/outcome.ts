// What became of a request's records in; the answer to its sender, and the counts, out.
import type { Metrics } from '../telemetry/metrics.ts'
import type { Written } from './types.ts'

export type Outcome =
  | { status: 'stored'; rejected: number; message: string; records?: number }
  | { status: 'invalid'; message: string }
  | { status: 'unavailable'; message: string; retryAfterMs: number }

/** Counts what it answers. */
export function createCounters(metrics: Metrics) {
  const accepted = metrics.counter('insights_ingest_records_total', 'Spans and gen_ai events by what became of them', [
    'signal',
    'outcome',
  ])
  const rejected = metrics.counter('insights_ingest_rejected_total', 'Records refused, by reason', ['signal', 'reason'])
  const unstored = metrics.counter(
    'insights_ingest_unstored_requests_total',
    'Requests answered with success though their signal is not stored',
    ['signal'],
  )
  const repaired = metrics.counter(
    'insights_ingest_repaired_strings_total',
    'Strings that were not UTF-8, repaired with U+FFFD',
  )
  return {
    /** @param total since the start */
    repaired: (total: number): void => repaired.add(total - repaired.value()),
    unstoredMetrics(): Outcome {
      unstored.add(1, 'metrics')
      return { status: 'stored', rejected: 0, message: 'metrics are accepted but not stored' }
    },
    written(signal: 'traces' | 'logs', written: Written): Outcome {
      accepted.add(written.stored, signal, 'stored')
      if (written.resent > 0) accepted.add(written.resent, signal, 'resent')
      const records = written.stored
      if (written.rejected.size === 0) return { status: 'stored', rejected: 0, message: '', records }
      return { status: 'stored', records, ...refusal(signal, written.rejected, rejected) }
    },
  }
}

/** Says in words what was refused. A log that is not ours is no fault of its sender, so it is told apart from bad records. */
function refusal(
  signal: 'traces' | 'logs',
  reasons: ReadonlyMap<string, number>,
  counter: ReturnType<Metrics['counter']>,
): { rejected: number; message: string } {
  let bad = 0
  const parts: string[] = []
  for (const [reason, n] of reasons) {
    counter.add(n, signal, reason)
    if (reason !== 'not_gen_ai') bad += n
    parts.push(`${n} ${REASONS[reason] ?? reason}`)
  }
  const unkept = reasons.get('not_gen_ai') ?? 0
  return { rejected: bad + unkept, message: parts.join('; ') }
}

const REASONS: Readonly<Record<string, string>> = {
  unreadable: 'rejected: the collector fails on them, which is a defect of its own',
  malformed: 'rejected: not readable as protobuf, or nested too deep',
  trace_id: 'rejected: trace_id is not 16 bytes or all zero',
  span_id: 'rejected: span_id is not 8 bytes or all zero',
  not_gen_ai: 'log records are not stored: only gen_ai events are kept',
}
