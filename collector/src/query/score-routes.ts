// POST /scores, DELETE /scores/{score_id}: scores that are given and taken back. GET, PUT, DELETE /score-configs: what values a name may have.
import { createRoute, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import type { AdmitSending } from './access-deps.ts'
import { type Api, json, NOT_FOUND_RESPONSE, PROBLEM_RESPONSES, RATE_RESPONSE } from './api.ts'
import { EXAMPLES } from './examples.ts'
import { rejectUnknown } from './filters.ts'
import { invalid, ProblemError } from './problem.ts'
import { takeFromRates } from './rates.ts'
import type { GivenScore, ProjectScores, ScoreConfigState, ScoreWish } from './score-deps.ts'

const MAX_BODY_BYTES = 1 << 20
const MAX_SCORES = 1_000
const MAX_COMMENT = 16_384
const MAX_CATEGORIES = 200
const MAX_METADATA = 32
const id = z.string().min(1).max(256)

const wish = z
  .strictObject({
    id: id.optional().openapi({
      description: 'Another score under it replaces this one. Absent: made of target, name, source and user.',
    }),
    trace_id: id
      .optional()
      .openapi({ description: '32 hex digits, or the id under which the event wire told of the trace.' }),
    span_id: id.optional().openapi({ description: 'Absent: a score of the whole trace.' }),
    session_id: id.optional(),
    name: z.string().trim().min(1).max(256).openapi({ example: 'helpful' }),
    value: z
      .union([z.number(), z.boolean(), z.string().min(1).max(256)])
      .optional()
      .openapi({ description: 'A number, a yes or no, or a category.' }),
    comment: z.string().min(1).max(MAX_COMMENT).optional(),
    source: z.enum(['human', 'evaluator', 'api']).default('api'),
    author: z.string().max(256).optional(),
    user_id: z.string().max(256).optional(),
    environment: z.string().max(256).optional(),
    metadata: z.record(z.string().max(256), z.string().max(MAX_COMMENT)).default({}),
  })
  .openapi('ScoreWish')

const given = z
  .object({
    score_id: z.string(),
    trace_id: z.string().nullable(),
    span_id: z.string().nullable(),
    session_id: z.string().nullable(),
    time: z.string(),
    name: z.string(),
    type: z.enum(['numeric', 'boolean', 'categorical', 'text']),
    value: z.number().nullable(),
    label: z.string().nullable(),
  })
  .openapi('GivenScore')

const config = z.strictObject({
  type: z.enum(['numeric', 'boolean', 'categorical']),
  min: z.number().nullable().optional(),
  max: z.number().nullable().optional(),
  categories: z.array(z.string().min(1).max(256)).max(MAX_CATEGORIES).default([]),
  description: z.string().max(1_000).default(''),
})
const configState = config.extend({ name: z.string() }).openapi('ScoreConfig')
type ConfigState = z.infer<typeof configState>

export interface ScoreRoutes {
  scores: ProjectScores
  admitSending?: AdmitSending | undefined
}

export function addScoreRoutes(api: Api, { scores, admitSending }: ScoreRoutes): void {
  addGiveRoute(api, scores, admitSending)
  addRemoveRoute(api, scores)
  addConfigRoutes(api, scores)
}

function addGiveRoute(api: Api, scores: ProjectScores, admit: AdmitSending | undefined): void {
  const body = z.union([wish, z.strictObject({ scores: z.array(wish).min(1).max(MAX_SCORES) })])
  const route = createRoute({
    method: 'post',
    path: '/api/v1/scores',
    summary:
      'Gives a score, or several, to a trace, a span or a session, which need not have arrived yet. Needs the scope ingest.',
    description: 'When it is answered it is kept; lists show it about a second later.',
    request: { body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: {
      201: json('The scores.', z.object({ data: z.array(given) }), EXAMPLES['given_scores']),
      ...PROBLEM_RESPONSES,
      ...RATE_RESPONSE,
    },
  })
  api.use('/api/v1/scores', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }))
  if (admit) api.post('/api/v1/scores', takeFromRates(admit))
  api.openapi(route, async (c) => {
    const sent = c.req.valid('json')
    const wishes = 'scores' in sent ? sent.scores : [sent]
    const data = await scores.give(c.get('project'), wishes.map(toWish))
    c.set('sentRecords', data.length)
    return c.json<{ data: GivenScore[] }, 201>({ data }, 201)
  })
}

function toWish(sent: z.infer<typeof wish>): ScoreWish {
  if (sent.trace_id === undefined && sent.session_id === undefined)
    throw invalid('trace_id', 'a score needs a trace or a session')
  if (sent.span_id !== undefined && sent.trace_id === undefined) throw invalid('span_id', 'a span needs its trace_id')
  if (sent.value === undefined && sent.comment === undefined)
    throw invalid('value', 'a score needs a value or a comment')
  if (Object.keys(sent.metadata).length > MAX_METADATA)
    throw invalid('metadata', `it has more than ${MAX_METADATA} entries`)
  return {
    id: sent.id,
    traceId: sent.trace_id,
    spanId: sent.span_id,
    sessionId: sent.session_id,
    name: sent.name,
    value: sent.value,
    comment: sent.comment,
    source: sent.source,
    author: sent.author,
    userId: sent.user_id,
    environment: sent.environment,
    metadata: sent.metadata,
  }
}

function tooLarge(): never {
  throw new ProblemError({
    code: 'INSIGHTS_TOO_LARGE',
    detail: `cannot take the scores: they are larger than ${MAX_BODY_BYTES} bytes`,
  })
}

function addRemoveRoute(api: Api, scores: ProjectScores): void {
  const route = createRoute({
    method: 'delete',
    path: '/api/v1/scores/{score_id}',
    summary: 'Takes a score back. Needs the scope admin.',
    request: { params: z.object({ score_id: id }) },
    responses: {
      204: { description: 'It is gone, for lists a moment later.' },
      ...PROBLEM_RESPONSES,
      ...NOT_FOUND_RESPONSE,
    },
  })
  api.openapi(route, async (c) => {
    if (!(await scores.remove(c.get('project'), c.req.valid('param').score_id)))
      throw new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this score' })
    return c.body(null, 204)
  })
}

function addConfigRoutes(api: Api, scores: ProjectScores): void {
  const params = z.object({ name: z.string().trim().min(1).max(256).openapi({ example: 'stars' }) })
  const list = createRoute({
    method: 'get',
    path: '/api/v1/score-configs',
    summary: 'What values scores of a name may have. A name without a configuration may have any.',
    responses: {
      200: json('Configurations.', z.object({ data: z.array(configState) }), EXAMPLES['score_configs']),
      ...PROBLEM_RESPONSES,
    },
  })
  const put = createRoute({
    method: 'put',
    path: '/api/v1/score-configs/{name}',
    summary: 'Says what values scores of a name may have from now on: others are refused. Needs the scope admin.',
    request: { params, body: { required: true, content: { 'application/json': { schema: config } } } },
    responses: { 200: json('As it is in force.', configState, EXAMPLES['score_config']), ...PROBLEM_RESPONSES },
  })
  const remove = createRoute({
    method: 'delete',
    path: '/api/v1/score-configs/{name}',
    summary: 'Any value may be given again. Needs the scope admin.',
    request: { params },
    responses: { 204: { description: 'It is gone.' }, ...PROBLEM_RESPONSES, ...NOT_FOUND_RESPONSE },
  })
  api.openapi(list, (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, [], false)
    return c.json<{ data: ConfigState[] }, 200>({ data: scores.configs(c.get('project')).map(toJson) }, 200)
  })
  api.openapi(put, async (c) => {
    const { type, min, max, categories, description } = c.req.valid('json')
    if (type !== 'numeric' && (min != null || max != null)) throw invalid('min', 'only numeric scores have bounds')
    if (type !== 'categorical' && categories.length > 0)
      throw invalid('categories', 'only categorical scores have them')
    if (min != null && max != null && min > max) throw invalid('min', 'it is greater than max')
    const { name } = c.req.valid('param')
    const state = { name, type, min: min ?? undefined, max: max ?? undefined, categories, description }
    await scores.putConfig(c.get('project'), state)
    return c.json<ConfigState, 200>(toJson(state), 200)
  })
  api.openapi(remove, async (c) => {
    if (!(await scores.removeConfig(c.get('project'), c.req.valid('param').name)))
      throw new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this configuration' })
    return c.body(null, 204)
  })
}

const toJson = ({ name, type, min, max, categories, description }: ScoreConfigState): ConfigState => ({
  name,
  type,
  description,
  min: min ?? null,
  max: max ?? null,
  categories: [...categories],
})
