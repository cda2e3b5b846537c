// The views that user SQL may read: each has a project_id. A view that is not named here is closed.

/** Read as they are. */
export const OPEN_VIEWS: ReadonlySet<string> = new Set([
  'spans_v1',
  'span_details_v1',
  'generations_v1',
  'traces_v1',
  'sessions_v1',
  'users_v1',
  'scores_v1',
  'feedback_v1',
  'total_traces_v1',
  'latency_v1',
  'latency_states_v1',
  'token_usage_v1',
  'cost_v1',
  'error_rate_v1',
  'span_counts_v1',
  'cache_hit_rate_v1',
  'unpriced_v1',
  'settlements_v1',
  'unmapped_attributes_v1',
  'reported_vs_counted_v1',
  'redactions_v1',
])

/** Read for some days: `traces_of_days_v1(first_day = '2026-01-30', last_day = '2026-01-31')`. */
export const VIEWS_OF_DAYS: ReadonlySet<string> = new Set([
  'traces_of_days_v1',
  'trace_parts_v1',
  'spans_of_days_v1',
  'sessions_of_days_v1',
  'users_of_days_v1',
  'feedback_of_days_v1',
  'total_traces_of_days_v1',
  'unmapped_attributes_of_days_v1',
  'reported_vs_counted_of_days_v1',
])

/** The database that a query may name before a view; the store's own may be called otherwise. */
export const PUBLIC_DATABASE = 'insights'
