// GET and PUT /prices, GET /prices/find, GET /prices/unpriced: a project's own prices, what a model costs, and what has no price yet.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, type ApiEnv, json, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { type Columns, type Row, toJsonRow } from './column.ts'
import type { FoundPrice, PricesState, ProjectPrices } from './deps.ts'
import { EXAMPLES } from './examples.ts'
import { rejectUnknown } from './filters.ts'
import { invalid, ProblemError } from './problem.ts'
import { RANGE_SHAPE, rangeConditions, readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'
import type { SelectQuery } from './select-query.ts'
import { parseInstant } from './time.ts'

interface PriceDeps {
  run: RunQuery
  clock: Clock
  prices: ProjectPrices
}

/** Ten thousand rules take about 2 MiB. */
const MAX_DOCUMENT_BYTES = 8 * 2 ** 20
const MAX_UNPRICED = 1_000
const MAX_NAME = 256

export function addPriceRoutes(api: Api, deps: PriceDeps): void {
  addDocumentRoutes(api, deps)
  addFindRoute(api, deps)
  addUnpricedRoute(api, deps)
}

// The price stage checks the rest: it can say which rule is wrong.
const document = z
  .looseObject({ version: z.number().int().min(0).optional() })
  .openapi({ description: 'As a prices file (docs/pricing.md); `version`, when given, is the one to replace.' })

function addDocumentRoutes(api: Api, { prices }: PriceDeps): void {
  const state = prices.schema.extend({ version: z.number().int() })
  const ok = json('The prices in force, and their version (also as ETag).', state, EXAMPLES['prices'])
  const get = createRoute({
    method: 'get',
    path: '/api/v1/prices',
    summary: "The project's own prices; version 0: it has none.",
    responses: { 200: ok, ...PROBLEM_RESPONSES },
  })
  const put = createRoute({
    method: 'put',
    path: '/api/v1/prices',
    summary:
      "Replaces the project's own prices, from the next span on. Stored spans keep their cost until `insights reprice`.",
    request: {
      headers: z.object({
        'if-match': z.string().optional().openapi({ description: 'The version to replace; another one is a 412.' }),
      }),
      body: { required: true, content: { 'application/json': { schema: document } } },
    },
    responses: { 200: ok, ...PROBLEM_RESPONSES },
  })
  api.openapi(get, async (c) => c.json<PricesState, 200>(tagged(c, await prices.get(c.get('project'))), 200))
  api.use('/api/v1/prices', bodyLimit({ maxSize: MAX_DOCUMENT_BYTES, onError: tooLarge }))
  api.openapi(put, async (c) => {
    const { version, ...content } = c.req.valid('json')
    const ifVersion = readVersion(c.req.valid('header')['if-match']) ?? version
    const state = await prices.put(c.get('project'), content, ifVersion)
    return c.json<PricesState, 200>(tagged(c, state), 200)
  })
}

function tagged(c: Context<ApiEnv>, state: PricesState): PricesState {
  c.header('etag', `"${state.version}"`)
  return state
}

function tooLarge(): never {
  throw new ProblemError({
    code: 'INSIGHTS_TOO_LARGE',
    detail: `cannot take the prices: they are larger than ${MAX_DOCUMENT_BYTES} bytes`,
  })
}

function readVersion(text: string | undefined): number | undefined {
  if (text === undefined || text === '*') return undefined
  const digits = /^(?:W\/)?"?(\d{1,15})"?$/.exec(text)?.[1]
  if (digits === undefined) throw invalid('if-match', 'it is not a version')
  return Number(digits)
}

const FIND_SHAPE = {
  model: z.string().min(1).max(MAX_NAME).openapi({ example: 'gpt-4o-mini' }),
  provider: z.string().max(MAX_NAME).default('').openapi({ example: 'openai' }),
  service_tier: z.string().max(64).default('').openapi({ example: 'batch' }),
  at: z.string().default('now').openapi({ description: 'A time, as `from` elsewhere.', example: '2026-01-31' }),
}

function addFindRoute(api: Api, { prices, clock }: PriceDeps): void {
  const rates = z.record(z.string(), z.string())
  const found = z.object({
    price_id: z.string(),
    rule: z.string(),
    reason: z.string(),
    levels: z.array(z.object({ above_input_tokens: z.number().optional(), per_million: rates })),
  })
  const query = z.object(FIND_SHAPE)
  const route = createRoute({
    method: 'get',
    path: '/api/v1/prices/find',
    summary: 'The price of a model: by which rule, and the rates of each context level.',
    request: { query },
    responses: {
      200: json('The price, or the reason why there is none.', found, EXAMPLES['price']),
      ...PROBLEM_RESPONSES,
    },
  })
  api.openapi(route, (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { model, provider, service_tier: serviceTier, at } = c.req.valid('query')
    const nanos = parseInstant(at, clock.nowMs())
    if (nanos === undefined) throw invalid('at', 'it is not a time')
    const names = { model, provider, serviceTier, atMs: Number(nanos / 1_000_000n) }
    return c.json<FoundPrice, 200>(prices.find(c.get('project'), names), 200)
  })
}

const UNPRICED_COLUMNS = {
  provider: 'text',
  model: 'text',
  service_tier: 'text',
  cost_reason: 'text',
  calls: 'count',
  tokens: 'count',
  first_seen: 'time',
  last_seen: 'time',
} as const satisfies Columns

function addUnpricedRoute(api: Api, { run, clock }: PriceDeps): void {
  const query = z.object({ ...RANGE_SHAPE, limit: z.coerce.number().int().min(1).max(MAX_UNPRICED).default(100) })
  const body = z.object({ data: z.array(rowSchema(UNPRICED_COLUMNS)) })
  const route = createRoute({
    method: 'get',
    path: '/api/v1/prices/unpriced',
    summary: 'What to price: models of calls without a cost, with the reason, those of most tokens first.',
    request: { query },
    responses: { 200: json('Models.', body, EXAMPLES['unpriced']), ...PROBLEM_RESPONSES },
  })
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { from, to, limit } = c.req.valid('query')
    const range = readRange({ from, to }, clock.nowMs())
    const where = rangeConditions(range, { from: 'start_time', to: 'start_time' })
    const rows = await run(c.get('project'), { ...UNPRICED, where, limit }, limit)
    return c.json<{ data: Row[] }, 200>({ data: rows.map((row) => toJsonRow(row, UNPRICED_COLUMNS)) }, 200)
  })
}

const UNPRICED: SelectQuery = {
  source: { view: 'unpriced_v1' },
  items: [
    { name: 'provider' },
    { name: 'model' },
    { name: 'service_tier' },
    { name: 'cost_reason' },
    { name: 'calls', sql: 'count()' },
    { name: 'tokens', sql: 'sum(v.tokens)' },
    { name: 'first_seen', sql: 'min(v.start_time)' },
    { name: 'last_seen', sql: 'max(v.start_time)' },
  ],
  where: [],
  groupBy: ['provider', 'model', 'service_tier', 'cost_reason'],
  orderBy: [
    { name: 'tokens', descending: true },
    { name: 'calls', descending: true },
    { name: 'model', descending: false },
    { name: 'cost_reason', descending: false },
  ],
  limit: 0,
}
