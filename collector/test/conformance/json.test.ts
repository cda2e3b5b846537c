// OTLP/JSON against OTLP/protobuf: the same request gives the same row, byte for byte. Numbers are items of the list.
import { expect, test } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { eventually, useCollector } from '../collector-process.ts'
import { NOW_NANO, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { partialSuccess, type Row } from '../stored.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1

const collector = useCollector({ INSIGHTS_API_KEYS: 'proto:key-of-proto-project,json:key-of-json-project' })
const PROTO = { 'x-api-key': 'key-of-proto-project' }
const JSON_ = { 'x-api-key': 'key-of-json-project' }

const HOSTILE_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  "a'; DROP TABLE spans",
  'ключ',
  'a\u0000b',
  '',
]

/** Every field of a request in its JSON form; ids are hex, 64-bit integers are text. */
function everyField(traceId: string) {
  const time = (offset: number): string => String(NOW_NANO + BigInt(offset))
  const values: [string, object][] = [
    ['text', { stringValue: 'déjà \n\n "vu" \\ 𝄞' }],
    ['max', { intValue: '9223372036854775807' }],
    ['min', { intValue: '-9223372036854775808' }],
    ['double', { doubleValue: 1e21 }],
    ['tiny', { doubleValue: 5e-324 }],
    ['bool', { boolValue: false }],
    ['bytes', { bytesValue: 'AP9h' }],
    ['list', { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }, { arrayValue: { values: [] } }] } }],
    ['map', { kvlistValue: { values: [{ key: '__proto__', value: { kvlistValue: { values: [] } } }] } }],
    ['gen_ai.operation.name', { stringValue: 'chat' }],
    ['gen_ai.request.model', { stringValue: 'gpt-4o' }],
    ['gen_ai.provider.name', { stringValue: 'openai' }],
    ['gen_ai.usage.input_tokens', { intValue: '1200' }],
    ['gen_ai.usage.output_tokens', { intValue: '85' }],
    ['gen_ai.response.finish_reasons', { arrayValue: { values: [{ stringValue: 'stop' }] } }],
    ['gen_ai.input.messages', { stringValue: '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]' }],
    ...HOSTILE_KEYS.map((key): [string, object] => [key, { stringValue: `value of ${key}` }]),
  ]
  const attributes = values.map(([key, value]) => ({ key, value }))
  const span = {
    traceId,
    spanId: spanIdOf(255),
    parentSpanId: spanIdOf(171),
    traceState: 'a=b',
    name: 'chat gpt-4o',
    kind: 3,
    flags: 257,
    startTimeUnixNano: time(1),
    endTimeUnixNano: time(1_234_567_890),
    attributes,
    droppedAttributesCount: 1,
    events: [
      { timeUnixNano: time(5), name: 'exception', attributes: attributes.slice(0, 4), droppedAttributesCount: 1 },
    ],
    droppedEventsCount: 2,
    links: [{ traceId, spanId: spanIdOf(7), traceState: 'c=d', attributes: attributes.slice(0, 2), flags: 1 }],
    droppedLinksCount: 3,
    status: { code: 2, message: 'too slow' },
  }
  const scope = { name: 'lib', version: '1.2', attributes: attributes.slice(0, 2) }
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }, ...attributes.slice(0, 3)] }
  return {
    resourceSpans: [
      { resource, scopeSpans: [{ scope, spans: [span], schemaUrl: 'https://s/1' }], schemaUrl: 'https://s/2' },
    ],
  }
}

/** The same request for protobufjs, which takes ids and bytes as bytes: base64 text for it. */
const toProtobuf = (json: object): Uint8Array =>
  ExportTraceServiceRequest.encode(
    ExportTraceServiceRequest.fromObject(
      JSON.parse(JSON.stringify(json), (key, value: unknown) =>
        /(trace|span)Id$/i.test(key) ? Buffer.from(String(value), 'hex').toString('base64') : value,
      ),
    ),
  ).finish()

/** The row as the table has it, without what receipt adds. */
async function tableRow(project: string, traceId: string): Promise<Row> {
  const ids = ['trace_id', 'span_id', 'parent_span_id'].map((id) => `hex(s.${id}) AS ${id}`).join(', ')
  const query = `SELECT s.* EXCEPT (project_id, batch_id, received_time, stored_time) REPLACE (${ids})
    FROM spans AS s WHERE s.project_id = {project:String} AND lower(hex(s.trace_id)) = {traceId:String}`
  return eventually(
    `trace ${traceId} of ${project}`,
    async () => (await collector().sql<Row>(query, { project, traceId }))[0],
  )
}

test('80: the same request as protobuf and as JSON gives the same row', async () => {
  const traceId = traceIdOf('both')
  const request = everyField(traceId)
  expect((await collector().post(toProtobuf(request), { headers: PROTO })).status).toBe(200)
  expect((await collector().post(JSON.stringify(request), { headers: JSON_ })).status).toBe(200)
  const [fromProto, fromJson] = [await tableRow('proto', traceId), await tableRow('json', traceId)]
  expect(fromJson).toEqual(fromProto)
  expect(fromJson).toMatchObject({ input_tokens: 1200, flags: 257, 'events.name': ['exception'], environment: '' })
})

test('77: hostile keys are data like any other', async () => {
  const traceId = traceIdOf('hostile')
  await collector().post(JSON.stringify(everyField(traceId)), { headers: JSON_ })
  await tableRow('json', traceId)
  for (const key of HOSTILE_KEYS) {
    const query = 'SELECT attributes[{key:String}] AS value FROM spans WHERE lower(hex(trace_id)) = {traceId:String}'
    // The engine's parameters are text with escapes.
    const escaped = key.replaceAll('\\', '\\\\').replaceAll('\u0000', '\\0')
    expect(await collector().sql(query, { key: escaped, traceId })).toEqual([{ value: `value of ${key}` }])
  }
  const path = `/api/v1/generations?trace_id=${traceId}`
  const { data } = await collector().api<{ data: { attributes: object }[] }>(path, JSON_)
  const own = Object.getOwnPropertyNames(data[0]?.attributes ?? {})
  expect(own).toEqual(expect.arrayContaining(HOSTILE_KEYS))
})

test('77: hostile and repeated keys around the fields are passed over', async () => {
  const traceId = traceIdOf('inert')
  const spans = `[{"__proto__":{"name":"polluted"},"constructor":1,"toString":[],"name":"first","name":"last","traceId":"${traceId.toUpperCase()}","spanId":"${spanIdOf(1)}","startTimeUnixNano":${NOW_NANO},"end_time_unix_nano":"1","kind":"SPAN_KIND_CLIENT"}]`
  const body = `{"__proto__":{"resourceSpans":[]},"resourceSpans":[{"scopeSpans":[{"spans":${spans}}]}]}`
  const response = await collector().post(body, { headers: JSON_ })
  expect([response.status, await partialSuccess(response)]).toEqual([200, undefined])
  expect(await tableRow('json', traceId)).toMatchObject({ name: 'last', span_kind: 0, time_flag: 'no_end' })
})
