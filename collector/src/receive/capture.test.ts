import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { rootSpanIdOf, spanIdOf, traceIdOf } from './capture/ids.ts'
import type { ExportRequest } from './contract.ts'
import { closeDoors, JSON_TYPE, openHttp } from './testing-http.ts'

afterEach(closeDoors)

const { collector } = opentelemetry.proto
const TRACE = '0191d3c2-7a10-7b5e-9f00-4c1de2a3b4c5'
const TIME = '2026-03-01T12:00:00.250Z'
const KEY = { keys: [{ project: 'shop', key: 'phc_shop' }] }

const generation = (properties: object = {}, more: object = {}) => ({
  event: '$ai_generation',
  distinct_id: 'user-7',
  uuid: '0191d3c2-7a10-7b5e-9f00-000000000001',
  timestamp: TIME,
  properties: {
    $ai_trace_id: TRACE,
    $ai_span_id: 'call-1',
    $ai_model: 'gpt-4o',
    $ai_provider: 'openai',
    $ai_latency: 1.5,
    $ai_input: [{ role: 'user', content: 'Grüße "x"\n' }],
    $ai_input_tokens: 10,
    $ai_is_error: false,
    $lib: 'posthog-node',
    $lib_version: '5.0.0',
    ...properties,
  },
  ...more,
})
const batch = (...events: object[]) => JSON.stringify({ api_key: 'phc_shop', batch: events, sent_at: TIME })

function spansOf(request: ExportRequest | undefined) {
  const decoded = collector.trace.v1.ExportTraceServiceRequest.decode(request!.bytes)
  return (decoded.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) =>
    (scopeSpans ?? []).flatMap(({ scope, spans }) =>
      (spans ?? []).map((span) => ({ ...span, scope: scope?.name, resource: plain(resource?.attributes) })),
    ),
  )
}
type Attributes = opentelemetry.proto.common.v1.IKeyValue[] | null | undefined
const plain = (attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(
    (attributes ?? []).map(({ key, value }) => [
      key,
      value?.stringValue ?? value?.boolValue ?? (value?.intValue == null ? value?.doubleValue : Number(value.intValue)),
    ]),
  )

describe('the event wire', () => {
  it.each([
    '/batch',
    '/batch/',
    '/capture',
    '/capture/',
    '/e',
    '/e/',
    '/i/v0/e',
    '/i/v0/e/',
    '/i/v0/ai/batch/',
    '/i/v1/analytics/events',
  ])('takes events at %s under the key of the body', async (path) => {
    const { post, recorder } = await openHttp(KEY)
    const response = await post(batch(generation()), JSON_TYPE, path)
    expect([response.status, await response.json()]).toEqual([200, { status: 1 }])
    expect(recorder.requests.map(({ project, signal }) => [project, signal])).toEqual([['shop', 'traces']])
  })

  it('makes a generation a span with its properties as attributes', async () => {
    const { post, recorder } = await openHttp(KEY)
    await post(batch(generation()), JSON_TYPE, '/batch/')
    const [span] = spansOf(recorder.requests[0])
    expect(Buffer.from(span!.traceId!).toString('hex')).toBe(TRACE.replaceAll('-', ''))
    expect(Buffer.from(span!.spanId!)).toEqual(spanIdOf('call-1'))
    expect([span!.name, span!.scope, span!.kind]).toEqual(['chat gpt-4o', 'posthog-node', 3])
    expect(BigInt(String(span!.endTimeUnixNano)) - BigInt(String(span!.startTimeUnixNano))).toBe(1_500_000_000n)
    expect(BigInt(String(span!.endTimeUnixNano))).toBe(BigInt(Date.parse(TIME)) * 1_000_000n)
    expect(plain(span!.attributes)).toMatchObject({
      $ai_event: '$ai_generation',
      'user.id': 'user-7',
      $ai_model: 'gpt-4o',
      $ai_input: '[{"role":"user","content":"Grüße \\"x\\"\\n"}]',
      $ai_input_tokens: 10,
      $ai_is_error: false,
      $ai_latency: 1.5,
    })
    expect(span!.resource).toEqual({ 'telemetry.sdk.name': 'posthog-node', 'telemetry.sdk.version': '5.0.0' })
    expect(span!.status ?? undefined).toBeUndefined()
  })

  it('hangs what has no parent on the trace event of the same body', async () => {
    const { post, recorder } = await openHttp(KEY)
    const trace = { event: '$ai_trace', properties: { $ai_trace_id: TRACE, $ai_span_name: 'chat-response' } }
    const step = { event: '$ai_span', properties: { $ai_trace_id: TRACE, $ai_span_id: 's', $ai_parent_id: TRACE } }
    await post(batch(generation(), step, trace), JSON_TYPE, '/batch/')
    const [call, span, root] = spansOf(recorder.requests[0])
    const rootId = rootSpanIdOf(traceIdOf(TRACE))
    expect(Buffer.from(root!.spanId!)).toEqual(rootId)
    expect([root!.name, root!.parentSpanId ?? undefined]).toEqual(['chat-response', undefined])
    expect(Buffer.from(call!.parentSpanId!)).toEqual(rootId)
    expect(Buffer.from(span!.parentSpanId!)).toEqual(rootId)
  })

  it('keeps no key and takes the place of a user from no trace id', async () => {
    const { post, recorder } = await openHttp(KEY)
    await post(JSON.stringify([{ ...generation({ token: 'phc_shop' }), distinct_id: TRACE }]), JSON_TYPE, '/e/')
    const [span] = spansOf(recorder.requests[0])
    expect(Object.keys(plain(span!.attributes))).not.toContain('user.id')
    expect(Buffer.from(recorder.requests[0]!.bytes).includes('phc_shop')).toBe(false)
  })

  it('tells an error as the status of its span', async () => {
    const { post, recorder } = await openHttp(KEY)
    const error = { $ai_is_error: true, $ai_error: JSON.stringify({ message: 'Rate limit', status: 429 }) }
    await post(batch(generation(error)), JSON_TYPE, '/batch/')
    expect(spansOf(recorder.requests[0])[0]!.status).toMatchObject({ code: 2, message: 'Rate limit' })
  })

  it('makes feedback, metrics and evaluations log records with the id that makes them replace each other', async () => {
    const { post, recorder } = await openHttp(KEY)
    const feedback = (rating: unknown) => ({
      event: 'llm_feedback',
      distinct_id: 'user-7',
      timestamp: TIME,
      properties: { trace_id: TRACE, rating, comment: 'Great answer!' },
    })
    const metric = {
      event: '$ai_metric',
      properties: { $ai_trace_id: TRACE, $ai_metric_name: 'q', $ai_metric_value: '0.5' },
    }
    await post(batch(feedback('positive'), feedback(4), metric), JSON_TYPE, '/batch/')
    const [request] = recorder.requests
    expect(request!.signal).toBe('logs')
    const records = collector.logs.v1.ExportLogsServiceRequest.decode(request!.bytes).resourceLogs!.flatMap(
      ({ scopeLogs }) => scopeLogs![0]!.logRecords!,
    )
    const told = records.map(({ attributes }) => plain(attributes))
    expect(told[0]).toMatchObject({
      'gen_ai.evaluation.name': 'feedback',
      'gen_ai.evaluation.score.value': 1,
      'gen_ai.evaluation.score.label': 'positive',
      'gen_ai.evaluation.explanation': 'Great answer!',
      'insights.score.source': 'human',
      'user.id': 'user-7',
    })
    expect(told[1]).toMatchObject({ 'gen_ai.evaluation.score.value': 4, 'insights.score.type': 'numeric' })
    expect(told[1]!['insights.score.id']).toBe(told[0]!['insights.score.id'])
    expect(told[2]).toMatchObject({
      'gen_ai.evaluation.name': 'q',
      'gen_ai.evaluation.score.value': 0.5,
      'insights.score.source': 'api',
    })
    expect(records.every(({ eventName }) => eventName === 'gen_ai.evaluation.result')).toBe(true)
  })

  it('takes other events and stores nothing', async () => {
    const { post, recorder, rendered } = await openHttp(KEY)
    const response = await post(batch({ event: '$pageview', properties: {} }), JSON_TYPE, '/e/')
    expect(await response.json()).toEqual({ status: 1 })
    expect(recorder.requests).toEqual([])
    expect(rendered()).toContain('insights_receive_events_total{outcome="unstored"} 1')
  })

  it('reads gzip told by header, by query or by nobody, and base64 in a form', async () => {
    const { post, recorder } = await openHttp(KEY)
    const text = batch(generation())
    const zipped = gzipSync(text)
    const form = `data=${encodeURIComponent(Buffer.from(text).toString('base64'))}&ver=1`
    const answers = [
      await post(zipped, { ...JSON_TYPE, 'content-encoding': 'gzip' }, '/batch/'),
      await post(zipped, { 'content-type': 'text/plain' }, '/e/?compression=gzip-js'),
      await post(form, { 'content-type': 'application/x-www-form-urlencoded' }, '/e/?compression=base64'),
      await post(`data=${encodeURIComponent(text)}`, { 'content-type': 'text/plain' }, '/e/'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const [first, ...others] = recorder.requests.map(({ bytes }) => Buffer.from(bytes).toString('hex'))
    expect(others).toEqual([first, first, first])
  })

  it('makes the same bytes of what is sent again', async () => {
    const { post, recorder } = await openHttp(KEY)
    const bare = { event: '$ai_span', uuid: '0191d3c2-7a10-7b5e-9f00-000000000009', properties: { a: 1 } }
    for (let i = 0; i < 2; i++) await post(batch(bare), JSON_TYPE, '/batch/')
    expect(recorder.requests[1]!.bytes).toEqual(recorder.requests[0]!.bytes)
    const [span] = spansOf(recorder.requests[0])
    expect([span!.traceId!.length, span!.spanId!.length]).toEqual([16, 8])
  })

  it('refuses a body without a key, or with a wrong one', async () => {
    const { post, recorder } = await openHttp(KEY)
    const without = await post(JSON.stringify({ batch: [generation()] }), JSON_TYPE, '/batch/')
    const wrong = await post(batch(generation()).replace('phc_shop', 'phc_else'), JSON_TYPE, '/batch/')
    expect([without.status, wrong.status, recorder.requests.length]).toEqual([401, 401, 0])
  })

  it('takes a key in a header as the other doors do', async () => {
    const { post, recorder } = await openHttp(KEY)
    const body = JSON.stringify({ batch: [generation()] })
    await post(body, { ...JSON_TYPE, authorization: 'Bearer phc_shop' }, '/batch/')
    await post(body, { ...JSON_TYPE, 'x-api-key': 'phc_shop' }, '/batch/')
    expect(recorder.requests.map(({ project }) => project)).toEqual(['shop', 'shop'])
  })

  it.each([
    ['no JSON', '{"api_key":"phc_shop","batch":[', 400],
    ['a number', '7', 400],
    ['nothing', '', 400],
    ['nested deeper than any client nests', `{"api_key":"phc_shop","batch":[${'['.repeat(5000)}`, 400],
    ['bad gzip', Buffer.from([0x1f, 0x8b, 0, 1, 2]), 400],
    ['a form that is no base64', 'data=%%%', 400],
    ['a batch of millions of empty events', `{"api_key":"phc_shop","batch":[${'1,'.repeat(30_000)}1]}`, 400],
  ])('answers %s with what is wrong', async (_, body, status) => {
    const { post, recorder } = await openHttp(KEY)
    const response = await post(body, JSON_TYPE, '/batch/')
    expect([response.status, recorder.requests.length]).toEqual([status, 0])
    expect(await response.json()).toMatchObject({ status: 0, detail: expect.stringMatching(/^cannot /) })
  })

  it('refuses bodies beyond the limit, before and after decompression', async () => {
    const { post, recorder, budget } = await openHttp({ ...KEY, maxBodyBytes: 10_000 })
    const long = batch(generation({ long: 'x'.repeat(20_000) }))
    const plainly = await post(long, JSON_TYPE, '/batch/')
    const zipped = await post(gzipSync(long), JSON_TYPE, '/batch/')
    expect([plainly.status, zipped.status, recorder.requests.length]).toEqual([413, 413, 0])
    expect(budget.usedBytes).toBe(0)
  })

  it('passes on what the next stage says', async () => {
    const { post, recorder } = await openHttp(KEY)
    recorder.answer = { status: 'unavailable', message: 'the journal is full', retryAfterMs: 2000 }
    const response = await post(batch(generation()), JSON_TYPE, '/batch/')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    recorder.answer = { status: 'stored', rejected: 1, message: '1 rejected: nested too deep' }
    const partly = await post(batch(generation(), {}, 7 as unknown as object), JSON_TYPE, '/batch/')
    expect(await partly.json()).toMatchObject({ status: 1, rejected: 3 })
  })

  it('asks whether anything can be kept before it reads a body', async () => {
    const refuses = () => ({ status: 'unavailable', message: 'the journal is full', retryAfterMs: 3000 }) as const
    const { post, recorder } = await openHttp(KEY, { refuses })
    const response = await post(batch(generation()), JSON_TYPE, '/batch/')
    expect([response.status, response.headers.get('retry-after'), recorder.requests.length]).toEqual([503, '3', 0])
  })

  it('is open to another page only with a public key that names it', async () => {
    const { post } = await openHttp({ ...KEY, access: { corsOrigins: ['https://app.example'] } })
    const preflight = await fetch(`${(await openHttp(KEY)).url}/e/`, {
      method: 'OPTIONS',
      headers: { origin: 'https://else.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
    const allowed = await post(batch(generation()), { ...JSON_TYPE, origin: 'https://app.example' }, '/e/')
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example')
  })

  it.each([
    ['/flags/?v=2', { featureFlags: {}, flags: {} }],
    ['/decide/?v=3', { featureFlags: {} }],
    ['/array/phc_shop/config', { hasFeatureFlags: false, sessionRecording: false }],
    ['/s/', { status: 1 }],
  ])('answers %s so that clients are content', async (path, expected) => {
    const { post, recorder } = await openHttp(KEY)
    const response = await post('{}', JSON_TYPE, path)
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining(expected)])
    expect(recorder.requests).toEqual([])
  })

  it('takes OTLP where the span exporter of the same clients sends it', async () => {
    const { post, recorder } = await openHttp(KEY)
    const headers = { ...JSON_TYPE, authorization: 'Bearer phc_shop' }
    expect((await post('{"resourceSpans":[]}', headers, '/i/v0/ai/otel')).status).toBe(200)
    expect(recorder.requests.map(({ signal, encoding }) => [signal, encoding])).toEqual([['traces', 'json']])
  })

  it('lets no token break out of the script that it stands in', async () => {
    const { url } = await openHttp(KEY)
    const good = await (await fetch(`${url}/array/phc_shop/config.js`)).text()
    expect(good).toContain('_POSTHOG_REMOTE_CONFIG["phc_shop"]')
    expect((await fetch(`${url}/array/%22%5D;alert(1)/config.js`)).status).toBe(404)
  })
})
