// GET /facets -> {"data":[{"field","values":[{"value","count"}],"more"}]}: which values there are, how often; also to complete what is typed.
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, namesOf, PROBLEM_RESPONSES } from './api.ts'
import type { Read } from './beside.ts'
import { type Json, type Row, toJson } from './column.ts'
import {
  type FacetField,
  type FacetQuery,
  type FacetRequest,
  facetField,
  facetQueries,
  isSifted,
  MAX_VALUES,
  valueName,
} from './facet-query.ts'
import { FilterError } from './filter/ast.ts'
import { FILTER_SHAPE, readClauses, told } from './filter/request.ts'
import { rejectUnknown } from './filters.ts'
import { invalid } from './problem.ts'
import { RANGE_SHAPE, readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'
import { setOf } from './statement.ts'

const MAX_FIELDS = 16
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
    const wanted = readFields(fields, of)
    const found = await inGroups(
      told(() => facetQueries(wanted, { ...request, limit })),
      (one) => readFacets(one, { match, limit }, (query, maxRows) => run(c.get('project'), query, maxRows)),
    )
    const facets = new Map(found.flat().map((one) => [one.field, one]))
    return c.json({ data: wanted.flatMap(({ name }) => facets.get(name) ?? []) }, 200)
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

type Asked = Pick<FacetRequest, 'match' | 'limit'>

async function readFacets({ fields, query }: FacetQuery, asked: Asked, read: Read): Promise<Facet[]> {
  const rows = await read(query, query.limit * fields.length)
  const [only] = fields
  if (only !== undefined && fields.length === 1) return [toFacet(only, rows, 'value', asked)]
  return fields.map((field, place) => {
    const set = setOf(place, fields.length)
    return toFacet(
      field,
      rows.filter((row) => Number(row['set']) === set),
      valueName(place),
      asked,
    )
  })
}

function toFacet(field: FacetField, rows: readonly Row[], column: string, { match, limit }: Asked): Facet {
  const values = rows.map((row) => ({
    value: textOf(toJson(row[column] ?? null, 'text')),
    count: Number(row['count']),
  }))
  const sought = match !== undefined && isSifted(field, match) ? match.toLowerCase() : ''
  const fitting = sought === '' ? values : values.filter(({ value }) => value?.toLowerCase().includes(sought))
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
