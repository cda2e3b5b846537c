// The parameter `q` of a request in; conditions out, or a problem that says where in it the fault is.
import { z } from '@hono/zod-openapi'
import { ProblemError } from '../problem.ts'
import type { Condition } from '../select-query.ts'
import { type Filter, FilterError } from './ast.ts'
import { compileFilter, type FilterScope } from './compile.ts'
import type { Rows } from './fields.ts'
import { MAX_FILTER_LENGTH, parseFilter } from './parse.ts'

export const FILTER_SHAPE = {
  q: z.string().max(MAX_FILTER_LENGTH).optional().openapi({
    description:
      'Conditions that must all hold, in the filter language of docs/api.md: field:value, ranges, -negation, "words of the content".',
    example: 'model:gpt-4o cost>0.10 error:rate_limit "refund policy"',
  }),
}

export function readFilter(q: string | undefined, rows: Rows, scope: FilterScope): Condition[] {
  return q === undefined ? [] : told(() => compileFilter(parseFilter(q), rows, scope))
}

/** The clauses of `q`, for who looks at them first. */
export const readClauses = (q: string | undefined): Filter =>
  q === undefined ? { clauses: [] } : told(() => parseFilter(q))

/** What is wrong with a filter is the client's to know. */
export function told<T>(task: () => T): T {
  try {
    return task()
  } catch (cause) {
    if (!(cause instanceof FilterError)) throw cause
    throw new ProblemError({
      code: 'INSIGHTS_QUERY_INVALID',
      detail: `cannot use q: ${cause.message} (at character ${cause.at + 1})`,
      parameter: 'q',
      position: cause.at,
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
    })
  }
}
