import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, describe, expect, test } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import type { Door } from './contract.ts'
import { jsonToOtlp } from './json-to-otlp.ts'
import { startOtlpGrpc } from './otlp-grpc.ts'
import { startOtlpHttp } from './otlp-http.ts'
import { testDoor } from './testing.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
const KEY = 'k-1'
const headers = { 'x-api-key': KEY }

type Sender = Pick<ProtoExporter, 'export' | 'shutdown'>
type Spans = Parameters<ProtoExporter['export']>[0]

let ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

function makeSpans(): Spans {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const tracer = provider.getTracer('sender-test')
  for (let i = 0; i < 20; i++) {
    const span = tracer.startSpan(`chat ${i}`, { attributes: { 'gen_ai.request.model': 'm', turn: i, ratio: 0.5 } })
    span.addEvent('token', { index: i })
    span.end()
  }
  return exporter.getFinishedSpans()
}

function send(exporter: Sender, spans: Spans): Promise<{ code: number; error?: Error }> {
  ends.push(() => exporter.shutdown())
  return new Promise((resolve) => exporter.export(spans, resolve))
}

const gzip = 'gzip' as ConstructorParameters<typeof ProtoExporter>[0] extends { compression?: infer C } ? C : never

describe('unmodified OpenTelemetry senders', () => {
  const cases: [string, 'grpc' | 'http', (door: Door) => Promise<Sender>][] = [
    ['grpc', 'grpc', (door) => grpcSender(door, {})],
    ['grpc gzip', 'grpc', (door) => grpcSender(door, { compression: gzip })],
    ['http protobuf', 'http', async (door) => new ProtoExporter({ url: `http://${door.address}/v1/traces`, headers })],
    [
      'http protobuf gzip',
      'http',
      async (door) => new ProtoExporter({ url: `http://${door.address}/v1/traces`, headers, compression: gzip }),
    ],
    ['http json', 'http', async (door) => new JsonExporter({ url: `http://${door.address}/v1/traces`, headers })],
    [
      'http json gzip',
      'http',
      async (door) => new JsonExporter({ url: `http://${door.address}/v1/traces`, headers, compression: gzip }),
    ],
  ]

  test.each(cases)('item 88: %s delivers every span', async (_name, transport, makeSender) => {
    const { options, recorder } = testDoor({ keys: [{ project: 'acme', key: KEY }] })
    const door = await (transport === 'grpc' ? startOtlpGrpc(options) : startOtlpHttp(options))
    ends.push(() => door.stop(1000))
    const spans = makeSpans()
    expect(await send(await makeSender(door), spans)).toEqual({ code: 0 })
    const request = recorder.requests[0]!
    const bytes = request.encoding === 'json' ? jsonToOtlp('traces', request.bytes) : request.bytes
    const received = ExportTraceServiceRequest.decode(bytes).resourceSpans![0]!.scopeSpans![0]!.spans!
    expect(request.project).toBe('acme')
    expect(received.map((span) => [span.name, Buffer.from(span.traceId!).toString('hex')])).toEqual(
      spans.map((span) => [span.name, span.spanContext().traceId]),
    )
  })

  // The gRPC sender of this SDK never retries.
  const overHttp = cases.filter(([, transport]) => transport === 'http')

  test.each(overHttp)(
    'items 36, 38: %s retries when told to and then succeeds',
    async (_name, _transport, makeSender) => {
      const { options, recorder } = testDoor()
      const door = await startOtlpHttp(options)
      ends.push(() => door.stop(1000))
      recorder.answer = async () =>
        recorder.requests.length === 1
          ? { status: 'unavailable', message: 'cannot store now', retryAfterMs: 20 }
          : { status: 'stored', rejected: 0, message: '' }
      expect(await send(await makeSender(door), makeSpans())).toEqual({ code: 0 })
      expect(recorder.requests).toHaveLength(2)
    },
  )

  test.each(cases)('item 40: %s does not retry a refused key', async (_name, transport, makeSender) => {
    const { options, recorder } = testDoor({ keys: [{ project: 'acme', key: 'another' }] })
    const door = await (transport === 'grpc' ? startOtlpGrpc(options) : startOtlpHttp(options))
    ends.push(() => door.stop(1000))
    expect(await send(await makeSender(door), makeSpans())).toMatchObject({ code: 1 })
    expect(recorder.requests).toEqual([])
  })
})

async function grpcSender(door: Door, options: { compression?: typeof gzip }): Promise<Sender> {
  const { Metadata } = await import('@grpc/grpc-js')
  const metadata = new Metadata()
  metadata.set('x-api-key', KEY)
  return new GrpcExporter({ url: `http://${door.address}`, metadata, ...options })
}
