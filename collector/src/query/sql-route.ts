// POST /sql {"query","params"} -> {"columns":[{"name","type"}],"data":[{…}]}: read-only SQL over the views, one project's rows.
import { createRoute, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { type Api, json, PROBLEM_RESPONSES } from './api.ts'
import type { Json, Row } from './column.ts'
import type { QueryDeps, SqlDeps, SqlResult } from './deps.ts'
import { EXAMPLES } from './examples.ts'
import { invalid, ProblemError, problemOfSql } from './problem.ts'
import { createRunSql } from './run-sql.ts'
import { compileSql } from './sql/compile.ts'
import { MAX_QUERY_LENGTH } from './sql/parse-query.ts'
import { placeOf, SqlError } from './sql/sql-error.ts'

const MAX_BODY_BYTES = 2 ** 20
const MAX_PARAMS = 100

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const value = z.union([scalar, z.array(z.union([scalar, z.array(scalar)])), z.record(z.string(), scalar)])
const body = z.strictObject({
  query: z.string().min(1).max(MAX_QUERY_LENGTH).openapi({
    description: 'SELECT over the views `*_v1`, with functions of the allow-list and parameters {name:Type}.',
  }),
  params: z.record(z.string(), value).optional().openapi({ description: 'Values of {name:Type}.' }),
})

const route = createRoute({
  method: 'post',
  path: '/api/v1/sql',
  summary: "Read-only SQL over the views, held to the key's project, under limits of its own.",
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    200: json(
      'Rows by column name. 64-bit integers beyond 2^53 and decimals are texts, times are ISO 8601.',
      z.object({
        columns: z.array(z.object({ name: z.string(), type: z.string() })),
        data: z.array(z.record(z.string(), z.unknown())),
      }),
      EXAMPLES['sql'],
    ),
    ...PROBLEM_RESPONSES,
  },
})

export function addSqlRoute(api: Api, deps: SqlDeps & Pick<QueryDeps, 'metrics' | 'clock'>): void {
  const run = createRunSql(deps)
  api.use('/api/v1/sql', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }))
  api.openapi(route, async (c) => {
    const { query, params = {} } = c.req.valid('json')
    const project = c.get('project')
    const statement = compile(query, project, params)
    const result = await run(project, statement, c.req.raw.signal).catch((cause: unknown) => {
      throw problemOfSql(cause)
    })
    return c.json<SqlAnswer, 200>(toAnswer(result), 200)
  })
}

interface SqlAnswer {
  columns: { name: string; type: string }[]
  data: Row[]
}

function tooLarge(): never {
  throw new ProblemError({
    code: 'INSIGHTS_TOO_LARGE',
    detail: `cannot take the query: the body is larger than ${MAX_BODY_BYTES} bytes`,
  })
}

function compile(query: string, project: string, params: Record<string, unknown>) {
  const values = new Map(Object.entries(params))
  if (values.size > MAX_PARAMS) throw invalid('params', `there are more than ${MAX_PARAMS}`)
  try {
    return compileSql(query, project, values)
  } catch (cause) {
    if (!(cause instanceof SqlError)) throw cause
    const detail = `cannot run the query: ${cause.message} (${placeOf(query, cause.at)})`
    throw new ProblemError({
      code: 'INSIGHTS_QUERY_INVALID',
      detail,
      parameter: 'query',
      position: cause.at,
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
    })
  }
}

function toAnswer({ columns, rows }: SqlResult): SqlAnswer {
  const names = columns.map(({ name }) => name)
  const types = columns.map(({ type }) => plainType(type))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  // As an object a row would lose one of them in silence.
  if (twice !== undefined)
    throw invalid('query', 'two columns have the same name', 'give each a name of its own with AS')
  const readers = types.map(readerOf)
  const data = rows.map((row) =>
    Object.fromEntries(names.map((name, i) => [name, readers[i]?.(row[i] ?? null) ?? null])),
  )
  return { columns: names.map((name, i) => ({ name, type: types[i] ?? '' })), data }
}

// How a rollup adds a column up is no business of who reads it.
const plainType = (type: string): string => /^SimpleAggregateFunction\(\w+, (.*)\)$/s.exec(type)?.[1] ?? type

/** How a value of a type looks in JSON: a 64-bit integer, which comes as a text, is a number where that is exact. */
function readerOf(type: string): (value: Json) => Json {
  const inner = /^(?:Nullable|LowCardinality)\((.*)\)$/s.exec(type)?.[1]
  if (inner !== undefined) return readerOf(inner)
  if (/^U?Int64$/.test(type)) return toInteger
  const item = /^Array\((.*)\)$/s.exec(type)?.[1]
  if (item === undefined) return (value) => value
  const read = readerOf(item)
  return (value) => (Array.isArray(value) ? value.map(read) : value)
}

function toInteger(value: Json): Json {
  const number = Number(value)
  return value !== null && Number.isSafeInteger(number) ? number : value
}
