// GET /metrics/{name} -> {"data":[{…group_by columns, time?, figures}]}
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { type Row, toJsonRow } from './column.ts'
import { EXAMPLES } from './examples.ts'
import { conditionsOf, filterShape, rejectUnknown } from './filters.ts'
import { dimensionColumns, MAX_METRIC_ROWS, type MetricRequest, metricColumns, metricQuery } from './metric-query.ts'
import { METRICS, type Metric } from './metrics-table.ts'
import { nearest } from './nearest.ts'
import { invalid } from './problem.ts'
import { RANGE_SHAPE, readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'
import { fitsPoints, intervalSeconds, isInterval, MAX_POINTS, type Range } from './time.ts'

const OPTIONS_SHAPE = {
  ...RANGE_SHAPE,
  interval: z
    .string()
    .refine(isInterval, 'it is not an interval: write 1m, 5m, 1h, 1d or auto')
    .optional()
    .openapi({ description: 'A row for each 1m, 5m, 1h, 1d … (UTC), or auto. Absent: one figure for the range.' }),
}

export function addMetricRoutes(api: Api, deps: { run: RunQuery; clock: Clock }): void {
  for (const metric of METRICS) addMetricRoute(api, metric, deps)
}

/** The figures of one metric, as the API shows them. */
export async function readMetric(
  metric: Metric,
  request: MetricRequest,
  { run, project }: { run: RunQuery; project: string },
): Promise<Row[]> {
  const rows = await run(project, metricQuery(metric, request), MAX_METRIC_ROWS)
  const columns = metricColumns(metric, request)
  return rows.map((row) => toJsonRow(row, columns))
}

function addMetricRoute(api: Api, metric: Metric, { run, clock }: { run: RunQuery; clock: Clock }): void {
  const dimensions = dimensionColumns(metric)
  const groupBy = z
    .string()
    .optional()
    .openapi({ description: `Any of ${metric.dimensions.join(', ')}, by commas.`, example: metric.dimensions[0] })
  const options = z.object({ ...OPTIONS_SHAPE, group_by: groupBy })
  const query = z.object(filterShape(dimensions)).extend(options.shape)
  const known = namesOf(query)
  const row = rowSchema(metricColumns(metric, EVERYTHING(metric)))
  const route = createRoute({
    method: 'get',
    path: `/api/v1/metrics/${metric.name}`,
    summary: metric.summary,
    description: describe(metric),
    request: { query },
    responses: { 200: json('Figures.', z.object({ data: z.array(row) }), EXAMPLES[metric.name]), ...PROBLEM_RESPONSES },
  })
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, known, false)
    // filters are named by a table, so the fixed parameters have a schema, and a type, of their own
    const { from, to, interval, group_by } = options.parse(c.req.query())
    const range = readRange({ from, to }, clock.nowMs())
    const request = {
      range,
      filters: conditionsOf(dimensions, c.req.valid('query')),
      groupBy: readGroupBy(metric, group_by),
      intervalSeconds: interval === undefined ? undefined : readInterval(interval, range, clock.nowMs()),
    }
    return c.json<{ data: Row[] }, 200>(
      { data: await readMetric(metric, request, { run, project: c.get('project') }) },
      200,
    )
  })
}

// Optional columns of the answer's schema.
const EVERYTHING = ({ dimensions }: Metric): MetricRequest => ({
  range: { fromNanos: 0n, toNanos: undefined },
  filters: [],
  groupBy: dimensions,
  intervalSeconds: 60,
})

function describe({ figures, callsByDefault }: Metric): string {
  const lines = figures.map(({ name, description }) => `* \`${name}\`: ${description}`)
  const kinds = callsByDefault
    ? '\n\nOf spans of kind generation and embedding, unless `kind` is filtered on or grouped by.'
    : ''
  return `Ranges are whole minutes: from is rounded down, to is rounded up.${kinds}\n\n${lines.join('\n')}`
}

function readGroupBy({ dimensions }: Metric, text: string | undefined): string[] {
  if (text === undefined || text === '') return []
  const names = text.split(',')
  const unknown = names.find((name) => !dimensions.includes(name))
  if (unknown !== undefined) {
    const meant = nearest(unknown, dimensions)
    throw invalid(
      'group_by',
      `there is no ${JSON.stringify(unknown.slice(0, 64))} here`,
      `one of ${meant ?? dimensions.join(', ')}`,
    )
  }
  return [...new Set(names)]
}

function readInterval(text: string, range: Range, nowMs: number): number {
  const seconds = intervalSeconds(text, range, nowMs)
  if (!fitsPoints(seconds, range, nowMs)) {
    throw invalid('interval', `the range has more than ${MAX_POINTS} of them`, 'use a longer interval, or auto')
  }
  return seconds
}
