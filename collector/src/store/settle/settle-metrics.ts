// What the settler tells about itself.
import type { Counter, Gauge, Histogram, Metrics } from '../../telemetry/metrics.ts'

export interface SettleMetrics {
  traces: Counter
  corrections: Counter
  skipped: Counter
  failures: Counter
  lagSeconds: Gauge
  passSeconds: Histogram
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function createSettleMetrics(metrics: Metrics): SettleMetrics {
  return {
    traces: metrics.counter('insights_settle_traces_total', 'Traces that were looked at to see what counts'),
    corrections: metrics.counter('insights_settle_corrections_total', 'Rows that count otherwise than before', [
      'reason',
    ]),
    skipped: metrics.counter(
      'insights_settle_skipped_traces_total',
      'Traces too large to be looked at: they count as they arrived',
    ),
    failures: metrics.counter('insights_settle_failures_total', 'Passes that ended in an error and are repeated'),
    lagSeconds: metrics.gauge('insights_settle_lag_seconds', 'Age of the oldest insert that is not settled'),
    passSeconds: metrics.histogram('insights_settle_pass_seconds', 'Time of a pass that found something', SECONDS),
  }
}
