// What is too large, cut, flipped and random, in bodies and frames, at a running collector: answered or cut off, never an error of the server.
import { credentials } from '@grpc/grpc-js'
import { describe, expect, it } from 'vitest'
import { rawExchange } from '../../src/receive/testing.ts'
import { FRAME, frameOf, openRaw } from '../../src/receive/testing-frames.ts'
import { exportOver } from '../conformance/grpc-client.ts'
import { seededRandom } from '../faults/numbered-load.ts'
import { request, resourceSpans, scopeSpans, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { expectOthersServed, LIMIT_BYTES, useAttacked } from './attacked.ts'

const MIB = 2 ** 20
const SEED = 20_261_125
const collector = useAttacked()
const http = (): string => new URL(collector().doors.http).host

describe('oversized and malformed', () => {
  it('bodies: a byte beyond the limit, declared, chunked, or hidden', async () => {
    const large = Buffer.alloc(LIMIT_BYTES + 1)
    expect((await collector().post(large)).status).toBe(413)
    const head = 'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\n'
    expect(await rawExchange(http(), [`${head}content-length: ${2 ** 40}\r\n\r\n`], { until: /\r\n\r\n/ })).toMatch(
      /^HTTP\/1\.1 413/,
    )
    const chunk = `${MIB.toString(16)}\r\n${'x'.repeat(MIB)}\r\n`
    expect(
      await rawExchange(
        http(),
        [`${head}transfer-encoding: chunked\r\n\r\n`, ...Array.from({ length: 5 }, () => chunk)],
        { until: /\r\n\r\n/ },
      ),
    ).toMatch(/^HTTP\/1\.1 413/)
  })

  it.each([
    ['a length that is no number', 'content-length: 1e3'],
    ['a negative length', 'content-length: -1'],
    ['two lengths', 'content-length: 1\r\ncontent-length: 2'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked'],
    ['a coding of the transfer that nobody knows', 'transfer-encoding: gzip, chunked, x'],
  ])('HTTP with %s', async (_, headers) => {
    const bytes = `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers}\r\n\r\n0\r\n\r\n`
    expect(await rawExchange(http(), [bytes], { until: /\r\n\r\n/ })).toMatch(/^HTTP\/1\.1 (400|411|413|415|501)/)
  })

  it('protobuf: every truncation and every flipped byte of a request is answered, none with an error of the server', async () => {
    const valid = request(span({ traceId: traceIdOf('flips'), spanId: spanIdOf(1), attributes: { a: 'b', n: 5 } }))
    for (let at = 0; at < valid.length; at++) {
      const flipped = Buffer.from(valid)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      for (const bytes of [valid.subarray(0, at), flipped])
        expect([at, [200, 400].includes((await collector().post(bytes)).status)]).toEqual([at, true])
    }
  })

  it('two thousand requests of random bytes and of random damage, at both doors', async () => {
    const random = seededRandom(SEED)
    const valid = resourceSpans(
      scopeSpans(
        ...[1, 2, 3].map((n) =>
          span({ traceId: traceIdOf('fuzz'), spanId: spanIdOf(n), attributes: { a: 'x'.repeat(50) } }),
        ),
      ),
    )
    const damage = (): Buffer => {
      const bytes = Buffer.from(random() < 0.3 ? Buffer.alloc(Math.floor(random() * 300)) : valid)
      for (let i = 0; i < 1 + random() * 8; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      return bytes.subarray(0, Math.floor(random() * (bytes.length + 1)))
    }
    for (let round = 0; round < 40; round++) {
      const statuses = await Promise.all(
        Array.from({ length: 50 }, async () => (await collector().post(damage())).status),
      )
      for (const status of statuses) expect([200, 400]).toContain(status)
    }
    const codes = await Promise.all(
      Array.from({ length: 50 }, () =>
        exportOver(collector().doors.grpc, damage(), credentials.createInsecure()).then(
          () => 0,
          (error: { code: number }) => error.code,
        ),
      ),
    )
    for (const code of codes) expect([0, 3]).toContain(code)
  })

  it('HTTP/2: five hundred frames of random type, length, flags and stream, on fifty connections', async () => {
    const random = seededRandom(SEED + 1)
    for (let connection = 0; connection < 50; connection++) {
      const session = await openRaw(connection % 2 === 0 ? collector().doors.grpc : http())
      for (let i = 0; i < 10 && !session.isClosed(); i++) {
        const payload = Uint8Array.from({ length: Math.floor(random() * 64) }, () => Math.floor(random() * 256))
        const type = random() < 0.8 ? Math.floor(random() * 10) : Math.floor(random() * 256)
        await session.write(
          frameOf(type, { flags: Math.floor(random() * 256), stream: Math.floor(random() * 8), payload }),
        )
      }
      await session.write(frameOf(FRAME.data, { stream: 2 ** 31 - 1, payload: new Uint8Array(16_385) }))
      session.socket.destroy()
    }
  })
})

expectOthersServed(collector, 8)
