// The six metrics as tiles: which figures, which series, which SQL gives the same. Adding a figure touches this table.
import type { MetricRow } from '../api/rows.ts'
import { exactMoney, money } from '../format/money.ts'
import { count, duration, exactCount, percent } from '../format/numbers.ts'

export interface TileFigure {
  name: string
  figure: string
  format: (value: MetricRow[string] | undefined) => string
  /** In full, for the table and on hover. */
  exact: (value: MetricRow[string] | undefined) => string
  isSmall?: boolean
  /** Whether more of it is good news; absent: neither. */
  more?: 'better' | 'worse'
}

export interface TileSpec {
  metric: string
  title: string
  figures: readonly TileFigure[]
  /** Figures drawn when nothing is broken down. */
  lines: readonly string[]
  /** The one figure that is drawn for each group. */
  broken: string
  kind: 'line' | 'stack'
  format: (value: number) => string
  /** What this metric can be broken down by. */
  dimensions: readonly string[]
  /** Broken down by this from the start. */
  by?: string
  /** A row that is not there is a zero, not a gap. */
  isZeroWithoutRow: boolean
  /** What the SQL that is opened reads: a view of the rollup, which does not know users and prompts. */
  sql: { view: string; figures: string; where?: string }
}

const CALLS = "kind IN ('generation', 'embedding')"
/** The last three are read from spans, not from the rollup. */
const GROUP = [
  'model',
  'provider',
  'environment',
  'service_name',
  'operation',
  'kind',
  'user_id',
  'prompt_name',
  'prompt_version',
] as const
const plain = { format: count, exact: exactCount }
const time = {
  format: duration,
  exact: (value: MetricRow[string] | undefined) => (value === null || value === undefined ? '–' : `${value} ms`),
}
const share = { format: percent, exact: percent }
const dollars = { format: money, exact: exactMoney }

export const TILES: readonly TileSpec[] = [
  {
    metric: 'total_traces',
    title: 'Traces',
    figures: [
      { name: 'traces', figure: 'traces', ...plain },
      { name: 'failed', figure: 'failed_traces', ...plain, isSmall: true, more: 'worse' },
    ],
    lines: ['traces'],
    broken: 'traces',
    kind: 'stack',
    format: count,
    dimensions: ['environment', 'service_name', 'name', 'user_id'],
    isZeroWithoutRow: true,
    sql: { view: 'total_traces_v1', figures: 'sum(traces) AS traces, sum(failed_traces) AS failed_traces' },
  },
  {
    metric: 'latency',
    title: 'Latency',
    figures: [
      { name: 'p50', figure: 'p50_ms', ...time, more: 'worse' },
      { name: 'p95', figure: 'p95_ms', ...time, isSmall: true, more: 'worse' },
      { name: 'p99', figure: 'p99_ms', ...time, isSmall: true, more: 'worse' },
      { name: 'first token p50', figure: 'ttft_p50_ms', ...time, isSmall: true, more: 'worse' },
      { name: 'p95', figure: 'ttft_p95_ms', ...time, isSmall: true, more: 'worse' },
      { name: 'p99', figure: 'ttft_p99_ms', ...time, isSmall: true, more: 'worse' },
    ],
    lines: ['p50_ms', 'p95_ms', 'p99_ms', 'ttft_p50_ms'],
    broken: 'p95_ms',
    kind: 'line',
    format: duration,
    dimensions: GROUP,
    isZeroWithoutRow: false,
    sql: {
      view: 'spans_v1',
      figures:
        'quantile(0.5)(latency_ms) AS p50_ms, quantile(0.95)(latency_ms) AS p95_ms, quantile(0.99)(latency_ms) AS p99_ms, quantile(0.5)(time_to_first_token_ms) AS ttft_p50_ms',
      where: CALLS,
    },
  },
  {
    metric: 'token_usage',
    title: 'Tokens',
    figures: [
      { name: 'tokens', figure: 'total_tokens', ...plain },
      { name: 'in', figure: 'input_tokens', ...plain, isSmall: true },
      { name: 'out', figure: 'output_tokens', ...plain, isSmall: true },
      { name: 'cached', figure: 'cache_read_tokens', ...plain, isSmall: true },
      { name: 'reasoning', figure: 'reasoning_tokens', ...plain, isSmall: true },
    ],
    lines: ['input_tokens', 'output_tokens'],
    broken: 'total_tokens',
    kind: 'stack',
    format: count,
    dimensions: GROUP,
    by: 'model',
    isZeroWithoutRow: true,
    sql: {
      view: 'token_usage_v1',
      figures:
        'sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(cache_read_tokens) AS cache_read_tokens, sum(reasoning_tokens) AS reasoning_tokens, sum(total_tokens) AS total_tokens',
    },
  },
  {
    metric: 'cost',
    title: 'Cost',
    figures: [
      { name: '', figure: 'cost_usd', ...dollars, more: 'worse' },
      { name: 'of tokens priced', figure: 'priced_share', ...share, isSmall: true },
      { name: 'calls unpriced', figure: 'unpriced_calls', ...plain, isSmall: true, more: 'worse' },
    ],
    lines: ['cost_usd'],
    broken: 'cost_usd',
    kind: 'stack',
    format: money,
    dimensions: GROUP,
    by: 'model',
    isZeroWithoutRow: true,
    sql: {
      view: 'cost_v1',
      figures:
        'sum(cost_usd) AS cost_usd, sum(priced_tokens) AS priced_tokens, sum(unpriced_tokens) AS unpriced_tokens',
    },
  },
  {
    metric: 'error_rate',
    title: 'Errors',
    figures: [
      { name: 'of calls fail', figure: 'error_rate', ...share, more: 'worse' },
      { name: 'errors', figure: 'errors', ...plain, isSmall: true, more: 'worse' },
      { name: 'calls', figure: 'calls', ...plain, isSmall: true },
    ],
    lines: ['error_rate'],
    broken: 'error_rate',
    kind: 'stack',
    format: percent,
    dimensions: ['error_type', ...GROUP],
    by: 'error_type',
    isZeroWithoutRow: false,
    sql: { view: 'error_rate_v1', figures: 'sum(errors) AS errors, sum(spans) AS calls', where: CALLS },
  },
  {
    metric: 'cache_hit_rate',
    title: 'Cache',
    figures: [
      { name: 'of input from cache', figure: 'cache_hit_rate', ...share, more: 'better' },
      { name: 'saved, net', figure: 'savings_net_usd', ...dollars, isSmall: true, more: 'better' },
      { name: 'gross', figure: 'savings_gross_usd', ...dollars, isSmall: true },
      { name: 'exact hits', figure: 'exact_hit_rate', ...share, isSmall: true },
      { name: 'semantic', figure: 'semantic_hit_rate', ...share, isSmall: true },
    ],
    lines: ['cache_hit_rate'],
    broken: 'cache_hit_rate',
    kind: 'stack',
    format: percent,
    dimensions: GROUP,
    isZeroWithoutRow: false,
    sql: {
      view: 'cache_hit_rate_v1',
      figures:
        'sum(cache_read_tokens) AS cache_read_tokens, sum(cache_known_input_tokens) AS input_tokens, sum(savings_net_usd) AS savings_net_usd',
    },
  },
]
