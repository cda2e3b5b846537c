// The six dashboard metrics: view, dimensions and figures of each. Adding a figure touches this table and its test.
import type { ColumnType } from './column.ts'

export interface Figure {
  name: string
  type: ColumnType
  /** Text of ours over the source `v`; may use figures above it by name. */
  sql: string
  /** The same over rows of spans (or of traces) instead of the rollup. */
  rawSql: string
  description: string
}

export interface Metric {
  name: string
  summary: string
  view: string
  /** What the rows are when the rollup does not know enough. */
  rows: 'spans' | 'traces'
  /** Of groups: those that have something to tell; over the rollup, and over rows. */
  having?: string
  rawHaving?: string
  /** What it may be grouped by and filtered on: text columns of the view. */
  dimensions: readonly string[]
  /** Counts LLM calls alone unless `kind` is asked for: a median over calls and web requests says nothing. */
  callsByDefault: boolean
  figures: readonly Figure[]
  /** The figure that the greatest groups are found by. */
  most: string
  /** Figures that need the total of a group over this dimension, when it is grouped by. */
  shareOf?: { dimension: string; qualify: string }
}

const GROUP = ['kind', 'operation', 'provider', 'model', 'environment', 'service_name'] as const

/** The rollups, minutes and hours, as metric-cells.ts asks for them. */
const CELLS = 'metric_cells_v1'

/** Of rows of spans: usage counts once, wherever it was told. */
const COUNTS = 'v.counts_usage = 1'
const TOKENS = 'ifNull(v.input_tokens, 0) + ifNull(v.output_tokens, 0)'

const figure =
  (type: ColumnType) =>
  (name: string, description: string, sql: string, rawSql: string): Figure => ({ name, type, sql, rawSql, description })
const count = figure('count')
const money = figure('money')
const float = figure('float')

/** A column that both the rollup and the spans have. */
const sum = (name: string, description: string, type: ColumnType = 'count'): Figure =>
  figure(type)(name, description, `sum(v.${name})`, `sumIf(v.${name}, ${COUNTS})`)

/** Money: where no call has a price it is not known, whatever was taken away again. */
const priced = (name: string, description: string): Figure =>
  money(name, description, `if(sum(v.priced_calls) = 0, NULL, sum(v.${name}))`, `sumIf(v.${name}, ${COUNTS})`)

const ratio = (name: string, part: string, whole: string): Figure => {
  const sql = `if(${whole} = 0, NULL, ${part} / ${whole})`
  return float(name, `${part} / ${whole}, 0 … 1; null when there is nothing to divide by.`, sql, sql)
}

const CALLS = count('calls', 'LLM calls whose usage counts.', 'sum(v.calls)', `countIf(${COUNTS})`)

interface Digest {
  state: string
  seen: string
  column: string
}
const LATENCY: Digest = { state: 'latency_state', seen: 'spans', column: 'latency_ms' }
const FIRST_TOKEN: Digest = { state: 'first_token_state', seen: 'first_token_spans', column: 'time_to_first_token_ms' }

// A digest keeps quantiles mergeable: quantiles of minutes must not be averaged.
const quantile = (name: string, { state, seen, column }: Digest, place: 1 | 2 | 3): Figure =>
  float(
    name,
    'Milliseconds, from merged digests; null without a measurement.',
    `if(sum(v.${seen}) = 0, NULL, toFloat64(quantilesTDigestMerge(0.5, 0.95, 0.99)(v.${state})[${place}]))`,
    `if(count(v.${column}) = 0, NULL, toFloat64(quantilesTDigest(0.5, 0.95, 0.99)(assumeNotNull(v.${column}))[${place}]))`,
  )

export const METRICS: readonly Metric[] = [
  {
    name: 'total_traces',
    summary: 'Traces by the minute they started in.',
    view: 'trace_counts_v1',
    rows: 'traces',
    dimensions: ['environment', 'service_name', 'name'],
    callsByDefault: false,
    most: 'traces',
    figures: [
      count('traces', 'Distinct traces.', 'sum(v.traces)', 'count()'),
      count('failed_traces', 'Traces whose root failed.', 'sum(v.failed_traces)', "countIf(v.status = 'error')"),
    ],
  },
  {
    name: 'latency',
    summary: 'Total latency and time to first token of LLM calls.',
    view: CELLS,
    rows: 'spans',
    dimensions: GROUP,
    callsByDefault: true,
    most: 'calls',
    figures: [
      quantile('p50_ms', LATENCY, 1),
      quantile('p95_ms', LATENCY, 2),
      quantile('p99_ms', LATENCY, 3),
      quantile('ttft_p50_ms', FIRST_TOKEN, 1),
      quantile('ttft_p95_ms', FIRST_TOKEN, 2),
      quantile('ttft_p99_ms', FIRST_TOKEN, 3),
      count('calls', 'Spans measured.', 'sum(v.spans)', 'count()'),
    ],
  },
  {
    name: 'token_usage',
    summary: 'Tokens of calls that count; input includes cached tokens, output includes reasoning.',
    view: CELLS,
    rows: 'spans',
    having: 'sum(v.calls) > 0',
    rawHaving: `countIf(${COUNTS}) > 0`,
    dimensions: GROUP,
    callsByDefault: false,
    most: 'total_tokens',
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
    view: CELLS,
    rows: 'spans',
    having: 'sum(v.calls) > 0',
    rawHaving: `countIf(${COUNTS}) > 0`,
    dimensions: GROUP,
    callsByDefault: false,
    most: 'cost_usd',
    figures: [
      priced('cost_usd', 'Exact, of priced calls.'),
      priced('input_cost_usd', 'Of input.'),
      priced('output_cost_usd', 'Of output.'),
      money(
        'other_cost_usd',
        'Fees per request and search, and reported totals whose parts are not known.',
        'cost_usd - ifNull(input_cost_usd, 0) - ifNull(output_cost_usd, 0)',
        'cost_usd - ifNull(input_cost_usd, 0) - ifNull(output_cost_usd, 0)',
      ),
      count(
        'priced_tokens',
        'Tokens that cost_usd covers.',
        'sum(v.priced_tokens)',
        `sumIf(${TOKENS}, ${COUNTS} AND v.cost_usd IS NOT NULL)`,
      ),
      count(
        'unpriced_tokens',
        'Tokens without a price.',
        'sum(v.unpriced_tokens)',
        `sumIf(${TOKENS}, ${COUNTS} AND v.cost_usd IS NULL)`,
      ),
      ratio('priced_share', 'priced_tokens', '(priced_tokens + unpriced_tokens)'),
      CALLS,
      count(
        'unpriced_calls',
        'Those of them without a cost.',
        'sum(v.calls) - sum(v.priced_calls)',
        `countIf(${COUNTS} AND v.cost_usd IS NULL)`,
      ),
    ],
  },
  {
    name: 'error_rate',
    summary:
      'Failed LLM calls. Grouped by error_type: one row for each type that occurred, its errors over all calls of the group.',
    view: CELLS,
    rows: 'spans',
    dimensions: [...GROUP, 'error_type'],
    callsByDefault: true,
    most: 'errors',
    figures: [
      count('calls', 'Spans looked at; of all error types together.', 'sum(v.spans)', 'count()'),
      count('errors', 'Those that failed.', 'sum(v.errors)', "countIf(v.status = 'error')"),
      ratio('error_rate', 'errors', 'calls'),
    ],
    shareOf: { dimension: 'error_type', qualify: 'errors > 0' },
  },
  {
    name: 'cache_hit_rate',
    summary: "The provider's prompt cache, a gateway's exact and semantic cache, and what they saved.",
    view: CELLS,
    rows: 'spans',
    having: 'sum(v.calls) > 0 OR sum(v.response_cache_lookups) > 0',
    rawHaving: `countIf(${COUNTS}) > 0 OR countIf(v.response_cache != '') > 0`,
    dimensions: GROUP,
    callsByDefault: false,
    most: 'calls',
    figures: [
      CALLS,
      count(
        'cached_calls',
        'Calls that read any cached token.',
        'sum(v.cached_calls)',
        `countIf(${COUNTS} AND v.cache_read_tokens > 0)`,
      ),
      sum('cache_read_tokens', 'Input tokens read from the cache.'),
      count(
        'input_tokens',
        'Input tokens of the calls whose cache use is known.',
        'sum(v.cache_known_input_tokens)',
        `sumIf(ifNull(v.input_tokens, 0), ${COUNTS} AND v.cache_read_tokens IS NOT NULL)`,
      ),
      ratio('cache_hit_rate', 'cache_read_tokens', 'input_tokens'),
      money(
        'savings_gross_usd',
        'What reads saved.',
        'sum(v.savings_gross_usd)',
        `sumIf(v.cache_savings_gross_usd, ${COUNTS})`,
      ),
      money(
        'savings_net_usd',
        'That, less what writes cost extra.',
        'sum(v.savings_net_usd)',
        `sumIf(v.cache_savings_net_usd, ${COUNTS})`,
      ),
      count(
        'response_cache_lookups',
        'Requests that asked a response cache.',
        'sum(v.response_cache_lookups)',
        "countIf(v.response_cache != '')",
      ),
      count('exact_hits', 'Answered by an equal request.', 'sum(v.exact_hits)', "countIf(v.response_cache = 'exact')"),
      count(
        'semantic_hits',
        'Answered by a similar request.',
        'sum(v.semantic_hits)',
        "countIf(v.response_cache = 'semantic')",
      ),
      ratio('exact_hit_rate', 'exact_hits', 'response_cache_lookups'),
      ratio('semantic_hit_rate', 'semantic_hits', 'response_cache_lookups'),
    ],
  },
]
