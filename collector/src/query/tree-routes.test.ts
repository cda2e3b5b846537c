// The tree of a trace against sums over its spans; and a trace of a hundred thousand spans.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRandomSpans } from './filter/random-spans.fixture.ts'
import { fromPicodollars, toPicodollars } from './money.ts'
import { createTestApp, get, hex, insertSpans, NOW_MS, startTestStore, type TestStore } from './query.fixture.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are as the API answers them
type Row = any
let test: TestStore
let app: ReturnType<typeof createTestApp>

const LARGE = hex(0xabcdef, 16)
const LARGE_SPANS = 100_000
const TEXT = `${'ä'.repeat(20_000)}end`
const OWN = hex(0x777, 16)

beforeAll(async () => {
  test = await startTestStore()
  app = createTestApp(test.store.select)
  await insertRandomSpans(test.store, 3, 8)
  await insertSpans(test.store, [
    { trace: OWN, span: hex(1, 8), agoMs: 5_000, columns: { kind: 'agent', session_id: 'chat', user_id: 'ann' } },
    {
      trace: OWN,
      span: hex(2, 8),
      parent: hex(1, 8),
      agoMs: 4_000,
      columns: {
        input: TEXT,
        output: 'short',
        attributes: { long: TEXT, short: 'x' },
        cost_usd: '0.25',
        input_tokens: 3,
      },
    },
    {
      trace: OWN,
      span: hex(3, 8),
      parent: hex(99, 8),
      agoMs: 3_000,
      columns: { status_code: 2, input: 'lost parent' },
    },
  ])
  // a chain of ten levels, and a hundred thousand leaves below them
  await test.store.command(
    `INSERT INTO insights.spans (project_id, day, retention_days, trace_id, span_id, parent_span_id, start_time, duration_ns, kind, name, request_model,
       counts_usage, input_tokens, cost_usd, input)
     SELECT 'alpha', toDate(start_time), 90, unhex('${LARGE}'), unhex(leftPad(lower(hex(number + 1)), 16, '0')),
       if(number = 0, '', unhex(leftPad(lower(hex(if(number < 10, number, 1 + number % 10))), 16, '0'))),
       fromUnixTimestamp64Milli(toInt64(${NOW_MS - 200_000} + intDiv(number, 10)), 'UTC') AS start_time, 1000000, if(number < 10, 'agent', 'generation'),
       concat('step ', toString(number % 50)), 'gpt-4o', number >= 10, 10, 0.000001, repeat('x', 2000)
     FROM numbers(${LARGE_SPANS})`,
    {},
    { async_insert: 0 },
  )
})
afterAll(() => test.stop())

const ok = async (path: string): Promise<Row> => {
  const { status, body } = await get(app, `/api/v1/${path}`)
  expect([path, status, body.detail]).toEqual([path, 200, undefined])
  return body
}

describe('the tree of a trace', () => {
  it('has the sums of each subtree that brute force finds', async () => {
    for (const { trace_id } of (await ok('traces?limit=30')).data) {
      if (trace_id === LARGE) continue
      const { spans } = await ok(`traces/${trace_id}`)
      const tree = (await ok(`traces/${trace_id}/spans?depth=100&limit=1000`)).data
      expect(tree).toHaveLength(spans.length)
      for (const row of tree) {
        const below = (id: string): Row[] =>
          spans.filter((span: Row) => span.parent_span_id === id).flatMap((span: Row) => [span, ...below(span.span_id)])
        const all = [spans.find((span: Row) => span.span_id === row.span_id), ...below(row.span_id)]
        const counted = all.filter((span) => span.counts_usage === 1)
        const costs = counted.flatMap((span) => (span.cost_usd === null ? [] : [toPicodollars(span.cost_usd) ?? 0n]))
        const tokens = counted.flatMap((span) => (span.total_tokens === null ? [] : [span.total_tokens]))
        expect(row.subtree).toEqual({
          spans: all.length,
          errors: all.filter((span) => span.status === 'error').length,
          calls: counted.length,
          unpriced_calls: counted.filter((span) => span.cost_usd === null).length,
          total_tokens: tokens.length === 0 ? null : tokens.reduce((sum, one) => sum + one, 0),
          cost_usd: costs.length === 0 ? null : fromPicodollars(costs.reduce((sum, one) => sum + one, 0n)),
        })
      }
    }
  })

  it('shows the roots, a lost one too, and what is below a span', async () => {
    const roots = await ok(`traces/${OWN}/spans`)
    expect(roots.data.map((row: Row) => [row.span_id, row.depth, row.children, row.subtree.spans])).toEqual([
      [hex(1, 8), 0, 1, 2],
      [hex(3, 8), 0, 0, 1],
    ])
    const below = await ok(`traces/${OWN}/spans?parent=${hex(1, 8)}`)
    expect(below.data).toMatchObject([{ span_id: hex(2, 8), depth: 1, row: 1, cost_usd: '0.25', total_tokens: 3 }])
    expect((await get(app, `/api/v1/traces/${OWN}/spans?parent=${hex(5, 8)}`)).status).toBe(404)
    expect((await ok(`traces/${OWN}/spans?q=lost`)).data.map((row: Row) => row.span_id)).toEqual([hex(3, 8)])
  })

  it('comes in pages that together are the whole', async () => {
    const seen: Row[] = []
    let cursor = ''
    for (let page = 0; page < 5; page++) {
      const { data, next_cursor } = await ok(`traces/${OWN}/spans?depth=9&limit=1${cursor}`)
      seen.push(...data)
      if (next_cursor === null) break
      cursor = `&cursor=${next_cursor}`
    }
    expect(seen.map((row) => row.span_id)).toEqual([1, 2, 3].map((n) => hex(n, 8)))
    expect((await get(app, `/api/v1/traces/${OWN}/spans?parent=${hex(1, 8)}${cursor}`)).status).toBe(400)
  })
})

describe('a trace of a hundred thousand spans', () => {
  it('shows a page of its tree, and its skeleton, in bounded time and size', async () => {
    const began = performance.now()
    const { data } = await ok(`traces/${LARGE}/spans?depth=2&limit=50`)
    expect(data).toHaveLength(50)
    expect(data[0]).toMatchObject({
      depth: 0,
      children: 1 + 9_999,
      subtree: { spans: LARGE_SPANS, calls: 99_990, total_tokens: 999_900, cost_usd: '0.09999' },
    })
    const first = performance.now() - began
    const again = performance.now()
    await ok(`traces/${LARGE}/spans?parent=${hex(10, 8)}&limit=50`)
    // the tree is kept: no second look at a hundred thousand rows
    expect(performance.now() - again).toBeLessThan(Math.max(first, 500))
    const response = await app.request(`/api/v1/traces/${LARGE}/skeleton`, { headers: { 'x-api-key': 'alpha-key' } })
    const text = await response.text()
    expect(text.length).toBeLessThan(15_000_000)
    const skeleton = JSON.parse(text)
    expect([skeleton.spans, skeleton.complete, skeleton.rows.length, skeleton.name.length]).toEqual([
      LARGE_SPANS,
      true,
      LARGE_SPANS,
      50,
    ])
    const at = (name: string): number => skeleton.columns.indexOf(name)
    for (const row of [1, 77, 9_999, 99_999].map((place) => skeleton.rows[place])) {
      const parent = skeleton.rows[row[at('parent')]]
      expect(row[at('depth')]).toBe(parent[at('depth')] + 1)
      expect(row[at('start_ms')]).toBeGreaterThanOrEqual(parent[at('start_ms')])
    }
    expect(performance.now() - began).toBeLessThan(20_000)
  })
})

describe('one span', () => {
  it('cuts what is long, says how long it is, and gives it whole or in pieces when asked', async () => {
    const path = `traces/${OWN}/spans/${hex(2, 8)}`
    const { span, cut, scores } = await ok(path)
    expect(span).toMatchObject({ output: 'short', session_id: 'chat', user_id: 'ann', attributes: { short: 'x' } })
    expect([span.input.length, span.attributes.long.length]).toEqual([16_384, 16_384])
    expect(cut).toEqual({ input: TEXT.length, 'attributes.long': TEXT.length })
    expect(scores).toEqual([])
    const whole = await ok(`${path}?fields=input,attributes`)
    expect([whole.span.input, whole.span.attributes.long, whole.cut]).toEqual([TEXT, TEXT, {}])
    const piece = await ok(`${path}?fields=input&offset=19990&length=20`)
    expect(piece).toEqual({ span: { input: `${'ä'.repeat(10)}end` }, cut: { input: TEXT.length }, scores: [] })
    expect((await get(app, `/api/v1/${path}?fields=input,output&offset=1`)).body.parameter).toBe('offset')
    for (const id of [hex(9, 8), 'x', "1' OR 1"])
      expect((await get(app, `/api/v1/traces/${OWN}/spans/${encodeURIComponent(id)}`)).status).toBe(404)
  })
})
