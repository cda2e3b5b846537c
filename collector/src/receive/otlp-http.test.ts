import zlib from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { google } from '../../../proto/gen/rpc.js'
import { InsightsError } from '../telemetry/errors.ts'
import { BODY, closeDoors, JSON_TYPE, openHttp as open, PROTOBUF } from './testing-http.ts'

afterEach(closeDoors)

async function statusOf(response: Response) {
  const status = google.rpc.Status.decode(new Uint8Array(await response.arrayBuffer()))
  return { code: status.code, message: status.message, details: status.details }
}

describe('startOtlpHttp', () => {
  test('items 20, 29: full success is an empty message of the same type', async () => {
    const { post, recorder } = await open()
    const response = await post(BODY)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/x-protobuf')
    expect((await response.arrayBuffer()).byteLength).toBe(0)
    expect(recorder.requests).toEqual([{ project: 'default', signal: 'traces', encoding: 'protobuf', bytes: BODY }])
    expect(await (await post('{}', JSON_TYPE)).json()).toEqual({})
  })

  test('item 19: an empty request succeeds', async () => {
    const { post, recorder } = await open()
    expect((await post('')).status).toBe(200)
    expect(recorder.requests[0]!.bytes.length).toBe(0)
  })

  test('items 24, 26, 27: three signals, extra prefixes, two types on one port, parameters tolerated', async () => {
    const { post, recorder } = await open({}, { prefixes: ['/api/public/otel'] })
    await post('{}', { 'content-type': 'application/json; charset=utf-8' }, '/v1/logs?x=1')
    await post(BODY, PROTOBUF, '/v1/metrics')
    await post(BODY, { 'content-type': 'Application/X-Protobuf' }, '/api/public/otel/v1/traces')
    expect(recorder.requests.map(({ signal, encoding }) => `${signal} ${encoding}`)).toEqual([
      'logs json',
      'metrics protobuf',
      'traces protobuf',
    ])
  })

  test.each([
    ['gzip', zlib.gzipSync(BODY)],
    ['deflate', zlib.deflateSync(BODY)],
    ['zstd', zlib.zstdCompressSync(BODY)],
    ['identity', BODY],
    ['GZIP', zlib.gzipSync(BODY)],
  ])('items 2, 3, 4: content-encoding %s is undone', async (encoding, bytes) => {
    const { post, recorder } = await open()
    expect((await post(bytes, { ...PROTOBUF, 'content-encoding': encoding })).status).toBe(200)
    expect(Buffer.from(recorder.requests[0]!.bytes)).toEqual(BODY)
  })

  test('item 5: an unknown content encoding is 415 with what would do', async () => {
    const { post, recorder } = await open()
    const response = await post(BODY, { ...PROTOBUF, 'content-encoding': 'br' })
    expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'gzip, zstd, deflate'])
    expect(recorder.requests).toEqual([])
  })

  test.each([['text/plain'], ['application/protobuf'], [undefined]])(
    'item 28: content type %s is 415',
    async (type) => {
      const { post, recorder } = await open()
      const body = new Blob([BODY]) // a Blob without a type makes fetch send no content-type
      const response = await post(body as unknown as Uint8Array, type === undefined ? {} : { 'content-type': type })
      expect(response.status).toBe(415)
      expect((await statusOf(response)).code).toBe(3)
      expect(recorder.requests).toEqual([])
    },
  )

  test('item 25: other methods are 405 with Allow, other paths 404', async () => {
    const { url, post } = await open()
    const response = await fetch(`${url}/v1/traces`)
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await post(BODY, PROTOBUF, '/v1/nothing')).status).toBe(404)
    expect((await post(BODY, PROTOBUF, '/__proto__')).status).toBe(404)
  })

  test('item 34: asking whether it is alive is no ingest', async () => {
    const { url, recorder, rendered } = await open()
    expect((await fetch(url)).status).toBe(200)
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    expect(recorder.requests).toEqual([])
    expect(rendered()).not.toMatch(/_total\{/)
  })

  test('item 31: errors are google.rpc.Status in the encoding of the request', async () => {
    const { post, recorder } = await open()
    recorder.answer = { status: 'invalid', message: 'cannot read it', field: 'resource_spans[0]' }
    const binary = await post(BODY)
    const status = await statusOf(binary)
    expect([binary.status, status.code, status.message]).toEqual([400, 3, 'cannot read it'])
    expect(google.rpc.BadRequest.decode(status.details[0]!.value!).fieldViolations[0]).toMatchObject({
      field: 'resource_spans[0]',
    })
    const text = await post('{}', JSON_TYPE)
    expect(text.headers.get('content-type')).toBe('application/json')
    expect(await text.json()).toMatchObject({
      code: 3,
      message: 'cannot read it',
      details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest' }],
    })
  })

  test.each([
    [{ status: 'unavailable', message: 'm', retryAfterMs: 1500 }, 503, '2', 14],
    [{ status: 'unavailable', message: 'm', retryAfterMs: 10 }, 503, '1', 14],
    [{ status: 'exhausted', message: 'm', retryAfterMs: 1000 }, 429, '1', 8],
    [{ status: 'exhausted', message: 'm' }, 403, null, 8],
    [{ status: 'forbidden', message: 'm' }, 403, null, 7],
  ] as const)('items 36, 38, 39, 43: %j is %d', async (outcome, httpStatus, retryAfter, code) => {
    const { post, recorder } = await open()
    recorder.answer = outcome
    const response = await post(BODY)
    expect([response.status, response.headers.get('retry-after')]).toEqual([httpStatus, retryAfter])
    expect((await statusOf(response)).code).toBe(code)
  })

  test('item 42: a next stage that throws is never 500', async () => {
    const { post, recorder, budget } = await open()
    recorder.answer = () => Promise.reject(new Error('disk on fire'))
    const response = await post(BODY)
    expect([response.status, (await statusOf(response)).message]).toEqual([503, 'cannot store the request now'])
    recorder.answer = () => Promise.reject(new InsightsError('INSIGHTS_REQUEST_INVALID', 'cannot read it'))
    expect((await post(BODY)).status).toBe(400)
    expect(budget.usedBytes).toBe(0)
  })

  test('items 48, 49: partial success and warnings are 200 with count and reason', async () => {
    const { post, recorder } = await open()
    recorder.answer = { status: 'stored', rejected: 2, message: 'two spans have no trace id' }
    const reply = opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse.decode(
      new Uint8Array(await (await post(BODY)).arrayBuffer()),
    )
    expect(reply.partialSuccess!.rejectedSpans!.toString()).toBe('2')
    expect(reply.partialSuccess!.errorMessage).toBe('two spans have no trace id')
    expect(await (await post('{}', JSON_TYPE, '/v1/logs')).json()).toEqual({
      partialSuccess: { rejectedLogRecords: '2', errorMessage: 'two spans have no trace id' },
    })
    recorder.answer = { status: 'stored', rejected: 0, message: 'metrics are not stored' }
    expect(await (await post('{}', JSON_TYPE, '/v1/metrics')).json()).toEqual({
      partialSuccess: { rejectedDataPoints: '0', errorMessage: 'metrics are not stored' },
    })
  })

  test('item 12: a huge message is shortened', async () => {
    const { post, recorder } = await open()
    recorder.answer = { status: 'stored', rejected: 1, message: '😀'.repeat(5_000_000) }
    expect((await (await post('{}', JSON_TYPE)).text()).length).toBeLessThan(4096)
  })

  test('item 40: with keys, only their owners come in, each to its project', async () => {
    const { post, recorder } = await open({
      keys: [
        { project: 'acme', key: 'k-1' },
        { project: 'beta', key: 'k-2' },
      ],
    })
    const anonymous = await post(BODY)
    expect([anonymous.status, (await statusOf(anonymous)).code]).toEqual([401, 16])
    expect((await post(BODY, { ...PROTOBUF, authorization: 'Bearer k-3' })).status).toBe(401)
    expect((await post(BODY, { ...PROTOBUF, authorization: 'bearer k-1' })).status).toBe(200)
    expect((await post(BODY, { ...PROTOBUF, 'x-api-key': 'k-2' })).status).toBe(200)
    expect(recorder.requests.map((request) => request.project)).toEqual(['acme', 'beta'])
  })

  test('item 32: only allowed origins may preflight', async () => {
    const { url, post } = await open({ access: { corsOrigins: ['https://app.example'] } })
    const preflight = (origin: string) => fetch(`${url}/v1/traces`, { method: 'OPTIONS', headers: { origin } })
    const allowed = await preflight('https://app.example')
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example'])
    expect(allowed.headers.get('access-control-allow-headers')).toContain('content-type')
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
    const sent = await post(BODY, { ...PROTOBUF, origin: 'https://app.example' })
    expect(sent.headers.get('access-control-allow-origin')).toBe('https://app.example')
  })

  test('a refused or broken compressed body says which coding it should have been', async () => {
    const { post, recorder, budget } = await open()
    const response = await post(zlib.gzipSync(BODY).subarray(0, 20), { ...PROTOBUF, 'content-encoding': 'gzip' })
    expect([response.status, (await statusOf(response)).message]).toEqual([
      400,
      'cannot decompress the request: it is not valid gzip',
    ])
    expect([recorder.requests.length, budget.usedBytes]).toEqual([0, 0])
  })

  test('counters tell what came, what went on and what was refused', async () => {
    const { post, rendered } = await open()
    await post(BODY)
    await post(BODY, { 'content-type': 'text/html' })
    expect(rendered()).toContain('insights_receive_requests_total{door="http",signal="traces",outcome="stored"} 1')
    expect(rendered()).toContain(`insights_receive_bytes_total{door="http",signal="traces"} ${BODY.length}`)
    expect(rendered()).toContain('insights_receive_refused_total{door="http",reason="content_type"} 1')
    expect(rendered()).toContain('insights_receive_inflight_bytes 0')
  })
})
