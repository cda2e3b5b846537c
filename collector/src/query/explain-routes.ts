// GET /explain/{trace_id}/{span_id}: how a stored row came about. POST /explain: what pasted spans would become; nothing is stored.
import { createRoute, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { type Api, json, NOT_FOUND_RESPONSE, PROBLEM_RESPONSES } from './api.ts'
import type { Explainer } from './deps.ts'
import { EXPLAINED, type ExplainedSpan, explainedSpan } from './explain-schema.ts'
import { plainHex, rejectUnknown } from './filters.ts'
import { ProblemError } from './problem.ts'
import type { RunQuery } from './run-query.ts'
import type { Condition, SelectQuery } from './select-query.ts'

interface ExplainDeps {
  run: RunQuery
  explainer: Explainer
}

export function addExplainRoutes(api: Api, deps: ExplainDeps): void {
  addStoredRoute(api, deps)
  addSentRoute(api, deps)
}

const stored = createRoute({
  method: 'get',
  path: '/api/v1/explain/{trace_id}/{span_id}',
  summary:
    'How a stored span became its row: which dialect and key told each field, which rule settled its tokens, and the sum behind its cost.',
  description:
    'The rules of this version are run again over what the row keeps; `now` says where they come to something else. Long values are cut.',
  request: {
    params: z.object({
      trace_id: z.string().openapi({ example: EXPLAINED.trace_id }),
      span_id: z.string().openapi({ example: EXPLAINED.span_id }),
    }),
  },
  responses: {
    200: json('The explanation.', explainedSpan, EXPLAINED),
    ...PROBLEM_RESPONSES,
    ...NOT_FOUND_RESPONSE,
  },
})

function addStoredRoute(api: Api, { run, explainer }: ExplainDeps): void {
  api.openapi(stored, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, [], false)
    const params = c.req.valid('param')
    const project = c.get('project')
    const ids: Condition[] = [is('trace_id', plainHex(params.trace_id)), is('span_id', plainHex(params.span_id))]
    const [row] = await run(project, spanQuery(explainer.columns, ids), 1)
    if (row === undefined) throw new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this span' })
    const [settled] = await run(project, settlementQuery([...ids, is('batch_id', String(row['batch_id']))]), 1)
    return c.json<ExplainedSpan, 200>(explainer.stored(row, String(settled?.['reason'] ?? '')), 200)
  })
}

const is = (column: string, value: string): Condition => ({ kind: 'any_of', column, type: 'text', values: [value] })

// A span that was sent twice has two rows: the later one.
const spanQuery = (columns: readonly string[], where: readonly Condition[]): SelectQuery => ({
  source: { view: 'spans_v1' },
  items: [...columns, 'batch_id'].map((name) => ({ name })),
  where,
  orderBy: [{ name: 'received_time', descending: true }],
  limit: 1,
})

const settlementQuery = (where: readonly Condition[]): SelectQuery => ({
  source: { view: 'settlements_v1' },
  items: [{ name: 'reason' }, { name: 'settled_time' }],
  where,
  orderBy: [{ name: 'settled_time', descending: true }],
  limit: 1,
})

const SENT_EXAMPLE = {
  name: 'chat gpt-4o-mini',
  attributes: [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.request.model', value: { stringValue: 'gpt-4o-mini' } },
    { key: 'gen_ai.usage.input_tokens', value: { intValue: '1200' } },
  ],
}

const sent = createRoute({
  method: 'post',
  path: '/api/v1/explain',
  summary: 'What spans would become if they were sent: nothing is stored.',
  description:
    'The body is OTLP/JSON: a trace request, an element of its resourceSpans, scopeSpans or spans, or an array of such elements; at most 1 MiB and 100 spans.',
  request: {
    body: { required: true, content: { 'application/json': { schema: z.unknown(), example: SENT_EXAMPLE } } },
  },
  responses: {
    200: json('An explanation each, in the order of the spans.', z.object({ data: z.array(explainedSpan) }), {
      data: [{ ...EXPLAINED, stored: false }],
    }),
    ...PROBLEM_RESPONSES,
  },
})

function addSentRoute(api: Api, { explainer }: ExplainDeps): void {
  const limit = bodyLimit({ maxSize: explainer.maxBytes, onError: () => tooLarge(explainer.maxBytes) })
  api.openAPIRegistry.registerPath(sent)
  // Taken as bytes, not by the description: its numbers may be more than a double holds.
  api.post(sent.path, limit, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, [], false)
    const body = new Uint8Array(await c.req.arrayBuffer())
    return c.json({ data: explainer.sent(c.get('project'), body) })
  })
}

function tooLarge(maxBytes: number): never {
  throw new ProblemError({
    code: 'INSIGHTS_TOO_LARGE',
    detail: `cannot explain the body: it is larger than ${maxBytes} bytes`,
  })
}
