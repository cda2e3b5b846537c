// GET /sessions/{session_id}: a session as a conversation, a turn for each of its traces, with what was asked and answered in it.
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, NOT_FOUND_RESPONSE, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { type Columns, type Row, toJsonRow } from './column.ts'
import { SESSION_COLUMNS } from './columns.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { EXAMPLES } from './examples.ts'
import { rejectUnknown } from './filters.ts'
import { keyColumns } from './list-query.ts'
import { daysOfSession } from './newest-groups.ts'
import { invalid, ProblemError } from './problem.ts'
import type { RunQuery } from './run-query.ts'
import type { Condition, SelectQuery } from './select-query.ts'

const MAX_TURNS = 100
const MAX_SPANS = 20_000
/** Characters of content; the whole is at its span. */
const SHOWN = 16_384

const TURN_COLUMNS = {
  trace_id: 'text',
  name: 'text',
  start_time: 'time',
  latency_ms: 'float',
  status: 'text',
  spans: 'count',
  total_tokens: 'count',
  cost_usd: 'money',
  user_id: 'text',
} as const satisfies Columns

const CONTENT_COLUMNS = {
  input_span_id: 'text',
  output_span_id: 'text',
  input: 'content',
  output: 'content',
} as const satisfies Columns

const query = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_TURNS).default(20).openapi({ description: 'Turns of a page.' }),
  cursor: z.string().max(4_096).optional(),
})

const answer = z.object({
  session: rowSchema(SESSION_COLUMNS),
  turns: z.array(rowSchema({ ...TURN_COLUMNS, ...CONTENT_COLUMNS })),
  next_cursor: z.string().nullable(),
})

const route = createRoute({
  method: 'get',
  path: '/api/v1/sessions/{session_id}',
  summary: 'One session as a conversation: its traces in order of time, each with what was asked and answered.',
  description:
    'Content is that of the root, or else of the first span that has input and the last that has output; cut at 16,384 characters, the whole is at that span.',
  request: { params: z.object({ session_id: z.string().max(1_024).openapi({ example: 'chat-17' }) }), query },
  responses: {
    200: json('The conversation.', answer, EXAMPLES['session']),
    ...PROBLEM_RESPONSES,
    ...NOT_FOUND_RESPONSE,
  },
})

interface SessionAnswer {
  session: Row
  turns: Row[]
  next_cursor: string | null
}

type Read = (query: SelectQuery, maxRows: number) => Promise<Row[]>

export function addSessionRoute(api: Api, { run }: { run: RunQuery }): void {
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { limit, cursor } = c.req.valid('query')
    const id = c.req.valid('param').session_id
    const read: Read = (wanted, maxRows) => run(c.get('project'), wanted, maxRows)
    const ofSession: Condition = { kind: 'any_of', column: 'session_id', type: 'text', values: [id] }
    const items = Object.keys(SESSION_COLUMNS).map((name) => ({ name }))
    const days = id === '' ? undefined : await daysOfSession(id, read)
    const source = { view: 'sessions_of_ids_v1', ids: [id], ...(days ? { days } : {}) }
    const [session] = days ? await read({ source, items, where: [ofSession], limit: 1 }, 1) : []
    if (days === undefined || session === undefined)
      throw new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this session' })
    const where = [ofSession, tracesOf(ofSession, days), ...(cursor === undefined ? [] : [beyond(id, cursor)])]
    const traces = await read(turnsQuery(days, where, limit), limit + 1)
    const page = traces.slice(0, limit)
    const contents = await readContents(page, read)
    const turns = page.map((trace) => ({
      ...toJsonRow(trace, TURN_COLUMNS),
      ...toJsonRow(contents.get(String(trace['trace_id'])) ?? {}, CONTENT_COLUMNS),
    }))
    const last = page.at(-1)
    const next =
      traces.length > limit && last
        ? encodeCursor(
            listOf(id),
            KEY.map((name) => String(last[name])),
          )
        : null
    return c.json<SessionAnswer, 200>({ session: toJsonRow(session, SESSION_COLUMNS), turns, next_cursor: next }, 200)
  })
}

const KEY = ['start_time', 'trace_id'] as const
const listOf = (session: string): string => JSON.stringify(['session', session])

function beyond(session: string, cursor: string): Condition {
  const values = decodeCursor(listOf(session), KEY.length, cursor)
  if (values === undefined) throw invalid('cursor', 'it is not a next_cursor of this session')
  return { kind: 'beyond', columns: keyColumns(KEY, TURN_COLUMNS), values, descending: false }
}

/** What a trace names, one of its rows in the rollup names: the others need not be added up. */
const tracesOf = (ofSession: Condition, days: NonNullable<SelectQuery['source']['days']>): Condition => ({
  kind: 'one_of',
  columns: ['trace_key'],
  query: { source: { view: 'trace_parts_v1', days }, items: [{ name: 'trace_key' }], where: [ofSession] },
})

const turnsQuery = (
  days: NonNullable<SelectQuery['source']['days']>,
  where: Condition[],
  limit: number,
): SelectQuery => ({
  source: { view: 'traces_of_days_v1', days },
  items: [...Object.keys(TURN_COLUMNS), 'end_time'].map((name) => ({ name })),
  where,
  orderBy: KEY.map((name) => ({ name, descending: false })),
  limit: limit + 1,
})

/** Of each trace the span that shows what was asked, and the one that shows what was answered; then their texts alone. */
async function readContents(traces: readonly Row[], read: Read): Promise<Map<string, Row>> {
  const [first, last] = [
    traces[0],
    traces
      .map((trace) => String(trace['end_time']))
      .sort()
      .at(-1),
  ]
  if (first === undefined || last === undefined) return new Map()
  const bound = (operator: '>=' | '<=', value: string): Condition => ({
    kind: 'compare',
    column: 'start_time',
    type: 'time',
    operator,
    value,
  })
  const where: Condition[] = [
    { kind: 'any_of', column: 'trace_id', type: 'text', values: traces.map((trace) => String(trace['trace_id'])) },
    bound('>=', String(first['start_time'])),
    bound('<=', last),
  ]
  const thin: SelectQuery = {
    source: { view: 'span_details_v1' },
    items: [
      ...['trace_id', 'span_id', 'parent_span_id'].map((name) => ({ name })),
      { name: 'has_input', sql: 'notEmpty(v.input)' },
      { name: 'has_output', sql: 'notEmpty(v.output)' },
    ],
    where: [
      ...where,
      { kind: 'any_of', column: 'kind', type: 'text', values: ['generation', 'agent', 'chain', 'span'] },
    ],
    orderBy: ['start_time', 'span_id'].map((name) => ({ name: `v.${name}`, descending: false })),
    limit: MAX_SPANS,
  }
  const chosen = chooseSpans(await read(thin, MAX_SPANS))
  const ids = [
    ...new Set([...chosen.values()].flatMap(({ input, output }) => [input, output].filter((id) => id !== undefined))),
  ]
  if (ids.length === 0) return new Map()
  const texts: SelectQuery = {
    source: { view: 'span_details_v1' },
    items: [
      { name: 'trace_id' },
      { name: 'span_id' },
      ...(['input', 'output'] as const).map((name) => ({ name, sql: `leftUTF8(v.${name}, ${SHOWN})` })),
    ],
    where: [...where, { kind: 'any_of', column: 'span_id', type: 'text', values: ids }],
    limit: MAX_SPANS,
  }
  const rows = new Map((await read(texts, MAX_SPANS)).map((row) => [`${row['trace_id']}/${row['span_id']}`, row]))
  return new Map(
    [...chosen].map(([trace, { input, output }]) => [
      trace,
      {
        input_span_id: input ?? '',
        output_span_id: output ?? '',
        input: rows.get(`${trace}/${input}`)?.['input'] ?? '',
        output: rows.get(`${trace}/${output}`)?.['output'] ?? '',
      },
    ]),
  )
}

interface Chosen {
  input?: string
  output?: string
}

/** @param rows in order of start */
function chooseSpans(rows: readonly Row[]): Map<string, Chosen> {
  const chosen = new Map<string, Chosen>()
  const rooted = { input: new Set<string>(), output: new Set<string>() }
  for (const row of rows) {
    const [trace, span, isRoot] = [String(row['trace_id']), String(row['span_id']), row['parent_span_id'] === '']
    const found = chosen.get(trace) ?? {}
    const take = (side: 'input' | 'output', isBetter: boolean): void => {
      if (Number(row[`has_${side}`]) !== 1 || rooted[side].has(trace) || (!isRoot && !isBetter)) return
      found[side] = span
      if (isRoot) rooted[side].add(trace)
    }
    take('input', found.input === undefined)
    take('output', true)
    chosen.set(trace, found)
  }
  return chosen
}
