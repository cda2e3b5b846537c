// The same spans sent by unmodified OpenTelemetry exporters and by ours, on both SDK majors: equal rows.
import { HanzoSpanExporter, type HanzoSpanExporterOptions } from '@hanzo/insights'
import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { beforeAll, describe, expect, test } from 'vitest'
import * as sdk2 from '../../../interop/sdk-2/sdk.ts'
import { eventually, type RunningCollector, useCollector } from '../collector-process.ts'
import { type Row, withoutReceipt } from '../stored.ts'

const RESOURCE = { 'service.name': 'shop', 'service.version': '2.1.0', 'deployment.environment.name': 'test' }

/** Enough of a provider of either major to make spans and to end. */
interface Provider {
  getTracer(name: string, version?: string): Tracer
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}

type MakeProvider = (to: RunningCollector, key: string) => Provider | Promise<Provider>

const SENDERS: Readonly<Record<string, MakeProvider>> = {
  'otlp-grpc': async (to, key) => {
    const { Metadata } = await import('@grpc/grpc-js')
    const metadata = new Metadata()
    metadata.set('x-api-key', key)
    return sdk3(batched(new GrpcExporter({ url: `http://${to.doors.grpc}`, metadata })))
  },
  'otlp-proto': (to, key) => sdk3(batched(new ProtoExporter(otlpOptions(to, key)))),
  'otlp-http': (to, key) => sdk3(batched(new JsonExporter(otlpOptions(to, key)))),
  'otlp-grpc-2': async (to, key) => {
    const { Metadata } = await import('@grpc/grpc-js')
    const metadata = new Metadata()
    metadata.set('x-api-key', key)
    return sdk2Provider(batched2(new sdk2.GrpcExporter({ url: `http://${to.doors.grpc}`, metadata })))
  },
  'otlp-proto-2': (to, key) => sdk2Provider(batched2(new sdk2.ProtoExporter(otlpOptions(to, key)))),
  'otlp-http-2': (to, key) => sdk2Provider(batched2(new sdk2.JsonExporter(otlpOptions(to, key)))),
  'hanzo-processor-3': (to, key) => sdk3(hanzo(to, key)),
  'hanzo-exporter-3': (to, key) => sdk3(batched(hanzo(to, key))),
  'hanzo-processor-2': (to, key) => sdk2Provider(hanzo(to, key)),
  'hanzo-exporter-2': (to, key) => sdk2Provider(batched2(hanzo(to, key))),
  // By the event wire of the hosted product: other words on the way, the same rows.
  'hanzo-events-3': (to, key) => sdk3(hanzo(to, key, { protocol: 'insights' })),
  'hanzo-events-2': (to, key) => sdk2Provider(batched2(hanzo(to, key, { protocol: 'insights' }))),
}
const NAMES = Object.keys(SENDERS)
const keyOf = (sender: string): string => `key-of-the-sender-${sender}`

const batched = (exporter: SpanExporter): SpanProcessor => new BatchSpanProcessor({ exporter })
const batched2 = (exporter: sdk2.SpanExporter): sdk2.SpanProcessor => new sdk2.BatchSpanProcessor(exporter)
const hanzo = (to: RunningCollector, key: string, options: HanzoSpanExporterOptions = {}) =>
  new HanzoSpanExporter({ host: to.doors.http, apiKey: key, ...options })
const otlpOptions = (to: RunningCollector, key: string) => ({
  url: `${to.doors.http}/v1/traces`,
  headers: { 'x-api-key': key },
})

const sdk3 = (processor: SpanProcessor): Provider =>
  new TracerProvider({ resource: resourceFromAttributes(RESOURCE), spanProcessors: [processor] })

const sdk2Provider = (processor: sdk2.SpanProcessor): Provider =>
  new sdk2.BasicTracerProvider({ resource: sdk2.resourceFromAttributes(RESOURCE), spanProcessors: [processor] })

const START_MS = Math.floor(Date.now() / 1000) * 1000 - 60_000
const at = (ms: number): Date => new Date(START_MS + ms)

const MESSAGES = (text: string) => JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }])

/** An agent that calls a model, which calls a tool, and fails in the end. */
function runAgent(tracer: Tracer): void {
  const { context, trace } = { context: sdk2.ROOT_CONTEXT, trace: sdk2.trace }
  const agent = tracer.startSpan('invoke_agent helper', {
    startTime: at(0),
    root: true,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'helper',
      'gen_ai.conversation.id': 'c-1',
      'user.id': 'u-1',
    },
  })
  const inAgent = trace.setSpan(context, agent)
  const link = { context: agent.spanContext(), attributes: { why: 'caused by' } }
  const chat = tracer.startSpan(
    'chat gpt-4o',
    { kind: SpanKind.CLIENT, startTime: at(100), links: [link], attributes: CHAT },
    inAgent,
  )
  chat.addEvent('first token', { index: 0, 'of.what': ['a', 'b'] }, at(350))
  chat.end(at(1600))
  const tool = tracer.startSpan(
    'execute_tool lookup',
    { startTime: at(1700), attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'lookup' } },
    inAgent,
  )
  tool.addEvent('exception', { 'exception.type': 'TimeoutError', 'exception.message': 'no answer' }, at(1800))
  tool.setStatus({ code: SpanStatusCode.ERROR, message: 'no answer' })
  tool.end(at(1900))
  agent.end(at(2000))
}

const CHAT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'gen_ai.response.id': 'chatcmpl-1',
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.request.temperature': 0.2,
  'gen_ai.request.stream': true,
  'gen_ai.usage.input_tokens': 1200,
  'gen_ai.usage.output_tokens': 85,
  'gen_ai.usage.cache_read.input_tokens': 1024,
  'gen_ai.response.time_to_first_chunk': 0.25,
  'gen_ai.input.messages': MESSAGES('Où est ma commande ?\n\n注文は？'),
  'gen_ai.output.messages': MESSAGES('On its way.'),
  'a.large.number': 9_007_199_254_740_991,
  'a.negative.number': -7,
  'a.fraction': 1e-7,
  'an.empty.text': '',
  'some.numbers': [1, 2.5, -3],
}

const collector = useCollector({ INSIGHTS_API_KEYS: NAMES.map((name) => `${name}:${keyOf(name)}`).join(',') })
const rows = new Map<string, Row[]>()

beforeAll(async () => {
  for (const name of NAMES) {
    const provider = await SENDERS[name]?.(collector(), keyOf(name))
    if (!provider) throw new Error(`no sender ${name}`)
    runAgent(provider.getTracer('shop-assistant', '1.0'))
    await provider.forceFlush()
    await provider.shutdown()
  }
  for (const name of NAMES) rows.set(name, await eventually(`the spans of ${name}`, () => spansOf(name)))
})

/** The three rows of a sender, without ids: what was a parent's id is the parent's name. */
async function spansOf(project: string): Promise<Row[] | undefined> {
  const found = await collector().sql<Row>(
    'SELECT * FROM spans_v1 WHERE project_id = {project:String} ORDER BY start_time',
    { project },
  )
  if (found.length < 3) return undefined
  const names = new Map(found.map((row) => [row['span_id'], row['name']]))
  const named = (id: unknown) => names.get(id) ?? id
  return found.map((row) => {
    const { project_id, trace_id, span_id, parent_span_id, link_trace_ids, link_span_ids, ...rest } =
      withoutReceipt(row)
    const links = (link_span_ids as unknown[]).map(named)
    return {
      ...rest,
      parent: named(parent_span_id),
      links,
      linksStayInTrace: String(link_trace_ids) === (links.length > 0 ? trace_id : ''),
    }
  })
}

describe('equal rows', () => {
  test('the reference, otlp-proto, says all that was said', () => {
    expect(rows.get('otlp-proto')).toMatchObject([
      { kind: 'agent', parent: '', session_id: 'c-1', user_id: 'u-1', agent_name: 'helper', latency_ms: 2000 },
      {
        kind: 'generation',
        parent: 'invoke_agent helper',
        links: ['invoke_agent helper'],
        linksStayInTrace: true,
        event_names: ['first token'],
        input_tokens: 1200,
        cache_read_tokens: 1024,
        stream: 1,
        // 176 x 2.5 + 1024 x 1.25 + 85 x 10 = 2570 USD per million
        cost_usd: '0.00257',
        span_kind: 'client',
        attributes: expect.objectContaining({
          'a.large.number': '9007199254740991',
          'some.numbers': '[1,2.5,-3]',
          'an.empty.text': '',
        }),
      },
      { kind: 'tool', status: 'error', error_type: 'TimeoutError', error_message: 'no answer', tool_names: ['lookup'] },
    ])
  })

  test.each(NAMES.filter((name) => name !== 'otlp-proto'))('88: %s makes the same rows', (name) => {
    expect(rows.get(name)).toEqual(rows.get('otlp-proto'))
  })
})

test.each(NAMES)('the query API shows the generation that %s sent', async (name) => {
  const { data } = await collector().api<{ data: Row[] }>('/api/v1/generations', { 'x-api-key': keyOf(name) })
  expect(data).toHaveLength(1)
  expect(data[0]).toMatchObject({
    request_model: 'gpt-4o',
    response_model: 'gpt-4o-2024-08-06',
    input_tokens: 1200,
    output_tokens: 85,
    total_tokens: 1285,
    cost_usd: '0.00257',
    latency_ms: 1500,
    time_to_first_token_ms: 250,
    input: CHAT['gen_ai.input.messages'],
    output: CHAT['gen_ai.output.messages'],
  })
})
