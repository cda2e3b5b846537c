// GET /export/{list}: the rows of a list as a file, NDJSON or CSV page by page, Parquet as the engine writes it.
import { createRoute, z } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, namesOf, PROBLEM_RESPONSES } from './api.ts'
import type { Columns, Json, Row } from './column.ts'
import type { SelectFile } from './deps.ts'
import { FILTER_SHAPE, readFilter } from './filter/request.ts'
import { rejectUnknown } from './filters.ts'
import { chooseColumns, type ListRequest, listPage, pageQuery } from './list-query.ts'
import { readPage } from './page-read.ts'
import { invalid, ProblemError } from './problem.ts'
import { RANGE_SHAPE, readRange } from './range.ts'
import { RESOURCES, type Resource } from './resources.ts'
import { LIMITS, type RunQuery } from './run-query.ts'
import { buildSelect } from './statement.ts'

const MAX_ROWS = 100_000
const DEFAULT_ROWS = 10_000
const PAGE_ROWS = 1_000

const query = z.object({
  ...RANGE_SHAPE,
  ...FILTER_SHAPE,
  format: z.enum(['ndjson', 'csv', 'parquet']).default('ndjson'),
  fields: z
    .string()
    .max(4_096)
    .optional()
    .openapi({ description: 'Columns, by commas. Absent: all.', example: 'trace_id,cost_usd' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_ROWS)
    .default(DEFAULT_ROWS)
    .openapi({ description: 'Rows of the file, newest first.' }),
})

const file = (type: string) => ({ [type]: { schema: z.string() } })

const route = createRoute({
  method: 'get',
  path: '/api/v1/export/{list}',
  summary: 'A list as a file: NDJSON, CSV or Parquet.',
  description:
    'Rows as in the list of that name. In Parquet, columns have the types of the view, and a span has no session, user and tags of its trace. A file that is cut off ends without its last chunk.',
  request: {
    params: z.object({
      list: z
        .string()
        .max(64)
        .openapi({ enum: RESOURCES.map(({ name }) => name), example: 'traces' }),
    }),
    query,
  },
  responses: {
    200: {
      description: 'The file.',
      content: {
        ...file('application/x-ndjson'),
        ...file('text/csv'),
        ...file('application/vnd.apache.parquet'),
      },
    },
    ...PROBLEM_RESPONSES,
  },
})

export interface ExportDeps {
  run: RunQuery
  clock: Clock
  selectFile: SelectFile | undefined
}

export function addExportRoute(api: Api, { run, clock, selectFile }: ExportDeps): void {
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { from, to, q, format, fields, limit } = c.req.valid('query')
    const resource = RESOURCES.find(({ name }) => name === c.req.valid('param').list)
    if (resource === undefined) throw invalid('list', 'there is no such list')
    const nowMs = clock.nowMs()
    const range = readRange({ from, to }, nowMs)
    const filters = readFilter(q, resource.rows, { range, nowMs })
    const request = {
      range,
      nowMs,
      filters,
      columns: chooseColumns(resource.columns, fields),
      limit,
      cursor: undefined,
    }
    const project = c.get('project')
    c.header('content-disposition', `attachment; filename="${resource.name}.${format}"`)
    if (format === 'parquet') {
      const bytes = await writeParquet(resource, request, { project, selectFile })
      return c.body(new Uint8Array(bytes), 200, { 'content-type': 'application/vnd.apache.parquet' })
    }
    const readRows = (asked: ListRequest): Promise<Row[]> =>
      readPage(resource, asked, (wanted, maxRows) => run(project, wanted, maxRows))
    const pages = pagesOf(resource, request, readRows)
    // the first page is read before the answer begins, so that a query that fails is told as a problem
    const first = await pages.next()
    c.header('content-type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
    return stream(c, async (out) => {
      if (format === 'csv') await out.write(csvLine(Object.keys(request.columns)))
      const toLine =
        format === 'csv'
          ? (row: Row) => csvLine(Object.keys(request.columns).map((name) => row[name] ?? null))
          : (row: Row) => `${JSON.stringify(row)}\n`
      for (let page = first; !page.done && !out.aborted; page = await pages.next())
        await out.write(page.value.map(toLine).join(''))
    })
  })
}

async function* pagesOf(
  resource: Resource,
  request: ListRequest,
  read: (request: ListRequest) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let cursor: string | null | undefined
  for (let left = request.limit; left > 0 && cursor !== null; left -= PAGE_ROWS) {
    const asked = { ...request, limit: Math.min(left, PAGE_ROWS), cursor: cursor ?? undefined }
    const { data, next_cursor } = listPage(resource, asked, await read(asked))
    yield data
    cursor = next_cursor
  }
}

interface ParquetParts {
  project: string
  selectFile: SelectFile | undefined
}

async function writeParquet(
  resource: Resource,
  request: ListRequest,
  { project, selectFile }: ParquetParts,
): Promise<Uint8Array> {
  if (selectFile === undefined)
    throw new ProblemError({ code: 'INSIGHTS_QUERY_INVALID', detail: 'cannot write Parquet here', parameter: 'format' })
  const { sql, params } = buildSelect(project, fileQuery(resource, request))
  return await selectFile(sql, params, { format: 'Parquet', settings: { ...LIMITS, max_result_rows: request.limit } })
}

function fileQuery(resource: Resource, request: ListRequest) {
  const page = pageQuery(resource, request)
  const needsDear = resource.dear?.columns.some((name) => Object.hasOwn(request.columns, name)) === true
  const view = needsDear ? (resource.dear?.view ?? resource.view) : resource.view
  return {
    ...page,
    source: { ...page.source, view },
    items: itemsOf(request.columns),
    orderBy: orderOf(page.orderBy),
    limit: request.limit,
  }
}

const itemsOf = (columns: Columns): { name: string }[] => Object.keys(columns).map((name) => ({ name }))
/** The key need not be among the columns of the file. */
const orderOf = (orderBy: readonly { name: string; descending: boolean }[] = []) =>
  orderBy.map(({ name, descending }) => ({ name: `v.${name}`, descending }))

/** A text that a spreadsheet would take for a formula is marked as text. */
function csvLine(values: readonly Json[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

function csvCell(value: Json): string {
  if (value === null) return ''
  if (typeof value !== 'string') return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))
  return quoted(/^[=+@\t\r]/.test(value) || /^-(?![\d.]+$)/.test(value) ? `'${value}` : value)
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
