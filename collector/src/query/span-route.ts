// GET /traces/{trace_id}/spans/{span_id}: one span with all that is known of it. Long values are cut, and asked for by name, whole or in pieces.
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, NOT_FOUND_RESPONSE, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { type Columns, type Json, type Row, toJsonRow } from './column.ts'
import { SCORE_COLUMNS, SPAN_COLUMNS } from './columns.ts'
import { EXAMPLES } from './examples.ts'
import { plainHex, rejectUnknown } from './filters.ts'
import { chooseColumns } from './list-query.ts'
import { withTrace } from './of-trace.ts'
import { invalid, ProblemError } from './problem.ts'
import type { RunQuery } from './run-query.ts'
import type { Condition, Item, SelectQuery } from './select-query.ts'
import { duringTrace, readTrace, sameTrace } from './trace-read.ts'

/** Characters of a value that are shown unasked. */
const SHOWN = 16_384
const MAX_PIECE = 4_194_304
const MAX_SCORES = 100
const SPAN_ID = /^[0-9a-f]{16}$/

const query = z.object({
  fields: z.string().max(4_096).optional().openapi({
    description:
      'Columns to answer with, by commas, and then in full. Absent: all, values beyond 16,384 characters cut.',
    example: 'input',
  }),
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .optional()
    .openapi({ description: 'Of one field of content: from this character.' }),
  length: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PIECE)
    .optional()
    .openapi({ description: 'Of one field of content: so many characters.' }),
})

const answer = z.object({
  span: rowSchema(SPAN_COLUMNS),
  cut: z.record(z.string(), z.number().int()).openapi({
    description: 'Fields that are not whole (`attributes.x` for a value of a map), with their length in characters.',
  }),
  scores: z.array(rowSchema(SCORE_COLUMNS)),
})

const route = createRoute({
  method: 'get',
  path: '/api/v1/traces/{trace_id}/spans/{span_id}',
  summary: 'One span with content, attributes, events, links and scores.',
  request: {
    params: z.object({
      trace_id: z.string().openapi({ example: '4bf92f3577b34da6a3ce929d0e0e4736' }),
      span_id: z.string().openapi({ example: '00f067aa0ba902b7' }),
    }),
    query,
  },
  responses: { 200: json('The span.', answer, EXAMPLES['span']), ...PROBLEM_RESPONSES, ...NOT_FOUND_RESPONSE },
})

interface SpanAnswer {
  span: Row
  cut: Record<string, number>
  scores: Row[]
}

export function addSpanRoute(api: Api, { run }: { run: RunQuery }): void {
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const asked = c.req.valid('query')
    const columns = chooseColumns(SPAN_COLUMNS, asked.fields)
    const piece = pieceOf(columns, asked)
    const project = c.get('project')
    const trace = await readTrace(run, project, c.req.valid('param').trace_id)
    const spanId = plainHex(c.req.valid('param').span_id)
    const where = [sameTrace(String(trace['trace_id'])), sameSpan(spanId)]
    const [row] = SPAN_ID.test(spanId)
      ? await run(
          project,
          spanQuery(columns, [...where, ...duringTrace(trace)], { whole: asked.fields !== undefined, piece }),
          1,
        )
      : []
    if (row === undefined)
      throw new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this span in the trace' })
    const scores = asked.fields === undefined ? await run(project, scoresQuery(where), MAX_SCORES) : []
    const body = {
      span: toJsonRow(withTrace(row, trace), columns),
      cut: cutOf(row),
      scores: scores.map((score) => toJsonRow(score, SCORE_COLUMNS)),
    }
    return c.json<SpanAnswer, 200>(body, 200)
  })
}

const sameSpan = (spanId: string): Condition => ({ kind: 'any_of', column: 'span_id', type: 'text', values: [spanId] })

interface Piece {
  offset: number
  length: number
}

function pieceOf(
  columns: Columns,
  { offset, length }: { offset?: number | undefined; length?: number | undefined },
): Piece | undefined {
  if (offset === undefined && length === undefined) return undefined
  const types = Object.values(columns)
  if (types.length !== 1 || types[0] !== 'content') {
    throw invalid(
      offset === undefined ? 'length' : 'offset',
      'pieces are of one field of content',
      'write for instance fields=input&offset=0&length=65536',
    )
  }
  return { offset: offset ?? 0, length: length ?? MAX_PIECE }
}

function spanQuery(
  columns: Columns,
  where: Condition[],
  { whole, piece }: { whole: boolean; piece: Piece | undefined },
): SelectQuery {
  return {
    source: { view: 'span_details_v1' },
    items: Object.entries(columns).flatMap(([name, type]) => {
      if (type === 'content' && piece !== undefined) return pieceItems(name, piece)
      if (whole || (type !== 'content' && type !== 'map' && type !== 'maps')) return [{ name }]
      return CUT[type](name)
    }),
    where,
    // Of a span that came twice, the first row.
    orderBy: [{ name: 'v.received_time', descending: false }],
    limit: 1,
  }
}

const LENGTH_OF = 'length_of_'

/** What of a value is shown, and how long it is where that is less than all of it. */
const CUT: Record<'content' | 'map' | 'maps', (name: string) => Item[]> = {
  content: (name) => [
    { name, sql: `leftUTF8(v.${name}, ${SHOWN})` },
    {
      name: `${LENGTH_OF}${name}`,
      sql: `if(length(v.${name}) > ${SHOWN} AND lengthUTF8(v.${name}) > ${SHOWN}, lengthUTF8(v.${name}), 0)`,
    },
  ],
  map: (name) => [
    { name, sql: `mapApply((k, x) -> (k, leftUTF8(x, ${SHOWN})), v.${name})` },
    {
      name: `${LENGTH_OF}${name}`,
      sql: `mapApply((k, x) -> (k, lengthUTF8(x)), mapFilter((k, x) -> length(x) > ${SHOWN} AND lengthUTF8(x) > ${SHOWN}, v.${name}))`,
    },
  ],
  maps: (name) => [{ name, sql: `arrayMap(one -> mapApply((k, x) -> (k, leftUTF8(x, ${SHOWN})), one), v.${name})` }],
}

const pieceItems = (name: string, { offset, length }: Piece): Item[] => [
  // whole numbers that the schema let through
  { name, sql: `substringUTF8(v.${name}, ${offset + 1}, ${length})` },
  { name: `${LENGTH_OF}${name}`, sql: `lengthUTF8(v.${name})` },
]

function cutOf(row: Row): Record<string, number> {
  const found = Object.entries(row).flatMap(([name, value]): [string, Json][] => {
    if (!name.startsWith(LENGTH_OF)) return []
    const field = name.slice(LENGTH_OF.length)
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isMap ? Object.entries(value).map(([key, length]) => [`${field}.${key}`, length]) : [[field, value]]
  })
  return Object.fromEntries(
    found.map(([name, length]) => [name, Number(length)] as const).filter(([, length]) => length > 0),
  )
}

const scoresQuery = (where: Condition[]): SelectQuery => ({
  source: { view: 'scores_v1' },
  items: Object.keys(SCORE_COLUMNS).map((name) => ({ name })),
  where,
  orderBy: [{ name: 'time', descending: true }],
  limit: MAX_SCORES,
})
