// What the store tells about itself.
import type { Counter, Histogram, Metrics } from '../telemetry/metrics.ts'

export interface StoreMetrics {
  storedRows: Counter
  poisonedRows: Counter
  retries: Counter
  rebuiltDays: Counter
  loadSeconds: Histogram
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120]

export function createStoreMetrics(metrics: Metrics): StoreMetrics {
  return {
    storedRows: metrics.counter('insights_store_stored_rows_total', 'Rows that ClickHouse has', ['table']),
    poisonedRows: metrics.counter(
      'insights_store_poisoned_rows_total',
      'Rows that ClickHouse will never take, kept as dead letters',
      ['table'],
    ),
    retries: metrics.counter('insights_store_retries_total', 'Attempts that ClickHouse refused or did not answer', [
      'error',
    ]),
    rebuiltDays: metrics.counter(
      'insights_store_rebuilt_days_total',
      'Days of which the rollups had to be rebuilt from the base',
    ),
    loadSeconds: metrics.histogram(
      'insights_store_load_seconds',
      'Time from a sealed batch to all of it stored',
      SECONDS,
      ['table'],
    ),
  }
}
