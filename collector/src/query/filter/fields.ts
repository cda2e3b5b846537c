// Which fields `q=` knows of each kind of row, as tables: short names, what has a meaning of its own, and what is asked of other rows.
import type { Columns } from '../column.ts'
import { SCORE_COLUMNS, SESSION_COLUMNS, SPAN_COLUMNS, TRACE_COLUMNS, USER_COLUMNS } from '../columns.ts'
import type { Condition } from '../select-query.ts'

export type Rows = 'spans' | 'traces' | 'sessions' | 'users' | 'scores'

export interface Target {
  columns: Columns
  /** Short or usual name -> column. */
  aliases: Readonly<Record<string, string>>
  /** Columns of one question: `error:x` is any of them. Content is searched in these too. */
  groups: Readonly<Record<string, readonly string[]>>
  /** `is:root`, and `has:` of what is no column. */
  states: Readonly<Record<string, Condition>>
  /** Key -> column that is a map, as in attr.x */
  maps: Readonly<Record<string, string>>
  /** Columns of content that a bare text is looked for in. */
  texts: readonly string[]
  /** What ties a row to its scores. */
  scoreKey?: readonly string[]
  /** Where to ask for what these rows do not have themselves: rows that share this column. */
  through?: { rows: 'spans' | 'traces'; column: string }
}

const SHORT = {
  cost: 'cost_usd',
  tokens: 'total_tokens',
  user: 'user_id',
  session: 'session_id',
  env: 'environment',
  service: 'service_name',
  trace: 'trace_id',
  tag: 'tags',
  start: 'start_time',
  end: 'end_time',
} as const

const is = (column: string, value: string): Condition => ({ kind: 'any_of', column, type: 'text', values: [value] })
const above = (column: string): Condition => ({ kind: 'compare', column, type: 'count', operator: '>', value: '0' })

const FAILED = is('status', 'error')

export const TARGETS: Readonly<Record<Rows, Target>> = {
  spans: {
    columns: SPAN_COLUMNS,
    aliases: {
      ...SHORT,
      latency: 'latency_ms',
      duration: 'latency_ms',
      ttft: 'time_to_first_token_ms',
      span: 'span_id',
      parent: 'parent_span_id',
      agent: 'agent_name',
      tool: 'tool_name',
      tools: 'tool_names',
      workflow: 'workflow_name',
      prompt: 'prompt_name',
      finish: 'finish_reasons',
      fingerprint: 'error_fingerprint',
      message: 'error_message',
      response: 'response_id',
      scope: 'scope_name',
    },
    groups: { error: ['error_type', 'error_class'] },
    states: {
      error: FAILED,
      root: is('parent_span_id', ''),
      cached: above('cache_read_tokens'),
      streamed: above('stream'),
      unpriced: {
        kind: 'all',
        conditions: [
          above('counts_usage'),
          { kind: 'not', condition: { kind: 'exists', left: { column: 'cost_usd' }, type: 'money' } },
        ],
      },
    },
    maps: { attr: 'attributes', resource: 'resource_attributes', metadata: 'metadata' },
    texts: ['input', 'output'],
    scoreKey: ['trace_id', 'span_id'],
  },
  traces: {
    columns: TRACE_COLUMNS,
    aliases: {
      ...SHORT,
      latency: 'latency_ms',
      duration: 'latency_ms',
      service: 'services',
      model: 'models',
      provider: 'providers',
    },
    groups: {},
    states: { error: FAILED, cached: above('cache_read_tokens'), unpriced: above('unpriced_calls') },
    maps: {},
    texts: [],
    scoreKey: ['trace_id'],
    through: { rows: 'spans', column: 'trace_id' },
  },
  sessions: {
    columns: SESSION_COLUMNS,
    aliases: { ...SHORT, service: 'services', model: 'models', duration: 'duration_ms' },
    groups: {},
    states: { error: above('errors'), unpriced: above('unpriced_calls') },
    maps: {},
    texts: [],
    through: { rows: 'traces', column: 'session_id' },
  },
  users: {
    columns: USER_COLUMNS,
    aliases: { ...SHORT, service: 'services', model: 'models' },
    groups: {},
    states: { error: above('errors'), unpriced: above('unpriced_calls') },
    maps: {},
    texts: [],
    through: { rows: 'traces', column: 'user_id' },
  },
  scores: {
    columns: SCORE_COLUMNS,
    aliases: {
      user: 'user_id',
      session: 'session_id',
      env: 'environment',
      trace: 'trace_id',
      span: 'span_id',
      response: 'response_id',
      error: 'error_type',
    },
    groups: {},
    states: {},
    maps: { attr: 'attributes' },
    texts: ['explanation'],
  },
}

/** Names that a person may write, for what to propose. */
export function fieldNames(rows: Rows): string[] {
  const { columns, aliases, groups, maps, through, scoreKey } = TARGETS[rows]
  const own = Object.keys(columns).filter(
    (name) => name !== 'project_id' && !['map', 'maps', 'times', 'numbers'].includes(columns[name] ?? ''),
  )
  const keyed = [...Object.keys(maps), ...(scoreKey ? ['score'] : [])]
  const others = through ? fieldNames(through.rows) : []
  return [...new Set([...Object.keys(aliases), ...Object.keys(groups), 'has', 'is', ...own, ...keyed, ...others])]
}
