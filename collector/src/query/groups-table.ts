// Lists whose rows are groups of spans: tools, agents, models, services, errors, prompts. Keys and figures of each; adding a list touches this table.
import type { ColumnType } from './column.ts'
import { GENERATION_KINDS } from './kinds.ts'
import type { Condition } from './select-query.ts'

export interface GroupFigure {
  name: string
  type: ColumnType
  /** Over rows of spans_v1. */
  sql: string
  /** Over rows of span_counts_v1; absent where the rollup does not know. */
  rollupSql?: string
  /** Whether rows may be sorted by it. */
  isSortable: boolean
}

export interface GroupList {
  /** Path after /api/v1/ */
  name: string
  summary: string
  keys: readonly string[]
  where: readonly Condition[]
  figures: readonly GroupFigure[]
  /** By this, greatest first, unless another is asked for. */
  sort: string
}

const COUNTS = 'v.counts_usage = 1'
const LATEST = '(v.start_time, v.span_id)'

const figure = (name: string, type: ColumnType, sql: string, rollupSql?: string): GroupFigure => ({
  name,
  type,
  sql,
  ...(rollupSql === undefined ? {} : { rollupSql }),
  isSortable: type !== 'text' && type !== 'texts' && type !== 'content',
})

const spans = (name: string): GroupFigure => figure(name, 'count', 'count()', 'sum(v.spans)')
const ERRORS = figure('errors', 'count', "countIf(v.status = 'error')", 'sum(v.errors)')
const errorRate = (of: string): GroupFigure => figure('error_rate', 'float', `errors / ${of}`, `errors / ${of}`)
const quantile = (name: string, place: number): GroupFigure =>
  figure(
    name,
    'float',
    `toFloat64(quantilesTDigest(0.5, 0.95, 0.99)(v.latency_ms)[${place}])`,
    `toFloat64(quantilesTDigestMerge(0.5, 0.95, 0.99)(v.latency_state)[${place}])`,
  )
const LATENCY = [quantile('p50_ms', 1), quantile('p95_ms', 2)]
const FIRST_TOKEN = figure(
  'ttft_p50_ms',
  'float',
  'if(count(v.time_to_first_token_ms) = 0, NULL, toFloat64(quantilesTDigest(0.5, 0.95, 0.99)(assumeNotNull(v.time_to_first_token_ms))[1]))',
  'if(sum(v.first_token_spans) = 0, NULL, toFloat64(quantilesTDigestMerge(0.5, 0.95, 0.99)(v.first_token_state)[1]))',
)
const usage = (name: string, type: ColumnType = 'count'): GroupFigure =>
  figure(name, type, `sumIf(v.${name}, ${COUNTS})`, `sum(v.${name})`)
const USAGE = [
  figure('calls', 'count', `countIf(${COUNTS})`, 'sum(v.calls)'),
  usage('input_tokens'),
  usage('output_tokens'),
  usage('cache_read_tokens'),
  usage('cost_usd', 'money'),
  figure('unpriced_calls', 'count', `countIf(${COUNTS} AND v.cost_usd IS NULL)`, 'sum(v.calls) - sum(v.priced_calls)'),
]
const FIRST_SEEN = figure('first_seen', 'time', 'min(v.start_time)')
const LAST_SEEN = figure('last_seen', 'time', 'max(v.start_time)', 'max(toDateTime64(v.time, 9))')
const TRACES = figure('traces', 'count', 'uniqExact(v.trace_id)')
/** The latest span of the group, to look at. */
const EXAMPLE = [
  figure('trace_id', 'text', `argMax(v.trace_id, ${LATEST})`),
  figure('span_id', 'text', `argMax(v.span_id, ${LATEST})`),
]

const named = (column: string): Condition => ({ kind: 'exists', left: { column }, type: 'text' })

export const GROUP_LISTS: readonly GroupList[] = [
  {
    name: 'tools',
    summary: 'Tools that were run, with how often, how long and how many failed.',
    keys: ['tool_name'],
    where: [named('tool_name')],
    figures: [spans('spans'), ERRORS, errorRate('spans'), ...LATENCY, TRACES, FIRST_SEEN, LAST_SEEN, ...EXAMPLE],
    sort: 'spans',
  },
  {
    name: 'agents',
    summary: 'Agents by name: spans that name them, and the usage of calls that do.',
    keys: ['agent_name'],
    where: [named('agent_name')],
    figures: [
      spans('spans'),
      ERRORS,
      errorRate('spans'),
      ...LATENCY,
      ...USAGE,
      TRACES,
      FIRST_SEEN,
      LAST_SEEN,
      ...EXAMPLE,
    ],
    sort: 'spans',
  },
  {
    name: 'models',
    summary: 'Models that were called, by provider, with usage and cost.',
    keys: ['provider', 'model'],
    where: [{ kind: 'any_of', column: 'kind', type: 'text', values: GENERATION_KINDS }],
    figures: [spans('spans'), ERRORS, errorRate('spans'), ...LATENCY, FIRST_TOKEN, ...USAGE, LAST_SEEN],
    sort: 'spans',
  },
  {
    name: 'services',
    summary: 'Services that sent spans, by environment.',
    keys: ['service_name', 'environment'],
    where: [],
    figures: [spans('spans'), ERRORS, errorRate('spans'), ...LATENCY, ...USAGE, LAST_SEEN],
    sort: 'spans',
  },
  {
    name: 'errors',
    summary: 'Failures by class, type and fingerprint (the message without what differs from one to the next).',
    keys: ['error_class', 'error_type', 'error_fingerprint'],
    where: [
      {
        kind: 'either',
        conditions: [{ kind: 'any_of', column: 'status', type: 'text', values: ['error'] }, named('error_type')],
      },
    ],
    figures: [
      spans('spans'),
      TRACES,
      figure('users', 'count', "uniqExactIf(v.user_id, v.user_id != '')"),
      figure('message', 'content', `argMax(v.error_message, ${LATEST})`),
      figure('services', 'texts', 'arraySort(groupUniqArray(10)(toString(v.service_name)))'),
      figure('models', 'texts', "arraySort(groupUniqArrayIf(10)(toString(v.model), v.model != ''))"),
      FIRST_SEEN,
      LAST_SEEN,
      ...EXAMPLE,
    ],
    sort: 'spans',
  },
  {
    name: 'prompts/usage',
    summary: 'Prompts by version, with what the calls that name them took.',
    keys: ['prompt_name', 'prompt_version'],
    where: [named('prompt_name')],
    figures: [
      spans('spans'),
      ERRORS,
      errorRate('spans'),
      ...LATENCY,
      FIRST_TOKEN,
      ...USAGE,
      TRACES,
      FIRST_SEEN,
      LAST_SEEN,
    ],
    sort: 'last_seen',
  },
]
