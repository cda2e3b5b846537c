// Overload at the doors: what is refused before a body is read, and that the refusal arrives however slow the sender is.

import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { status as STATUS } from '@grpc/grpc-js'
import { afterEach, describe, expect, test } from 'vitest'
import { createBudget } from './budget.ts'
import { rawExchange, waitUntil } from './testing.ts'
import { atEnd, closeAll, details, EXPORT, failure, frame, open as openGrpc } from './testing-grpc.ts'
import { BODY, closeDoors, openHttp } from './testing-http.ts'

afterEach(closeDoors)
afterEach(closeAll)

const FULL = { status: 'unavailable', message: 'the journal is full', retryAfterMs: 2000 } as const
const head = (length: number): string =>
  `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`

describe('a collector that can keep nothing', () => {
  test('says so over HTTP by the head alone, and takes requests again once it can', async () => {
    let full = true
    const { door, post, recorder, budget } = await openHttp({}, { refuses: () => (full ? FULL : undefined) })
    const refused = await rawExchange(door.address, [head(500)], { until: /\}$/ })
    expect(refused).toMatch(/^HTTP\/1\.1 503 .*retry-after: 2\r\n.*"code":14.*"retryDelay":"2s"/is)
    expect([recorder.requests.length, budget.usedBytes]).toEqual([0, 0])
    full = false
    expect((await post(BODY)).status).toBe(200)
  })

  test('says so over gRPC by the headers alone, with RetryInfo', async () => {
    const { door, send, recorder } = await openGrpc({}, { refuses: () => FULL })
    const error = await failure(send(BODY))
    expect([error.code, details(error)!.details[0]!.type_url]).toEqual([
      STATUS.UNAVAILABLE,
      'type.googleapis.com/google.rpc.RetryInfo',
    ])
    const session = connectHttp2(`http://${door.address}`)
    atEnd(() => session.destroy())
    const stream = session.request({ ':method': 'POST', ':path': EXPORT, 'content-type': 'application/grpc' })
    const answer = await new Promise<Record<string, unknown>>((resolve) => stream.on('response', resolve))
    expect(Number(answer['grpc-status'])).toBe(STATUS.UNAVAILABLE)
    expect(recorder.requests).toEqual([])
  })
})

describe('a request that the budget has no room for', () => {
  test('is refused over HTTP before its body comes, by its length', async () => {
    const { door, recorder, budget, rendered } = await openHttp({ budgetBytes: 1000 })
    const refused = await rawExchange(door.address, [head(1001)], { until: /\}$/ })
    expect(refused).toMatch(/^HTTP\/1\.1 503 .*retry-after: 1\r\n/is)
    expect([recorder.requests.length, budget.usedBytes]).toEqual([0, 0])
    expect(rendered()).toContain('insights_receive_refused_total{door="http",reason="busy"} 1')
  })

  test('is refused over gRPC before its message comes, by the length in the frame', async () => {
    const { door, budget } = await openGrpc({ budgetBytes: 1000 })
    const session = connectHttp2(`http://${door.address}`)
    atEnd(() => session.destroy())
    const stream = session.request({ ':method': 'POST', ':path': EXPORT, 'content-type': 'application/grpc' })
    stream.write(frame(Buffer.alloc(0), { length: 1001 }))
    const answer = await new Promise<Record<string, unknown>>((resolve) => stream.on('response', resolve))
    expect(Number(answer['grpc-status'])).toBe(STATUS.UNAVAILABLE)
    expect(answer['grpc-status-details-bin']).toBeDefined()
    await waitUntil(() => budget.usedBytes === 0)
  })

  test('is answered, not cut off, though its sender goes on for longer than a second', async () => {
    const { door } = await openHttp({ budgetBytes: 1000 })
    const [host, port] = door.address.split(':')
    const socket = connect(Number(port), host)
    atEnd(() => socket.destroy())
    let broken: Error | undefined
    socket.on('error', (error) => {
      broken = error
    })
    socket.write(head(6000))
    for (let sent = 0; sent < 6000; sent += 1000) {
      socket.write('x'.repeat(1000))
      await new Promise((done) => setTimeout(done, 250))
    }
    // Only now it looks what it was told.
    const text = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())))
    expect(text).toMatch(/^HTTP\/1\.1 503/)
    expect(broken).toBeUndefined()
  })
})

describe('a budget while memory is short', () => {
  test('gives little, but gives, so that what is there goes on', () => {
    let short = false
    const budget = createBudget(800, () => short)
    expect(budget.tryTake(400)).toBe(true)
    short = true
    expect(budget.tryTake(1)).toBe(false)
    budget.give(350)
    expect(budget.tryTake(50)).toBe(true)
    expect([budget.hasRoom(1), budget.usedBytes]).toEqual([false, 100])
    short = false
    expect(budget.hasRoom(700)).toBe(true)
  })
})
