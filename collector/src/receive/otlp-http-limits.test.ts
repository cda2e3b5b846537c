import { request as httpRequest } from 'node:http'
import zlib from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { startOtlpHttp } from './otlp-http.ts'
import { rawExchange, waitUntil } from './testing.ts'
import { BODY, closeDoors, openHttp as open, PROTOBUF } from './testing-http.ts'

afterEach(closeDoors)

describe('limits of startOtlpHttp', () => {
  const LIMIT = 100_000

  test('items 8, 9: what inflates beyond the limit is 413, at the limit it passes', async () => {
    const { post, recorder, budget } = await open({ maxBodyBytes: LIMIT })
    for (const [name, compress] of [
      ['gzip', zlib.gzipSync],
      ['zstd', zlib.zstdCompressSync],
      ['deflate', zlib.deflateSync],
    ] as const) {
      const headers = { ...PROTOBUF, 'content-encoding': name }
      expect((await post(compress(Buffer.alloc(LIMIT + 1)), headers)).status).toBe(413)
      expect((await post(compress(Buffer.alloc(LIMIT)), headers)).status).toBe(200)
    }
    expect([recorder.requests.length, budget.usedBytes]).toEqual([3, 0])
  })

  test('item 8: a bomb costs no more than the limit', async () => {
    const limitBytes = 16 * 1024 * 1024
    const { post } = await open({ maxBodyBytes: limitBytes, budgetBytes: 64 * 1024 * 1024 })
    const bomb = zlib.gzipSync(Buffer.alloc(512 * 1024 * 1024))
    const lying = Buffer.concat([bomb.subarray(0, bomb.length - 4), Buffer.from([1, 0, 0, 0])])
    const before = process.memoryUsage().rss
    for (const bytes of [bomb, lying, bomb]) {
      const response = await post(bytes, { ...PROTOBUF, 'content-encoding': 'gzip' })
      expect(response.status).toBe(413)
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(8 * limitBytes)
  })

  test('item 10: a declared length above the limit is refused before the body is read', async () => {
    const { door } = await open({ maxBodyBytes: LIMIT })
    const head = `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${LIMIT + 1}\r\n\r\n`
    const text = await rawExchange(door.address, [head], { until: /\}$/ })
    expect(text).toMatch(/^HTTP\/1\.1 413 .*"code":8/s)
  })

  test('items 9, 10: a client that pushes its whole large body still gets to read the 413', async () => {
    const { url } = await open({ maxBodyBytes: LIMIT })
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${url}/v1/traces`, { method: 'POST', headers: PROTOBUF }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      request.on('error', reject)
      request.end(Buffer.alloc(8 * 1024 * 1024))
    })
    expect(status).toBe(413)
  })

  test('item 11: a chunked body is limited and otherwise whole', async () => {
    const { door, recorder, budget } = await open({ maxBodyBytes: LIMIT })
    const head =
      'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\ntransfer-encoding: chunked\r\n\r\n'
    const chunk = `${(60_000).toString(16)}\r\n${'x'.repeat(60_000)}\r\n`
    expect(await rawExchange(door.address, [head, chunk, chunk], { until: /413/ })).toMatch(/^HTTP\/1\.1 413/)
    expect(await rawExchange(door.address, [head, chunk, '0\r\n\r\n'], { until: /\r\n\r\n/ })).toMatch(
      /^HTTP\/1\.1 200/,
    )
    expect(recorder.requests.map((request) => request.bytes.length)).toEqual([60_000])
    expect(budget.usedBytes).toBe(0)
  })

  test('item 36: when the budget is used up, requests are asked to come again', async () => {
    const { post, recorder, budget } = await open({ budgetBytes: 150_000 })
    let finish = (): void => {}
    recorder.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ status: 'stored', rejected: 0, message: '' })
      })
    const first = post(Buffer.alloc(100_000))
    await waitUntil(() => recorder.requests.length === 1)
    const second = await post(Buffer.alloc(100_000))
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1'])
    expect(budget.usedBytes).toBe(100_000)
    finish()
    expect((await first).status).toBe(200)
    expect(budget.usedBytes).toBe(0)
  })

  test('a client that leaves in the middle gives its share back and nothing goes on', async () => {
    const { door, recorder, budget, rendered } = await open()
    const head =
      'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"a":'
    await rawExchange(door.address, [head], { quietMs: 50 })
    await waitUntil(() => rendered().includes('reason="aborted"} 1'))
    expect([recorder.requests.length, budget.usedBytes]).toEqual([0, 0])
  })

  test('item 87: oversized headers are 431', async () => {
    const { door } = await open()
    const head = `POST /v1/traces HTTP/1.1\r\nhost: x\r\nx-big: ${'a'.repeat(20_000)}\r\n\r\n`
    expect(await rawExchange(door.address, [head])).toMatch(/^HTTP\/1\.1 431/)
  })

  test('a body that trickles is cut off', async () => {
    const { door, recorder } = await open({}, { requestTimeoutMs: 200 })
    const head = 'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{'
    expect(await rawExchange(door.address, [head])).toMatch(/^HTTP\/1\.1 408/)
    expect(recorder.requests).toEqual([])
  })
})

describe('connections of startOtlpHttp', () => {
  const post = (body: string) =>
    `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`

  test('item 22: pipelined requests are answered in order', async () => {
    const { door, recorder } = await open()
    const pieces = ['{"n":1}', '{"n":2}', '{"n":3}'].map(post)
    const text = await rawExchange(door.address, [pieces.join('')], { until: /(\{\}.*){3}/s })
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(3)
    expect(recorder.requests.map((request) => Buffer.from(request.bytes).toString())).toEqual([
      '{"n":1}',
      '{"n":2}',
      '{"n":3}',
    ])
  })

  test('item 33: 100 Continue comes only after the head was found acceptable', async () => {
    const { door } = await open({ maxBodyBytes: 10 })
    const head = (length: number) =>
      `POST /v1/traces HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`
    const accepted = await rawExchange(door.address, [head(2), '{}'], { until: /\{\}/ })
    expect(accepted).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/)
    const refused = await rawExchange(door.address, [head(11)])
    expect(refused).toMatch(/^HTTP\/1\.1 413/)
    expect(refused).toMatch(/connection: close/i)
  })

  test('item 46: stopping finishes what was accepted and refuses new connections', async () => {
    const { door, post: send, recorder, url } = await open()
    let finish = (): void => {}
    recorder.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ status: 'stored', rejected: 0, message: '' })
      })
    const inFlight = send(BODY)
    await waitUntil(() => recorder.requests.length === 1)
    const stopped = door.stop(5000)
    await expect(fetch(url)).rejects.toThrow()
    finish()
    const response = await inFlight
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])
    await stopped
  })

  test('item 46: the deadline ends a stop that would wait for ever', async () => {
    const { door, post: send, recorder } = await open()
    recorder.answer = () => new Promise(() => {})
    const inFlight = send(BODY)
    await waitUntil(() => recorder.requests.length === 1)
    await Promise.all([door.stop(50), expect(inFlight).rejects.toThrow()])
  })

  test('a taken or wrong address is a clear error', async () => {
    const { door, options } = await open()
    await expect(startOtlpHttp({ ...options, listen: door.address })).rejects.toMatchObject({ code: 'INSIGHTS_LISTEN' })
    await expect(startOtlpHttp({ ...options, listen: 'nonsense' })).rejects.toThrow(/it is not host:port/)
  })
})
