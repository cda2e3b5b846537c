// Protobuf as an encoder may write it, and as none should: what is stored in the end. Numbers are items of the conformance list.
import { describe, expect, test } from 'vitest'
import { useCollector } from '../collector-process.ts'
import {
  any,
  keyValue,
  NOW_NANO,
  request,
  resourceSpans,
  scopeSpans,
  span,
  spanIdOf,
  traceIdOf,
  wire,
} from '../otlp-bytes.ts'
import { type Row, storedSpan, storedSpans } from '../stored.ts'

const collector = useCollector()

/** Sends one span with `more` appended to it and gives its row. */
async function rowOf(name: string, ...more: Uint8Array[]): Promise<Row> {
  const traceId = traceIdOf(name)
  const response = await collector().post(request(span({ traceId, spanId: spanIdOf(1), name }, ...more)))
  expect([response.status, (await response.bytes()).length]).toEqual([200, 0])
  return storedSpan(collector(), traceId)
}

const attribute = (key: string | Uint8Array, value: Uint8Array): Buffer => wire.message(9, keyValue(key, value))

describe('framing', () => {
  const junk = Buffer.concat([
    wire.number(9_999, 1n << 60n),
    wire.fixed64(9_998, 1n),
    wire.fixed32(9_997, 1),
    wire.message(9_996, 'unknown'),
    wire.group(9_995, wire.number(1, 1), wire.group(7, wire.message(1, 'deep')), wire.fixed64(2, 1n)),
    // a field number beyond 32 bits
    wire.number(2 ** 29 - 1, 0),
  ])

  test('53: unknown fields of every wire type, groups too, are passed over at every level', async () => {
    const traceId = traceIdOf('unknown fields')
    const value = Buffer.concat([junk, any.string('kept'), junk])
    const body = Buffer.concat([
      span({ traceId, spanId: spanIdOf(1), name: 'known' }),
      wire.message(9, junk, wire.message(1, 'k'), junk, wire.message(2, value), junk),
      wire.message(11, junk, wire.fixed64(1, NOW_NANO), wire.message(2, 'event'), junk),
      wire.message(15, junk, wire.number(3, 1), junk),
      junk,
    ])
    const scope = wire.message(
      2,
      junk,
      wire.message(1, junk, wire.message(1, 'lib'), junk),
      wire.message(2, junk, body),
      junk,
    )
    const resource = wire.message(
      1,
      junk,
      wire.message(1, junk, wire.message(1, keyValue('service.name', any.string('shop')))),
      scope,
      junk,
    )
    expect((await collector().post(Buffer.concat([junk, resource, junk]))).status).toBe(200)
    expect(await storedSpan(collector(), traceId)).toMatchObject({
      name: 'known',
      service_name: 'shop',
      scope_name: 'lib',
      status: 'ok',
      attributes: { k: 'kept' },
      event_names: ['event'],
    })
  })

  test('54: a varint of ten bytes is read; one of eleven is refused with its span', async () => {
    const overlong = Buffer.from([0x83, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00])
    const row = await rowOf('overlong varint', Buffer.concat([wire.tag(6, 0), overlong]))
    expect(row['span_kind']).toBe('client')
    const eleven = Buffer.concat([wire.tag(6, 0), Buffer.alloc(10, 0x80), Buffer.from([0])])
    const refused = await collector().post(request(span({ traceId: traceIdOf('eleven'), spanId: spanIdOf(1) }, eleven)))
    expect(refused.status).toBe(200)
    expect((await refused.text()).includes('1 rejected: not readable')).toBe(true)
  })

  test('55: fields in any order, the last of repeated scalars, and split messages joined', async () => {
    const traceId = traceIdOf('out of order')
    const status = Buffer.concat([wire.message(15, wire.message(2, 'slow')), wire.message(15, wire.number(3, 2))])
    const body = Buffer.concat([
      status,
      attribute('a', any.int(1)),
      wire.message(5, 'first name'),
      wire.fixed64(8, NOW_NANO + 5_000_000n),
      wire.fixed64(7, NOW_NANO),
      wire.message(5, 'last name'),
      wire.message(2, Buffer.from(spanIdOf(1), 'hex')),
      wire.message(1, Buffer.from(traceId, 'hex')),
    ])
    const scope = wire.message(
      2,
      wire.message(2, body),
      wire.message(3, 'schema'),
      wire.message(1, wire.message(1, 'lib')),
      wire.message(1, wire.message(2, '2.0')),
    )
    const half = (key: string) => wire.message(1, wire.message(1, keyValue(key, any.string('x'))))
    // scopes first, then a resource in two halves
    expect((await collector().post(wire.message(1, scope, half('one'), half('two')))).status).toBe(200)
    expect(await storedSpan(collector(), traceId)).toMatchObject({
      name: 'last name',
      latency_ms: 5,
      status: 'error',
      status_message: 'slow',
      scope_name: 'lib',
      scope_version: '2.0',
      scope_schema_url: 'schema',
      resource_attributes: { one: 'x', two: 'x' },
      attributes: { a: '1' },
    })
  })

  test('80 spans in many resources and scopes are all stored', async () => {
    const traceId = traceIdOf('many scopes')
    const spans = Array.from({ length: 80 }, (_, i) => span({ traceId, spanId: spanIdOf(i + 1) }))
    const parts = spans.map((body, i) =>
      i % 2 === 0 ? scopeSpans(body) : Buffer.concat([scopeSpans(), scopeSpans(body)]),
    )
    const body = Buffer.concat([
      resourceSpans(...parts.slice(0, 30)),
      wire.message(1),
      resourceSpans(...parts.slice(30)),
    ])
    expect((await collector().post(body)).status).toBe(200)
    expect(await storedSpans(collector(), traceId, 80)).toHaveLength(80)
  })
})

describe('ids, flags and enums', () => {
  test('57: no parent, and a parent of eight zero bytes, make a root', async () => {
    const traceId = traceIdOf('roots')
    const child = span({ traceId, spanId: spanIdOf(3), parentSpanId: spanIdOf(1) })
    const zeros = span({ traceId, spanId: spanIdOf(2), parentSpanId: spanIdOf(0) })
    await collector().post(request(span({ traceId, spanId: spanIdOf(1) }), zeros, child))
    const rows = await storedSpans(collector(), traceId, 3)
    expect(rows.map((row) => row['parent_span_id'])).toEqual(['', '', spanIdOf(1)])
  })

  test('62, 63: all bits of flags are kept, and unknown kinds and states are kept as numbers', async () => {
    const row = await rowOf(
      'flags',
      wire.fixed32(16, 0xffff_ff01),
      wire.number(6, 77),
      wire.message(15, wire.number(3, 9)),
    )
    expect(row).toMatchObject({ flags: 0xffff_ff01, span_kind: 'unspecified', status: 'unset' })
    const [raw] = await collector().sql("SELECT span_kind, status_code FROM spans WHERE name = 'flags'")
    expect(raw).toEqual({ span_kind: 77, status_code: 9 })
  })

  test('65, 66: events, links, dropped counts, trace state and schema addresses are kept', async () => {
    const event = wire.message(
      11,
      wire.fixed64(1, NOW_NANO + 7n),
      wire.message(2, 'token'),
      wire.message(3, keyValue('i', any.int(3))),
      wire.number(4, 2),
    )
    const link = wire.message(
      13,
      wire.message(1, Buffer.from(traceIdOf('linked'), 'hex')),
      wire.message(2, Buffer.from(spanIdOf(9), 'hex')),
      wire.message(3, 'a=b'),
      wire.message(4, keyValue('why', any.string('retry'))),
    )
    const body = span(
      { traceId: traceIdOf('rich'), spanId: spanIdOf(1) },
      wire.message(3, 'vendor=1'),
      event,
      event,
      link,
      wire.number(10, 4),
      wire.number(12, 5),
      wire.number(14, 6),
    )
    const scope = wire.message(2, wire.message(2, body), wire.message(3, 'https://schema/scope'))
    await collector().post(resourceSpans(scope, wire.message(3, 'https://schema/resource')))
    expect(await storedSpan(collector(), traceIdOf('rich'))).toMatchObject({
      trace_state: 'vendor=1',
      event_names: ['token', 'token'],
      event_times: [expect.stringMatching(/\.000000007$/), expect.stringMatching(/\.000000007$/)],
      event_attributes: [{ i: '3' }, { i: '3' }],
      link_trace_ids: [traceIdOf('linked')],
      link_span_ids: [spanIdOf(9)],
      link_attributes: [{ why: 'retry' }],
      dropped_attributes: 4,
      dropped_events: 5,
      dropped_links: 6,
      resource_schema_url: 'https://schema/resource',
      scope_schema_url: 'https://schema/scope',
    })
  })
})
