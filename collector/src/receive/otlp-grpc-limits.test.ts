import { connect as connectHttp2, constants, type IncomingHttpHeaders } from 'node:http2'
import zlib from 'node:zlib'
import { Metadata, status as STATUS } from '@grpc/grpc-js'
import { afterEach, describe, expect, test } from 'vitest'
import { grpc } from '../../../proto/gen/rpc.js'
import { startOtlpGrpc } from './otlp-grpc.ts'
import { waitUntil } from './testing.ts'
import {
  atEnd,
  call,
  closeAll,
  codeOf,
  details,
  EXPORT,
  failure,
  frame,
  HEALTH,
  MEGABYTE,
  open,
  openClient,
  rawCall,
  same,
} from './testing-grpc.ts'

afterEach(closeAll)

const BODY = Buffer.from('any bytes: the door does not decode')

describe('limits of startOtlpGrpc', () => {
  test('items 6, 8: too large, before or after decompression, is RESOURCE_EXHAUSTED without RetryInfo', async () => {
    const { send, door, recorder, budget } = await open({ maxBodyBytes: MEGABYTE })
    await send(Buffer.alloc(MEGABYTE))
    const plain = await failure(send(Buffer.alloc(MEGABYTE + 1)))
    expect([plain.code, details(plain)]).toEqual([STATUS.RESOURCE_EXHAUSTED, undefined])
    for (const [name, compress] of [
      ['gzip', zlib.gzipSync],
      ['zstd', zlib.zstdCompressSync],
    ] as const) {
      const bomb = frame(compress(Buffer.alloc(200 * MEGABYTE)), { flag: 1 })
      const reply = await rawCall(door, [bomb], { 'grpc-encoding': name })
      expect([codeOf(reply), reply.headers['grpc-status-details-bin']]).toEqual([STATUS.RESOURCE_EXHAUSTED, undefined])
    }
    await waitUntil(() => budget.usedBytes === 0)
    expect(recorder.requests).toHaveLength(1)
  })

  test('item 7: the length in the frame is judged before the message arrives', async () => {
    const { door, budget } = await open({ maxBodyBytes: MEGABYTE })
    const session = connectHttp2(`http://${door.address}`)
    atEnd(() => session.destroy())
    const stream = session.request({
      ':method': 'POST',
      ':path': EXPORT,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    stream.write(frame(Buffer.alloc(0), { length: 2 ** 31 }))
    const headers = await new Promise<IncomingHttpHeaders>((resolve) => stream.on('response', resolve))
    expect(Number(headers['grpc-status'])).toBe(STATUS.RESOURCE_EXHAUSTED)
    expect(budget.usedBytes).toBeLessThan(1000)
    stream.close(constants.NGHTTP2_CANCEL)
  })

  test('items 36, 37: bytes beyond the budget are refused while they arrive, with RetryInfo', async () => {
    const { send, recorder, budget, rendered } = await open({ maxBodyBytes: 8 * MEGABYTE, budgetBytes: 2 * MEGABYTE })
    const error = await failure(send(Buffer.alloc(6 * MEGABYTE)))
    expect(error.code).toBe(STATUS.UNAVAILABLE)
    expect(details(error)!.details[0]!.type_url).toContain('RetryInfo')
    expect(error.metadata.get('google.rpc.retryinfo-bin')).toEqual([details(error)!.details[0]!.value])
    await waitUntil(() => budget.usedBytes === 0)
    await send(Buffer.alloc(MEGABYTE))
    expect(recorder.requests).toHaveLength(1)
    expect(rendered()).toContain('insights_receive_refused_total{door="grpc",reason="busy"} 1')
  })

  test('item 45: a cancelled call keeps its share until the next stage has let go', async () => {
    const { client, recorder, budget } = await open()
    let finish = (): void => {}
    recorder.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ status: 'stored', rejected: 0, message: '' })
      })
    const pending = client.makeUnaryRequest(EXPORT, same, same, Buffer.alloc(5000), () => {})
    await waitUntil(() => recorder.requests.length === 1)
    pending.cancel()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(budget.usedBytes).toBeGreaterThanOrEqual(5000)
    finish()
    await waitUntil(() => budget.usedBytes === 0)
  })

  test('item 44: a deadline ends the call, its result is thrown away', async () => {
    const { client, recorder, budget } = await open()
    recorder.answer = () =>
      new Promise((resolve) => setTimeout(() => resolve({ status: 'stored', rejected: 0, message: '' }), 200))
    const error = await failure(
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          EXPORT,
          same,
          same,
          BODY,
          new Metadata(),
          { deadline: Date.now() + 50 },
          (cause, reply) => (cause ? reject(cause) : resolve(reply)),
        )
      }),
    )
    expect(error.code).toBe(STATUS.DEADLINE_EXCEEDED)
    await waitUntil(() => budget.usedBytes === 0)
    expect((await call(client, EXPORT, BODY, {})).length).toBe(0)
  })

  test('a stream that goes silent is closed and gives its share back', async () => {
    const { door, budget, recorder } = await open({}, { idleTimeoutMs: 100 })
    const session = connectHttp2(`http://${door.address}`)
    atEnd(() => session.destroy())
    const stream = session.request({
      ':method': 'POST',
      ':path': EXPORT,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    stream.on('error', () => {})
    stream.write(frame(Buffer.alloc(100), { length: 1000 }))
    await new Promise((resolve) => stream.on('close', resolve))
    await waitUntil(() => budget.usedBytes === 0)
    expect(recorder.requests).toEqual([])
  })

  test('windows are raised: a stream may send megabytes unasked', async () => {
    const { door } = await open()
    const session = connectHttp2(`http://${door.address}`)
    atEnd(() => session.destroy())
    await new Promise((resolve) => session.once('remoteSettings', resolve))
    expect(session.remoteSettings.initialWindowSize).toBe(4 * MEGABYTE)
    await waitUntil(() => session.state.remoteWindowSize! >= 16 * MEGABYTE)
  })
})

describe('health, keepalive and stop of startOtlpGrpc', () => {
  const { HealthCheckRequest, HealthCheckResponse } = grpc.health.v1
  const ask = (service: string) => Buffer.from(HealthCheckRequest.encode({ service }).finish())
  const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = HealthCheckResponse.ServingStatus

  test('item 82: Check knows the server and each service, others are NOT_FOUND, no key is needed', async () => {
    const { send } = await open({ keys: [{ project: 'acme', key: 'k-1' }] })
    for (const service of ['', 'opentelemetry.proto.collector.logs.v1.LogsService']) {
      expect(HealthCheckResponse.decode(await send(ask(service), {}, `${HEALTH}/Check`)).status).toBe(SERVING)
    }
    expect((await failure(send(ask('other'), {}, `${HEALTH}/Check`))).code).toBe(STATUS.NOT_FOUND)
  })

  test('items 46, 83: Watch tells of the stop, accepted calls finish, new ones are UNAVAILABLE', async () => {
    const { door, client, send, recorder } = await open()
    const seen: number[] = []
    const watch = (service: string) =>
      client.makeServerStreamRequest(
        `${HEALTH}/Watch`,
        same,
        (bytes: Buffer) => HealthCheckResponse.decode(bytes).status,
        ask(service),
      )
    const watched = watch('').on('data', (status) => seen.push(status))
    const ended = new Promise((resolve) => watched.on('end', resolve))
    const unknown = await new Promise((resolve) => watch('other').once('data', resolve))
    expect(unknown).toBe(SERVICE_UNKNOWN)
    let finish = (): void => {}
    recorder.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ status: 'stored', rejected: 0, message: '' })
      })
    const inFlight = send(BODY)
    await waitUntil(() => recorder.requests.length === 1 && seen.length === 1)
    const stopped = door.stop(5000)
    await ended
    expect(seen).toEqual([SERVING, NOT_SERVING])
    finish()
    await inFlight
    await stopped
    expect((await failure(call(openClient(door), EXPORT, BODY, {}))).code).toBe(STATUS.UNAVAILABLE)
  })

  test('item 46: the deadline ends a stop that would wait for ever', async () => {
    const { door, send, recorder } = await open()
    recorder.answer = () => new Promise(() => {})
    const inFlight = failure(send(BODY))
    await waitUntil(() => recorder.requests.length === 1)
    await door.stop(50)
    expect([STATUS.UNAVAILABLE, STATUS.CANCELLED]).toContain((await inFlight).code)
  })

  test('item 85: pings are answered, a flood of them ends the connection', async () => {
    const { door } = await open()
    const session = connectHttp2(`http://${door.address}`)
    atEnd(() => session.destroy())
    const goaway = new Promise<number>((resolve) => session.on('goaway', resolve))
    session.on('error', () => {})
    await new Promise((resolve) => session.once('connect', resolve))
    const ping = () => Promise.race([goaway, new Promise<void>((resolve) => session.ping(() => resolve()))])
    for (let i = 0; i < 100; i++) await ping()
    expect(session.closed).toBe(false)
    for (let i = 0; i < 250 && !session.destroyed && !session.closed; i++) await ping()
    expect(await goaway).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM)
  })

  test('item 47: an old connection is asked to go, calls move to a new one', async () => {
    const { door, send } = await open({}, { maxConnectionAgeMs: 100 })
    const session = connectHttp2(`http://${door.address}`)
    atEnd(() => session.destroy())
    expect(await new Promise((resolve) => session.on('goaway', resolve))).toBe(constants.NGHTTP2_NO_ERROR)
    await send(BODY)
  })

  test('a taken or wrong address is a clear error', async () => {
    const { door, options } = await open()
    await expect(startOtlpGrpc({ ...options, listen: door.address })).rejects.toMatchObject({ code: 'INSIGHTS_LISTEN' })
    await expect(startOtlpGrpc({ ...options, listen: 'nonsense' })).rejects.toThrow(/it is not host:port/)
  })
})
