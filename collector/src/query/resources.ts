// The lists of the API: which view, which columns, what makes a row's place in the list.
import type { Columns } from './column.ts'
import { SCORE_COLUMNS, SESSION_COLUMNS, SPAN_COLUMNS, TRACE_COLUMNS, USER_COLUMNS } from './columns.ts'
import type { Rows } from './filter/fields.ts'
import { GENERATION_KINDS } from './kinds.ts'
import type { Condition } from './select-query.ts'

export interface Resource {
  name: string
  summary: string
  /** What `q=` asks of. */
  rows: Rows
  columns: Columns
  /** The view that finds and orders rows. */
  view: string
  /** Whether `view` is told which days to read. */
  ofDays: boolean
  /** Columns that are dear to read for every row in range: they are read for the rows of the page alone, from `view` when it is another. */
  dear?: { columns: readonly string[]; view?: string }
  /** Rows of these are read flat, and what other tables hold of them beside (beside.ts); absent: dear columns are read from one view. */
  beside?: 'spans' | 'traces'
  /** Rows are groups of traces by this id, whose figures `view` has for chosen ids; isOfDays: each lies in a few days, and an index knows which. */
  group?: { id: 'session_id' | 'user_id'; view: string; isOfDays: boolean }
  fixed?: readonly Condition[]
  /** Newest first by these, unique together; the first is a time that never changes for a row. */
  key: readonly [time: string, ...ids: string[]]
  /**
   * started: the key's time is in the range. active: the row's start_time … end_time touches the range. summed: the row is the sum of the traces
   * that started in the range.
   */
  inRange: 'started' | 'active' | 'summed'
  /** Rows are spans: what they lack they have from their trace (of-trace.ts). */
  ofTrace?: boolean
  /** Whether `attribute.<key>` is understood. */
  attributes: boolean
}

// content is long; counts_usage joins what was settled, scores what was judged
const DEAR_OF_SPANS = [
  ...['input', 'output', 'system_instructions', 'tool_definitions'],
  ...['counts_usage', 'scores', 'score_labels'],
]

const OF_SPANS = {
  rows: 'spans',
  columns: SPAN_COLUMNS,
  view: 'spans_v1',
  ofDays: false,
  ofTrace: true,
  beside: 'spans',
  key: ['start_time', 'trace_id', 'span_id'],
  inRange: 'started',
  attributes: true,
} as const

export const RESOURCES: readonly Resource[] = [
  {
    name: 'traces',
    rows: 'traces',
    summary: 'Traces that started in the range, newest first.',
    columns: TRACE_COLUMNS,
    view: 'traces_of_days_v1',
    ofDays: true,
    // aggregates over texts and arrays
    dear: {
      columns: [
        ...['name', 'input_preview', 'output_preview', 'services', 'models', 'providers', 'tags', 'error_types'],
        ...['scores', 'score_labels'],
      ],
    },
    beside: 'traces',
    key: ['start_time', 'trace_id'],
    inRange: 'started',
    attributes: false,
  },
  {
    ...OF_SPANS,
    name: 'generations',
    summary: 'LLM calls that started in the range, newest first, with their content.',
    // a view that joins content from log records too
    dear: { columns: DEAR_OF_SPANS, view: 'generations_v1' },
    fixed: [{ kind: 'any_of', column: 'kind', type: 'text', values: GENERATION_KINDS }],
  },
  {
    ...OF_SPANS,
    name: 'spans',
    summary: 'Spans of every kind that started in the range, newest first, with their content.',
    dear: { columns: DEAR_OF_SPANS, view: 'span_details_v1' },
  },
  {
    name: 'sessions',
    rows: 'sessions',
    summary: 'Sessions that were active in the range, by their start, newest first. Figures are of the whole session.',
    columns: SESSION_COLUMNS,
    view: 'sessions_v1',
    ofDays: false,
    group: { id: 'session_id', view: 'sessions_of_ids_v1', isOfDays: true },
    key: ['start_time', 'session_id'],
    inRange: 'active',
    attributes: false,
  },
  {
    name: 'users',
    rows: 'users',
    summary:
      'Users with a trace that started in the range, by the first of these, newest first. Figures are of these traces.',
    columns: USER_COLUMNS,
    view: 'users_of_ids_v1',
    ofDays: false,
    group: { id: 'user_id', view: 'users_of_ids_v1', isOfDays: false },
    key: ['start_time', 'user_id'],
    inRange: 'summed',
    attributes: false,
  },
  {
    name: 'scores',
    rows: 'scores',
    summary: 'Scores, feedback and evaluations given in the range, newest first.',
    columns: SCORE_COLUMNS,
    view: 'scores_v1',
    ofDays: false,
    key: ['time', 'score_id'],
    inRange: 'started',
    attributes: true,
  },
]
