// What every route shares: the app's type, checked requests, described answers.
import type { IncomingMessage } from 'node:http'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Columns, ColumnType } from './column.ts'
import { invalid } from './problem.ts'

/** Set by the guards before a route runs. */
export interface ApiEnv {
  /** Of the Node server; absent when the app is asked without one. */
  Bindings: { incoming?: IncomingMessage }
  /** `sentRecords`: what a route took in, for the account of its sender. */
  Variables: { project: string; requestId: string; sentRecords?: number }
}
export type Api = OpenAPIHono<ApiEnv>

/** A request that does not fit a route's schema is a problem like every other. */
export function createApi(): Api {
  return new OpenAPIHono<ApiEnv>({
    strict: false,
    defaultHook: (result) => {
      if (result.success) return
      const [issue] = result.error.issues
      throw invalid(String(issue?.path[0] ?? 'the request'), issue?.message ?? 'it is not valid')
    },
  })
}

/** Names of the parameters that a schema knows. */
export const namesOf = (schema: z.ZodObject): string[] => Object.keys(schema.shape)

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    request_id: z.string(),
    parameter: z.string().optional(),
    position: z.number().int().optional(),
    hint: z.string().optional(),
  })
  .openapi('Problem', {
    example: {
      type: 'about:blank',
      title: 'The query is not valid',
      status: 400,
      code: 'INSIGHTS_QUERY_INVALID',
      detail: 'cannot use modle: there is no such parameter',
      parameter: 'modle',
      hint: 'did you mean model?',
      request_id: '0b0c6a62-3f07-4d6a-9c57-0a4d7c4f1f4e',
    },
  })

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

/** The failures of every data route. */
export const PROBLEM_RESPONSES = {
  400: problem('A parameter is wrong; `parameter` says which.'),
  401: problem('No key, or a wrong one.'),
  403: problem('The key is not for this, or the page is of another origin.'),
  422: problem('The answer is too large.'),
  503: problem('The store does not answer; try again after Retry-After.'),
  504: problem('The query was stopped.'),
}

export const RATE_RESPONSE = {
  429: problem('The key or its project sends too much a second; try again after Retry-After.'),
}

export const NOT_FOUND_RESPONSE = { 404: problem('There is no such thing in this project.') }

const VALUE_SCHEMAS: Record<ColumnType, () => z.ZodType> = {
  text: () => z.string().nullable(),
  content: () => z.string().nullable(),
  count: () => z.number().int().nullable(),
  integer: () => z.number().int().nullable(),
  float: () => z.number().nullable(),
  money: () => z.string().nullable().openapi({ format: 'decimal', description: 'US dollars, exact.' }),
  time: () => z.string().openapi({ format: 'date-time', description: 'UTC, nanoseconds.' }),
  texts: () => z.array(z.string()),
  times: () => z.array(z.string()),
  map: () => z.record(z.string(), z.string()),
  numbers: () => z.record(z.string(), z.number()),
  maps: () => z.array(z.record(z.string(), z.string())),
}

/** The OpenAPI description of a row. Answers are not checked against it: the tables that make both are. */
export function rowSchema(columns: Columns): z.ZodObject {
  return z.object(
    Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, VALUE_SCHEMAS[type]().optional()])),
  )
}

export const json = (description: string, schema: z.ZodType, example: unknown) => ({
  description,
  content: { 'application/json': { schema, example } },
})
