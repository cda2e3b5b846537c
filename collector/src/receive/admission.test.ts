// Who is let in, and how much of it, as both doors answer it.
import { connect as connectHttp2 } from 'node:http2'
import { gzipSync } from 'node:zlib'
import { status as STATUS } from '@grpc/grpc-js'
import { afterEach, describe, expect, test } from 'vitest'
import { testKey } from '../access/testing.ts'
import { rawExchange, waitUntil } from './testing.ts'
import { atEnd, closeAll, codeOf, details, EXPORT, failure, frame, open as openGrpc, rawCall } from './testing-grpc.ts'
import { BODY, closeDoors, JSON_TYPE, openHttp, PROTOBUF } from './testing-http.ts'

afterEach(closeDoors)
afterEach(closeAll)

const PAGE = 'https://app.example'
const refusals = (rendered: () => string): string[] =>
  [...rendered().matchAll(/refused_total\{door="(\w+)",reason="(\w+)"\} (\d+)/g)].map(([, ...parts]) => parts.join(' '))

describe('a public key', () => {
  const key = testKey({ kind: 'public', origins: [PAGE] })
  const access = { records: [key.record], maxPublicBodyBytes: 1000 }
  const withKey = { ...PROTOBUF, 'x-api-key': key.text }

  test('lets its pages ask before, send, and read the answer; other pages nothing of it', async () => {
    const { url, post, recorder, rendered } = await openHttp({ access })
    const preflight = (origin: string) =>
      fetch(`${url}/v1/traces`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-api-key',
        },
      })
    const asked = await preflight(PAGE)
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, PAGE])
    expect(asked.headers.get('access-control-allow-headers')).toContain('x-api-key')
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull()
    const sent = await post(BODY, { ...withKey, origin: PAGE })
    expect([sent.status, sent.headers.get('access-control-allow-origin'), sent.headers.get('vary')]).toEqual([
      200,
      PAGE,
      'origin',
    ])
    const foreign = 'https://evil.example'
    expect((await preflight(foreign)).headers.get('access-control-allow-origin')).toBeNull()
    const refused = await post(BODY, { ...withKey, origin: foreign })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null])
    expect(recorder.requests).toHaveLength(1)
    expect(refusals(rendered)).toContain('http origin 1')
  })

  test('has a smaller body limit, before and after inflating, at both doors', async () => {
    const { post } = await openHttp({ access })
    expect((await post(Buffer.alloc(1000), withKey)).status).toBe(200)
    expect((await post(Buffer.alloc(1001), withKey)).status).toBe(413)
    const bomb = gzipSync(Buffer.alloc(100_000))
    expect((await post(bomb, { ...withKey, 'content-encoding': 'gzip' })).status).toBe(413)
    const { send, door } = await openGrpc({ access })
    await send(Buffer.alloc(1000), { 'x-api-key': key.text })
    const large = await failure(send(Buffer.alloc(1001), { 'x-api-key': key.text }))
    expect([large.code, details(large)]).toEqual([STATUS.RESOURCE_EXHAUSTED, undefined])
    const call = await rawCall(door, [frame(bomb, { flag: 1 })], { 'grpc-encoding': 'gzip', 'x-api-key': key.text })
    expect(codeOf(call)).toBe(STATUS.RESOURCE_EXHAUSTED)
  })
})

describe('a page without a key', () => {
  test('may not send unless its origin was named, though it can reach us', async () => {
    const { post, recorder } = await openHttp({ access: { corsOrigins: [PAGE] } })
    expect((await post('{}', { ...JSON_TYPE, origin: 'http://rebound.evil.example:4318' })).status).toBe(403)
    expect((await post('{}', { ...JSON_TYPE, origin: 'null' })).status).toBe(403)
    expect(recorder.requests).toEqual([])
    expect((await post('{}', { ...JSON_TYPE, origin: PAGE })).status).toBe(200)
  })
})

describe('a rate in bytes', () => {
  const limited = () => testKey({ rates: { bytesPerSecond: 1000 } })

  test('is asked before the body is read: 429 and Retry-After, RESOURCE_EXHAUSTED and RetryInfo', async () => {
    const key = limited()
    const { post, door, accessClock, rendered } = await openHttp({ access: { records: [key.record] } })
    const headers = { ...PROTOBUF, 'x-api-key': key.text }
    expect((await post(Buffer.alloc(900), headers)).status).toBe(200)
    // Nothing of the body is sent: the answer comes by the head alone.
    const head = `POST /v1/traces HTTP/1.1\r\nhost: x\r\nx-api-key: ${key.text}\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n`
    const refused = await rawExchange(door.address, [head], { until: /\}$/ })
    expect(refused).toMatch(/^HTTP\/1\.1 429 .*retry-after: 1\r\n.*"code":8.*RetryInfo.*"retryDelay":"0\.8s"/is)
    expect(refusals(rendered)).toEqual(['http rate 1'])
    accessClock.ms += 800
    expect((await post(Buffer.alloc(900), headers)).status).toBe(200)
  })

  test('is told over gRPC by the length in the frame, with RetryInfo, and costs nothing', async () => {
    const key = limited()
    const { send, door, accessClock, budget } = await openGrpc({ access: { records: [key.record] } })
    await send(Buffer.alloc(900), { 'x-api-key': key.text })
    const session = connectHttp2(`http://${door.address}`)
    atEnd(() => session.destroy())
    const stream = session.request({
      ':method': 'POST',
      ':path': EXPORT,
      'x-api-key': key.text,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    stream.write(frame(Buffer.alloc(0), { length: 900 }))
    const answer = await new Promise<Record<string, unknown>>((resolve) => stream.on('response', resolve))
    expect(Number(answer['grpc-status'])).toBe(STATUS.RESOURCE_EXHAUSTED)
    expect(answer['grpc-status-details-bin']).toBeDefined()
    await waitUntil(() => budget.usedBytes === 0)
    const error = await failure(send(Buffer.alloc(900), { 'x-api-key': key.text }))
    expect(details(error)!.details[0]!.type_url).toContain('RetryInfo')
    accessClock.ms += 800
    await send(Buffer.alloc(900), { 'x-api-key': key.text })
  })

  test('counts bytes after inflating, so that compressing does not get more through', async () => {
    const key = limited()
    const { post, accessClock } = await openHttp({ access: { records: [key.record] } })
    const headers = { ...PROTOBUF, 'x-api-key': key.text, 'content-encoding': 'gzip' }
    expect((await post(gzipSync(Buffer.alloc(10_000)), headers)).status).toBe(200)
    const refused = await post(gzipSync(Buffer.alloc(10)), headers)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    accessClock.ms += 10_000
    expect((await post(gzipSync(Buffer.alloc(10)), headers)).status).toBe(200)
  })

  test('is not charged for what was not kept for our sake, nor twice for what was', async () => {
    const key = limited()
    const { post, recorder } = await openHttp({ access: { records: [key.record] } })
    const headers = { ...PROTOBUF, 'x-api-key': key.text }
    recorder.answer = { status: 'unavailable', message: 'full', retryAfterMs: 1000 }
    for (let i = 0; i < 5; i += 1) expect((await post(Buffer.alloc(900), headers)).status).toBe(503)
    recorder.answer = { status: 'stored', rejected: 0, message: '' }
    expect((await post(Buffer.alloc(900), headers)).status).toBe(200)
    expect((await post(Buffer.alloc(900), headers)).status).toBe(429)
  })

  test('a chunked body says no length: it is let in while there is something left, and paid for', async () => {
    const key = limited()
    const { door, post } = await openHttp({ access: { records: [key.record] } })
    const head = `POST /v1/traces HTTP/1.1\r\nhost: x\r\nx-api-key: ${key.text}\r\ncontent-type: application/x-protobuf\r\ntransfer-encoding: chunked\r\n\r\n`
    const body = `${(3000).toString(16)}\r\n${'x'.repeat(3000)}\r\n0\r\n\r\n`
    expect(await rawExchange(door.address, [head, body], { until: /\r\n\r\n/ })).toMatch(/^HTTP\/1\.1 200/)
    const refused = await post(BODY, { ...PROTOBUF, 'x-api-key': key.text })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3'])
  })
})

describe('a rate in spans', () => {
  test('never refuses what was let in: the count is known only when it is stored', async () => {
    const key = testKey({ rates: { spansPerSecond: 10 } })
    const { post, recorder, accessClock } = await openHttp({ access: { records: [key.record] } })
    const headers = { ...PROTOBUF, 'x-api-key': key.text }
    recorder.answer = { status: 'stored', rejected: 0, message: '', records: 50 }
    expect((await post(BODY, headers)).status).toBe(200)
    const refused = await post(BODY, headers)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    accessClock.ms += 4_100
    expect((await post(BODY, headers)).status).toBe(200)
  })
})

describe('a quota of a month', () => {
  test('that is used up is refused for good: 403 and RESOURCE_EXHAUSTED without a time to wait', async () => {
    const key = testKey({ rates: { spansPerMonth: 10 } })
    const access = { records: [key.record] }
    const { post, recorder, rendered } = await openHttp({ access })
    recorder.answer = { status: 'stored', rejected: 0, message: '', records: 10 }
    const headers = { ...JSON_TYPE, 'x-api-key': key.text }
    expect((await post('{}', headers)).status).toBe(200)
    const refused = await post('{}', headers)
    // OTLP senders would try again after 429.
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, null])
    expect(await refused.json()).toMatchObject({ code: 8, details: [] })
    expect(refusals(rendered)).toEqual(['http quota 1'])
    const grpc = await openGrpc({ access })
    grpc.recorder.answer = recorder.answer
    await grpc.send(BODY, { 'x-api-key': key.text })
    const error = await failure(grpc.send(BODY, { 'x-api-key': key.text }))
    expect([error.code, details(error)]).toEqual([STATUS.RESOURCE_EXHAUSTED, undefined])
    expect(refusals(grpc.rendered)).toEqual(['grpc quota 1'])
  })
})

test('a key without the scope, an unknown key and keys that are not read yet are told apart at both doors', async () => {
  const [reader, unknown] = [testKey({ scopes: ['read'] }), testKey()]
  const access = { records: [reader.record] }
  const http = await openHttp({ access })
  const grpc = await openGrpc({ access })
  const answers = async (key: string): Promise<unknown[]> => {
    const sent = await http.post(BODY, { ...PROTOBUF, 'x-api-key': key })
    const error = await failure(grpc.send(BODY, { 'x-api-key': key }))
    return [sent.status, error.code, details(error)]
  }
  expect(await answers(reader.text)).toEqual([403, STATUS.PERMISSION_DENIED, undefined])
  expect(await answers(unknown.text)).toEqual([401, STATUS.UNAUTHENTICATED, undefined])
  expect(refusals(http.rendered)).toEqual(['http scope 1', 'http auth 1'])
  const starting = await openHttp({ access: { isOpen: false } })
  const sent = await starting.post(BODY, { ...PROTOBUF, 'x-api-key': unknown.text })
  expect([sent.status, sent.headers.get('retry-after')]).toEqual([503, '5'])
})
