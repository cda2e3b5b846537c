import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as sdk2 from '../../../interop/sdk-2/sdk.ts'
import { decodeRequest, meaningOf } from '../../test/otlp-server.ts'
import { endRichSpan, provider2, provider3 } from '../../test/spans.ts'
import type { ReadableSpan } from '../span.ts'
import { otlpProtocol } from './otlp.ts'

const empty = new Uint8Array()

function encode(spans: readonly ReadableSpan[]) {
  const batch = otlpProtocol({}).openBatch()
  for (const span of spans) batch.add(span, Number.POSITIVE_INFINITY)
  return batch.takeBody()
}

/** A span of the 3.x SDK with these attributes instead of its own. */
function spanWith(attributes: Record<string, unknown>): ReadableSpan {
  const memory = new InMemorySpanExporter()
  const provider = provider3({ spanProcessors: [new SimpleSpanProcessor({ exporter: memory })] })
  provider.getTracer('t').startSpan('s').end()
  const [span] = memory.getFinishedSpans()
  if (!span) throw new Error('no span')
  return { ...span, spanContext: () => span.spanContext(), attributes, droppedAttributesCount: 0 }
}

function attributesOf(bytes: Uint8Array) {
  const [span] = decodeRequest(bytes).resourceSpans.flatMap(
    (it) => it.scopeSpans?.flatMap((scope) => scope.spans) ?? [],
  )
  return span?.attributes ?? []
}

describe('encodeRequest', () => {
  it('says the same as the serializer of OpenTelemetry for a span of the 3.x SDK', () => {
    const memory = new InMemorySpanExporter()
    endRichSpan(provider3({ spanProcessors: [new SimpleSpanProcessor({ exporter: memory })] }))
    const spans = memory.getFinishedSpans()
    expect(meaningOf(encode(spans))).toEqual(meaningOf(ProtobufTraceSerializer.serializeRequest(spans) ?? empty))
    expect(JSON.stringify(meaningOf(encode(spans)))).toContain('4294967297')
  })

  it('says the same as the serializer of OpenTelemetry for a span of the 2.x SDK', () => {
    const memory = new sdk2.InMemorySpanExporter()
    endRichSpan(provider2({ spanProcessors: [new sdk2.SimpleSpanProcessor(memory)] }))
    const spans = memory.getFinishedSpans()
    expect(meaningOf(encode(spans))).toEqual(meaningOf(ProtobufTraceSerializer.serializeRequest(spans) ?? empty))
    expect(decodeRequest(encode(spans)).resourceSpans).toHaveLength(1)
  })

  it('keeps spans of different resources and scopes apart', () => {
    const memory = new InMemorySpanExporter()
    const wire = () => provider3({ spanProcessors: [new SimpleSpanProcessor({ exporter: memory })] })
    const [one, two] = [wire(), wire()]
    for (const [provider, scope] of [
      [one, 'a'],
      [two, 'a'],
      [one, 'b'],
      [one, 'a'],
    ] as const) {
      provider.getTracer(scope).startSpan(`span of ${scope}`).end()
    }
    const shape = decodeRequest(encode(memory.getFinishedSpans())).resourceSpans.map((resource) =>
      resource.scopeSpans?.map((scope) => [scope.scope?.name, scope.spans?.length]),
    )
    expect(shape).toEqual([
      [
        ['a', 2],
        ['b', 1],
      ],
      [['a', 1]],
    ])
  })

  it('reads back any text, number and length', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true }).filter((it) => !Number.isInteger(it)),
      fc.boolean(),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (attributes) => {
        const decoded = attributesOf(encode([spanWith(attributes)])).map(({ key, value: any }) => {
          const plain = any?.stringValue ?? any?.intValue?.toString() ?? any?.doubleValue ?? any?.boolValue
          return [key, typeof plain === 'string' && any?.intValue ? Number(plain) : plain]
        })
        expect(Object.fromEntries(decoded)).toEqual({ ...attributes })
      }),
      { numRuns: 300 },
    )
  })

  it('sends integers beyond 2^53 as doubles, and ends a value that contains itself', () => {
    const loop: { self?: unknown } = {}
    loop.self = loop
    const [huge, self] = attributesOf(encode([spanWith({ huge: 1e300, loop })]))
    expect(huge?.value?.doubleValue).toBe(1e300)
    expect(self?.value?.kvlistValue?.values?.[0]?.key).toBe('self')
  })

  it('refuses a span whose id is not hex', () => {
    const span = spanWith({})
    const broken = { ...span, spanContext: () => ({ ...span.spanContext(), traceId: 'zz' }) }
    expect(() => encode([broken])).toThrow('not a hex digit')
  })

  it('keeps nothing of a span that breaks off, or for which there is no room', () => {
    const batch = otlpProtocol({}).openBatch()
    const good = spanWith({ a: 1 })
    expect(batch.add(good, 1000)).toBe(true)
    const sizeBytes = batch.sizeBytes
    const trap = {
      get late(): never {
        throw new Error('trap')
      },
    }
    expect(() => batch.add(spanWith({ wide: 'x'.repeat(9000), trap }), 100_000)).toThrow('trap')
    expect(batch.add(spanWith({ wide: 'x'.repeat(9000) }), 1000)).toBe(false)
    expect([batch.count, batch.sizeBytes]).toEqual([1, sizeBytes])
    expect(batch.takeBody()).toEqual(encode([good]))
  })

  it('writes any moment to the nanosecond', () => {
    const moments = fc.tuple(fc.integer({ min: 0, max: 2 ** 33 }), fc.integer({ min: 0, max: 999_999_999 }))
    const span = spanWith({})
    fc.assert(
      fc.property(moments, ([seconds, nanos]) => {
        const [sent] = decodeRequest(encode([{ ...span, startTime: [seconds, nanos] }])).resourceSpans.flatMap(
          (it) => it.scopeSpans?.flatMap((scope) => scope.spans) ?? [],
        )
        expect(sent?.startTimeUnixNano?.toString()).toBe(String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos)))
      }),
    )
  })
})
