// Our exporter against servers that behave as the specification allows, and as it does not. Numbers are items of the list.
import type { ServerResponse } from 'node:http'
import { type DropReason, HanzoSpanExporter } from '@hanzo/insights'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, describe, expect, test } from 'vitest'
import { accept, acceptPartly, type OtlpServer, startOtlpServer } from '../../../exporter/test/otlp-server.ts'

let servers: OtlpServer[] = []
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  servers = []
})

async function run(
  answer: (response: ServerResponse, index: number) => void,
  { spans = 3, sizeBytes = 10, options = {} }: { spans?: number; sizeBytes?: number; options?: object } = {},
) {
  const server = await startOtlpServer(answer)
  servers.push(server)
  const lost: [number, DropReason][] = []
  const onDrop = (count: number, reason: DropReason): unknown => lost.push([count, reason])
  const exporter = new HanzoSpanExporter({ host: server.url, onDrop, ...options })
  const provider = new TracerProvider({ spanProcessors: [exporter] })
  const tracer = provider.getTracer('conformance')
  const text = 'x'.repeat(sizeBytes)
  for (let n = 0; n < spans; n++) tracer.startSpan(`span ${n}`, { attributes: { text } }).end()
  await provider.shutdown()
  const times = server.requests.map(({ atMs }) => atMs)
  const waits = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  return { server, lost, waits, sent: server.requests.map((request) => request.spans.length) }
}

const refuse =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(code, headers).end()

/** Refuses `times` requests, then takes all. */
const after =
  (times: number, refusal: (response: ServerResponse) => void) =>
  (response: ServerResponse, index: number): void =>
    index < times ? refusal(response) : accept(response)

describe('51: what is not to be sent again is not', () => {
  test('after a partial success: the rejected are counted, and that is all', async () => {
    const { sent, lost } = await run((response) => acceptPartly(response, 2, 'no trace id'))
    expect([sent, lost]).toEqual([[3], [[2, 'rejected']]])
  })

  test.each([400, 401, 403, 404, 413, 415, 500, 501])('after a %d: the batch is dropped and counted', async (code) => {
    const { sent, lost } = await run(refuse(code))
    expect([sent, lost]).toEqual([[3], [[3, 'refused']]])
  })
})

describe('52: what may be sent again is, with care', () => {
  test.each([429, 502, 503, 504])('after a %d', async (code) => {
    const { sent, lost } = await run(after(2, refuse(code, { 'retry-after': '0' })))
    expect([sent, lost]).toEqual([[3, 3, 3], []])
  })

  test('without a word from the server the waits differ from run to run and stay below a bound that doubles', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => run(after(2, refuse(503)))))
    for (const { waits } of runs) {
      expect(waits[0]).toBeLessThan(500 + 400)
      expect(waits[1]).toBeLessThan(1_000 + 400)
    }
    expect(new Set(runs.flatMap(({ waits }) => waits)).size).toBeGreaterThan(1)
  })

  test('a connection that is cut is one to try again', async () => {
    const { sent, lost } = await run(after(1, (response) => void response.destroy()))
    expect([sent, lost]).toEqual([[3, 3], []])
  })

  test('a reply without an end is not read to its end', async () => {
    let written = 0
    const flood = (response: ServerResponse): void => {
      response.writeHead(200, { 'content-type': 'application/x-protobuf' })
      const more = (): void => {
        for (const piece = Buffer.alloc(256 * 1024); !response.destroyed; ) {
          written += piece.length
          if (!response.write(piece)) break
        }
      }
      response.on('drain', more)
      more()
    }
    expect((await run(flood, { options: { timeoutMs: 5_000 } })).sent).toEqual([3])
    // 4 MiB are read; the rest is what sockets hold.
    expect(written).toBeLessThan(24 * 1024 * 1024)
  })

  test('no request is beyond what a server takes, whatever there is to send, and a shutdown flushes it', async () => {
    const { server, sent, lost } = await run(accept, { spans: 60, sizeBytes: 500_000 })
    expect([sent.reduce((sum, n) => sum + n, 0), lost]).toEqual([60, []])
    expect(sent.length).toBeGreaterThan(2)
    for (const { spans } of server.requests) expect(spans.length * 500_000).toBeLessThan(64 * 1024 * 1024)
  })
})

test('38: Retry-After is understood as seconds and as a date', async () => {
  const inSeconds = await run(after(1, refuse(503, { 'retry-after': '1' })))
  expect(inSeconds.waits[0]).toBeGreaterThanOrEqual(990)
  const date = (response: ServerResponse): void =>
    void response.writeHead(429, { 'retry-after': new Date(Date.now() + 2_500).toUTCString() }).end()
  const until = await run(after(1, date))
  // A date has whole seconds.
  expect(until.waits[0]).toBeGreaterThanOrEqual(1_400)
  expect(until.sent).toEqual([3, 3])
})
