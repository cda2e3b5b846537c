import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import Long from 'long'
import { describe, expect, test } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { jsonToOtlp } from './json-to-otlp.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
const { ExportLogsServiceRequest } = opentelemetry.proto.collector.logs.v1
const PLAIN = { longs: String, bytes: Array, defaults: true }
const traces = (bytes: Uint8Array) => ExportTraceServiceRequest.toObject(ExportTraceServiceRequest.decode(bytes), PLAIN)
const logs = (bytes: Uint8Array) => ExportLogsServiceRequest.toObject(ExportLogsServiceRequest.decode(bytes), PLAIN)
const fromJson = (text: string) => traces(jsonToOtlp('traces', Buffer.from(text)))

type Json = Record<string, unknown>
const spanJson = (span: string): string => `{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`
const readSpan = (span: string) => fromJson(spanJson(span))['resourceSpans'][0].scopeSpans[0].spans[0]
const readValue = (value: string) => readSpan(`{"attributes":[{"key":"k","value":${value}}]}`).attributes[0].value
const reject = (text: string) => expect(() => jsonToOtlp('traces', Buffer.from(text)))

describe('jsonToOtlp', () => {
  const LIVE = join(import.meta.dirname, '../../test/fixtures/live')
  const pairs = readdirSync(LIVE, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(traces|logs)\.pb$/.test(path),
  )

  test.each(pairs)('reads the captured request %s like its protobuf form', (path) => {
    const decode = path.endsWith('traces.pb') ? traces : logs
    const json = readFileSync(join(LIVE, path.replace(/pb$/, 'json')))
    const signal = decode === traces ? 'traces' : 'logs'
    expect(decode(jsonToOtlp(signal, json))).toEqual(decode(readFileSync(join(LIVE, path))))
  })

  test('item 80: any request means the same as protobuf and as JSON', () => {
    fc.assert(
      fc.property(requestArbitrary, (request) => {
        const bytes = ExportTraceServiceRequest.encode(ExportTraceServiceRequest.fromObject(request)).finish()
        expect(fromJson(JSON.stringify(toOtlpJson(request)))).toEqual(traces(bytes))
      }),
      { numRuns: 300 },
    )
  })

  test('writes canonical lengths whatever sizes follow each other', () => {
    const sizes = [0, 1, 127, 128, 16_383, 16_384, 3, 2_100_000, 5]
    const request = { resourceSpans: sizes.map((size) => ({ scopeSpans: [{ spans: [{ name: 'x'.repeat(size) }] }] })) }
    const expected = ExportTraceServiceRequest.encode(ExportTraceServiceRequest.fromObject(request)).finish()
    const json = Buffer.from(JSON.stringify(request))
    // protobufjs leaves empty strings out, we write them: two bytes.
    expect(jsonToOtlp('traces', json).length - expected.length).toBe(2)
    expect(traces(jsonToOtlp('traces', json))).toEqual(traces(expected))
  })

  test('item 70: ids are hex in either case', () => {
    const span = readSpan('{"traceId":"5B8EFFF798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}')
    expect(Buffer.from(span.traceId).toString('hex')).toBe('5b8efff798038103d269b633813fc60c')
    expect(Buffer.from(span.spanId).toString('hex')).toBe('eee19b7ec3c1b174')
  })

  test('item 70: an id that is not hex keeps no valid length, one of another length keeps its own', () => {
    const span = readSpan('{"traceId":"W47/95gDgQPSabYzgT/GDA==","spanId":"eee19b","parentSpanId":"zzzzzzzzzzzzzzzz"}')
    expect([span.traceId.length, span.spanId.length, span.parentSpanId.length]).toEqual([1, 3, 1])
  })

  test('item 71: enums are integers, a name counts as absent', () => {
    expect(readSpan('{"kind":3,"status":{"code":2}}')).toMatchObject({ kind: 3, status: { code: 2 } })
    expect(readSpan('{"kind":"SPAN_KIND_CLIENT","name":"n"}')).toMatchObject({ kind: 0, name: 'n' })
    expect(readSpan('{"kind":99}').kind).toBe(99)
    expect(readSpan('{"kind":-1}').kind).toBe(-1)
  })

  test('items 72, 73: snake case and unknown keys are skipped with whatever they hold', () => {
    const span = readSpan('{"start_time_unix_nano":"5","new":{"a":[1,{"b":"}\\"]"},null,true,-1.5e3]},"name":"n"}')
    expect(span).toMatchObject({ name: 'n', startTimeUnixNano: '0' })
  })

  test.each([
    ['"18446744073709551615"', '18446744073709551615'],
    ['1544712660300000123', '1544712660300000123'],
    ['"1544712660300000123"', '1544712660300000123'],
    ['1.5447126603e18', '1544712660300000000'],
    ['20.0', '20'],
    ['0', '0'],
  ])('item 74: the time %s is exact', (text, expected) => {
    expect(readSpan(`{"startTimeUnixNano":${text}}`).startTimeUnixNano).toBe(expected)
  })

  test('item 74: every 64-bit integer is exact, as string and as number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.boolean(), (int, quoted) => {
        expect(readValue(`{"intValue":${quoted ? `"${int}"` : int}}`).intValue).toBe(String(int))
      }),
    )
  })

  test.each(['9223372036854775808', '-9223372036854775809', '1.5', '1e99', '"12x"', '""', '"-"', 'true'])(
    'item 74: %s is no int64',
    (text) => {
      reject(spanJson(`{"attributes":[{"value":{"intValue":${text}}}]}`)).toThrow(/at byte \d+: /)
    },
  )

  test('item 75: bytes are base64 of either alphabet', () => {
    expect(readValue('{"bytesValue":"+/8="}').bytesValue).toEqual([0xfb, 0xff])
    expect(readValue('{"bytesValue":"-_8"}').bytesValue).toEqual([0xfb, 0xff])
    reject(spanJson('{"attributes":[{"value":{"bytesValue":"%%"}}]}')).toThrow(/base64/)
  })

  test('item 76: doubles may be NaN and infinite, as strings', () => {
    expect(readValue('{"doubleValue":"NaN"}').doubleValue).toBeNaN()
    expect(readValue('{"doubleValue":"-Infinity"}').doubleValue).toBe(-Infinity)
    expect(readValue('{"doubleValue":-0.1e-7}').doubleValue).toBe(-0.1e-7)
    for (const zero of ['-0', '-0.0', '"-0"']) expect(readValue(`{"doubleValue":${zero}}`).doubleValue).toBe(-0)
    for (const bad of ['"nan"', '"0x10"', '" 1"', '1e999', '--1', '""']) {
      reject(spanJson(`{"attributes":[{"value":{"doubleValue":${bad}}}]}`)).toThrow(/expected a number/)
    }
  })

  test('item 77: hostile keys are bytes like any others, and the last of repeated scalars wins', () => {
    const span = readSpan(
      '{"__proto__":{"name":"p"},"constructor":1,"toString":2,"name":"a","name":"b","attributes":[{"key":"__proto__"}]}',
    )
    expect(span).toMatchObject({ name: 'b', attributes: [{ key: '__proto__' }] })
    expect(({} as Json)['name']).toBeUndefined()
  })

  test.each([
    ['\ufeff{}', 0],
    ['{}x', 2],
    ['{} {}', 3],
    ['', 0],
    ['[]', 0],
    ['{"resourceSpans":[{}', 20],
    ['{"resourceSpans":[{},]}', 21],
    ['{"resourceSpans":{}}', 17],
    ['{"a":tru}', 9],
    ['{"a":"\\', 7],
    ['{"a" 1}', 5],
    ['{,}', 1],
  ])('item 78: %j is refused with the place', (text, offset) => {
    reject(text).toThrow(`at byte ${offset}: `)
  })

  test('item 78: every truncation of a real request is refused', () => {
    const text = readFileSync(join(LIVE, 'strands-ts-1.19/01-traces.json'), 'utf8').trim().slice(0, 4000)
    for (let end = 0; end < text.length; end += 7) reject(text.slice(0, end)).toThrow(/at byte/)
  })

  test('item 79: nesting is bounded, known and unknown', () => {
    const nested = (depth: number) => `${`{"arrayValue":{"values":[`.repeat(depth)}{"intValue":1}${']}}'.repeat(depth)}`
    expect(() => readValue(nested(20))).not.toThrow()
    expect(() => readValue(nested(40))).toThrow(/nested deeper than 64/)
    reject(`{"x":${'['.repeat(100_000)}`).toThrow(/nested deeper than 64/)
    reject(`{"x":${'{"y":'.repeat(100_000)}`).toThrow(/nested deeper than 64/)
  })

  test('strings keep every character, escaped or not; half a surrogate pair becomes U+FFFD', () => {
    expect(readSpan('{"name":"a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é\\ud83d\\ude00😀\\u0000"}').name).toBe(
      'a"\\/\b\f\n\r\té\u00e9😀😀\0',
    )
    expect(readSpan('{"name":"\\ud83dx\\ude00\\ud83d\\ud83d\\ude00"}').name).toBe('\ufffdx\ufffd\ufffd😀')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readSpan(JSON.stringify({ name: text })).name).toBe(text)
      }),
    )
    reject(spanJson('{"name":"\\x"}')).toThrow(/not an escape/)
    reject(spanJson('{"name":"\\u12g4"}')).toThrow(/not a \\u escape/)
  })

  test('long escaped texts are read in linear time', () => {
    const text = 'line of text without quotes\n'.repeat(100_000)
    const started = performance.now()
    expect(readSpan(JSON.stringify({ name: text })).name.length).toBe(text.length)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('null is absent, an empty value stays empty', () => {
    expect(readSpan('{"name":null,"status":null,"attributes":null,"events":[null]}')).toMatchObject({
      name: '',
      status: null,
    })
    expect(readValue('{}')).toEqual({})
  })
})

// Requests as protobufjs objects; bytes as Buffers, 64-bit integers as decimal strings.
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromString(String(value)))
const time = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => Long.fromString(String(value), true))
const text = fc.string({ unit: 'grapheme', maxLength: 200 })
const id = (size: number) => fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => Buffer.from(bytes))
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64 }),
    fc.record({ doubleValue: fc.double() }),
    fc.record({ bytesValue: id(9) }),
    fc.constant({}),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc.record({
      kvlistValue: fc.record({ values: fc.array(fc.record({ key: text, value: tie('value') }), { maxLength: 3 }) }),
    }),
  ),
}))
const attributes = fc.array(fc.record({ key: text, value: anyValue }), { maxLength: 4 })
const spanArbitrary = fc.record(
  {
    traceId: id(16),
    spanId: id(8),
    parentSpanId: id(8),
    traceState: text,
    name: text,
    kind: fc.integer({ min: 0, max: 5 }),
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    attributes,
    droppedAttributesCount: fc.nat(),
    events: fc.array(fc.record({ timeUnixNano: time, name: text, attributes }), { maxLength: 2 }),
    links: fc.array(fc.record({ traceId: id(16), spanId: id(8), flags: fc.nat() }), { maxLength: 2 }),
    status: fc.record({ message: text, code: fc.integer({ min: 0, max: 2 }) }),
    flags: fc.nat(),
  },
  { requiredKeys: ['traceId', 'spanId'] },
)
const requestArbitrary = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeSpans: fc.array(
        fc.record({
          scope: fc.record({ name: text, version: text }),
          spans: fc.array(spanArbitrary, { maxLength: 3 }),
        }),
        { maxLength: 2 },
      ),
      schemaUrl: text,
    }),
    { maxLength: 2 },
  ),
})

/** The JSON mapping of OTLP, written independently of the code under test. */
function toOtlpJson(value: unknown, key = ''): unknown {
  if (Buffer.isBuffer(value)) return value.toString(key === 'bytesValue' ? 'base64' : 'hex')
  if (Long.isLong(value)) return value.toString()
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  // JSON.stringify would drop its sign.
  if (Object.is(value, -0)) return '-0'
  if (Array.isArray(value)) return value.map((element) => toOtlpJson(element))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toOtlpJson(inner, name)]))
}
