// Where the doors are and what they serve on one port, with sockets of our own. Numbers are items of the list.
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { credentials } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { rawExchange } from '../../src/receive/testing.ts'
import { EXPORT, frame } from '../../src/receive/testing-grpc.ts'
import { CollectorProcess, useCollector, withDataDir } from '../collector-process.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpans } from '../stored.ts'
import { exportOver } from './grpc-client.ts'

const collector = useCollector({ INSIGHTS_HTTP_PREFIXES: '/api/public/otel,/tenant/a' })
const address = (): string => new URL(collector().doors.http).host
const bodyOf = (name: string, n = 1): Buffer => request(span({ traceId: traceIdOf(name), spanId: spanIdOf(n) }))

const post = (body: Uint8Array, path = '/v1/traces', more = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\n${more}content-length: ${body.length}\r\n\r\n`,
    ),
    body,
  ])

test('13: without a word the doors are at 4317 and 4318 of this machine', () => {
  const { config } = loadConfig({ flags: new Map(), configFile: undefined, env: {}, cwd: '/' })
  expect([config.grpcListen, config.httpListen]).toEqual([
    { host: '127.0.0.1', port: 4317 },
    { host: '127.0.0.1', port: 4318 },
  ])
})

describe('14: one port for HTTP/1.1 and for HTTP/2 with prior knowledge', () => {
  test('gRPC clients, frames of our own and HTTP/1.1 side by side, all stored', async () => {
    const trace = traceIdOf('one port')
    await exportOver(address(), bodyOf('one port', 1), credentials.createInsecure())
    expect(await rawExchange(address(), [post(bodyOf('one port', 2))], { until: /200/ })).toMatch(/^HTTP\/1\.1 200/)
    const session = connectHttp2(`http://${address()}`)
    const status = await new Promise<string>((resolve, reject) => {
      const stream = session.request({
        ':method': 'POST',
        ':path': EXPORT,
        'content-type': 'application/grpc',
        te: 'trailers',
      })
      stream.on('trailers', (trailers) => resolve(String(trailers['grpc-status'])))
      stream.on('error', reject)
      stream.resume()
      stream.end(frame(bodyOf('one port', 3)))
    })
    session.close()
    expect(status).toBe('0')
    expect((await storedSpans(collector(), trace, 3)).map((row) => row['span_id'])).toEqual([1, 2, 3].map(spanIdOf))
  })

  test('a preface in single bytes is known, and what only begins like it is HTTP/1.1', async () => {
    const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    const socket = connect(Number(address().split(':')[1]), '127.0.0.1')
    const first = new Promise<Buffer>((resolve) => socket.once('data', resolve))
    for (const byte of preface) {
      socket.write(Uint8Array.of(byte))
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    // A SETTINGS frame of the server.
    expect((await first)[3]).toBe(4)
    socket.destroy()
    for (const bytes of ['PROPFIND / HTTP/1.1\r\nhost: x\r\n\r\n', 'PRI\r\n\r\n'])
      expect([bytes, await rawExchange(address(), [bytes], { until: /\r\n\r\n/ })]).toEqual([
        bytes,
        expect.stringMatching(/^HTTP\/1\.1 4\d\d/),
      ])
  })

  test('a stop ends both kinds of connections', () =>
    withDataDir(async (dataDir) => {
      const other = await CollectorProcess.spawn({ dataDir }).ready()
      const { host } = new URL(other.doors.http)
      const session = connectHttp2(`http://${host}`)
      await new Promise((resolve) => session.once('remoteSettings', resolve))
      const goaway = new Promise((resolve) => session.once('goaway', resolve))
      session.on('error', () => undefined)
      const began = performance.now()
      await other.process.stop()
      expect(await goaway).toBe(0)
      expect(performance.now() - began).toBeLessThan(9_000)
    }))
})

test('26: the default path, and each prefix that is configured', async () => {
  for (const [n, path] of ['/v1/traces', '/api/public/otel/v1/traces', '/tenant/a/v1/traces'].entries())
    expect([
      path,
      await rawExchange(address(), [post(bodyOf('prefixes', n + 1), path)], { until: /\r\n\r\n/ }),
    ]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 200/)])
  for (const path of ['/tenant/v1/traces', '/tenant/b/v1/traces', '/api/public/otel/v1/tracesx', '//v1/traces'])
    expect([path, await rawExchange(address(), [post(bodyOf('prefixes', 9), path)], { until: /\r\n\r\n/ })]).toEqual([
      path,
      expect.stringMatching(/^HTTP\/1\.1 404/),
    ])
  expect(await storedSpans(collector(), traceIdOf('prefixes'), 3)).toHaveLength(3)
})

test('30: whatever the client would take, it can read the answer', async () => {
  const bad = request(
    span({ traceId: '00'.repeat(16), spanId: spanIdOf(1) }),
    span({ traceId: traceIdOf('gzip'), spanId: spanIdOf(1) }),
  )
  for (const encodings of ['gzip', 'gzip, deflate, br, zstd', 'br;q=1.0, *;q=0', 'identity']) {
    const text = await rawExchange(address(), [post(bad, '/v1/traces', `accept-encoding: ${encodings}\r\n`)], {
      until: /trace_id/,
      quietMs: 1500,
    })
    const [head = '', body = ''] = text.split('\r\n\r\n')
    const coding = /content-encoding: (\S+)/i.exec(head)?.[1] ?? 'identity'
    expect(['identity', 'gzip']).toContain(coding)
    const plain = coding === 'gzip' ? gunzipSync(Buffer.from(body, 'latin1')).toString() : body
    expect([encodings, head.startsWith('HTTP/1.1 200'), plain.includes('trace_id')]).toEqual([encodings, true, true])
  }
})
