import { SimpleSpanProcessor } from '@opentelemetry/sdk-trace'
import { afterEach, describe, expect, it } from 'vitest'
import { accept, acceptPartly, type OtlpServer, startOtlpServer } from '../test/otlp-server.ts'
import { endRichSpan, provider3, REGISTRATIONS } from '../test/spans.ts'
import type { HanzoSpanExporterOptions } from './config.ts'
import type { DropReason } from './drops.ts'
import { HanzoSpanExporter } from './hanzo-span-exporter.ts'

const servers: OtlpServer[] = []
const exporters: HanzoSpanExporter[] = []

async function serve(...args: Parameters<typeof startOtlpServer>): Promise<OtlpServer> {
  const server = await startOtlpServer(...args)
  servers.push(server)
  return server
}

/** An exporter that sends only when told to, so that no test waits for a timer. */
function exporterTo(host: string, options: HanzoSpanExporterOptions = {}): HanzoSpanExporter {
  const exporter = new HanzoSpanExporter({ host, scheduledDelayMs: 60_000, timeoutMs: 2000, ...options })
  exporters.push(exporter)
  return exporter
}

function endSpans(exporter: HanzoSpanExporter, count: number): void {
  const tracer = provider3({ spanProcessors: [exporter] }).getTracer('test')
  for (let i = 0; i < count; i += 1) tracer.startSpan(`span ${i}`).end()
}

function status(code: number, headers: Record<string, string> = {}): Parameters<typeof startOtlpServer>[0] {
  return (response, index) => (index === 0 ? void response.writeHead(code, headers).end() : accept(response))
}

afterEach(async () => {
  await Promise.all(exporters.splice(0).map((exporter) => exporter.shutdown()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

describe('HanzoSpanExporter', () => {
  it.each(REGISTRATIONS)('delivers every field of a span: $name', async ({ wire }) => {
    const server = await serve()
    const provider = wire(exporterTo(`${server.url}/base`, { apiKey: 'hz_test', headers: { 'X-Team': 'search' } }))
    endRichSpan(provider)
    await provider.forceFlush()
    const [request] = server.requests
    expect(request?.path).toBe('/base/v1/traces')
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer hz_test',
      'x-team': 'search',
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
    })
    const span = server.requests.flatMap((it) => it.spans).find((it) => it.name === 'chat gpt-4o')
    expect(span?.startTimeUnixNano?.toString()).toBe('1767225600123456789')
    expect(span?.status).toMatchObject({ code: 2, message: 'slow down' })
    expect(span?.attributes?.map((it) => it.key)).toContain('gen_ai.input.messages')
    await provider.shutdown()
    expect(server.spanNames()).toEqual(['chat gpt-4o'])
  })

  it('sends by itself after the scheduled delay', async () => {
    const server = await serve()
    endSpans(exporterTo(server.url, { scheduledDelayMs: 20 }), 3)
    await expect.poll(() => server.spanNames().length).toBe(3)
  })

  it('sends a full batch at once, without waiting for the delay', async () => {
    const server = await serve()
    endSpans(exporterTo(server.url, { maxBatchSize: 10 }), 25)
    await expect.poll(() => server.spanNames().length).toBe(20)
    expect(server.requests.map((it) => it.spans.length)).toEqual([10, 10])
  })

  it('sends plain bytes when compression is none', async () => {
    const server = await serve()
    const exporter = exporterTo(server.url, { compression: 'none' })
    endSpans(exporter, 1)
    await exporter.forceFlush()
    expect(server.requests[0]?.headers['content-encoding']).toBeUndefined()
    expect(server.spanNames()).toEqual(['span 0'])
  })

  it('does not send a span that was not sampled', async () => {
    const server = await serve()
    const exporter = exporterTo(server.url)
    endSpans(exporter, 1)
    // Recorded, but with the sampled flag off: what a RECORD decision of a sampler gives to a processor.
    const context = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 }
    exporter.onEnd({ ...unsampledSpan, spanContext: () => context })
    await exporter.forceFlush()
    expect(server.spanNames()).toEqual(['span 0'])
    expect(exporter.dropped).toBe(0)
  })

  it.each([429, 502, 503, 504])('sends a batch again after a %d', async (code) => {
    const server = await serve(status(code, { 'retry-after': '0' }))
    const exporter = exporterTo(server.url)
    endSpans(exporter, 2)
    await exporter.forceFlush()
    expect(server.requests.map((it) => it.spans.length)).toEqual([2, 2])
    expect(exporter.dropped).toBe(0)
  })

  it('waits as long as Retry-After says', async () => {
    const server = await serve(status(503, { 'retry-after': '1' }))
    const exporter = exporterTo(server.url)
    endSpans(exporter, 1)
    await exporter.forceFlush()
    const [first, second] = server.requests
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990)
  })

  it('gives up when the server asks for more time than a batch has', async () => {
    const lost: [number, DropReason][] = []
    const server = await serve((response) => response.writeHead(429, { 'retry-after': '3600' }).end())
    const exporter = exporterTo(server.url, { onDrop: (count, reason) => lost.push([count, reason]) })
    endSpans(exporter, 2)
    await exporter.forceFlush()
    expect(lost).toEqual([[2, 'gave_up']])
    expect(server.requests).toHaveLength(1)
  })

  it.each([400, 401, 413, 500])('does not send a batch again after a %d', async (code) => {
    const lost: [number, DropReason][] = []
    const server = await serve(status(code))
    const exporter = exporterTo(server.url, { onDrop: (count, reason) => lost.push([count, reason]) })
    endSpans(exporter, 2)
    await exporter.forceFlush()
    expect(lost).toEqual([[2, 'refused']])
    expect(server.requests).toHaveLength(1)
  })

  it('counts what a partial success rejected and does not send the batch again', async () => {
    const lost: [number, DropReason][] = []
    const server = await serve((response) => acceptPartly(response, 3, 'no trace id'))
    const exporter = exporterTo(server.url, { onDrop: (count, reason) => lost.push([count, reason]) })
    endSpans(exporter, 5)
    await exporter.forceFlush()
    expect(lost).toEqual([[3, 'rejected']])
    expect(server.requests).toHaveLength(1)
  })

  it('stops reading a reply that has no end', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/x-protobuf' })
      const flood = () => {
        while (!response.destroyed && response.write(Buffer.alloc(256 * 1024)));
      }
      response.on('drain', flood)
      flood()
    })
    const exporter = exporterTo(server.url, { timeoutMs: 5000 })
    endSpans(exporter, 1)
    await exporter.forceFlush()
    expect(exporter.dropped).toBe(0)
  })

  it('keeps the queue within its spans and counts the rest', async () => {
    const lost: [number, DropReason][] = []
    const server = await serve()
    const exporter = exporterTo(server.url, {
      maxQueueSize: 50,
      maxBatchSize: 50,
      onDrop: (count, reason) => lost.push([count, reason]),
    })
    // One batch leaves with the 50th span, 50 more wait behind it, and nothing can be sent inside one synchronous loop.
    endSpans(exporter, 130)
    expect(exporter.dropped).toBe(30)
    expect(lost[0]).toEqual([1, 'queue_full'])
    await exporter.forceFlush()
    expect(server.spanNames()).toHaveLength(100)
  })

  it('keeps the queue within its bytes', async () => {
    const server = await serve()
    const exporter = exporterTo(server.url, { maxQueueBytes: 100_000 })
    const tracer = provider3({ spanProcessors: [exporter] }).getTracer('test')
    for (let i = 0; i < 4; i += 1) tracer.startSpan('big', { attributes: { prompt: 'x'.repeat(40_000) } }).end()
    expect(exporter.dropped).toBe(2)
    await exporter.forceFlush()
    expect(server.spanNames()).toHaveLength(2)
  })

  it('bounds the requests and the spans of a processor that exports each span by itself', async () => {
    const replies: (() => void)[] = []
    const server = await serve((response) => void replies.push(() => accept(response)))
    const exporter = exporterTo(server.url, { maxQueueSize: 10 })
    const provider = provider3({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
    for (let i = 0; i < 12; i += 1) provider.getTracer('test').startSpan(`span ${i}`).end()
    await expect.poll(() => server.requests.length).toBe(4)
    expect(exporter.dropped).toBe(2)
    const answering = setInterval(
      () =>
        replies.splice(0).forEach((reply) => {
          reply()
        }),
      5,
    )
    await exporter.forceFlush()
    clearInterval(answering)
    expect(server.requests).toHaveLength(10)
  })

  it('waits for resource attributes that detectors still look up', async () => {
    const server = await serve()
    const exporter = exporterTo(server.url)
    const attributes: Record<string, string> = { 'service.name': 'shop' }
    const found = new Promise<void>((resolve) => setTimeout(resolve, 30)).then(() => {
      attributes['cloud.region'] = 'eu-west-1'
    })
    const resource = { attributes, asyncAttributesPending: true, waitForAsyncAttributes: () => found }
    exporter.onEnd({ ...unsampledSpan, resource, spanContext: () => sampledContext })
    await exporter.forceFlush()
    const keys = server.requests[0]?.body.resourceSpans[0]?.resource?.attributes?.map((it) => it.key)
    expect(keys).toEqual(['service.name', 'cloud.region'])
  })

  it('shuts down once: flushes, then takes nothing more', async () => {
    const server = await serve()
    const exporter = exporterTo(server.url)
    endSpans(exporter, 3)
    const [first, second] = [exporter.shutdown(), exporter.shutdown()]
    expect(second).toBe(first)
    await first
    expect(server.spanNames()).toHaveLength(3)
    endSpans(exporter, 2)
    const result = await new Promise((resolve) => exporter.export([], resolve))
    expect(result).toMatchObject({ code: 1 })
    expect(exporter.dropped).toBe(2)
  })

  it('ends a shutdown in time although the server never answers', async () => {
    const lost: [number, DropReason][] = []
    const server = await serve(() => {})
    const options = { timeoutMs: 300, maxBatchSize: 2, onDrop: (n: number, why: DropReason) => lost.push([n, why]) }
    const exporter = exporterTo(server.url, options)
    endSpans(exporter, 4)
    const startMs = performance.now()
    await exporter.shutdown()
    expect(performance.now() - startMs).toBeLessThan(1500)
    expect(lost.map(([count]) => count)).toEqual([2, 2])
    expect(lost[1]?.[1]).toBe('shutdown')
  })

  it('survives a callback, a drop handler and a span that throw', async () => {
    const exporter = exporterTo('not a url', {
      onDrop: () => {
        throw new Error('from the user')
      },
    })
    endSpans(exporter, 1)
    exporter.onEnd({
      ...unsampledSpan,
      spanContext: () => {
        throw new Error('broken')
      },
    })
    exporter.export([], () => {
      throw new Error('from the SDK')
    })
    await exporter.forceFlush()
    expect(exporter.dropped).toBe(2)
  })
})

const sampledContext = { traceId: 'a'.repeat(32), spanId: 'c'.repeat(16), traceFlags: 1 }

const unsampledSpan = {
  name: 'unsampled',
  kind: 0,
  startTime: [1, 0],
  endTime: [2, 0],
  status: { code: 0 },
  attributes: {},
  links: [],
  events: [],
  resource: { attributes: {} },
  instrumentationScope: { name: 'test' },
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
} as const
