import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opentelemetry } from '../../../../proto/gen/otlp.js'
import { InsightsError } from '../../telemetry/errors.ts'
import { jsonToOtlp } from '../json-to-otlp.ts'
import { type ConvertOptions, convert } from './convert.ts'
import { spanIdOf, timeOfUuid, traceIdOf } from './ids.ts'
import { readEvents } from './read-events.ts'
import { durationOf, timeOf } from './times.ts'

const { collector } = opentelemetry.proto
const RECEIVED = 1_790_000_000_000_000_000n
const OPTIONS: ConvertOptions = { receivedAt: RECEIVED, sentAt: undefined, checkScore: () => undefined }
const convertText = (text: string) => convert(readEvents(Buffer.from(text)), OPTIONS)
const spansOf = (traces: Uint8Array | undefined) =>
  (collector.trace.v1.ExportTraceServiceRequest.decode(traces ?? new Uint8Array(0)).resourceSpans ?? []).flatMap(
    ({ scopeSpans }) => (scopeSpans ?? []).flatMap(({ spans }) => spans ?? []),
  )

/** An attribute's value as the JSON that it came from. */
function jsonOf(value: opentelemetry.proto.common.v1.IAnyValue | null | undefined): unknown {
  if (value?.stringValue != null) return value.stringValue
  if (value?.boolValue != null) return value.boolValue
  if (value?.intValue != null) return Number(value.intValue)
  return value?.doubleValue
}

const expected = (value: unknown): unknown =>
  typeof value === 'object' ? JSON.stringify(value) : Object.is(value, -0) ? 0 : value

describe('properties', () => {
  it('become attributes with the same keys and values, whatever they are', () => {
    const key = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((name) => !/^(\$otel|\$lib|\$token)/.test(name))
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.maxSafeInteger(),
      fc.array(fc.jsonValue()),
      fc.dictionary(fc.string(), fc.jsonValue()),
    )
    const properties = fc.dictionary(key, value, { maxKeys: 20, noNullPrototype: true })
    fc.assert(
      fc.property(
        properties,
        fc.constantFrom('$ai_span', '$ai_generation', '$ai_trace', '$ai_embedding'),
        (sent, event) => {
          const known = ['token', 'api_key', 'distinct_id', 'user.id', '$ai_event']
          const clean = Object.fromEntries(Object.entries(sent).filter(([name]) => !known.includes(name)))
          const { traces } = convertText(JSON.stringify({ event, uuid: 'u', properties: clean }))
          const [span] = spansOf(traces)
          const told = Object.fromEntries((span?.attributes ?? []).map((one) => [one.key, jsonOf(one.value)]))
          expect(told).toEqual({
            $ai_event: event,
            ...Object.fromEntries(
              Object.entries(JSON.parse(JSON.stringify(clean)) as object).map(([name, one]) => [name, expected(one)]),
            ),
          })
        },
      ),
      { numRuns: 200 },
    )
  })

  it('that are whole numbers of 64 bits keep every digit', () => {
    const { traces } = convertText(
      '{"event":"$ai_span","properties":{"big":9007199254740993,"bigger":1e400,"beyond":99999999999999999999}}',
    )
    const told = Object.fromEntries((spansOf(traces)[0]?.attributes ?? []).map(({ key, value }) => [key, value]))
    expect(String(told['big']?.intValue)).toBe('9007199254740993')
    expect([told['bigger']?.doubleValue, told['beyond']?.doubleValue]).toEqual([Number.POSITIVE_INFINITY, 1e20])
  })
})

describe('a body of any bytes', () => {
  const isRefusal = (error: unknown): boolean =>
    error instanceof InsightsError && error.code === 'INSIGHTS_REQUEST_INVALID'
  const survives = (bytes: Uint8Array): void => {
    try {
      const { traces, logs } = convert(readEvents(bytes), OPTIONS)
      if (traces) collector.trace.v1.ExportTraceServiceRequest.decode(traces)
      if (logs) collector.logs.v1.ExportLogsServiceRequest.decode(logs)
    } catch (error) {
      // The decoder of the tests is strict about UTF-8, ours is not.
      const isText = error instanceof TypeError && Reflect.get(error, 'code') === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      if (!isText && !isRefusal(error)) throw error
    }
  }

  it('is read or refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: 500 })
  })

  it('that was a batch before some of its bytes were changed is read or refused', () => {
    const batch = Buffer.from(
      JSON.stringify({
        api_key: 'k',
        batch: [
          {
            event: '$ai_generation',
            timestamp: '2026-01-01T00:00:00Z',
            properties: { $ai_trace_id: 'a\n"é', $ai_latency: 1, $ai_error: { message: 'no' }, $ai_is_error: true },
          },
          { event: 'llm_feedback', distinct_id: 'u', properties: { trace_id: 't', rating: 'positive', a: [1] } },
          {
            event: '$ai_span',
            properties: {
              $otel: { span: { traceId: 'ab', attributes: [{ key: 'k' }] }, moved: { x: '$ai_input' } },
              $ai_input: {},
            },
          },
        ],
      }),
    )
    const change = fc.record({ at: fc.nat(batch.length - 1), to: fc.integer({ min: 0, max: 127 }) })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = Buffer.from(batch)
        for (const { at, to } of changes) bytes[at] = to
        survives(bytes)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['{"event":"$ai_span","properties":{"__proto__":{"polluted":1},"constructor":{"prototype":1}}}'],
    ['{"event":"llm_feedback","properties":{"trace_id":"t","rating":"constructor"}}'],
    ['{"event":"__proto__","properties":{}}'],
    ['{"event":"constructor","properties":{}}'],
  ])('such as %s pollutes nothing', (text) => {
    convertText(text)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('$otel', () => {
  const span = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentSpanId: '00f067aa0ba902b7',
    name: 'chat',
    kind: 3,
    startTimeUnixNano: '1790000000123456789',
    endTimeUnixNano: '1790000001123456789',
    attributes: [
      { key: 'gen_ai.request.model', value: { stringValue: 'gpt-4o' } },
      { key: 'n', value: { intValue: '9007199254740993' } },
    ],
    events: [{ timeUnixNano: '1790000000500000000', name: 'exception', attributes: [] }],
    links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: '00f067aa0ba902b7' }],
    status: { code: 2, message: 'no' },
    flags: 257,
  }
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] }
  const scope = { name: 'app', version: '1' }
  const event = (otel: object, more: object = {}) =>
    JSON.stringify({ event: '$ai_generation', properties: { $ai_model: 'other', ...more, $otel: otel } })

  it('is the span, byte for byte as OTLP/JSON would have it, and nothing else is', () => {
    const { traces } = convertText(event({ resource, schemaUrl: 'r', scope, scopeSchemaUrl: 's', span }))
    const request = {
      resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span], schemaUrl: 's' }], schemaUrl: 'r' }],
    }
    expect(traces).toEqual(jsonToOtlp('traces', Buffer.from(JSON.stringify(request))))
  })

  it('takes moved values from the properties as they stand in the body', () => {
    const text = event(
      { span, moved: { 'gen_ai.input.messages': '$ai_input', 'gen_ai.output.messages': '$ai_output', none: '$no' } },
      { $ai_input: 'HERE', $ai_output: 'plain "text"' },
    )
    const { traces } = convertText(text.replace('"HERE"', '[ {"role":"user", "n":1.0} ]'))
    const told = Object.fromEntries(
      (spansOf(traces)[0]?.attributes ?? []).map(({ key, value }) => [key, value?.stringValue]),
    )
    expect(told).toMatchObject({
      'gen_ai.input.messages': '[ {"role":"user", "n":1.0} ]',
      'gen_ai.output.messages': 'plain "text"',
    })
    expect(Object.keys(told)).not.toContain('none')
  })

  it.each([[7], [{}], [{ span: 7 }], [{ span: { startTimeUnixNano: 'soon' } }]])(
    'that is %j is passed over',
    (otel) => {
      const [span] = spansOf(convertText(event(otel as object)).traces)
      expect(span?.name).toBe('chat other')
    },
  )
})

describe('ids and times', () => {
  it('of UUIDs are their bytes, of other text always the same', () => {
    const uuid = '0191D3C2-7a10-7b5e-9f00-4c1de2a3b4c5'
    expect(traceIdOf(uuid).toString('hex')).toBe(uuid.replaceAll('-', '').toLowerCase())
    expect(spanIdOf('00f067aa0ba902b7').toString('hex')).toBe('00f067aa0ba902b7')
    expect(spanIdOf(uuid)).toEqual(spanIdOf(uuid.toLowerCase()))
    expect(timeOfUuid(uuid)).toBe(0x0191d3c27a10)
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect([traceIdOf(a).length, spanIdOf(a).length]).toEqual([16, 8])
        expect(traceIdOf(a).equals(traceIdOf(b))).toBe(a === b)
      }),
    )
  })

  it('are never all zero', () => {
    expect(traceIdOf('0'.repeat(32)).every((byte) => byte === 0)).toBe(false)
    expect(spanIdOf('0'.repeat(16)).every((byte) => byte === 0)).toBe(false)
  })

  it.each([
    ['2026-03-01T12:00:00.250Z', 1_772_366_400_250_000_000n],
    ['2026-03-01T12:00:00.123456789Z', 1_772_366_400_123_456_789n],
    ['2026-03-01T13:00:00+01:00', 1_772_366_400_000_000_000n],
    ['1772366400', 1_772_366_400_000_000_000n],
    ['1772366400250', 1_772_366_400_250_000_000n],
    ['1969-12-31T23:59:59Z', undefined],
    ['+275760-09-13T00:00:00Z', undefined],
    ['soon', undefined],
  ])('of %s are %s', (text, ns) => {
    expect(timeOf(text)).toBe(ns)
  })

  it('of latencies that are none are unknown', () => {
    expect([durationOf(1.5), durationOf(0), durationOf(-1), durationOf(1e12), durationOf(undefined)]).toEqual([
      1_500_000_000n,
      0n,
      undefined,
      undefined,
      undefined,
    ])
  })
})
