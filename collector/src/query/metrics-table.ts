// The six dashboard metrics: view, dimensions and figures of each. Adding a figure touches this table and its test.
import type { ColumnType } from './column.ts'

export interface Figure {
  name: string
  type: ColumnType
  /** Text of ours over the source `v`; may use figures above it by name. */
  sql: string
  description: string
}

export interface Metric {
  name: string
  summary: string
  view: string
  ofDays: boolean
  /** What it may be grouped by and filtered on: text columns of the view. */
  dimensions: readonly string[]
  /** Counts LLM calls alone unless `kind` is asked for: a median over calls and web requests says nothing. */
  callsByDefault: boolean
  figures: readonly Figure[]
  /** Figures that need the total of a group over this dimension, when it is grouped by. */
  shareOf?: { dimension: string; qualify: string }
}

const GROUP = ['kind', 'operation', 'provider', 'model', 'environment', 'service_name'] as const

const count = (name: string, sql: string, description: string): Figure => ({ name, type: 'count', sql, description })
const money = (name: string, sql: string, description: string): Figure => ({ name, type: 'money', sql, description })
const float = (name: string, sql: string, description: string): Figure => ({ name, type: 'float', sql, description })
const sum = (name: string, description: string, type: ColumnType = 'count'): Figure => ({
  name,
  type,
  sql: `sum(v.${name})`,
  description,
})
const ratio = (name: string, part: string, whole: string): Figure =>
  float(
    name,
    `if(${whole} = 0, NULL, ${part} / ${whole})`,
    `${part} / ${whole}, 0 … 1; null when there is nothing to divide by.`,
  )

const CALLS = sum('calls', 'LLM calls whose usage counts.')

// A digest keeps quantiles mergeable: quantiles of minutes must not be averaged.
const quantile = (name: string, state: string, seen: string, place: 1 | 2 | 3): Figure =>
  float(
    name,
    `if(sum(v.${seen}) = 0, NULL, toFloat64(quantilesTDigestMerge(0.5, 0.95, 0.99)(v.${state})[${place}]))`,
    'Milliseconds, from merged digests; null without a measurement.',
  )

export const METRICS: readonly Metric[] = [
  {
    name: 'total_traces',
    summary: 'Traces by the minute they started in.',
    view: 'total_traces_of_days_v1',
    ofDays: true,
    dimensions: ['environment', 'service_name', 'name'],
    callsByDefault: false,
    figures: [sum('traces', 'Distinct traces.'), sum('failed_traces', 'Traces whose root failed.')],
  },
  {
    name: 'latency',
    summary: 'Total latency and time to first token of LLM calls.',
    view: 'latency_states_v1',
    ofDays: false,
    dimensions: GROUP,
    callsByDefault: true,
    figures: [
      quantile('p50_ms', 'latency_state', 'spans', 1),
      quantile('p95_ms', 'latency_state', 'spans', 2),
      quantile('p99_ms', 'latency_state', 'spans', 3),
      quantile('ttft_p50_ms', 'first_token_state', 'first_token_spans', 1),
      quantile('ttft_p95_ms', 'first_token_state', 'first_token_spans', 2),
      quantile('ttft_p99_ms', 'first_token_state', 'first_token_spans', 3),
      count('calls', 'sum(v.spans)', 'Spans measured.'),
    ],
  },
  {
    name: 'token_usage',
    summary: 'Tokens of calls that count; input includes cached tokens, output includes reasoning.',
    view: 'token_usage_v1',
    ofDays: false,
    dimensions: GROUP,
    callsByDefault: false,
    figures: [
      sum('input_tokens', 'With cached tokens.'),
      sum('output_tokens', 'With reasoning tokens.'),
      sum('cache_read_tokens', 'Read from the provider cache.'),
      sum('cache_write_tokens', 'Written to the provider cache.'),
      sum('reasoning_tokens', 'Spent on reasoning.'),
      sum('total_tokens', 'Input and output.'),
      CALLS,
    ],
  },
  {
    name: 'cost',
    summary: 'Money of calls that count. What has no price is unpriced_tokens, never 0 USD.',
    view: 'cost_v1',
    ofDays: false,
    dimensions: GROUP,
    callsByDefault: false,
    figures: [
      sum('cost_usd', 'Exact, of priced calls.', 'money'),
      sum('input_cost_usd', 'Of input.', 'money'),
      sum('output_cost_usd', 'Of output.', 'money'),
      sum('other_cost_usd', 'Fees per request and search, and reported totals whose parts are not known.', 'money'),
      sum('priced_tokens', 'Tokens that cost_usd covers.'),
      sum('unpriced_tokens', 'Tokens without a price.'),
      ratio('priced_share', 'priced_tokens', '(priced_tokens + unpriced_tokens)'),
      CALLS,
      count('unpriced_calls', 'sum(v.calls) - sum(v.priced_calls)', 'Those of them without a cost.'),
    ],
  },
  {
    name: 'error_rate',
    summary:
      'Failed LLM calls. Grouped by error_type: one row for each type that occurred, its errors over all calls of the group.',
    view: 'error_rate_v1',
    ofDays: false,
    dimensions: [...GROUP, 'error_type'],
    callsByDefault: true,
    figures: [
      count('calls', 'sum(v.spans)', 'Spans looked at; of all error types together.'),
      sum('errors', 'Those that failed.'),
      ratio('error_rate', 'errors', 'calls'),
    ],
    shareOf: { dimension: 'error_type', qualify: 'errors > 0' },
  },
  {
    name: 'cache_hit_rate',
    summary: "The provider's prompt cache, a gateway's exact and semantic cache, and what they saved.",
    view: 'cache_hit_rate_v1',
    ofDays: false,
    dimensions: GROUP,
    callsByDefault: false,
    figures: [
      CALLS,
      sum('cached_calls', 'Calls that read any cached token.'),
      sum('cache_read_tokens', 'Input tokens read from the cache.'),
      count('input_tokens', 'sum(v.cache_known_input_tokens)', 'Input tokens of the calls whose cache use is known.'),
      ratio('cache_hit_rate', 'cache_read_tokens', 'input_tokens'),
      money('savings_gross_usd', 'sum(v.savings_gross_usd)', 'What reads saved.'),
      money('savings_net_usd', 'sum(v.savings_net_usd)', 'That, less what writes cost extra.'),
      sum('response_cache_lookups', 'Requests that asked a response cache.'),
      sum('exact_hits', 'Answered by an equal request.'),
      sum('semantic_hits', 'Answered by a similar request.'),
      ratio('exact_hit_rate', 'exact_hits', 'response_cache_lookups'),
      ratio('semantic_hit_rate', 'semantic_hits', 'response_cache_lookups'),
    ],
  },
]
