import zlib from 'node:zlib'
import { status as STATUS } from '@grpc/grpc-js'
import { afterEach, describe, expect, test } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { google } from '../../../proto/gen/rpc.js'
import { closeAll, codeOf, details, EXPORT, failure, frame, open, rawCall } from './testing-grpc.ts'

afterEach(closeAll)

const BODY = Buffer.from('any bytes: the door does not decode')

describe('startOtlpGrpc', () => {
  test('items 19, 20: success is an empty message, for an empty request too', async () => {
    const { send, recorder } = await open()
    expect((await send(BODY)).length).toBe(0)
    expect((await send(Buffer.alloc(0))).length).toBe(0)
    expect(recorder.requests.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([BODY.toString(), ''])
    expect(recorder.requests[0]).toMatchObject({ project: 'default', signal: 'traces', encoding: 'protobuf' })
  })

  test('items 23, 24: exact paths, three signals, anything else is UNIMPLEMENTED', async () => {
    const { send, recorder } = await open()
    await send(BODY, {}, '/opentelemetry.proto.collector.logs.v1.LogsService/Export')
    await send(BODY, {}, '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export')
    expect(recorder.requests.map(({ signal }) => signal)).toEqual(['logs', 'metrics'])
    expect((await failure(send(BODY, {}, `${EXPORT}s`))).code).toBe(STATUS.UNIMPLEMENTED)
  })

  test('item 21: a hundred calls at once on one connection, each with its own answer', async () => {
    const { send, recorder } = await open()
    recorder.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
      return { status: 'stored', rejected: 0, message: '' }
    }
    const replies = await Promise.all(Array.from({ length: 150 }, (_, i) => send(Buffer.from(`request ${i}`))))
    expect(replies).toHaveLength(150)
    expect(new Set(recorder.requests.map(({ bytes }) => Buffer.from(bytes).toString())).size).toBe(150)
  })

  test.each([
    ['gzip', zlib.gzipSync(BODY)],
    ['zstd', zlib.zstdCompressSync(BODY)],
    ['deflate', zlib.deflateSync(BODY)],
  ])('items 1, 3, 4: grpc-encoding %s is undone and advertised', async (encoding, bytes) => {
    const { door, recorder } = await open()
    const reply = await rawCall(door, [frame(bytes, { flag: 1 })], { 'grpc-encoding': encoding })
    expect(codeOf(reply)).toBe(STATUS.OK)
    expect(reply.headers['grpc-accept-encoding']).toBe('identity, gzip, zstd, deflate')
    expect(Buffer.from(recorder.requests[0]!.bytes)).toEqual(BODY)
  })

  test('a message without the flag is plain whatever grpc-encoding says', async () => {
    const { door, recorder } = await open()
    expect(codeOf(await rawCall(door, [frame(BODY)], { 'grpc-encoding': 'gzip' }))).toBe(STATUS.OK)
    expect(Buffer.from(recorder.requests[0]!.bytes)).toEqual(BODY)
  })

  test('item 5: an unknown grpc-encoding is UNIMPLEMENTED with the accepted list', async () => {
    const { door, recorder } = await open()
    const reply = await rawCall(door, [frame(BODY, { flag: 1 })], { 'grpc-encoding': 'snappy' })
    expect(codeOf(reply)).toBe(STATUS.UNIMPLEMENTED)
    expect(reply.headers['grpc-accept-encoding']).toBe('identity, gzip, zstd, deflate')
    expect(recorder.requests).toEqual([])
  })

  test('items 15, 16, 17: impossible framing is an error and nothing goes on', async () => {
    const { door, recorder, budget } = await open()
    expect(codeOf(await rawCall(door, [frame(BODY, { flag: 1 })]))).toBe(STATUS.INTERNAL)
    expect(codeOf(await rawCall(door, [frame(BODY), frame(BODY)]))).toBe(STATUS.UNIMPLEMENTED)
    expect(codeOf(await rawCall(door, [frame(BODY, { length: 1000 })]))).toBe(STATUS.UNIMPLEMENTED)
    const broken = await rawCall(door, [frame(BODY, { flag: 1 })], { 'grpc-encoding': 'gzip' })
    expect(codeOf(broken)).toBe(STATUS.INVALID_ARGUMENT)
    expect([recorder.requests.length, budget.usedBytes]).toEqual([0, 0])
  })

  test('items 18, 35: an invalid request is INVALID_ARGUMENT with BadRequest, its message percent-encoded', async () => {
    const { send, recorder } = await open()
    recorder.answer = { status: 'invalid', message: 'cannot read 100 % of “it”', field: 'resource_spans' }
    const error = await failure(send(BODY))
    expect([error.code, error.details]).toEqual([STATUS.INVALID_ARGUMENT, 'cannot read 100 % of “it”'])
    const detail = details(error)!.details[0]!
    expect(detail.type_url).toBe('type.googleapis.com/google.rpc.BadRequest')
    expect(google.rpc.BadRequest.decode(detail.value!).fieldViolations[0]!.field).toBe('resource_spans')
  })

  test('items 36, 37, 39: what may be retried carries RetryInfo, what may not does not', async () => {
    const { send, recorder } = await open()
    recorder.answer = { status: 'unavailable', message: 'm', retryAfterMs: 1500 }
    const unavailable = await failure(send(BODY))
    expect(unavailable.code).toBe(STATUS.UNAVAILABLE)
    const delay = google.rpc.RetryInfo.decode(details(unavailable)!.details[0]!.value!).retryDelay!
    expect([Number(delay.seconds), delay.nanos]).toEqual([1, 500_000_000])
    // Where Python's exporter looks.
    expect(unavailable.metadata.get('google.rpc.retryinfo-bin')).toEqual([details(unavailable)!.details[0]!.value])
    recorder.answer = { status: 'exhausted', message: 'm', retryAfterMs: 1 }
    expect(details(await failure(send(BODY)))!.details[0]!.type_url).toContain('RetryInfo')
    recorder.answer = { status: 'exhausted', message: 'm' }
    const exhausted = await failure(send(BODY))
    expect([exhausted.code, details(exhausted)]).toEqual([STATUS.RESOURCE_EXHAUSTED, undefined])
    expect(exhausted.metadata.get('google.rpc.retryinfo-bin')).toEqual([])
    recorder.answer = { status: 'forbidden', message: 'm' }
    expect((await failure(send(BODY))).code).toBe(STATUS.PERMISSION_DENIED)
    recorder.answer = () => Promise.reject(new Error('disk on fire'))
    expect((await failure(send(BODY))).code).toBe(STATUS.UNAVAILABLE)
  })

  test('items 48, 49, 50: partial success is OK with count and reason', async () => {
    const { send, recorder } = await open()
    recorder.answer = { status: 'stored', rejected: 3, message: 'no trace id' }
    const reply = opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse.decode(await send(BODY))
    expect([Number(reply.partialSuccess!.rejectedSpans), reply.partialSuccess!.errorMessage]).toEqual([
      3,
      'no trace id',
    ])
  })

  test('item 40: without a valid key UNAUTHENTICATED, with one its project', async () => {
    const { send, recorder } = await open({ keys: [{ project: 'acme', key: 'k-1' }] })
    expect((await failure(send(BODY))).code).toBe(STATUS.UNAUTHENTICATED)
    expect((await failure(send(BODY, { 'x-api-key': 'k-2' }))).code).toBe(STATUS.UNAUTHENTICATED)
    await send(BODY, { authorization: 'Bearer k-1' })
    await send(BODY, { 'x-api-key': 'k-1', 'x-insights-gate': '1' })
    expect(recorder.requests.map(({ project }) => project)).toEqual(['acme', 'acme'])
  })
})
