// GET /metrics/{name} -> {"data":[{…group_by columns, time?, figures}]}
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { type Row, toJsonRow } from './column.ts'
import { EXAMPLES } from './examples.ts'
import { FILTER_SHAPE, readClauses, told } from './filter/request.ts'
import { conditionsOf, filterShape, rejectUnknown } from './filters.ts'
import { periodsOf, withPrevious } from './metric-compare.ts'
import { dimensionColumns, MAX_METRIC_ROWS, metricColumns, metricQuery } from './metric-query.ts'
import { fitsRollup, type Group, type MetricRequest, readGroups, sqlName } from './metric-request.ts'
import { METRICS, type Metric } from './metrics-table.ts'
import { invalid } from './problem.ts'
import { RANGE_SHAPE, readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'
import { fitsPoints, intervalSeconds, isInterval, MAX_POINTS, type Range, toSqlTime } from './time.ts'

const MAX_TOP = 1_000

const OPTIONS_SHAPE = {
  ...RANGE_SHAPE,
  ...FILTER_SHAPE,
  interval: z
    .string()
    .refine(isInterval, 'it is not an interval: write 1m, 5m, 1h, 1d or auto')
    .optional()
    .openapi({ description: 'A row for each 1m, 5m, 1h, 1d … (UTC), or auto. Absent: one figure for the range.' }),
  compare: z.enum(['previous']).optional().openapi({
    description:
      'Each row with `previous`: the figures of the period of the same length before; null when it has none.',
  }),
  top: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_TOP)
    .optional()
    .openapi({ description: 'So many groups, those that have most.' }),
}

const span = z.object({ from: z.string(), to: z.string().nullable() })
const answerRange = z.object({
  ...span.shape,
  interval_seconds: z.number().int().nullable(),
  previous: span.nullable(),
  source: z
    .enum(['rollup', 'rows'])
    .openapi({ description: 'Rows of spans or traces are added up where the rollup of minutes does not know enough.' }),
})

export function addMetricRoutes(api: Api, deps: { run: RunQuery; clock: Clock }): void {
  for (const metric of METRICS) addMetricRoute(api, metric, deps)
}

function addMetricRoute(api: Api, metric: Metric, { run, clock }: { run: RunQuery; clock: Clock }): void {
  const dimensions = dimensionColumns(metric)
  const options = z.object({ ...OPTIONS_SHAPE, group_by: groupBySchema(metric), order: orderSchema(metric) })
  const query = z.object(filterShape(dimensions)).extend(options.shape)
  const known = namesOf(query)
  const answer = z.object({ data: z.array(rowSchema(metricColumns(metric, EVERYTHING(metric)))), range: answerRange })
  const route = createRoute({
    method: 'get',
    path: `/api/v1/metrics/${metric.name}`,
    summary: metric.summary,
    description: describe(metric),
    request: { query },
    responses: { 200: json('Figures.', answer, EXAMPLES[metric.name]), ...PROBLEM_RESPONSES },
  })
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, known, false)
    // filters are named by a table, so the fixed parameters have a schema, and a type, of their own
    const { from, to, interval, group_by, q, compare, top, order } = options.parse(c.req.query())
    const nowMs = clock.nowMs()
    const range = readRange({ from, to }, nowMs)
    const request: MetricRequest = {
      range,
      filters: conditionsOf(dimensions, c.req.valid('query')),
      clauses: readClauses(q).clauses,
      groups: readGroups(metric, group_by),
      intervalSeconds: interval === undefined ? undefined : readInterval(interval, range, nowMs),
      ...(top === undefined ? {} : { top: { count: top, figure: order ?? metric.most } }),
      nowMs,
    }
    if (top !== undefined && interval !== undefined) refuseMadeGroups(request.groups)
    const read = { run, project: c.get('project') }
    return c.json<MetricAnswer, 200>(
      await answerMetric(metric, request, { ...read, compare: compare !== undefined }),
      200,
    )
  })
}

interface MetricAnswer {
  data: Row[]
  range: z.infer<typeof answerRange>
}

interface Reading {
  run: RunQuery
  project: string
  compare: boolean
}

async function answerMetric(
  metric: Metric,
  request: MetricRequest,
  { compare, ...read }: Reading,
): Promise<MetricAnswer> {
  const source = fitsRollup(metric, request) ? 'rollup' : 'rows'
  const about = { interval_seconds: request.intervalSeconds ?? null, source } as const
  if (!compare) {
    const data = await readMetric(metric, request, read)
    return { data, range: { ...toSpan(request.range), ...about, previous: null } }
  }
  const periods = periodsOf(request.range, request.intervalSeconds, request.nowMs)
  const [rows, before] = await Promise.all([
    readMetric(metric, { ...request, range: periods.range }, read),
    readMetric(metric, { ...request, range: periods.previous }, read),
  ])
  const keys = [...(request.intervalSeconds === undefined ? [] : ['time']), ...request.groups.map(({ name }) => name)]
  const figures = metric.figures.map(({ name }) => name)
  const data = withPrevious(rows, before, { keys, figures, shiftMs: periods.shiftMs })
  return { data, range: { ...toSpan(periods.range), ...about, previous: toSpan(periods.previous) } }
}

const toSpan = ({ fromNanos, toNanos }: Range): z.infer<typeof span> => ({
  from: isoOf(fromNanos),
  to: toNanos === undefined ? null : isoOf(toNanos),
})
const isoOf = (nanos: bigint): string => `${toSqlTime(nanos).replace(' ', 'T')}Z`

/** The figures of one metric, as the API shows them. */
async function readMetric(
  metric: Metric,
  request: MetricRequest,
  { run, project }: Omit<Reading, 'compare'>,
): Promise<Row[]> {
  const rows = await run(
    project,
    told(() => metricQuery(metric, request)),
    MAX_METRIC_ROWS,
  )
  const columns = metricColumns(metric, request)
  const names = new Map(request.groups.map((group, place) => [sqlName(group, place), group.name]))
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(toJsonRow(row, columns)).map(([name, value]) => [names.get(name) ?? name, value]),
    ),
  )
}

const groupBySchema = ({ dimensions }: Metric) =>
  z
    .string()
    .optional()
    .openapi({
      description: `At most two, by commas: ${dimensions.join(', ')} from the rollup; or any field of the filter language whose values are texts, such as user or attr.tier.`,
      example: dimensions[0],
    })

/** Of figures that are added up: others are made of these. */
const orderSchema = ({ figures, most }: Metric) =>
  z
    .enum(figures.flatMap(({ name, sql, rawSql }) => (sql.includes('v.') && rawSql.includes('v.') ? [name] : [])))
    .optional()
    .openapi({ description: `The figure that \`top\` goes by; ${most} when it is not said.` })

function refuseMadeGroups(groups: readonly Group[]): void {
  const made = groups.find(({ key, isList }) => key !== undefined || isList)
  if (made !== undefined)
    throw invalid('top', `a series by ${made.name} has no greatest groups`, 'leave interval or top out')
}

// Optional columns of the answer's schema.
const EVERYTHING = ({ dimensions }: Metric): MetricRequest => ({
  range: { fromNanos: 0n, toNanos: undefined },
  filters: [],
  clauses: [],
  groups: dimensions.map((name) => ({ name, column: name, isList: false })),
  intervalSeconds: 60,
  nowMs: 0,
})

function describe({ figures, callsByDefault }: Metric): string {
  const lines = figures.map(({ name, description }) => `* \`${name}\`: ${description}`)
  const kinds = callsByDefault
    ? '\n\nOf spans of kind generation and embedding, unless `kind` is filtered on or grouped by.'
    : ''
  return `Ranges are whole minutes: from is rounded down, to is rounded up.${kinds}\n\n${lines.join('\n')}`
}

function readInterval(text: string, range: Range, nowMs: number): number {
  const seconds = intervalSeconds(text, range, nowMs)
  if (!fitsPoints(seconds, range, nowMs)) {
    throw invalid('interval', `the range has more than ${MAX_POINTS} of them`, 'use a longer interval, or auto')
  }
  return seconds
}
