// The figures that the journal shows.
import type { Counter, Gauge, Histogram, Metrics } from '../telemetry/metrics.ts'

const COMMIT_BOUNDS_S = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5]

export interface JournalMetrics {
  appendedRecords: Counter
  appendedBytes: Counter
  commits: Counter
  commitSeconds: Histogram
  bytes: Gauge
  segments: Gauge
  budgetRatio: Gauge
  failures: Counter
  truncatedBytes: Counter
  quarantined: Counter
  lostRecords: Counter
}

export function createJournalMetrics(metrics: Metrics): JournalMetrics {
  const name = (what: string): string => `insights_journal_${what}`
  return {
    appendedRecords: metrics.counter(name('appended_records_total'), 'Requests appended'),
    appendedBytes: metrics.counter(name('appended_bytes_total'), 'Payload bytes appended'),
    commits: metrics.counter(name('commits_total'), 'Group commits (one write and one fdatasync each)'),
    commitSeconds: metrics.histogram(name('commit_seconds'), 'Time of one group commit', COMMIT_BOUNDS_S),
    bytes: metrics.gauge(name('bytes'), 'Bytes on disk'),
    segments: metrics.gauge(name('segments'), 'Segment files'),
    budgetRatio: metrics.gauge(name('budget_ratio'), 'Used share of the disk budget; appends are refused from 0.95'),
    failures: metrics.counter(name('failures_total'), 'Writes or syncs that failed', ['errno']),
    truncatedBytes: metrics.counter(name('truncated_bytes_total'), 'Bytes of unfinished writes cut off at a start'),
    quarantined: metrics.counter(name('quarantined_total'), 'Damaged places found at a start'),
    lostRecords: metrics.counter(name('lost_records_total'), 'Acknowledged, uncommitted records that cannot be read'),
  }
}
