import { afterEach, describe, expect, it } from 'vitest'
import { type OtlpServer, startOtlpServer } from '../../test/otlp-server.ts'
import { endRichSpan, provider3 } from '../../test/spans.ts'
import type { HanzoSpanExporterOptions } from '../config.ts'
import { HanzoSpanExporter } from '../hanzo-span-exporter.ts'

const open: { exporter: HanzoSpanExporter; server: OtlpServer }[] = []

afterEach(async () => {
  for (const { exporter, server } of open.splice(0)) {
    await exporter.shutdown()
    await server.close()
  }
})

async function start(options: HanzoSpanExporterOptions = {}) {
  const server = await startOtlpServer()
  const exporter = new HanzoSpanExporter({
    host: `${server.url}/base`,
    apiKey: 'hz_test',
    protocol: 'insights',
    scheduledDelayMs: 60_000,
    ...options,
  })
  open.push({ exporter, server })
  return { server, exporter, provider: provider3({ spanProcessors: [exporter] }) }
}

const GENERATION = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'anthropic',
  'gen_ai.request.model': 'claude-haiku-4-5',
  'gen_ai.response.model': 'claude-haiku-4-5-20251001',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.output_tokens': 20,
  'gen_ai.usage.cache_read.input_tokens': 900,
  'gen_ai.response.time_to_first_chunk': 0.25,
  'gen_ai.response.finish_reasons': ['end_turn'],
  'gen_ai.input.messages': '[{"role":"user","content":"Hi é"}]',
  'gen_ai.output.messages': 'not JSON',
  'user.id': 'u-1',
  'session.id': 's-1',
}

describe("protocol 'insights'", () => {
  it('sends a generation as the event that the hosted product knows, in its names and units', async () => {
    const { server, exporter, provider } = await start()
    const span = provider.getTracer('app').startSpan('chat', { attributes: GENERATION, startTime: [1_767_225_600, 0] })
    span.end([1_767_225_601, 500_000_000])
    await exporter.forceFlush()
    const [request] = server.requests
    expect(request?.path).toBe('/base/batch/')
    expect(request?.headers['content-type']).toBe('application/json')
    expect(request?.json?.api_key).toBe('hz_test')
    const [event] = server.events()
    expect(event).toMatchObject({
      event: '$ai_generation',
      distinct_id: 'u-1',
      timestamp: '2026-01-01T00:00:01.500000000Z',
      properties: {
        $ai_trace_id: span.spanContext().traceId,
        $ai_span_id: span.spanContext().spanId,
        $ai_span_name: 'chat',
        $ai_session_id: 's-1',
        $ai_model: 'claude-haiku-4-5-20251001',
        $ai_provider: 'anthropic',
        $ai_latency: 1.5,
        $ai_time_to_first_token: 0.25,
        $ai_input_tokens: 1000,
        $ai_output_tokens: 20,
        $ai_cache_read_input_tokens: 900,
        $ai_cache_reporting_exclusive: false,
        $ai_stop_reason: 'end_turn',
        $ai_is_error: false,
        $ai_input: [{ role: 'user', content: 'Hi é' }],
        $ai_output_choices: 'not JSON',
      },
    })
    expect(event?.properties['$ai_parent_id']).toBeUndefined()
  })

  it('tells a trace, a step and an embedding apart, and an error', async () => {
    const { server, exporter, provider } = await start()
    const tracer = provider.getTracer('app')
    tracer.startSpan('root').end()
    tracer.startSpan('embed', { attributes: { 'gen_ai.operation.name': 'embeddings' } }).end()
    endRichSpan(provider)
    await exporter.forceFlush()
    expect(server.events().map((it) => [it.event, it.properties['$ai_span_name']])).toEqual([
      ['$ai_trace', 'root'],
      ['$ai_embedding', 'embed'],
      ['$ai_generation', 'chat gpt-4o'],
    ])
    expect(server.events()[2]?.properties).toMatchObject({ $ai_is_error: true, $ai_error: 'slow down' })
  })

  it('takes attributes that are maps and lists of maps, also ones that hold themselves', async () => {
    const { server, exporter, provider } = await start()
    const loop: Record<string, unknown> = { city: 'Oslo' }
    loop['self'] = loop
    const span = provider.getTracer('app').startSpan('chat', { attributes: { 'gen_ai.operation.name': 'chat' } })
    // As newer APIs let an app set them.
    if ('attributes' in span)
      Object.assign(span.attributes as object, { 'gen_ai.place': loop, 'a.list': [{ a: 1 }, null] })
    span.end()
    await exporter.forceFlush()
    expect([exporter.dropped, server.events().map(({ event }) => event)]).toEqual([0, ['$ai_generation']])
  })

  it('carries wide content once', async () => {
    const { server, exporter, provider } = await start({ compression: 'none' })
    const text = JSON.stringify([{ role: 'user', content: 'x'.repeat(50_000) }])
    const attributes = { ...GENERATION, 'gen_ai.input.messages': text }
    provider.getTracer('app').startSpan('wide', { attributes }).end()
    await exporter.forceFlush()
    expect(Number(server.requests[0]?.headers['content-length'])).toBeLessThan(55_000)
    expect(server.events()[0]?.properties['$otel']).toMatchObject({ moved: { 'gen_ai.input.messages': '$ai_input' } })
  })

  it.each([
    ['nested deeper than a door reads', `${'['.repeat(60)}1${']'.repeat(60)}`],
    ['that would be written in another way', '[ {"role":"user","content":"\\u00e9"} ]'],
    ['with a number that JavaScript cannot hold', '[12345678901234567890]'],
  ])('sends JSON %s as text', async (_, deep) => {
    const { server, exporter, provider } = await start()
    provider
      .getTracer('app')
      .startSpan('deep', { attributes: { ...GENERATION, 'gen_ai.input.messages': deep } })
      .end()
    await exporter.forceFlush()
    expect(server.events()[0]?.properties['$ai_input']).toBe(deep)
  })

  it('gives an event the same id when it is sent again', async () => {
    const first = await start()
    const second = await start()
    const provider = provider3({ spanProcessors: [first.exporter, second.exporter] })
    provider.getTracer('app').startSpan('x').end()
    await first.exporter.forceFlush()
    await second.exporter.forceFlush()
    expect(first.server.events()[0]?.uuid).toBe(second.server.events()[0]?.uuid)
  })

  it('drops nothing that ended before its tables were loaded', async () => {
    const { server, exporter, provider } = await start()
    for (let i = 0; i < 3; i += 1) provider.getTracer('app').startSpan(`early ${i}`).end()
    await exporter.shutdown()
    expect(server.events()).toHaveLength(3)
    expect(exporter.dropped).toBe(0)
  })
})
