import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SPAN_COLUMNS, TRACE_COLUMNS } from './columns.ts'
import { get, hex, NOW_MS } from './query.fixture.ts'
import { HOUR, type Sample, startSample, TRACE } from './sample.fixture.ts'

let sample: Sample

beforeAll(async () => {
  sample = await startSample()
})
afterAll(() => sample.stop())

describe('lists', () => {
  it('answers traces of the last 24 hours, newest first, with the columns of the view', async () => {
    const { status, body } = await get(sample.app, '/api/v1/traces')
    expect(status).toBe(200)
    expect(body.next_cursor).toBeNull()
    expect(body.data.map((row: { trace_id: string }) => row.trace_id)).toEqual([TRACE, hex(2, 16), hex(3, 16)])
    expect(Object.keys(body.data[0])).toEqual(Object.keys(TRACE_COLUMNS))
    expect(body.data[0]).toMatchObject({
      name: 'answer',
      spans: 3,
      generations: 2,
      errors: 1,
      status: 'ok',
      input_tokens: 200,
      cost_usd: '0.000000000002',
      tags: ['beta', 'night'],
      release: null,
      start_time: `${new Date(NOW_MS - HOUR).toISOString().slice(0, 19)}.000000000Z`,
    })
  })

  it('answers one generation a row, with money exact, counts as numbers and unknown as null', async () => {
    const { body } = await get(sample.app, '/api/v1/generations?limit=10')
    expect(body.data.map((row: { span_id: string }) => row.span_id)).toEqual([3, 2, 4, 5].map((id) => hex(id, 8)))
    expect(Object.keys(body.data[0])).toEqual(Object.keys(SPAN_COLUMNS))
    expect(body.data[1]).toMatchObject({
      input: '[{"role":"user"}]',
      time_to_first_token_ms: 250,
      latency_ms: 1000,
      input_tokens: 100,
      total_tokens: 120,
      cost_usd: '0.000000000001',
      error_type: null,
      seed: null,
      attributes: { 'app.tier': "gold'); --" },
    })
  })

  it('answers sessions, users and scores', async () => {
    const sessions = await get(sample.app, '/api/v1/sessions')
    expect(sessions.body.data.map((row: { session_id: string }) => row.session_id)).toEqual(['chat', 'other'])
    expect(sessions.body.data[0]).toMatchObject({
      traces: 1,
      generations: 2,
      user_id: 'ann',
      cost_usd: '0.000000000002',
    })
    const users = await get(sample.app, '/api/v1/users')
    // ann began 30 hours ago too: figures are of the traces of the range
    expect(users.body.data.map((row: { user_id: string }) => row.user_id)).toEqual(['ann', 'bob'])
    expect(users.body.data[0]).toMatchObject({ sessions: 2, traces: 2 })
    const earlier = await get(sample.app, '/api/v1/users?from=now-7d')
    expect(earlier.body.data).toMatchObject([
      { user_id: 'bob', traces: 1 },
      { user_id: 'ann', sessions: 3, traces: 3 },
    ])
    const scores = await get(sample.app, '/api/v1/scores')
    expect(scores.body.data).toMatchObject([
      { score_id: 's1', name: 'helpful', value: 1, trace_id: TRACE, span_id: null },
    ])
  })

  it.each([
    ['generations?provider=ollama', [5]],
    ['generations?provider=ollama&provider=openai&min_latency_ms=2000', [3]],
    ['generations?min_cost_usd=0.000000000002', [4]],
    ['generations?max_cost_usd=0.000000000001&min_total_tokens=1', [3, 2]],
    [`generations?attribute.app.tier=${encodeURIComponent("gold'); --")}`, [2]],
    ['generations?attribute.app.tier=silver', []],
    ['generations?session_id=', [5]],
    ['generations?from=now-48h&to=now-24h', [6]],
    [`generations?trace_id=${TRACE.toUpperCase()}`, [3, 2]],
    ['traces?tag=night&tag=none', [1]],
    ['traces?models=llama', [3]],
    ['traces?min_cost_usd=1.5', [2]],
    ['traces?status=error', []],
  ])('filters %s', async (path, expected) => {
    const { status, body } = await get(sample.app, `/api/v1/${path}`)
    expect(status).toBe(200)
    const [name, bytes] = path.startsWith('traces') ? (['trace_id', 16] as const) : (['span_id', 8] as const)
    expect(body.data.map((row: Record<string, string>) => row[name])).toEqual(expected.map((id) => hex(id, bytes)))
  })

  it('answers chosen columns alone', async () => {
    const { body } = await get(sample.app, '/api/v1/generations?fields=cost_usd,name&limit=1')
    expect(body.data).toEqual([{ name: null, cost_usd: '0.000000000001' }])
    expect(body.next_cursor).toEqual(expect.any(String))
  })
})

describe('one trace', () => {
  it('answers the trace and its spans in order of start', async () => {
    const { body } = await get(sample.app, `/api/v1/traces/${TRACE}`)
    expect(Object.keys(body)).toEqual(['trace', 'spans'])
    expect(body.trace).toMatchObject({ trace_id: TRACE, spans: 3 })
    expect(body.spans.map((row: { span_id: string }) => row.span_id)).toEqual([1, 2, 3].map((id) => hex(id, 8)))
    expect(body.spans[0].parent_span_id).toBeNull()
    expect(Object.keys(body.spans[0])).toEqual(Object.keys(SPAN_COLUMNS))
  })

  it('pages through spans on request', async () => {
    const first = await get(sample.app, `/api/v1/traces/${TRACE}?limit=2&fields=span_id`)
    expect(first.body.spans).toEqual([{ span_id: hex(1, 8) }, { span_id: hex(2, 8) }])
    const second = await get(sample.app, `/api/v1/traces/${TRACE}?fields=span_id&cursor=${first.body.next_cursor}`)
    expect(second.body.spans).toEqual([{ span_id: hex(3, 8) }])
    expect(second.body).not.toHaveProperty('next_cursor')
  })

  it.each([hex(77, 16), 'nonsense', hex(9, 16)])('answers 404 for %s', async (id) => {
    const { status, body } = await get(sample.app, `/api/v1/traces/${id}`)
    expect(status).toBe(404)
    expect(body.code).toBe('INSIGHTS_NOT_FOUND')
  })
})
