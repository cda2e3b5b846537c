// What the Grafana dashboards show: panels as SQL over the views *_v1, with the macros and variables of Grafana's ClickHouse plugin (v4).

export type PanelType = 'stat' | 'timeseries' | 'table' | 'traces'

export interface PanelSpec {
  readonly title: string
  readonly type: PanelType
  readonly sql: string
  /** Of a grid of 24 columns. */
  readonly width: number
  readonly unit?: string
  /** Columns of a table with a unit of their own. */
  readonly units?: Readonly<Record<string, string>>
  readonly stacked?: boolean
  readonly description?: string
}

export interface DashboardSpec {
  readonly uid: string
  readonly title: string
  readonly description: string
  /** Names of VARIABLES. */
  readonly variables: readonly string[]
  readonly panels: readonly PanelSpec[]
}

/** A variable's choices are asked for by SQL; `all` may be chosen where it says so, several at once too. */
export const VARIABLES: Readonly<Record<string, { sql: string; all: boolean }>> = {
  project: { sql: 'SELECT DISTINCT project_id FROM token_usage_v1 ORDER BY project_id', all: false },
  environment: {
    sql: `SELECT DISTINCT environment FROM latency_v1 WHERE project_id = \${project:sqlstring} ORDER BY environment`,
    all: true,
  },
  model: {
    sql: `SELECT DISTINCT model FROM token_usage_v1 WHERE project_id = \${project:sqlstring} ORDER BY model`,
    all: true,
  },
}

const chosen = (column: string, variable: string): string =>
  `$__conditionalAll(${column} IN (\${${variable}:sqlstring}), $${variable})`
const OF_PROJECT = `project_id = \${project:sqlstring}`
const ENVIRONMENT = chosen('environment', 'environment')
/** For the metric views: a row a minute and group. */
const METRIC = `${OF_PROJECT} AND $__timeFilter(time) AND ${ENVIRONMENT} AND ${chosen('model', 'model')}`
const TRACES = `total_traces_v1 WHERE ${OF_PROJECT} AND $__timeFilter(time) AND ${ENVIRONMENT}`
const TIME = '$__timeInterval(time) AS time'
const BY_TIME = 'GROUP BY time ORDER BY time'
const BY_MODEL = 'GROUP BY time, model ORDER BY time'
const QUANTILES = 'quantilesTDigestMerge(0.5, 0.95, 0.99)'
/** Without a call the digest is empty and its quantile NaN: no value. */
const quantile = (state: string, position: number): string =>
  `ifNotFinite(toFloat64(${QUANTILES}(${state})[${position}]), NULL)`
const quantiles = (state: string): string =>
  ['p50', 'p95', 'p99'].map((name, i) => `${quantile(state, i + 1)} AS ${name}`).join(', ')

export const DASHBOARDS: readonly DashboardSpec[] = [
  {
    uid: 'hanzo-insights-overview',
    title: 'LLM overview',
    description: 'Traces, latency, tokens, cost, errors and cache hits of one project.',
    variables: ['project', 'environment', 'model'],
    panels: [
      { title: 'Traces', type: 'stat', width: 4, unit: 'short', sql: `SELECT sum(traces) AS traces FROM ${TRACES}` },
      {
        title: 'Cost',
        type: 'stat',
        width: 4,
        unit: 'currencyUSD',
        description: 'Of calls with a known price; the share of tokens they have is beside it.',
        sql: `SELECT toFloat64(sum(cost_usd)) AS cost FROM cost_v1 WHERE ${METRIC}`,
      },
      {
        title: 'Tokens priced',
        type: 'stat',
        width: 4,
        unit: 'percentunit',
        sql: `SELECT sum(priced_tokens) / (sum(priced_tokens) + sum(unpriced_tokens)) AS coverage FROM cost_v1 WHERE ${METRIC}`,
      },
      {
        title: 'Latency p95',
        type: 'stat',
        width: 4,
        unit: 'ms',
        sql: `SELECT ${quantile('latency_state', 2)} AS p95 FROM latency_states_v1 WHERE ${METRIC} AND kind = 'generation'`,
      },
      {
        title: 'Error rate',
        type: 'stat',
        width: 4,
        unit: 'percentunit',
        sql: `SELECT sum(errors) / sum(spans) AS rate FROM error_rate_v1 WHERE ${METRIC} AND kind = 'generation'`,
      },
      {
        title: 'Input read from cache',
        type: 'stat',
        width: 4,
        unit: 'percentunit',
        sql: `SELECT sum(cache_read_tokens) / sum(cache_known_input_tokens) AS rate FROM cache_hit_rate_v1 WHERE ${METRIC}`,
      },
      {
        title: 'Traces, and those that failed',
        type: 'timeseries',
        width: 12,
        unit: 'short',
        sql: `SELECT ${TIME}, sum(traces) AS traces, sum(failed_traces) AS failed FROM ${TRACES} ${BY_TIME}`,
      },
      {
        title: 'Latency of generations',
        type: 'timeseries',
        width: 12,
        unit: 'ms',
        sql: `SELECT ${TIME}, ${quantiles('latency_state')} FROM latency_states_v1 WHERE ${METRIC} AND kind = 'generation' ${BY_TIME}`,
      },
      {
        title: 'Cost by model',
        type: 'timeseries',
        width: 12,
        unit: 'currencyUSD',
        stacked: true,
        sql: `SELECT ${TIME}, model, toFloat64(sum(cost_usd)) AS cost FROM cost_v1 WHERE ${METRIC} ${BY_MODEL}`,
      },
      {
        title: 'Tokens by model',
        type: 'timeseries',
        width: 12,
        unit: 'short',
        stacked: true,
        sql: `SELECT ${TIME}, model, sum(total_tokens) AS tokens FROM token_usage_v1 WHERE ${METRIC} ${BY_MODEL}`,
      },
      {
        title: 'Time to first token',
        type: 'timeseries',
        width: 12,
        unit: 'ms',
        sql: `SELECT ${TIME}, ${quantiles('first_token_state')} FROM latency_states_v1 WHERE ${METRIC} AND first_token_spans > 0 ${BY_TIME}`,
      },
      {
        title: 'Errors by class',
        type: 'timeseries',
        width: 12,
        unit: 'short',
        stacked: true,
        sql: `SELECT ${TIME}, error_class, sum(errors) AS errors FROM error_rate_v1 WHERE ${METRIC} AND error_class != '' GROUP BY time, error_class ORDER BY time`,
      },
      {
        title: 'Saved by the cache of providers',
        type: 'timeseries',
        width: 12,
        unit: 'currencyUSD',
        description: 'Net: less what writes to the cache cost beyond plain input.',
        sql: `SELECT ${TIME}, toFloat64(sum(savings_gross_usd)) AS gross, toFloat64(sum(savings_net_usd)) AS net FROM cache_hit_rate_v1 WHERE ${METRIC} ${BY_TIME}`,
      },
      {
        title: 'Models',
        type: 'table',
        width: 12,
        units: { cost: 'currencyUSD', input: 'short', output: 'short', calls: 'short' },
        sql: `SELECT model, provider, sum(t.calls) AS calls, sum(t.input_tokens) AS input, sum(t.output_tokens) AS output, toFloat64(sum(c.cost_usd)) AS cost FROM token_usage_v1 AS t LEFT JOIN cost_v1 AS c USING (project_id, time, kind, operation, provider, model, environment, service_name) WHERE ${METRIC} GROUP BY model, provider ORDER BY calls DESC LIMIT 100`,
      },
    ],
  },
  {
    uid: 'hanzo-insights-calls',
    title: 'LLM calls and traces',
    description: 'The calls of one project that cost most, took longest or failed, and one trace.',
    variables: ['project', 'environment', 'model'],
    panels: [
      ...(
        [
          ['Most expensive calls', 'cost_usd IS NOT NULL', 'cost_usd'],
          ['Slowest calls', 'latency_ms > 0', 'latency_ms'],
          ['Newest failures', "status = 'error'", 'start_time'],
        ] as const
      ).map(
        ([title, condition, order]): PanelSpec => ({
          title,
          type: 'table',
          width: 24,
          units: { cost: 'currencyUSD', latency_ms: 'ms' },
          sql: `SELECT start_time, trace_id, model, name, user_id, latency_ms, input_tokens, output_tokens, toFloat64(cost_usd) AS cost, error_type, error_message FROM spans_v1 WHERE ${OF_PROJECT} AND $__timeFilter(start_time) AND kind = 'generation' AND ${ENVIRONMENT} AND ${chosen('model', 'model')} AND ${condition} ORDER BY ${order} DESC LIMIT 50`,
        }),
      ),
      {
        title: 'Trace $trace_id',
        type: 'traces',
        width: 24,
        description: 'Type or paste a trace id above.',
        sql: `SELECT traceID, spanID, parentSpanID, serviceName, operationName, startTime, duration, statusCode, statusMessage, tags, serviceTags FROM grafana_traces_v1 WHERE ${OF_PROJECT} AND traceID = \${trace_id:sqlstring} AND $__timeFilter(startTime) ORDER BY startTime LIMIT 5000`,
      },
    ],
  },
  {
    uid: 'hanzo-insights-ingest',
    title: 'LLM ingest',
    description: 'What became of everything that was received, what has no price, and how fresh the data is.',
    variables: ['project'],
    panels: [
      {
        title: 'Records by outcome',
        type: 'timeseries',
        width: 24,
        unit: 'short',
        description:
          'Received = stored + rejected + filtered + deduplicated + dead-lettered, and what is pending in the collector.',
        sql: `SELECT $__timeInterval(minute) AS time, sum(received) AS received, sum(stored) AS stored, sum(rejected) AS rejected, sum(filtered) AS filtered, sum(deduplicated) AS deduplicated, sum(dead_lettered) AS dead_lettered FROM ingest_ledger_v1 WHERE ${OF_PROJECT} AND $__timeFilter(minute) ${BY_TIME}`,
      },
      {
        title: 'Why not stored',
        type: 'table',
        width: 12,
        sql: `SELECT signal, reason, sum(received) AS records FROM ingest_ledger_v1 WHERE ${OF_PROJECT} AND $__timeFilter(minute) AND reason != '' GROUP BY signal, reason ORDER BY records DESC`,
      },
      {
        title: 'Calls without a price',
        type: 'table',
        width: 12,
        sql: `SELECT provider, model, cost_reason, count() AS calls, sum(tokens) AS tokens FROM unpriced_v1 WHERE ${OF_PROJECT} AND $__timeFilter(start_time) GROUP BY provider, model, cost_reason ORDER BY tokens DESC`,
      },
      {
        title: 'Newest span',
        type: 'stat',
        width: 12,
        unit: 'dateTimeFromNow',
        sql: `SELECT toUnixTimestamp64Milli(toDateTime64(max(start_time), 3)) AS newest FROM spans_v1 WHERE ${OF_PROJECT} AND $__timeFilter(start_time)`,
      },
      {
        title: 'Places taken out by redaction',
        type: 'timeseries',
        width: 12,
        unit: 'short',
        stacked: true,
        sql: `SELECT ${TIME}, rule, sum(replaced) AS places FROM redactions_v1 WHERE ${OF_PROJECT} AND $__timeFilter(time) GROUP BY time, rule ORDER BY time`,
      },
    ],
  },
]
