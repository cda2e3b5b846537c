// The lists of the dashboard as a table: which route, which columns, how wide.

import type { Columns } from '../../../src/query/column.ts'
import {
  SCORE_COLUMNS,
  SESSION_COLUMNS,
  SPAN_COLUMNS,
  TRACE_COLUMNS,
  USER_COLUMNS,
} from '../../../src/query/columns.ts'
import type { Rows } from '../../../src/query/filter/fields.ts'

export interface ListSpec {
  /** Path of the API after /api/v1/, and of the page. */
  name: 'traces' | 'generations' | 'sessions' | 'users' | 'scores'
  title: string
  /** What the filter language takes a row for. */
  rows: Rows
  view: string
  /** Rows are sums over the rows of `view` in the range: how each column is made of them. */
  sums?: Readonly<Record<string, string>>
  columns: Columns
  shown: readonly string[]
  /** Column that the list is ordered by. */
  time: string
  /** Columns that make a row one of its own. */
  key: readonly string[]
  /** Offered in the filter bar, best first. */
  examples: readonly string[]
  /** Fields whose values are counted beside the list. */
  facets?: readonly string[]
}

/** Not a column of its own: input and output in one. */
export const VIRTUAL = { tokens: ['input_tokens', 'output_tokens', 'cache_read_tokens', 'reasoning_tokens'] } as const

const sum = (name: string): [string, string] => [name, `sum(t.${name})`]
const union = (name: string): [string, string] => [name, `arraySort(groupUniqArrayArray(t.${name}))`]

const USER_SUMS: Readonly<Record<string, string>> = {
  project_id: 't.project_id',
  user_id: 't.user_id',
  start_time: 'min(t.start_time)',
  end_time: 'max(t.end_time)',
  sessions: "uniqExactIf(t.session_id, t.session_id != '')",
  traces: 'count()',
  failed_traces: "countIf(t.status = 'error')",
  environment: "argMax(t.environment, (t.environment != '', t.start_time))",
  ...Object.fromEntries(
    ['spans', 'generations', 'errors', 'input_tokens', 'output_tokens', 'total_tokens', 'cost_usd', 'calls'].map(sum),
  ),
  unpriced_calls: 'sum(t.unpriced_calls)',
  ...Object.fromEntries(['services', 'models', 'tags'].map(union)),
}

const WIDTHS: Readonly<Record<string, string>> = {
  start_time: '8.2rem',
  end_time: '8.2rem',
  time: '8.2rem',
  name: 'minmax(9rem, 1.2fr)',
  input_preview: 'minmax(7rem, 2fr)',
  output_preview: 'minmax(7rem, 2fr)',
  explanation: 'minmax(10rem, 2fr)',
  session_id: 'minmax(8rem, 1fr)',
  user_id: 'minmax(6rem, .8fr)',
  model: 'minmax(8rem, .8fr)',
  models: 'minmax(9rem, 1fr)',
  tags: 'minmax(8rem, 1fr)',
  status: '5.5rem',
  cost_usd: '7.6rem',
  latency_ms: '5.4rem',
  tokens: '8.6rem',
  errors: '4.6rem',
  spans: '4.6rem',
}

export const HEADERS: Readonly<Record<string, string>> = {
  start_time: 'Start',
  latency_ms: 'Latency',
  duration_ms: 'Duration',
  time_to_first_token_ms: 'First token',
  cost_usd: 'Cost',
  tokens: 'Tokens in → out',
  input_preview: 'Input',
  output_preview: 'Output',
  session_id: 'Session',
  user_id: 'User',
  trace_id: 'Trace',
  service_name: 'Service',
}

export const headerOf = (name: string): string => {
  const words = name.replaceAll('_', ' ')
  return HEADERS[name] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const LEAST_REM = 5.6
/** Of a letter of a header, and of the mark that it is sorted by. */
const [LETTER_REM, MARK_REM] = [0.52, 1.8]

/** A track of the grid; of a column that has none of its own, as wide as its header. */
export const widthOf = (name: string): string =>
  WIDTHS[name] ?? `${Math.max(LEAST_REM, headerOf(name).length * LETTER_REM + MARK_REM).toFixed(1)}rem`

export const LISTS = {
  traces: {
    name: 'traces',
    title: 'Traces',
    rows: 'traces',
    view: 'traces_v1',
    columns: TRACE_COLUMNS,
    shown: [
      'start_time',
      'name',
      'status',
      'latency_ms',
      'cost_usd',
      'tokens',
      'input_preview',
      'output_preview',
      'user_id',
    ],
    time: 'start_time',
    key: ['trace_id'],
    examples: ['status:error', 'cost>0.01', 'latency>5s', 'kind:tool', 'has:user', 'model:gpt-*'],
    facets: ['status', 'name', 'env', 'service', 'model', 'provider'],
  },
  generations: {
    name: 'generations',
    title: 'Generations',
    rows: 'spans',
    view: 'generations_v1',
    columns: SPAN_COLUMNS,
    shown: [
      'start_time',
      'name',
      'status',
      'model',
      'latency_ms',
      'cost_usd',
      'tokens',
      'input_preview',
      'output_preview',
    ],
    time: 'start_time',
    key: ['trace_id', 'span_id'],
    examples: ['has:error', 'is:unpriced', 'is:cached', 'model:gpt-*', 'cost>0.01', 'ttft>1s'],
    facets: ['status', 'model', 'provider', 'env', 'service', 'error', 'operation'],
  },
  sessions: {
    name: 'sessions',
    title: 'Sessions',
    rows: 'sessions',
    view: 'sessions_v1',
    columns: SESSION_COLUMNS,
    shown: [
      'start_time',
      'session_id',
      'user_id',
      'duration_ms',
      'traces',
      'generations',
      'errors',
      'total_tokens',
      'cost_usd',
      'models',
    ],
    time: 'start_time',
    key: ['session_id'],
    examples: ['is:error', 'cost>0.05', 'traces>3', 'has:user'],
  },
  users: {
    name: 'users',
    title: 'Users',
    rows: 'users',
    view: 'traces_v1',
    sums: USER_SUMS,
    columns: USER_COLUMNS,
    shown: [
      'user_id',
      'sessions',
      'traces',
      'generations',
      'errors',
      'failed_traces',
      'total_tokens',
      'cost_usd',
      'start_time',
      'end_time',
      'models',
    ],
    time: 'start_time',
    key: ['user_id'],
    examples: ['is:error', 'cost>0.1', 'sessions>2'],
  },
  scores: {
    name: 'scores',
    title: 'Scores',
    rows: 'scores',
    view: 'scores_v1',
    columns: SCORE_COLUMNS,
    shown: ['time', 'name', 'value', 'label', 'explanation', 'source', 'author', 'trace_id', 'user_id'],
    time: 'time',
    key: ['score_id'],
    examples: ['value<0.5', 'has:explanation', 'source:human'],
  },
} as const satisfies Record<string, ListSpec>
