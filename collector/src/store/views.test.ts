import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSampleStore } from './sample.fixture.ts'
import { spanId, type TestStore, traceId } from './store.fixture.ts'

let test: TestStore
beforeAll(async () => {
  test = await startSampleStore()
})
afterAll(() => test.stop())

const rows = (sql: string): Promise<Record<string, unknown>[]> => test.store.select<Record<string, unknown>>(sql)

it('shows generations with the columns of the contract, in its order', async () => {
  const columns = await rows(
    "SELECT name, type FROM system.columns WHERE database = 'insights' AND table = 'generations_v1' ORDER BY position",
  )
  const names =
    'project_id, trace_id, span_id, parent_span_id, name, kind, operation, provider, request_model, response_model, response_id, start_time, latency_ms, ' +
    'time_to_first_token_ms, input, output, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, total_tokens, cost_usd, ' +
    'input_cost_usd, output_cost_usd, cost_source, price_id, finish_reasons, session_id, user_id, environment, service_name, prompt_name, prompt_version, ' +
    'tool_names, status, error_type, error_message, tags, attributes'
  expect(columns.slice(0, 40).map(({ name }) => name)).toEqual(names.split(', '))
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]))
  expect(types).toMatchObject({
    trace_id: 'String',
    start_time: "DateTime64(9, 'UTC')",
    latency_ms: 'Float64',
    time_to_first_token_ms: 'Nullable(Float64)',
    cost_usd: 'Nullable(Decimal(18, 12))',
  })
})

it('shows calls and embeddings only; ids as hex, unknown as NULL, money exact', async () => {
  const found = await rows("SELECT * FROM generations_v1 WHERE project_id = 'shop' ORDER BY start_time")
  expect(found.map(({ name }) => name)).toEqual(['chat gpt-5', 'chat gpt-5', 'late', 'embed'])
  expect(found[0]).toMatchObject({
    trace_id: traceId(1),
    span_id: spanId(2),
    parent_span_id: spanId(1),
    start_time: '2026-11-23 00:01:41.000000000',
    end_time: '2026-11-23 00:01:42.000000000',
    latency_ms: 1000,
    time_to_first_token_ms: 250,
    total_tokens: 120,
    cache_write_tokens: null,
    cost_usd: '0.03',
    input_cost_usd: null,
    status: 'unset',
    model: 'gpt-5-2026',
    attributes: { a: '1' },
  })
  expect(found[1]).toMatchObject({
    total_tokens: null,
    cost_usd: null,
    time_to_first_token_ms: null,
    status: 'error',
    error_type: 'rate_limit',
  })
  expect(found[2]).toMatchObject({ total_tokens: 10, output_tokens: null })
})

it('takes content from log records where the span has none', async () => {
  const found = await rows(
    "SELECT input, output, system_instructions FROM generations_v1 WHERE project_id = 'shop' ORDER BY start_time",
  )
  expect(found.slice(0, 3)).toEqual([
    { input: '[{"role":"user"}]', output: '[{"role":"assistant"}]', system_instructions: '' },
    { input: '[{"n":1},{"n":2}]', output: '', system_instructions: '[{"n":0}]' },
    { input: '["whole"]', output: '["answer"]', system_instructions: '' },
  ])
  expect(await rows(`SELECT input FROM spans_v1 WHERE span_id = '${spanId(3)}'`)).toEqual([{ input: '' }])
})

it('sums a trace, counting each call once', async () => {
  const [first] = await rows(`SELECT * FROM traces_v1 WHERE project_id = 'shop' AND trace_id = '${traceId(1)}'`)
  expect(first).toMatchObject({
    name: 'answer',
    service_name: 'web',
    start_time: '2026-11-23 00:01:40.000000000',
    latency_ms: 6000, // 100 s … 106 s: the failed call outlived the agent
    status: 'ok',
    spans: 4,
    generations: 2,
    errors: 1,
    calls: 2,
    unpriced_calls: 1,
    input_tokens: 100,
    output_tokens: 20,
    cache_read_tokens: 40,
    cache_write_tokens: null,
    total_tokens: 120,
    cost_usd: '0.03',
    session_id: 's1',
    user_id: 'u1',
    input_preview: 'the question',
    output_preview: 'the answer',
    services: ['tools', 'web'],
    models: ['gpt-5-2026'],
    providers: ['openai'],
    tags: ['vip'],
    error_types: ['rate_limit'],
  })
})

it('makes one trace of a trace that crosses midnight and whose root is not ours to see', async () => {
  expect(await rows(`SELECT count() AS n FROM traces WHERE trace_id = unhex('${traceId(2)}')`)).toEqual([{ n: 2 }])
  const [second] = await rows(`SELECT * FROM traces_v1 WHERE trace_id = '${traceId(2)}'`)
  expect(second).toMatchObject({
    name: 'late',
    input_preview: 'first words',
    output_preview: 'last words',
    latency_ms: 2001,
    spans: 2,
    total_tokens: 17,
    cost_usd: '0.01',
    unpriced_calls: 1,
    status: 'unset',
  })
  const ofDays = "traces_of_days_v1(first_day = '2026-11-23', last_day = '2026-11-25')"
  expect(
    await rows(`SELECT trace_id FROM ${ofDays} WHERE project_id = 'shop' AND start_time >= '2026-11-23 12:00:00'`),
  ).toEqual([{ trace_id: traceId(2) }])
})

it('gathers sessions, users and traces by minute', async () => {
  expect(await rows("SELECT * FROM sessions_v1 WHERE project_id = 'shop'")).toMatchObject([
    {
      session_id: 's1',
      traces: 2,
      spans: 6,
      generations: 4,
      errors: 1,
      total_tokens: 137,
      cost_usd: '0.04',
      user_id: 'u2',
      duration_ms: 86_301_001,
    },
  ])
  expect(
    await rows("SELECT user_id, sessions, traces, cost_usd FROM users_v1 WHERE project_id = 'shop' ORDER BY user_id"),
  ).toEqual([
    { user_id: 'u1', sessions: 1, traces: 1, cost_usd: '0.03' },
    { user_id: 'u2', sessions: 1, traces: 1, cost_usd: '0.01' },
  ])
  expect(await rows("SELECT time, name, traces FROM total_traces_v1 WHERE project_id = 'shop' ORDER BY time")).toEqual([
    { time: '2026-11-23 00:01:00.000', name: 'answer', traces: 1 },
    { time: '2026-11-23 23:59:00.000', name: 'late', traces: 1 },
  ])
})

it('shows evaluations from log records and spans, and the newest version of a score from the API', async () => {
  const insert = (id: string, version: string, value: string, deleted: number): Promise<void> =>
    test.store.command(
      `INSERT INTO insights.scores (project_id, score_id, version_time, time, deleted, trace_id, name, value)
       VALUES ('shop', '${id}', '${version}', '${version}', ${deleted}, unhex('${traceId(2)}'), 'thumbs', ${value})`,
    )
  await insert('a', '2026-11-23 10:00:00', '1', 0)
  await insert('a', '2026-11-23 11:00:00', 'NULL', 0)
  await insert('b', '2026-11-23 10:00:00', '1', 0)
  await insert('b', '2026-11-23 11:00:00', '1', 1)
  expect(
    await rows(
      "SELECT trace_id, span_id, name, value, label, source FROM scores_v1 WHERE project_id = 'shop' ORDER BY name",
    ),
  ).toEqual([
    { trace_id: traceId(1), span_id: spanId(2), name: 'helpful', value: 0.75, label: 'good', source: 'log' },
    { trace_id: traceId(1), span_id: spanId(4), name: 'relevant', value: 0.5, label: '', source: 'span' },
    { trace_id: traceId(2), span_id: '', name: 'thumbs', value: null, label: '', source: '' },
  ])
})

it('gives Grafana a trace under the names that it knows', async () => {
  const [row] = await rows(
    `SELECT * FROM grafana_traces_v1 WHERE traceID = '${traceId(1)}' AND spanID = '${spanId(2)}' AND project_id = 'shop'`,
  )
  expect(row).toMatchObject({
    parentSpanID: spanId(1),
    serviceName: 'web',
    operationName: 'chat gpt-5',
    duration: 1000,
  })
  expect(row?.['tags']).toContainEqual({ key: 'a', value: '1' })
})
