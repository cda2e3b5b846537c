// The clients of the hosted product, as they are published, sent here by a changed host: traces, costs and feedback against what the provider answered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeProvider, startFakeProvider } from '../../../exporter/test/fake-provider.ts'
import { OpenAI, PostHog } from '../../../interop/posthog/clients.ts'
import { eventually, type RunningCollector, useCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'

const collector = useCollector({ INSIGHTS_API_KEYS: 'shop:phc_project_of_the_shop,other:phc_project_of_another' })
const KEY = 'phc_project_of_the_shop'
const TRACE = '0191d3c2-7a10-7b5e-9f00-4c1de2a3b4c5'
const traceHex = (uuid: string): string => uuid.replaceAll('-', '')

const client = (to: RunningCollector, key = KEY) =>
  new PostHog(key, { host: to.doors.http, flushAt: 100, flushInterval: 60_000 })

const spansOf = (trace: string, count: number): Promise<Row[]> =>
  eventually(`${count} spans of ${trace}`, async () => {
    const rows = await collector().sql<Row>(
      'SELECT * FROM generations_v1 WHERE trace_id = {id:String} ORDER BY start_time, name',
      { id: traceHex(trace) },
    )
    return rows.length >= count ? rows : undefined
  })

describe('posthog-node', () => {
  const call = {
    $ai_trace_id: TRACE,
    $ai_span_id: 'call-1',
    $ai_parent_id: 'step-1',
    $ai_provider: 'openai',
    $ai_model: 'gpt-4o',
    $ai_input: [{ role: 'user', content: 'How many people live in Berlin?' }],
    $ai_output_choices: [{ role: 'assistant', content: '3.7 million' }],
    $ai_input_tokens: 1000,
    $ai_cache_read_input_tokens: 400,
    $ai_output_tokens: 50,
    $ai_latency: 1.25,
    $ai_time_to_first_token: 0.25,
    plan: 'pro',
  }

  beforeAll(async () => {
    const posthog = client(collector())
    const distinctId = 'user-7'
    posthog.capture({ distinctId, event: '$ai_generation', properties: call, groups: { company: 'acme' } })
    posthog.capture({
      distinctId,
      event: '$ai_span',
      properties: {
        $ai_trace_id: TRACE,
        $ai_span_id: 'step-1',
        $ai_parent_id: TRACE,
        $ai_span_name: 'answer',
        $ai_latency: 1.5,
      },
    })
    posthog.capture({
      distinctId,
      event: '$ai_trace',
      properties: {
        $ai_trace_id: TRACE,
        $ai_span_name: 'chat-response',
        $ai_latency: 2,
        $ai_session_id: 'session-1',
        $ai_input_state: 'How many?',
        $ai_output_state: 'Many',
      },
    })
    posthog.capture({
      distinctId,
      event: 'llm_feedback',
      properties: { trace_id: TRACE, rating: 'positive', comment: 'Great answer!' },
    })
    posthog.capture({
      distinctId,
      event: '$ai_metric',
      properties: { $ai_trace_id: TRACE, $ai_metric_name: 'relevance', $ai_metric_value: '0.75' },
    })
    posthog.capture({ distinctId, event: 'signed up', properties: {} })
    await posthog.shutdown()
  }, 60_000)

  it('makes a trace of a span and a call under it, with the cost that our prices say', async () => {
    const [row] = await spansOf(TRACE, 1)
    expect(row).toMatchObject({
      project_id: 'shop',
      name: 'chat gpt-4o',
      kind: 'generation',
      provider: 'openai',
      request_model: 'gpt-4o',
      input_tokens: 1000,
      output_tokens: 50,
      cache_read_tokens: 400,
      // 600 * $2.50 + 400 * $1.25 + 50 * $10, each for a million
      cost_usd: '0.0025',
      latency_ms: 1250,
      time_to_first_token_ms: 250,
      user_id: 'user-7',
      dialect: 'posthog',
      input: JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'How many people live in Berlin?' }] }]),
    })
    expect(row!['attributes']).toMatchObject({ plan: 'pro' })
    expect(row!['metadata']).toEqual({ company: 'acme' })
    const tree = await collector().sql<Row>(
      `SELECT s.name AS name, p.name AS parent FROM spans_v1 s LEFT JOIN spans_v1 p ON p.span_id = s.parent_span_id AND p.trace_id = s.trace_id
       WHERE s.trace_id = {id:String} ORDER BY name`,
      { id: traceHex(TRACE) },
    )
    expect(tree).toEqual([
      { name: 'answer', parent: 'chat-response' },
      { name: 'chat gpt-4o', parent: 'answer' },
      { name: 'chat-response', parent: '' },
    ])
    const [trace] = await collector().sql<Row>('SELECT * FROM traces_v1 WHERE trace_id = {id:String}', {
      id: traceHex(TRACE),
    })
    expect(trace).toMatchObject({
      name: 'chat-response',
      session_id: 'session-1',
      user_id: 'user-7',
      cost_usd: '0.0025',
      spans: 3,
      latency_ms: 2000,
      scores: { feedback: 1, relevance: 0.75 },
      score_labels: { feedback: 'positive' },
    })
  })

  it('makes feedback and metrics scores of the trace', async () => {
    const scores = await eventually('two scores', async () => {
      const rows = await collector().sql<Row>("SELECT * FROM scores_v1 WHERE project_id = 'shop' ORDER BY name")
      return rows.length === 2 ? rows : undefined
    })
    expect(scores).toMatchObject([
      {
        name: 'feedback',
        value: 1,
        label: 'positive',
        explanation: 'Great answer!',
        source: 'human',
        user_id: 'user-7',
        trace_id: traceHex(TRACE),
        span_id: '',
      },
      { name: 'relevance', value: 0.75, source: 'api', type: 'numeric' },
    ])
    const summed = await collector().sql<Row>(
      "SELECT model, positive, mean_value FROM feedback_v1 WHERE name = 'feedback'",
    )
    expect(summed).toEqual([{ model: 'gpt-4o', positive: 1, mean_value: 1 }])
  })

  it('keeps a batch once that is sent again, as after an answer that got lost', async () => {
    const before = await collector().sql('SELECT count() AS n FROM spans_v1')
    const body = JSON.stringify({
      api_key: KEY,
      batch: [
        {
          event: '$ai_generation',
          distinct_id: 'u',
          uuid: '0191d3c2-7a10-7b5e-9f00-00000000aaaa',
          timestamp: new Date().toISOString(),
          properties: { $ai_model: 'gpt-4o' },
        },
      ],
    })
    for (let i = 0; i < 3; i++) {
      const answer = await fetch(`${collector().doors.http}/batch/`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.status).toBe(200)
    }
    await eventually('the resent span', async () => {
      const [row] = await collector().sql<{ n: number }>("SELECT count() AS n FROM spans_v1 WHERE user_id = 'u'")
      return row?.n === 1 || undefined
    })
    const after = await collector().sql('SELECT count() AS n FROM spans_v1')
    expect([before, after]).toEqual([[{ n: 3 }], [{ n: 4 }]])
  })

  it('sends into the project of its key only, and hears of a wrong one', async () => {
    const other = client(collector(), 'phc_project_of_another')
    other.capture({ distinctId: 'x', event: '$ai_span', properties: { $ai_trace_id: TRACE, $ai_span_id: 'theirs' } })
    await other.shutdown()
    const rows = await eventually('the span of another project', async () => {
      const found = await collector().sql<Row>("SELECT trace_id FROM spans_v1 WHERE project_id = 'other'")
      return found.length > 0 ? found : undefined
    })
    expect(rows).toHaveLength(1)
    const stranger = client(collector(), 'phc_unknown')
    const errors: unknown[] = []
    stranger.on('error', (error: unknown) => errors.push(error))
    stranger.capture({ distinctId: 'x', event: '$ai_span', properties: {} })
    await stranger.flush().catch((error: unknown) => errors.push(error))
    expect(String(errors[0])).toContain('401')
    await stranger.shutdown().catch(() => undefined)
  })
})

describe('@posthog/ai', () => {
  const TRACES = {
    chat: crypto.randomUUID(),
    stream: crypto.randomUUID(),
    tools: crypto.randomUUID(),
    failed: crypto.randomUUID(),
    embedding: crypto.randomUUID(),
  }
  let provider: FakeProvider

  beforeAll(async () => {
    provider = await startFakeProvider()
    const posthog = client(collector())
    const openai = new OpenAI({ apiKey: 'sk-test', baseURL: provider.url, posthog })
    const messages = [{ role: 'user' as const, content: 'How many people live in Berlin?' }]
    const told = (posthogTraceId: string) => ({
      posthogTraceId,
      posthogDistinctId: 'user-8',
      posthogProperties: { tier: 'gold' },
    })
    await openai.chat.completions.create({ model: 'gpt-4o', messages, temperature: 0.5, ...told(TRACES.chat) })
    const stream = await openai.chat.completions.create({
      model: 'gpt-4o',
      messages,
      stream: true,
      stream_options: { include_usage: true },
      ...told(TRACES.stream),
    })
    for await (const _ of stream);
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } }]
    await openai.chat.completions.create({ model: 'gpt-4o', messages, tools, ...told(TRACES.tools) })
    await expect(
      openai.chat.completions.create({ model: 'overloaded', messages, ...told(TRACES.failed) }),
    ).rejects.toThrow()
    await openai.embeddings.create({
      model: 'text-embedding-3-small',
      input: 'Berlin',
      posthogTraceId: TRACES.embedding,
    })
    // The wrapper captures a stream once it has been read to its end.
    await new Promise((resolve) => setTimeout(resolve, 200))
    await posthog.shutdown()
  }, 60_000)
  afterAll(() => provider.close())

  // 176 * $2.50 + 1024 * $1.25 + 40 * $10, each for a million
  const COST = '0.00212'

  it.each(['chat', 'stream', 'tools'] as const)('tells a call (%s) as the provider did', async (kind) => {
    const [row] = await spansOf(TRACES[kind], 1)
    expect(row).toMatchObject({
      kind: 'generation',
      provider: 'openai',
      input_tokens: 1200,
      cache_read_tokens: 1024,
      output_tokens: 40,
      reasoning_tokens: 16,
      cost_usd: COST,
      user_id: 'user-8',
      status: 'unset',
    })
    expect(row!['model']).toMatch(/^gpt-4o/)
    expect(row!['attributes']).toMatchObject({ tier: 'gold' })
    expect(String(row!['output'])).toContain(kind === 'tools' ? 'weather' : '3.7')
    if (kind === 'chat') expect(row).toMatchObject({ temperature: 0.5 })
    if (kind === 'tools') expect(row).toMatchObject({ tool_names: ['weather'] })
    if (kind === 'stream') expect(Number(row!['time_to_first_token_ms'])).toBeGreaterThan(10)
    expect(Number(row!['latency_ms'])).toBeGreaterThan(0)
  })

  it('tells a refused call with what went wrong, and an embedding without a user', async () => {
    const [failed] = await spansOf(TRACES.failed, 1)
    expect(failed).toMatchObject({
      status: 'error',
      error_class: 'rate_limit',
      error_message: expect.stringContaining('Too many requests'),
    })
    const [embedding] = await spansOf(TRACES.embedding, 1)
    expect(embedding).toMatchObject({
      kind: 'embedding',
      input_tokens: 5,
      user_id: '',
      request_model: 'text-embedding-3-small',
      cost_usd: '0.0000001',
    })
  })
})
