// Groups of spans and sorted lists against brute force over the rows.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertRandomSpans } from './filter/random-spans.fixture.ts'
import { fromPicodollars, toPicodollars } from './money.ts'
import { createTestApp, get, startTestStore, type TestStore } from './query.fixture.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are as the API answers them
type Row = any
let test: TestStore
let app: ReturnType<typeof createTestApp>
let spans: Row[]

beforeAll(async () => {
  test = await startTestStore()
  await insertRandomSpans(test.store, 8, 40)
  app = createTestApp(test.store.select)
  spans = (await get(app, '/api/v1/spans?limit=1000')).body.data
})
afterAll(() => test.stop())

const ask = async (path: string): Promise<Row[]> => {
  const { status, body } = await get(app, `/api/v1/${path}`)
  expect([path, status, body.detail]).toEqual([path, 200, undefined])
  return body.data
}

const sumOf = (rows: Row[], name: string): number | null => {
  const known = rows.flatMap((row) => (row.counts_usage === 1 && row[name] !== null ? [row[name]] : []))
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0)
}
const costOf = (rows: Row[]): string | null => {
  const known = rows.flatMap((row) =>
    row.counts_usage === 1 && row.cost_usd !== null ? [toPicodollars(row.cost_usd) ?? 0n] : [],
  )
  return known.length === 0 ? null : fromPicodollars(known.reduce((sum, one) => sum + one, 0n))
}

const isCall = (row: Row): boolean => row.kind === 'generation' || row.kind === 'embedding'

it.each([
  ['tools', ['tool_name'], (row: Row) => row.tool_name !== null],
  ['models', ['provider', 'model'], isCall],
  ['services', ['service_name', 'environment'], () => true],
  ['errors', ['error_class', 'error_type', 'error_fingerprint'], (row: Row) => row.status === 'error'],
])(
  'answers %s with the figures that brute force finds, under a filter of the rollup and of rows',
  async (list, keys, belongs) => {
    const filters: [string, (row: Row) => boolean][] = [
      ['', () => true],
      ['env:prod', (row) => row.environment === 'prod'],
      ['latency>1s', (row) => row.latency_ms > 1_000],
      ['user:ann', (row) => row.user_id === 'ann'],
    ]
    for (const [q, holds] of filters) {
      const found = await ask(`${list}?q=${q}`)
      const rows = spans.filter((row) => belongs(row) && holds(row))
      const groups = Map.groupBy(rows, (row) => JSON.stringify(keys.map((key) => row[key])))
      expect([q, found.length]).toEqual([q, groups.size])
      expect(found.map(({ spans: count }) => count)).toEqual(
        [...groups.values()].map((group) => group.length).toSorted((a, b) => b - a),
      )
      for (const row of found) {
        const group = groups.get(JSON.stringify(keys.map((key) => row[key]))) ?? []
        const expected: Row = {
          spans: group.length,
          errors: group.filter(({ status }) => status === 'error').length,
          input_tokens: sumOf(group, 'input_tokens'),
          cost_usd: costOf(group),
          calls: group.filter(({ counts_usage }) => counts_usage === 1).length,
          traces: new Set(group.map(({ trace_id }) => trace_id)).size,
        }
        for (const name of Object.keys(expected))
          if (name in row) expect([q, name, row[name]]).toEqual([q, name, expected[name]])
        if (row.span_id) expect(group.map(({ span_id }) => span_id)).toContain(row.span_id)
      }
    }
  },
)

it('sorts groups by a figure, and says when there are more', async () => {
  const { body } = await get(app, '/api/v1/models?sort=cost_usd&limit=3')
  const costs = body.data.map((row: Row) => Number(row.cost_usd))
  expect(costs).toEqual(costs.toSorted((a: number, b: number) => b - a))
  expect([body.data.length, body.more]).toEqual([3, true])
  expect((await get(app, '/api/v1/models?sort=model')).body.parameter).toBe('sort')
})

it('sorts rows by a number, the greatest first, unknown last', async () => {
  const costs = spans.map((row) => (row.cost_usd === null ? -1 : Number(row.cost_usd))).toSorted((a, b) => b - a)
  const sorted = await ask('spans?sort=cost_usd&limit=20')
  expect(sorted.map((row) => (row.cost_usd === null ? -1 : Number(row.cost_usd)))).toEqual(costs.slice(0, 20))
  const slow = await ask('traces?sort=latency_ms&limit=5&q=-has:error')
  const traces = (await ask('traces?limit=1000')).filter((row) => row.status !== 'error')
  expect(slow.map((row) => row.latency_ms)).toEqual(
    traces
      .map((row) => row.latency_ms)
      .toSorted((a, b) => b - a)
      .slice(0, 5),
  )
  const { body } = await get(app, '/api/v1/traces?sort=latency')
  expect([body.parameter, body.hint]).toEqual(['sort', undefined])
})
