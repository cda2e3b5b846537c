// GET /facets -> {"data":[{"field","values":[{"value","count"}],"more"}]}: which values there are, how often; also to complete what is typed.
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, namesOf, PROBLEM_RESPONSES } from './api.ts'
import { type Json, toJson } from './column.ts'
import { type FacetField, type FacetRequest, facetField, facetQuery } from './facet-query.ts'
import { FilterError } from './filter/ast.ts'
import { FILTER_SHAPE, readClauses, told } from './filter/request.ts'
import { rejectUnknown } from './filters.ts'
import { invalid } from './problem.ts'
import { RANGE_SHAPE, readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'

const MAX_FIELDS = 16
const MAX_VALUES = 1_000
const DEFAULT_VALUES = 20
/** Queries of one request at one time: others ask too. */
const AT_ONCE = 4

const query = z.object({
  ...RANGE_SHAPE,
  ...FILTER_SHAPE,
  of: z.enum(['spans', 'generations', 'traces']).default('spans').openapi({ description: 'Rows to count.' }),
  fields: z.string().max(1_024).openapi({
    description:
      'Fields of the filter language whose values are texts, by commas; `attr`, `metadata` and `resource` alone are their keys.',
    example: 'model,provider,service,error,attr.http.route',
  }),
  match: z.string().max(256).optional().openapi({ description: 'Values with this in them, in any case: completion.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_VALUES)
    .default(DEFAULT_VALUES)
    .openapi({ description: 'Values of a field.' }),
})

const facet = z.object({
  field: z.string(),
  values: z.array(z.object({ value: z.string().nullable(), count: z.number().int() })),
  more: z.boolean().openapi({ description: 'There are more values.' }),
})

const EXAMPLE = {
  data: [
    {
      field: 'model',
      values: [
        { value: 'gpt-4o-mini', count: 420 },
        { value: null, count: 17 },
      ],
      more: false,
    },
  ],
}

const route = createRoute({
  method: 'get',
  path: '/api/v1/facets',
  summary: 'Values of fields with the number of rows that have them, the most frequent first.',
  description:
    'Among the rows that `q` takes; what `q` asks of a field itself is left out for that field, so that its other values are seen. Where the rollup of minutes knows enough, the range is whole minutes. null: rows that have none.',
  request: { query },
  responses: { 200: json('Facets.', z.object({ data: z.array(facet) }), EXAMPLE), ...PROBLEM_RESPONSES },
})

type Facet = z.infer<typeof facet>

export function addFacetRoute(api: Api, { run, clock }: { run: RunQuery; clock: Clock }): void {
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { from, to, q, of, fields, match, limit } = c.req.valid('query')
    const nowMs = clock.nowMs()
    const request = { of, match, filter: readClauses(q), scope: { range: readRange({ from, to }, nowMs), nowMs } }
    const read = (field: FacetField): Promise<Facet> =>
      readFacet(field, { ...request, limit }, (wanted, rows) => run(c.get('project'), wanted, rows))
    return c.json({ data: await inGroups(readFields(fields, of), read) }, 200)
  })
}

function readFields(text: string, of: FacetRequest['of']): FacetField[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))]
  if (names.length > MAX_FIELDS) throw invalid('fields', `there are more than ${MAX_FIELDS}`)
  return names.map((name) => {
    try {
      return facetField(name, of)
    } catch (cause) {
      if (!(cause instanceof FilterError)) throw cause
      throw invalid('fields', cause.message, cause.hint)
    }
  })
}

async function readFacet(
  field: FacetField,
  request: FacetRequest,
  read: (query: ReturnType<typeof facetQuery>, maxRows: number) => Promise<Record<string, Json>[]>,
): Promise<Facet> {
  const { match, limit } = request
  // Members of lists are known only once the lists are taken apart.
  const sifts = match !== undefined && field.isList
  const wanted = sifts ? MAX_VALUES : limit + 1
  const rows = await read(
    told(() => facetQuery(field, { ...request, limit: wanted })),
    wanted,
  )
  const values = rows.map(({ value, count }) => ({ value: textOf(toJson(value, 'text')), count: Number(count) }))
  const fitting = sifts ? values.filter(({ value }) => value?.toLowerCase().includes(match.toLowerCase())) : values
  return { field: field.name, values: fitting.slice(0, limit), more: fitting.length > limit }
}

const textOf = (value: Json): string | null => (typeof value === 'string' ? value : null)

async function inGroups<In, Out>(items: readonly In[], task: (item: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    done.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(task))))
  }
  return done
}
