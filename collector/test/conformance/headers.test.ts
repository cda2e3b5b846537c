// Heads that are too large, at a running collector, in bytes of our own. Numbers are items of the list.
import { credentials } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { rawExchange } from '../../src/receive/testing.ts'
import {
  END_HEADERS,
  END_STREAM,
  FRAME,
  frameOf,
  literal,
  openRaw,
  requestHead,
} from '../../src/receive/testing-frames.ts'
import { eventually, useCollector } from '../collector-process.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpans } from '../stored.ts'
import { exportOver, TRACES } from './grpc-client.ts'

const collector = useCollector()
const body = (n: number): Buffer => request(span({ traceId: traceIdOf('heads'), spanId: spanIdOf(n) }))

test('87: headers beyond 16 KiB are 431 or end the stream, and others are served meanwhile', async () => {
  const { host } = new URL(collector().doors.http)
  const head = `POST /v1/traces HTTP/1.1\r\nhost: x\r\nx-large: ${'a'.repeat(17_000)}\r\n\r\n`
  expect(await rawExchange(host, [head])).toMatch(/^HTTP\/1\.1 431/)
  const many = `POST /v1/traces HTTP/1.1\r\nhost: x\r\n${'x-many: 1\r\n'.repeat(150)}content-length: 0\r\n\r\n`
  expect(await rawExchange(host, [many])).toMatch(/^HTTP\/1\.1 431/)

  const session = await openRaw(collector().doors.grpc)
  const large = requestHead(TRACES, [literal('x-large', 'a'.repeat(15_000)), literal('x-larger', 'b'.repeat(1_200))])
  const HALF = 8_000
  const flags = END_STREAM
  await session.write(frameOf(FRAME.headers, { flags, stream: 1, payload: large.subarray(0, HALF) }))
  await session.write(frameOf(FRAME.continuation, { flags: END_HEADERS, stream: 1, payload: large.subarray(HALF) }))
  await exportOver(collector().doors.grpc, body(1), credentials.createInsecure())
  const ended = await eventually('the end of the stream', async () => {
    const reset = session.received.some(({ type, stream }) => type === FRAME.reset && stream === 1)
    return reset || session.goaways().length > 0 || session.isClosed() || undefined
  })
  expect(ended).toBe(true)
  session.socket.destroy()
  expect((await collector().post(body(2))).status).toBe(200)
  expect(await storedSpans(collector(), traceIdOf('heads'), 2)).toHaveLength(2)
})
