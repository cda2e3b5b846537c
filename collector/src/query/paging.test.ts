import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  createTestApp,
  get,
  hex,
  insertSpans,
  NOW_MS,
  startTestStore,
  type TestSpan,
  type TestStore,
} from './query.fixture.ts'

let test: TestStore
let app: ReturnType<typeof createTestApp>

/** Five instants for sixty spans, two spans to a trace: every page ends between rows of one instant. */
const COUNT = 60

beforeAll(async () => {
  test = await startTestStore()
  app = createTestApp(test.store.select)
  await test.store.command(
    `INSERT INTO insights.spans (project_id, day, retention_days, trace_id, span_id, start_time, kind, session_id, user_id)
     SELECT 'alpha', toDate(fromUnixTimestamp64Milli(${NOW_MS - 60_000})), 90,
       unhex(leftPad(lower(hex(intDiv(number, 2) + 1)), 32, '0')), unhex(leftPad(lower(hex(number + 1)), 16, '0')),
       fromUnixTimestamp64Milli(toInt64(${NOW_MS - 60_000} + intDiv(number, 2) % 5), 'UTC'), 'generation',
       concat('s', toString(intDiv(number, 2))), concat('u', toString(intDiv(number, 2)))
     FROM numbers(${COUNT})`,
    {},
    { async_insert: 0 },
  )
})
afterAll(() => test.stop())

it.each([
  ['generations', 'span_id', COUNT],
  ['traces', 'trace_id', COUNT / 2],
  ['sessions', 'session_id', COUNT / 2],
  ['users', 'user_id', COUNT / 2],
])(
  'walks %s of equal times page by page without losing or repeating one, while new ones arrive',
  async (list, id, count) => {
    const seen: string[] = []
    let cursor: string | null = ''
    for (let page = 0; cursor !== null && page < 100; page++) {
      const { body } = await get(app, `/api/v1/${list}?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`)
      seen.push(...body.data.map((row: Record<string, string>) => row[id]))
      cursor = body.next_cursor
      if (page === 1) await insertSpans(test.store, [newSpan(list)])
    }
    const walked = seen.filter((value) => !value.includes('f00d'))
    expect(walked).toHaveLength(count)
    expect(new Set(walked).size).toBe(count)
  },
)

// Newer than all, so that it belongs before the pages already read; removed from the counts by its ids.
const newSpan = (list: string): TestSpan => ({
  trace: `f00d${hex(list.length, 14)}`,
  span: `f00d${hex(list.length, 6)}`,
  agoMs: 1000,
  columns: { session_id: `f00d${list}`, user_id: `f00d${list}` },
})

it('sorts newest first', async () => {
  const { body } = await get(app, '/api/v1/generations?limit=1000')
  const keys = body.data.map(
    (row: { start_time: string; trace_id: string; span_id: string }) => row.start_time + row.trace_id + row.span_id,
  )
  expect(keys).toEqual(keys.toSorted().reverse())
})

it('finds exactly the span that holds a hostile value', async () => {
  const values = [
    ...new Set(
      fc
        .sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { numRuns: 15, seed: 7 })
        .map((v) => v.toWellFormed()),
    ),
    "'",
    '\\',
    "\\' OR 1",
    '%_',
    '\t\n\r\u0000',
  ]
  // one span each, at its own time, in a project of its own
  await insertSpans(
    test.store,
    values.map((value, i) => ({
      project: 'beta',
      trace: hex(i + 1, 16),
      span: hex(i + 1, 8),
      agoMs: 1000 + i,
      columns: { user_id: value, attributes: { [value]: value } },
    })),
  )
  for (const [i, value] of values.entries()) {
    const encoded = encodeURIComponent(value)
    for (const filter of [`user_id=${encoded}`, `attribute.${encoded}=${encoded}`]) {
      const { status, body } = await get(app, `/api/v1/generations?fields=span_id&${filter}`, 'beta-key')
      expect([status, body.data]).toEqual([200, [{ span_id: hex(i + 1, 8) }]])
    }
  }
})

it('walks a month, which is read in parts, as if it were one', async () => {
  const days = [0.1, 0.9, 1, 1.5, 3, 6.9, 7, 7.1, 12, 20, 29]
  const span = (day: number, i: number): TestSpan => ({
    trace: hex(0x5000 + i, 16),
    span: hex(0x5000 + i, 8),
    agoMs: Math.round(day * 86_400_000),
    columns: { environment: 'month' },
  })
  await insertSpans(test.store, days.map(span))
  for (const list of ['spans', 'traces']) {
    const found: string[] = []
    let cursor: string | null = ''
    for (let page = 0; cursor !== null && page < 20; page++) {
      const path: string = `/api/v1/${list}?from=now-30d&fields=trace_id&q=env:month&limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`
      const { body } = await get(app, path)
      found.push(...body.data.map((row: Record<string, string>) => row['trace_id']))
      cursor = body.next_cursor
    }
    expect([list, found]).toEqual([list, days.map((_, i) => hex(0x5000 + i, 16))])
  }
})
