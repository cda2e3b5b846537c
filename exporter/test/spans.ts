// Ended spans of both SDK majors, and the two ways of giving the exporter to each. Compiles only while no cast is needed.
import { SpanStatusCode } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import * as sdk2 from '../../interop/sdk-2/sdk.ts'
import type { HanzoSpanExporter } from '../src/hanzo-span-exporter.ts'

const SERVICE = { 'service.name': 'shop', 'deployment.environment.name': 'test' }

/** A provider of either major, reduced to what the tests use. */
export interface AnyProvider {
  getTracer(name: string, version?: string): ReturnType<TracerProvider['getTracer']>
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}

type Wire = (exporter: HanzoSpanExporter) => AnyProvider

/** Every way a user can register the exporter. */
export const REGISTRATIONS: readonly { name: string; wire: Wire }[] = [
  { name: 'SDK 3, as a processor', wire: (it) => provider3({ spanProcessors: [it] }) },
  {
    name: 'SDK 3, in a BatchSpanProcessor',
    wire: (it) => provider3({ spanProcessors: [new BatchSpanProcessor({ exporter: it })] }),
  },
  {
    name: 'SDK 3, in a SimpleSpanProcessor',
    wire: (it) => provider3({ spanProcessors: [new SimpleSpanProcessor({ exporter: it })] }),
  },
  { name: 'SDK 2, as a processor', wire: (it) => provider2({ spanProcessors: [it] }) },
  {
    name: 'SDK 2, in a BatchSpanProcessor',
    wire: (it) => provider2({ spanProcessors: [new sdk2.BatchSpanProcessor(it)] }),
  },
  {
    name: 'SDK 2, in a SimpleSpanProcessor',
    wire: (it) => provider2({ spanProcessors: [new sdk2.SimpleSpanProcessor(it)] }),
  },
]

export function provider3(options: ConstructorParameters<typeof TracerProvider>[0]): TracerProvider {
  return new TracerProvider({ resource: resourceFromAttributes(SERVICE), ...options })
}

export function provider2(
  options: ConstructorParameters<typeof sdk2.BasicTracerProvider>[0],
): sdk2.BasicTracerProvider {
  return new sdk2.BasicTracerProvider({ resource: sdk2.resourceFromAttributes(SERVICE), ...options })
}

/** One failed call with everything a span can carry: link, event, status, every attribute type, text outside ASCII. */
export function endRichSpan(provider: AnyProvider): void {
  const tracer = provider.getTracer('shop-assistant', '2.1.0')
  const link = { context: tracer.startSpan('earlier').spanContext(), attributes: { why: 'follows' } }
  const span = tracer.startSpan('chat gpt-4o', { kind: 2, startTime: [1_767_225_600, 123_456_789], links: [link] })
  span.setAttributes({
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.request.temperature': 0.7,
    'gen_ai.usage.input_tokens': 4_294_967_297,
    'a.negative': -3,
    'gen_ai.request.stream': true,
    'gen_ai.response.finish_reasons': ['stop', 'length'],
    numbers: [1, 2.5],
    'gen_ai.input.messages': `[{"role":"user","parts":[{"type":"text","content":"${'注文はどこ？ '.repeat(60)}"}]}]`,
  })
  span.addEvent('exception', { 'exception.type': 'RateLimitError' }, [1_767_225_601, 5])
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'slow down' })
  span.end([1_767_225_602, 0])
}
