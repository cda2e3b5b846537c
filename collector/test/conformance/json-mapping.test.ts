// OTLP/JSON as people and programs write it, through the HTTP door. Numbers are items of the list.
import { expect, test } from 'vitest'
import { useCollector } from '../collector-process.ts'
import { NOW_NANO, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { partialSuccess, type Row, storedSpan } from '../stored.ts'

const collector = useCollector()
const spanOf = (name: string, more: object = {}) => ({
  traceId: traceIdOf(name),
  spanId: spanIdOf(1),
  name,
  startTimeUnixNano: String(NOW_NANO),
  endTimeUnixNano: String(NOW_NANO + 1_000_000n),
  ...more,
})
const requestOf = (span: object, more: object = {}): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }], ...more })

async function rowOf(name: string, body: string): Promise<Row> {
  const response = await collector().post(body)
  expect([response.status, await partialSuccess(response)]).toEqual([200, undefined])
  return await storedSpan(collector(), traceIdOf(name))
}

test('70: ids are hex in either case; base64 is none', async () => {
  const name = 'upper case'
  const span = spanOf(name, {
    traceId: traceIdOf(name).toUpperCase(),
    spanId: 'ABCDEF0123456789',
    parentSpanId: 'FFffFFffFFffFFff',
  })
  expect(await rowOf(name, requestOf(span))).toMatchObject({
    span_id: 'abcdef0123456789',
    parent_span_id: 'f'.repeat(16),
  })
  const base64 = { ...spanOf('base64'), traceId: Buffer.from(traceIdOf('base64'), 'hex').toString('base64') }
  expect(await partialSuccess(await collector().post(requestOf(base64)))).toMatchObject({ rejectedSpans: '1' })
})

test('71: enums are integers; a name of one is as if it were not there', async () => {
  const byName = spanOf('enum names', { kind: 'SPAN_KIND_CLIENT', status: { code: 'STATUS_CODE_ERROR' } })
  expect(await rowOf('enum names', requestOf(byName))).toMatchObject({ span_kind: 'unspecified', status: 'unset' })
  const byNumber = spanOf('enum numbers', { kind: 3, status: { code: 2 } })
  expect(await rowOf('enum numbers', requestOf(byNumber))).toMatchObject({ span_kind: 'client', status: 'error' })
})

test('72: names are lowerCamelCase; the same in snake_case are unknown', async () => {
  const snake = {
    start_time_unix_nano: '1',
    parent_span_id: 'aaaaaaaaaaaaaaaa',
    trace_state: 'a=b',
    kind_name: 'x',
  }
  const row = await rowOf('snake', requestOf(spanOf('snake', snake), { resource_spans: [{ scope_spans: [] }] }))
  expect(row).toMatchObject({ parent_span_id: '', trace_state: '' })
  const only = JSON.stringify({
    resource_spans: [{ scope_spans: [{ spans: [{ trace_id: traceIdOf('only snake') }] }] }],
  })
  const response = await collector().post(only)
  expect([response.status, await partialSuccess(response)]).toEqual([200, undefined])
})

test('73: unknown keys are passed over at every level, whatever is in them', async () => {
  const extra = {
    futureField: { deep: [1, { traceId: 'x' }, null, 'text', -0.5] },
    other: null,
    '': [],
    x: true,
  }
  const attribute = { key: 'a', value: { stringValue: 'kept', futureValue: {}, ...extra }, ...extra }
  const span = spanOf('future', {
    ...extra,
    attributes: [attribute],
    events: [{ name: 'event', timeUnixNano: String(NOW_NANO), attributes: [attribute], ...extra }],
    links: [{ traceId: traceIdOf('linked'), spanId: spanIdOf(2), ...extra }],
    status: { code: 1, ...extra },
  })
  const body = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }], ...extra },
        scopeSpans: [{ scope: { name: 'lib', ...extra }, spans: [span], ...extra }],
        ...extra,
      },
    ],
    ...extra,
  }).replaceAll('null,"text"', '1e400,null,"text"')
  expect(await rowOf('future', body)).toMatchObject({
    name: 'future',
    status: 'ok',
    service_name: 'shop',
    scope_name: 'lib',
    event_names: ['event'],
    attributes: { a: 'kept' },
  })
})

test('81: a request with every part that the published example has', async () => {
  // Resource, scope with attributes, ids in capitals, kinds and times as text, attributes of each type.
  const id = 'C3D1A5F0E7B94C2D8A6F1E0B5D4C3A29'
  const body = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'warehouse' } }] },
        scopeSpans: [
          {
            scope: {
              name: 'stock.library',
              version: '2.3.0',
              attributes: [{ key: 'stock.scope.attribute', value: { stringValue: 'of the scope' } }],
            },
            spans: [
              {
                traceId: id,
                spanId: '9B2C7D6E5F40A1B3',
                parentSpanId: '9B2C7D6E5F40A1B2',
                flags: 1,
                name: 'count the shelves',
                startTimeUnixNano: String(NOW_NANO),
                endTimeUnixNano: String(NOW_NANO + 1_000_000_000n),
                kind: 2,
                attributes: [
                  { key: 'shelf.name', value: { stringValue: 'north' } },
                  { key: 'shelf.full', value: { boolValue: true } },
                  { key: 'shelf.items', value: { intValue: '10' } },
                  { key: 'shelf.load', value: { doubleValue: 637.704 } },
                  {
                    key: 'shelf.labels',
                    value: { arrayValue: { values: [{ stringValue: 'many' }, { stringValue: 'values' }] } },
                  },
                  {
                    key: 'shelf.place',
                    value: { kvlistValue: { values: [{ key: 'row', value: { stringValue: 'A' } }] } },
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  })
  const response = await collector().post(body)
  expect([response.status, await partialSuccess(response)]).toEqual([200, undefined])
  expect(await storedSpan(collector(), id.toLowerCase())).toMatchObject({
    ...{ span_id: '9b2c7d6e5f40a1b3', parent_span_id: '9b2c7d6e5f40a1b2', name: 'count the shelves', latency_ms: 1000 },
    ...{ span_kind: 'server', service_name: 'warehouse', scope_name: 'stock.library', scope_version: '2.3.0' },
    attributes: {
      'shelf.name': 'north',
      'shelf.full': 'true',
      'shelf.items': '10',
      'shelf.load': '637.704',
      'shelf.labels': '["many","values"]',
      'shelf.place': '{"row":"A"}',
    },
  })
})
