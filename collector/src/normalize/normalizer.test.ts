// What a request becomes, case by case: order of fields, limits, broken text, and what must not throw.
import { expect, it } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import type { PricedCall } from './cost.ts'
import { OpenBatch } from './open-batch.ts'
import type { Plain } from './testing/attributes.ts'
import { lengthDelimited, varint } from './testing/mutate.ts'
import type { Row } from './testing/native-reader.ts'
import { encodeRequest, RECEIVED_MS } from './testing/requests.ts'
import { newNormalizer, pricing, rowsOf, takeBlocks, telemetry, writeTraces } from './testing/write-request.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
const START = BigInt(RECEIVED_MS) * 1_000_000n

const text = (key: string, stringValue: string): Plain => ({ key, value: { stringValue } })
const spanOf = (attributes: Plain[], more: Plain = {}, id = 1): Plain => ({
  traceId: Buffer.alloc(16, 1),
  spanId: Buffer.from(id.toString(16).padStart(16, '0'), 'hex'),
  startTimeUnixNano: START,
  endTimeUnixNano: START + 5n,
  attributes,
  ...more,
})
const requestOf = (spans: Plain[], resource: Plain[] = []): Buffer =>
  encodeRequest({ resourceSpans: [{ resource: { attributes: resource }, scopeSpans: [{ spans }] }] })
const rowOf = (attributes: Plain[], more: Plain = {}): Row =>
  writeTraces(requestOf([spanOf(attributes, more)])).rows[0]!

const keyValue = (key: string, value: string): Buffer =>
  Buffer.concat([lengthDelimited(1, Buffer.from(key)), lengthDelimited(2, lengthDelimited(1, Buffer.from(value)))])
const fixed64 = (field: number, value: bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return Buffer.concat([varint(field * 8 + 1), bytes])
}

it('reads fields in any order, with unknown ones between', () => {
  const unknown = Buffer.concat([lengthDelimited(99, Buffer.from('x')), Buffer.from([0x98, 0x06, 0x01])])
  const model = lengthDelimited(
    9,
    Buffer.concat([
      ...[lengthDelimited(2, lengthDelimited(1, Buffer.from('gpt-4o'))), unknown],
      lengthDelimited(1, Buffer.from('gen_ai.request.model')),
    ]),
  )
  const span = Buffer.concat([
    unknown,
    fixed64(8, START + 5n),
    model,
    lengthDelimited(9, keyValue('gen_ai.operation.name', 'chat')),
    lengthDelimited(5, Buffer.from('name')),
    lengthDelimited(2, Buffer.alloc(8, 2)),
    fixed64(7, START),
    lengthDelimited(1, Buffer.alloc(16, 1)),
  ])
  const scope = lengthDelimited(1, lengthDelimited(2, Buffer.from('1.0')), lengthDelimited(1, Buffer.from('scope')))
  const resource = lengthDelimited(1, lengthDelimited(1, keyValue('service.name', 'shop')))
  const bytes = lengthDelimited(
    1,
    lengthDelimited(2, lengthDelimited(2, span), unknown, scope),
    lengthDelimited(3, Buffer.from('url')),
    resource,
  )
  expect(newNormalizer().count(bytes)).toBe(1)
  expect(writeTraces(bytes).rows[0]).toMatchObject({
    name: 'name',
    kind: 'generation',
    request_model: 'gpt-4o',
    operation: 'chat',
    service_name: 'shop',
    scope_name: 'scope',
    scope_version: '1.0',
    resource_schema_url: 'url',
    duration_ns: 5n,
    start_time: START,
  })
})

it('writes the resource and scope of a request on all of its rows, also when batches are taken in between', () => {
  const normalizer = newNormalizer()
  const batch = new OpenBatch()
  const resources = ['one', 'two'].map((name) => [text('service.name', name), text('host', `${name}.local`)])
  const rows: Row[] = []
  for (let i = 0; i < 12; i++) {
    const day = BigInt(i % 3) * 86_400_000_000_000n
    const spans = [0, 1, 2].map((n) => spanOf([], { startTimeUnixNano: START - (n === 1 ? day : 0n) }, i * 3 + n + 1))
    normalizer.writeTraces(telemetry(requestOf(spans, resources[i % 2])), batch)
    if (i % 4 === 3) rows.push(...takeBlocks(batch).flatMap(rowsOf))
  }
  expect(rows.length).toBe(36)
  for (const row of rows) {
    const name = Math.floor((Number(`0x${row['span_id']}`) - 1) / 3) % 2 === 0 ? 'one' : 'two'
    expect(row).toMatchObject({
      service_name: name,
      resource_attributes: [
        ['service.name', name],
        ['host', `${name}.local`],
      ],
    })
  }
})

it('keeps as many attributes as it may and counts the others', () => {
  const attributes = Array.from({ length: 10 }, (_, i) => text(`key ${i}`, String(i)))
  const normalizer = newNormalizer({ maxAttributes: 4 })
  const { rows } = writeTraces(requestOf([spanOf(attributes, { droppedAttributesCount: 3 })]), normalizer)
  expect(rows[0]).toMatchObject({
    attributes: attributes.slice(0, 4).map((_, i) => [`key ${i}`, String(i)]),
    dropped_attributes: 9,
  })
})

it('repairs text that is not UTF-8, in values, names and keys', () => {
  const bad = Buffer.from([0x61, 0xff, 0x62])
  const pair = lengthDelimited(
    9,
    lengthDelimited(1, bad),
    lengthDelimited(2, lengthDelimited(1, Buffer.concat([bad, Buffer.alloc(40, 0x78)]))),
  )
  const span = Buffer.concat([
    lengthDelimited(1, Buffer.alloc(16, 1)),
    lengthDelimited(2, Buffer.alloc(8, 2)),
    fixed64(7, START),
    lengthDelimited(5, bad),
    pair,
  ])
  const normalizer = newNormalizer()
  const { rows } = writeTraces(lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, span))), normalizer)
  expect(rows[0]).toMatchObject({ name: 'a\uFFFDb', attributes: [['a\uFFFDb', `a\uFFFDb${'x'.repeat(40)}`]] })
  expect(normalizer.repairedStrings).toBe(3)
})

it('takes structures nested 64 levels deep and refuses the span of a deeper one', () => {
  const nested = (depth: number): Buffer =>
    Array.from({ length: depth }).reduce<Buffer>(
      (value) => lengthDelimited(5, lengthDelimited(1, value)),
      lengthDelimited(1, Buffer.from('x')),
    )
  const span = (id: number, depth: number): Buffer => {
    const attribute = lengthDelimited(9, lengthDelimited(1, Buffer.from('k')), lengthDelimited(2, nested(depth)))
    return lengthDelimited(
      2,
      lengthDelimited(1, Buffer.alloc(16, 1)),
      lengthDelimited(2, Buffer.alloc(8, id)),
      fixed64(7, START),
      attribute,
    )
  }
  const { rows, written } = writeTraces(lengthDelimited(1, lengthDelimited(2, span(1, 65), span(2, 64), span(3, 5000))))
  expect(rows.map((row) => row['attributes'])).toEqual([[['k', `${'['.repeat(64)}"x"${']'.repeat(64)}`]]])
  expect([...written.rejected]).toEqual([['malformed', 2]])
})

it('survives JSON that is nested without end in messages', () => {
  const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`
  const deepObject = `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`
  for (const hostile of [deep, deepObject, `[${deepObject}]`]) {
    const event = (name: string, key: string) => ({ name, attributes: [text(key, hostile), text('id', 'c1')] })
    const row = rowOf(
      [text('gen_ai.prompt.0.content', hostile), text('gen_ai.completion.0.tool_calls.0.arguments', hostile)],
      {
        events: [
          event('gen_ai.tool.message', 'content'),
          event('gen_ai.choice', 'message'),
          event('gen_ai.assistant.message', 'tool_calls'),
          event('gen_ai.system.message', 'content'),
        ],
      },
    )
    expect(row['input']).toContain('"role":"user"')
  }
})

it('writes valid JSON for whatever indexed keys come', () => {
  const suffixes = [
    'tool_calls.*.name',
    'tool_calls.0/.name',
    'tool_calls.0x.name',
    'tool_calls..name',
    'tool_calls.0.name',
    '',
    '.',
    'role.',
    '0',
    '*',
    '*.*',
  ]
  const attributes = suffixes.map((suffix) => text(`gen_ai.prompt.0.${suffix}`, 'x'))
  const row = rowOf([
    ...attributes,
    text('gen_ai.prompt.0.tool_call_id', 'c1'),
    text('gen_ai.prompt.0.content', 'answer'),
  ])
  expect(JSON.parse(String(row['input']))).toMatchObject([
    { parts: expect.arrayContaining([{ type: 'tool_call_response', id: 'c1', response: 'answer' }]) },
  ])
})

it('keeps arguments that came as a structure as one', () => {
  const value = { kvlistValue: { values: [text('city', 'Rome')] } }
  const row = rowOf([{ key: 'gen_ai.completion.0.tool_calls.0.arguments', value }])
  expect(JSON.parse(String(row['output']))[0].parts).toEqual([{ type: 'tool_call', arguments: { city: 'Rome' } }])
})

it('writes out numbers in text fields as the numbers that they are, and does not spoil them for later rows', () => {
  const number = { doubleValue: 3602.25 }
  const yes = { key: 'gen_ai.workflow.name', value: { boolValue: false } }
  const normalizer = newNormalizer()
  const first = writeTraces(requestOf([spanOf([{ key: 'gen_ai.agent.name', value: number }, yes])]), normalizer)
    .rows[0]!
  expect([first['agent_name'], first['workflow_name']]).toEqual(['3602.25', 'false'])
  const second = writeTraces(requestOf([spanOf([{ key: 'other', value: number }], {}, 2)]), normalizer).rows[0]!
  expect(second['attributes']).toEqual([['other', '3602.25']])
})

it('takes an exception of another type than text for none', () => {
  const attributes = [
    text('k', 'secret of another attribute'),
    { key: 'exception.type', value: { intValue: 5 } },
    { key: 'exception.message' },
  ]
  const row = rowOf([text('a', 'b')], {
    status: { code: 2, message: 'failed' },
    events: [{ name: 'exception', attributes }],
  })
  expect([row['error_type'], row['error_message']]).toEqual(['unknown', 'failed'])
})

it('has no count where the settled sum does not fit the column', () => {
  const count = (key: string, intValue: number) => ({ key, value: { intValue } })
  const row = rowOf([
    count('gen_ai.usage.input_tokens', 4_000_000_000),
    count('gen_ai.usage.cache_read.input_tokens', 4_294_967_295),
    text('gen_ai.operation.name', 'chat'),
  ])
  expect([row['input_tokens'], row['cache_read_tokens'], row['usage_rule']]).toEqual([
    null,
    4_294_967_295,
    'cache_exceeds_input',
  ])
})

const NO_NAMES = { project: '', provider: '', responseModel: '', requestModel: '' }

it('prices every call by its own names, however many there are', () => {
  const asked = new Set<string>()
  const unpriced: PricedCall = {
    ...pricing.price(pricing.find(NO_NAMES, 0), new Float64Array(12).fill(Number.NaN), ''),
    total: Number.NaN,
    input: Number.NaN,
    output: Number.NaN,
    fees: Number.NaN,
    cacheReadSavings: Number.NaN,
    cacheWriteExtra: Number.NaN,
    priceId: '',
    tier: '',
    reason: 'test',
  }
  const spy = {
    version: 1,
    providerOf: (raw: string) => raw,
    find: (names: typeof NO_NAMES) => asked.add(Object.values(names).join(' ')),
    price: () => unpriced,
    toPico: () => Number.NaN,
  }
  const normalizer = newNormalizer({ pricing: spy })
  const spans = Array.from({ length: 9000 }, (_, i) =>
    spanOf(
      [
        text('gen_ai.operation.name', 'chat'),
        text('gen_ai.provider.name', 'openai'),
        text('gen_ai.request.model', `asked-${i}`),
        text('gen_ai.response.model', `got-${i}`),
      ],
      {},
      i + 1,
    ),
  )
  writeTraces(requestOf(spans), normalizer)
  expect(asked).toEqual(new Set(spans.map((_, i) => `default openai got-${i} asked-${i}`)))
})

it('knows a resend by the filter, forgets when told to, and learns what is stored already', () => {
  const bytes = requestOf([spanOf([], {}, 1), spanOf([], {}, 2)])
  const normalizer = newNormalizer()
  const batch = new OpenBatch()
  normalizer.learnTraces(telemetry(bytes))
  expect(normalizer.writeTraces(telemetry(bytes), batch)).toMatchObject({ stored: 0, resent: 2 })
  expect(batch.dropped).toEqual([0, 1])
  expect(normalizer.writeTraces(telemetry(bytes, 'other'), batch)).toMatchObject({ stored: 2, resent: 0 })
  normalizer.forget()
  expect(normalizer.writeTraces(telemetry(bytes), batch)).toMatchObject({ stored: 2, resent: 0 })
})

it('counts the records of a request without writing, and refuses what is no request', () => {
  const normalizer = newNormalizer()
  expect(normalizer.count(requestOf([spanOf([]), spanOf([])]))).toBe(2)
  expect(normalizer.count(Buffer.alloc(0))).toBe(0)
  expect(normalizer.count(Buffer.from('{"resourceSpans":[]}'))).toBe(-1)
  expect(normalizer.count(requestOf([spanOf([])]).subarray(0, -1))).toBe(-1)
  expect(ExportTraceServiceRequest.decode(requestOf([])).resourceSpans.length).toBe(1)
})

it('names the keys of a call that look like ours and that no rule knows', () => {
  const call = [text('gen_ai.operation.name', 'chat'), text('gen_ai.request.no_such', 'a'), text('http.route', '/')]
  expect(rowOf(call)).toMatchObject({ kind: 'generation', unmapped: ['gen_ai.request.no_such'] })
  // By the object rules: metadata and what a dialect asks for are known.
  const ours = [
    text('ai.no_such', 'x'),
    text('gen_ai.request.later', 'x'),
    text('ai.telemetry.metadata.plan', 'gold'),
    text('code.function.parameters.city', 'Rome'),
  ]
  expect(rowOf([...call, ...ours])['unmapped']).toEqual([
    'gen_ai.request.no_such',
    'ai.no_such',
    'gen_ai.request.later',
  ])
  // No step of a model call: nobody's business.
  expect(rowOf([text('gen_ai.request.no_such', 'a')])['unmapped']).toEqual([])
  const many = Array.from({ length: 100 }, (_, i) => text(`gen_ai.no_such.${i}`, 'x'))
  expect(rowOf([...call, ...many])['unmapped']).toHaveLength(32)
})
