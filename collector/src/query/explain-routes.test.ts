import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openExplainer } from '../app-explain.ts'
import { createPricing } from '../price/pricing.ts'
import { systemClock } from '../telemetry/clock.ts'
import { type Answer, createTestApp, get, hex, insertSpans, startTestStore, type TestStore } from './query.fixture.ts'

const LIMITS = { maxAttributesPerSpan: 128 }
const explainer = openExplainer({ config: { limits: LIMITS }, pricing: createPricing(), clock: systemClock })
const TRACE = hex(1, 16)
const [CALL, AGENT, OTHERS] = [hex(1, 8), hex(2, 8), hex(9, 8)]

let test: TestStore
let app: ReturnType<typeof createTestApp>

const COLUMNS = {
  name: 'chat gpt-4o-mini',
  dialect: 'otel-gen-ai',
  operation: 'chat',
  provider: 'openai',
  request_model: 'gpt-4o-mini',
  usage_role: 'call',
  input_tokens: 1000,
  output_tokens: 100,
  computed_cost_usd: '0.00021',
  cost_usd: '0.00021',
  cost_source: 'computed',
  price_id: 'genai-prices/0.1.8/openai/gpt-4o-mini',
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.usage.input_tokens': '1000',
    'gen_ai.usage.output_tokens': '100',
  },
}

beforeAll(async () => {
  test = await startTestStore()
  app = createTestApp(test.store.select, { explainer })
  await insertSpans(test.store, [
    { trace: TRACE, span: CALL, agoMs: 60_000, columns: COLUMNS },
    // the agent above it reports the same usage; it was sent twice, and the later row is the one that was settled
    { trace: TRACE, span: AGENT, agoMs: 61_000, columns: { kind: 'agent', name: 'older', batch_id: 'a'.repeat(16) } },
    {
      trace: TRACE,
      span: AGENT,
      agoMs: 61_000,
      columns: { kind: 'agent', name: 'newer', batch_id: 'b'.repeat(16), usage_role: 'summary', counts_usage: 1 },
    },
    { trace: TRACE, span: OTHERS, agoMs: 60_000, project: 'beta', columns: COLUMNS },
  ])
  await test.store.command(
    `ALTER TABLE insights.spans UPDATE received_time = if(name = 'newer', now64(3), now64(3) - 5) WHERE kind = 'agent' SETTINGS mutations_sync = 2`,
  )
  for (const [sign, reason, ago] of [
    [1, 'alone', 20],
    [-1, 'descendant', 10],
  ]) {
    await test.store.command(
      `INSERT INTO insights.settlements (project_id, day, start_time, trace_id, span_id, batch_id, sign, base, reason, retention_days, settled_time)
       SELECT project_id, day, start_time, trace_id, span_id, batch_id, ${sign}, 1, '${reason}', 90, now64(6) - ${ago} FROM insights.spans WHERE name = 'newer'`,
      {},
      { async_insert: 0 },
    )
  }
})
afterAll(() => test.stop())

describe('a stored span', () => {
  it('is explained field by field, with the sum behind its cost', async () => {
    const { status, body } = await get(app, `/api/v1/explain/${TRACE}/${CALL}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ trace_id: TRACE, span_id: CALL, stored: true, kind: 'generation' })
    expect(body.fields).toContainEqual({
      field: 'provider',
      value: 'openai',
      dialect: 'otel-gen-ai',
      key: 'gen_ai.provider.name',
    })
    expect(body.cost).toMatchObject({ cost_usd: '0.00021', sum: { total_usd: '0.00021' } })
    expect(body.cost).not.toHaveProperty('differs')
    expect(body.fields.filter((field: object) => 'now' in field)).toEqual([])
    // Ids may be written as people copy them.
    expect((await get(app, `/api/v1/explain/${TRACE.toUpperCase()}/${CALL}`)).body).toEqual(body)
  })

  it('is its latest row, with the last that was settled about it', async () => {
    const { body } = await get(app, `/api/v1/explain/${TRACE}/${AGENT}`)
    expect(body).toMatchObject({ name: 'newer', usage: { role: 'summary' } })
    expect(body.usage.role_text).toMatch(/settled: it does not count, for a span below it does$/)
  })

  it.each([
    [`${TRACE}/${hex(77, 8)}`, 'alpha-key', 404, 'INSIGHTS_NOT_FOUND'],
    [`${TRACE}/${OTHERS}`, 'alpha-key', 404, 'INSIGHTS_NOT_FOUND'],
    [`${TRACE}/${CALL}`, 'beta-key', 404, 'INSIGHTS_NOT_FOUND'],
    ['nonsense/x', 'alpha-key', 404, 'INSIGHTS_NOT_FOUND'],
    [`${TRACE}/${CALL}?fields=name`, 'alpha-key', 400, 'INSIGHTS_QUERY_INVALID'],
    [`${TRACE}/${CALL}`, '', 401, 'INSIGHTS_UNAUTHORIZED'],
  ])('is not there, or not for everybody: %s as %s', async (path, key, status, code) => {
    const answer = await get(app, `/api/v1/explain/${path}`, key)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })
})

describe('pasted spans', () => {
  const SPAN = {
    name: 'chat',
    traceId: TRACE,
    spanId: hex(3, 8),
    attributes: [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.response.id', value: { intValue: 'ID' } },
    ],
  }
  const post = async (body: string, headers: Record<string, string> = { 'x-api-key': 'alpha-key' }, query = '') => {
    const response = await app.request(`/api/v1/explain${query}`, { method: 'POST', headers, body })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }

  it('are explained and not stored, to the last digit', async () => {
    const count = () => test.store.select<{ n: number }>('SELECT count() AS n FROM insights.spans')
    const before = await count()
    for (const type of ['application/json', 'text/plain']) {
      const text = JSON.stringify(SPAN).replace('"ID"', '9007199254740993')
      const { status, body } = await post(text, { 'x-api-key': 'alpha-key', 'content-type': type })
      expect([status, body.data.length]).toEqual([200, 1])
      expect(body.data[0]).toMatchObject({ stored: false, kind: 'generation', span_id: SPAN.spanId })
      expect(body.data[0].fields).toContainEqual(
        expect.objectContaining({ field: 'response_id', value: '9007199254740993' }),
      )
    }
    expect(await count()).toEqual(before)
  })

  it.each([
    ['{', 400, 'INSIGHTS_REQUEST_INVALID'],
    ['{}', 400, 'INSIGHTS_REQUEST_INVALID'],
    ['', 400, 'INSIGHTS_REQUEST_INVALID'],
    [JSON.stringify(Array(101).fill({ name: 'chat' })), 400, 'INSIGHTS_REQUEST_INVALID'],
    ['x'.repeat(2 ** 20 + 1), 413, 'INSIGHTS_TOO_LARGE'],
  ])('are refused as a problem when they are none (%#)', async (text, status, code) => {
    const answer = await post(text)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.body.detail).toMatch(/^cannot explain the body: /)
  })

  it('need a key, and no parameter', async () => {
    expect((await post(JSON.stringify(SPAN), {})).status).toBe(401)
    expect((await post(JSON.stringify(SPAN), undefined, '?store=1')).body).toMatchObject({
      status: 400,
      parameter: 'store',
    })
  })

  it('are explained to who may read, and to no sender', async () => {
    const as = async (scope: 'read' | 'ingest'): Promise<number> => {
      const scoped = createTestApp(test.store.select, {
        explainer,
        auth: () => ({ project: 'alpha', scopes: new Set([scope]) }),
      })
      return (await scoped.request('/api/v1/explain', { method: 'POST', body: JSON.stringify({ name: 'x' }) })).status
    }
    expect([await as('read'), await as('ingest')]).toEqual([200, 403])
  })

  it('and stored ones are described in the OpenAPI page', async () => {
    const { body } = await get(app, '/api/openapi.json', '')
    const { post: sent } = body.paths['/api/v1/explain']
    const { get: stored } = body.paths['/api/v1/explain/{trace_id}/{span_id}']
    expect(sent.requestBody.content['application/json'].example).toHaveProperty('attributes')
    const answer = (route: { responses: Record<string, { content: Record<string, object> }> }) =>
      route.responses['200']?.content['application/json']
    expect(answer(stored)).toMatchObject({ schema: { $ref: '#/components/schemas/ExplainedSpan' } })
    expect(answer(sent)).toMatchObject({ example: { data: [{ stored: false }] } })
  })
})
