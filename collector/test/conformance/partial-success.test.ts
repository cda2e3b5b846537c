// What is answered when a part, or all, of a request is not kept: exact counts, and words for them. Numbers are items of the list.
import { describe, expect, test } from 'vitest'
import { eventually, type PostOptions, useCollector } from '../collector-process.ts'
import { any, attributes, keyValue, NOW_NANO, request, span, spanIdOf, traceIdOf, wire } from '../otlp-bytes.ts'
import { partialSuccess, storedSpans } from '../stored.ts'

const collector = useCollector()

const hexSpan = (traceId: string, spanId: string) => ({
  traceId,
  spanId,
  name: 'step',
  startTimeUnixNano: String(NOW_NANO),
})
const jsonRequest = (...spans: object[]): string => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

/** `depth` arrays, one in the other. */
const nested = (depth: number): Buffer => (depth === 0 ? any.int(1) : any.array(nested(depth - 1)))

describe('19, 20: success', () => {
  const EMPTY: [string, Uint8Array | string][] = [
    ['no bytes', new Uint8Array(0)],
    ['an empty resource', wire.message(1)],
    ['a resource without spans', request()],
    ['an empty JSON object', '{}'],
    ['JSON without spans', '{"resourceSpans":[{"scopeSpans":[{"spans":[]}]}]}'],
  ]
  test.each(EMPTY)('%s is a success without partial_success', async (_name, body) => {
    const response = await collector().post(body)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(typeof body === 'string' ? '{}' : '')
  })

  test('a span that is sent again is a success too, and stored once', async () => {
    const traceId = traceIdOf('resent')
    const body = request(span({ traceId, spanId: spanIdOf(1) }))
    for (let n = 0; n < 3; n++) expect(await (await collector().post(body)).text()).toBe('')
    await collector().post(request(span({ traceId, spanId: spanIdOf(2) })))
    expect(await storedSpans(collector(), traceId, 2)).toHaveLength(2)
  })
})

describe('48, 56: partial success', () => {
  test('one invalid span among many: an exact count, and the others are stored', async () => {
    const traceId = traceIdOf('one of many')
    const good = Array.from({ length: 20 }, (_, i) => hexSpan(traceId, spanIdOf(i + 1)))
    const bad = hexSpan('0'.repeat(32), spanIdOf(99))
    const answer = await partialSuccess(await collector().post(jsonRequest(...good.slice(0, 7), bad, ...good.slice(7))))
    expect(answer?.rejectedSpans).toBe('1')
    expect(answer?.errorMessage).toContain('trace_id')
    expect(await storedSpans(collector(), traceId, 20)).toHaveLength(20)
  })

  test('every kind of bad id is refused, and a truncated span with them', async () => {
    const traceId = traceIdOf('bad ids')
    const good = { traceId, spanId: spanIdOf(1) }
    const body = request(
      span({ ...good, traceId: '' }),
      span({ ...good, traceId: traceId.slice(2) }),
      span({ ...good, traceId: `${traceId}00` }),
      span({ ...good, traceId: '0'.repeat(32) }),
      span({ ...good, spanId: '' }),
      span({ ...good, spanId: '00'.repeat(8) }),
      span({ ...good, spanId: '11'.repeat(7) }),
      span(good, Buffer.from([0x0a, 0x7f])),
      span({ ...good, spanId: spanIdOf(2) }),
    )
    const response = await collector().post(body)
    expect(response.status).toBe(200)
    const text = await response.text()
    for (const part of ['4 rejected: trace_id', '3 rejected: span_id', '1 rejected: not readable'])
      expect(text).toContain(part)
    const rows = await storedSpans(collector(), traceId)
    expect(rows.map((row) => row['span_id'])).toEqual([spanIdOf(2)])
  })

  test('values nested 64 deep are kept, and 65 deep refuse their span', async () => {
    const traceId = traceIdOf('depth')
    const deep = (depth: number) => wire.message(9, keyValue('deep', nested(depth)))
    const response = await collector().post(
      request(span({ traceId, spanId: spanIdOf(1) }, deep(64)), span({ traceId, spanId: spanIdOf(2) }, deep(65))),
    )
    expect(await response.text()).toContain('1 rejected: not readable as protobuf, or nested too deep')
    const [row, ...others] = await storedSpans(collector(), traceId)
    expect(others).toEqual([])
    expect(row?.['attributes']).toEqual({ deep: `${'['.repeat(64)}1${']'.repeat(64)}` })
  })

  test('a body that is no request at all is refused as one', async () => {
    for (const body of [Buffer.from([0x0a, 0xff]), Buffer.from('not protobuf'), '{"resourceSpans":[', '[]']) {
      expect((await collector().post(body)).status).toBe(400)
    }
  })
})

describe('24: the other signals', () => {
  const logs: PostOptions = { signal: 'logs' }
  const event = (traceId: string) => ({
    timeUnixNano: String(NOW_NANO),
    eventName: 'gen_ai.evaluation.result',
    traceId,
    spanId: spanIdOf(1),
    attributes: [{ key: 'gen_ai.evaluation.name', value: { stringValue: 'relevance' } }],
  })
  const plain = { timeUnixNano: String(NOW_NANO), body: { stringValue: 'a log line' } }
  const jsonLogs = (...logRecords: object[]): string =>
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] })

  test('gen_ai events are kept; other logs are answered with a count and counted', async () => {
    const traceId = traceIdOf('event')
    const response = await collector().post(jsonLogs(plain, event(traceId), plain, plain), logs)
    const answer = await partialSuccess(response)
    expect([response.status, answer?.rejectedLogRecords]).toEqual([200, '3'])
    expect(answer?.errorMessage).toContain('only gen_ai events are kept')
    await expect
      .poll(() =>
        collector().sql('SELECT evaluation_name FROM log_events WHERE lower(hex(trace_id)) = {id:String}', {
          id: traceId,
        }),
      )
      .toEqual([{ evaluation_name: 'relevance' }])
    const metrics = await (await fetch(`${collector().doors.api}/metrics`)).text()
    expect(metrics).toMatch(/insights_ingest_rejected_total\{signal="logs",reason="not_gen_ai"\} 3/)
  })

  test('gen_ai events alone are a full success', async () => {
    expect(await partialSuccess(await collector().post(jsonLogs(event(traceIdOf('alone'))), logs))).toBeUndefined()
  })

  test('gen_ai events that are sent again are stored once, and equal events of one request are not taken for it', async () => {
    const traceId = traceIdOf('resent events')
    await collector().post(
      request(span({ traceId, spanId: spanIdOf(1), attributes: { 'gen_ai.operation.name': 'chat' } })),
    )
    const message = {
      timeUnixNano: String(NOW_NANO),
      eventName: 'gen_ai.user.message',
      traceId,
      spanId: spanIdOf(1),
      body: { kvlistValue: { values: [{ key: 'content', value: { stringValue: 'yes' } }] } },
    }
    for (let n = 0; n < 3; n++) await collector().post(jsonLogs(message, message), logs)
    await collector().post(jsonLogs({ ...message, eventName: 'gen_ai.choice' }), logs)
    const said = { role: 'user', parts: [{ type: 'text', content: 'yes' }] }
    const query = "SELECT input, output FROM span_details_v1 WHERE trace_id = {traceId:String} AND output != ''"
    const [row] = await eventually('the answer', async () => {
      const rows = await collector().sql<{ input: string }>(query, { traceId })
      return rows.length > 0 ? rows : undefined
    })
    expect(JSON.parse(row?.input ?? '')).toEqual([said, said])
  })

  test('metrics are answered with success and a message, and counted', async () => {
    const metric = wire.message(1, wire.message(1, attributes(1, { 'service.name': 'shop' })))
    const response = await collector().post(metric, { signal: 'metrics' })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('metrics are accepted but not stored')
    const metrics = await (await fetch(`${collector().doors.api}/metrics`)).text()
    expect(metrics).toMatch(/insights_ingest_unstored_requests_total\{signal="metrics"\} 1/)
  })
})
