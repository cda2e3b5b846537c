// Attribute values and texts of every kind, from the wire to their text in the views. Numbers are items of the conformance list.
import { expect, test } from 'vitest'
import { useCollector } from '../collector-process.ts'
import { any, keyValue, request, span, spanIdOf, traceIdOf, wire } from '../otlp-bytes.ts'
import { type Row, storedSpan } from '../stored.ts'

const collector = useCollector()

/** Sends one span with `more` appended to it and gives its row. */
async function rowOf(name: string, ...more: Uint8Array[]): Promise<Row> {
  const traceId = traceIdOf(name)
  const response = await collector().post(request(span({ traceId, spanId: spanIdOf(1), name }, ...more)))
  expect([response.status, (await response.bytes()).length]).toEqual([200, 0])
  return storedSpan(collector(), traceId)
}

const attribute = (key: string | Uint8Array, value: Uint8Array): Buffer => wire.message(9, keyValue(key, value))

test('58, 59, 68, 69: every kind of value has its text: exact integers, JSON, base64, NaN', async () => {
  const nested = any.map(
    ['list', any.array(any.int(1n << 62n), any.none, any.bool(false), any.double(Number.NaN))],
    ['bytes', any.bytes(Buffer.from([0, 255]))],
    ['quote"', any.string('line\nbreak\u0001 and 𝄞')],
    ['none', any.none],
  )
  const { attributes } = await rowOf(
    'values',
    attribute('none', any.none),
    attribute('empty', any.string('')),
    attribute('max', any.int((1n << 63n) - 1n)),
    attribute('min', any.int(-(1n << 63n))),
    attribute('minus', any.int(-1)),
    attribute('yes', any.bool(true)),
    attribute('half', any.double(0.1)),
    attribute('nan', any.double(Number.NaN)),
    attribute('inf', any.double(Number.POSITIVE_INFINITY)),
    attribute('-inf', any.double(Number.NEGATIVE_INFINITY)),
    attribute('bytes', any.bytes(Buffer.from([1, 2, 254]))),
    attribute('nested', nested),
    attribute('array', any.array()),
  )
  expect(attributes).toEqual({
    none: '',
    empty: '',
    max: '9223372036854775807',
    min: '-9223372036854775808',
    minus: '-1',
    yes: 'true',
    half: '0.1',
    nan: 'NaN',
    inf: 'Infinity',
    '-inf': '-Infinity',
    bytes: 'AQL+',
    nested:
      '{"list":[4611686018427387904,null,false,"NaN"],"bytes":"AP8=","quote\\"":"line\\nbreak\\u0001 and 𝄞","none":null}',
    array: '[]',
  })
})

test('60: references into a string table, which traces do not have, are taken as absent', async () => {
  const row = await rowOf(
    'strindex',
    wire.message(9, wire.message(1, 'k'), wire.message(2, wire.number(8, 3)), wire.number(3, 4)),
  )
  expect(row['attributes']).toEqual({ k: '' })
})

test('61: of equal keys the last one counts, in the columns and in the map', async () => {
  const name = 'twice'
  await rowOf(
    name,
    attribute('gen_ai.request.model', any.string('first')),
    attribute('k', any.string('first')),
    attribute('gen_ai.request.model', any.string('last')),
    attribute('k', any.string('last')),
  )
  const query =
    "SELECT request_model, attributes['k'] AS k, attributes['gen_ai.request.model'] AS model FROM spans_v1 WHERE name = {name:String}"
  expect(await collector().sql(query, { name })).toEqual([{ request_model: 'last', k: 'last', model: 'last' }])
})

test('67: what is not UTF-8 is repaired with U+FFFD wherever it stands', async () => {
  const bad = Buffer.from([0x61, 0xff, 0xc3, 0x28, 0x62])
  const fixed = 'a\ufffd\ufffd(b'
  const traceId = traceIdOf('utf8')
  const body = span(
    { traceId, spanId: spanIdOf(1) },
    wire.message(5, bad),
    wire.message(3, bad),
    wire.message(15, wire.message(2, bad)),
    attribute(bad, any.string(bad)),
    attribute('nested', any.array(any.string(bad))),
    attribute('gen_ai.input.messages', any.string(bad)),
    wire.message(11, wire.message(2, bad)),
  )
  const resource = wire.message(1, wire.message(1, keyValue('service.name', any.string(bad))))
  await collector().post(
    wire.message(1, resource, wire.message(2, wire.message(1, wire.message(1, bad)), wire.message(2, body))),
  )
  expect(await storedSpan(collector(), traceId)).toMatchObject({
    name: fixed,
    trace_state: fixed,
    status_message: fixed,
    service_name: fixed,
    scope_name: fixed,
    input: fixed,
    event_names: [fixed],
    attributes: { [fixed]: fixed, nested: `["${fixed}"]` },
  })
  const metrics = await (await fetch(`${collector().doors.api}/metrics`)).text()
  expect(metrics).toMatch(/^insights_ingest_repaired_strings_total [1-9]\d*$/m)
})

test('a text with empty lines, and one of 10 MB, survive byte for byte', async () => {
  const text = '\n\n\r\nfirst\n\n\n\tlast \u2028\ud83d\ude00\n\n'
  const long = 'The quick brown fox.\n\n'.repeat(500_000)
  const row = await rowOf(
    'lines',
    attribute('gen_ai.input.messages', any.string(text)),
    attribute('raw', any.string(text)),
  )
  expect([row['input'], row['attributes']]).toEqual([text, { raw: text }])
  const { input } = await rowOf('long', attribute('gen_ai.input.messages', any.string(long)))
  // Not by toBe: its message would hold both.
  expect(input === long).toBe(true)
})
