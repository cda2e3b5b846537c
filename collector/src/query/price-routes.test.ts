import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPrices } from '../price/overrides.ts'
import { overridesSchema } from '../price/overrides-schema.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { PricesState, ProjectPrices } from './deps.ts'
import { createTestApp, get, hex, insertSpans, startTestStore, type TestStore } from './query.fixture.ts'

const RULE = { name: 'a', match: 'm', per_million: { input: 1 } }

/** Prices in memory, checked by the price stage. */
function memory(): ProjectPrices {
  const kept = new Map<string, PricesState>()
  return {
    schema: overridesSchema,
    get: async (project) => kept.get(project) ?? { version: 0, prices: [], aliases: [] },
    put: async (project, document, ifVersion) => {
      const version = kept.get(project)?.version ?? 0
      if (ifVersion !== undefined && ifVersion !== version)
        throw new InsightsError('INSIGHTS_CONFLICT', 'cannot: changed')
      const state = { version: version + 1, ...checkPrices(document) }
      kept.set(project, state)
      return state
    },
    find: (project, names) => ({
      price_id: `${project} ${Object.values(names).join(' ')}`,
      rule: '',
      reason: '',
      levels: [],
    }),
  }
}

const none = async () => []
const app = createTestApp(none, { prices: memory() })

async function put(body: unknown, headers: Record<string, string> = {}, key = 'alpha-key') {
  const response = await app.request('/api/v1/prices', {
    method: 'PUT',
    headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}

describe('the own prices of a project', () => {
  it('are replaced and read back, with their version, by whoever has its key', async () => {
    expect((await get(app, '/api/v1/prices')).body).toEqual({ version: 0, prices: [], aliases: [] })
    const first = await put({ prices: [RULE] })
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"'])
    const read = await get(app, '/api/v1/prices')
    expect(read.body).toEqual({ version: 1, prices: [RULE], aliases: [] })
    expect((await get(app, '/api/v1/prices', 'beta-key')).body.version).toBe(0)
    expect((await put({}, {}, 'wrong')).status).toBe(401)
    // What was read can be sent back as it is: the version in it guards the change.
    expect((await put(read.body)).body['version']).toBe(2)
    expect(await put(read.body)).toMatchObject({ status: 412, body: { code: 'INSIGHTS_CONFLICT' } })
    expect((await put({}, { 'if-match': '"1"' })).status).toBe(412)
    expect((await put({}, { 'if-match': '"2"' })).status).toBe(200)
    expect((await put({}, { 'if-match': 'x' })).body).toMatchObject({ status: 400, parameter: 'if-match' })
  })

  it('are refused with the place of what is wrong', async () => {
    const answer = await put({ prices: [RULE, { ...RULE, name: 'b', per_million: { inptu: 1 } }] })
    expect(answer.body).toMatchObject({ status: 400, code: 'INSIGHTS_PRICES_INVALID' })
    expect(answer.body['detail']).toMatch(/prices\[1\]\.per_million/)
    expect((await put([])).status).toBe(400)
    expect((await put('{')).body).toMatchObject({ status: 400, parameter: 'the body' })
    expect((await put(`{"prices":"${'x'.repeat(9 * 2 ** 20)}"}`)).body).toMatchObject({
      status: 413,
      code: 'INSIGHTS_TOO_LARGE',
    })
  })

  it('are described in the OpenAPI page', async () => {
    const { body } = await get(app, '/api/openapi.json', '')
    expect(Object.keys(body.paths['/api/v1/prices'])).toEqual(['get', 'put'])
    const { schema } = body.paths['/api/v1/prices'].get.responses[200].content['application/json']
    expect(Object.keys(schema.properties)).toEqual(['prices', 'aliases', 'version'])
  })
})

it('tells what a model costs at a time', async () => {
  const { body } = await get(app, '/api/v1/prices/find?model=m&provider=p&service_tier=batch&at=2026-01-31')
  expect(body.price_id).toBe(`alpha m p batch ${Date.parse('2026-01-31')}`)
  expect((await get(app, '/api/v1/prices/find?model=m&at=never')).body).toMatchObject({ status: 400, parameter: 'at' })
  expect((await get(app, '/api/v1/prices/find')).body).toMatchObject({ status: 400, parameter: 'model' })
})

describe('what has no price', () => {
  let test: TestStore
  beforeAll(async () => {
    test = await startTestStore()
    const span = (n: number, columns: Record<string, string | number | null>, project = 'alpha') => ({
      project,
      trace: hex(1, 16),
      span: hex(n, 8),
      agoMs: 60_000 * n,
      columns: { provider: 'vllm', request_model: 'harbor', cost_reason: 'self_hosted', input_tokens: 100, ...columns },
    })
    await insertSpans(test.store, [
      span(1, {}),
      span(2, { output_tokens: 50 }),
      span(3, { request_model: 'mystery', cost_reason: 'unknown_model', input_tokens: 900 }),
      span(4, { cost_usd: 1 }),
      span(5, { counts_usage: 0 }),
      span(6, {}, 'beta'),
      span(7, { request_model: 'unused', input_tokens: null }),
    ])
  })
  afterAll(() => test.stop())

  it('is listed by model and reason, the most tokens first', async () => {
    const live = createTestApp((sql, params, options) => test.store.select(sql, params, options), { prices: memory() })
    const { body } = await get(live, '/api/v1/prices/unpriced')
    expect(body.data).toMatchObject([
      { model: 'mystery', cost_reason: 'unknown_model', calls: 1, tokens: 900 },
      { provider: 'vllm', model: 'harbor', service_tier: null, cost_reason: 'self_hosted', calls: 2, tokens: 250 },
      { model: 'unused', calls: 1, tokens: 0 },
    ])
    expect(body.data[1].first_seen < body.data[1].last_seen).toBe(true)
    expect((await get(live, '/api/v1/prices/unpriced?limit=1')).body.data).toHaveLength(1)
    expect((await get(live, '/api/v1/prices/unpriced?from=now-90s')).body.data).toHaveLength(1)
    expect((await get(live, '/api/v1/prices/unpriced?limt=9')).body.hint).toBe('did you mean limit?')
  })
})
