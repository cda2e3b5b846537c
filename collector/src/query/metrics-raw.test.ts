// Metrics beyond the rollup: under any filter and by any field, compared with the rollup and with sums over the rows; and with the period before.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRandomSpans } from './filter/random-spans.fixture.ts'
import { periodsOf, withPrevious } from './metric-compare.ts'
import { fromPicodollars, toPicodollars } from './money.ts'
import {
  createTestApp,
  get,
  insertSpans,
  NOW_MS,
  startTestStore,
  type TestSpan,
  type TestStore,
} from './query.fixture.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are as the API answers them
type Row = any
const HOUR_MS = 3_600_000
let test: TestStore
let app: ReturnType<typeof createTestApp>
let spans: Row[]

/** Traces with rows on two or three days: one began before any range below, one has its root on a later day than its first span, one has none. */
const OVER_MIDNIGHT = [
  { trace: 'e1', span: 'e1', hours: [50, 20, 3] },
  {
    trace: 'e2',
    span: 'e2',
    parent: 'e0',
    hours: [27, 2],
    late: { parent: '', name: 'late root', service_name: 'late' },
  },
  {
    trace: 'e3',
    span: 'e3',
    parent: 'e0',
    hours: [26, 1],
    late: { parent: 'e0', status_code: 2, error_type: 'timeout' },
  },
].flatMap(({ trace, span, parent = '', hours, late }) =>
  hours.map((hour, i): TestSpan => {
    const { parent: own = parent, ...columns } = i === hours.length - 1 && late !== undefined ? late : { parent }
    return {
      trace: trace.padStart(32, '0'),
      span: `${span}0${i}`.padStart(16, '0'),
      parent: own === '' ? '' : own.padStart(16, '0'),
      agoMs: hour * HOUR_MS,
      columns: { kind: 'agent', name: 'step', service_name: 'early', counts_usage: 0, ...columns },
    }
  }),
)

beforeAll(async () => {
  test = await startTestStore()
  await insertRandomSpans(test.store, 21, 40)
  // of the day before, which nothing but ranges of their own asks for
  await insertRandomSpans(test.store, 22, 40, 2_500)
  await insertSpans(test.store, OVER_MIDNIGHT)
  app = createTestApp(test.store.select)
  spans = (await get(app, '/api/v1/spans?limit=1000')).body.data
})
afterAll(() => test.stop())

const ask = async (path: string): Promise<Row> => {
  const { status, body } = await get(app, `/api/v1/metrics/${path}`)
  expect([path, status, body.detail]).toEqual([path, 200, undefined])
  return body
}

/** A condition that is true of every row and that the rollup knows nothing of. */
const RAW: Record<string, string> = { total_traces: 'spans>=1' }

const rounded = (rows: Row[]): Row[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
      ]),
    ),
  )

describe.each([
  ['total_traces', 'name'],
  ['latency', 'model'],
  ['token_usage', 'model,provider'],
  ['cost', 'model'],
  ['error_rate', 'error_type'],
  ['cache_hit_rate', 'environment'],
])('%s over rows', (metric, group) => {
  it('is what the rollup says, whole, by group and in a series', async () => {
    for (const query of ['', `group_by=${group}`, `interval=1h&group_by=${group}`, `interval=5m`]) {
      const rollup = await ask(`${metric}?${query}`)
      const rows = await ask(`${metric}?${query}&q=${RAW[metric] ?? 'latency>=0'}`)
      expect([rollup.range.source, rows.range.source]).toEqual(['rollup', 'rows'])
      expect(rollup.data.length).toBeGreaterThan(0)
      // digests of minutes and of rows put between the same points
      if (metric === 'latency')
        expect(rows.data.map((row: Row) => row.calls)).toEqual(rollup.data.map((row: Row) => row.calls))
      else expect(rounded(rows.data)).toEqual(rounded(rollup.data))
    }
  })
})

it.each(['total_traces', 'latency', 'token_usage', 'cost', 'error_rate', 'cache_hit_rate'])(
  '%s of hours, and of the minutes before and after them, is that of the rows',
  async (metric) => {
    // from 7 minutes after an hour to 13 minutes after another, across a midnight
    const from = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS - 30 * HOUR_MS + 7 * 60_000
    const [by, raw] = metric === 'total_traces' ? ['service_name', RAW[metric]] : ['model', 'latency>=0']
    for (const to of ['', `&to=${from + 29 * HOUR_MS + 6 * 60_000}`])
      for (const query of [
        '',
        `group_by=${by}&`,
        `interval=1h&group_by=${by}&`,
        'interval=1d&',
        `interval=6h&top=2&group_by=${by}&`,
      ]) {
        const asked = `${metric}?${query}from=${from}${to}`
        const [rollup, rows] = [await ask(asked), await ask(`${asked}&q=${raw}`)]
        expect(rollup.data.length).toBeGreaterThan(0)
        if (metric === 'latency')
          expect(rows.data.map((row: Row) => row.calls)).toEqual(rollup.data.map((row: Row) => row.calls))
        else expect(rounded(rows.data)).toEqual(rounded(rollup.data))
      }
  },
)

const total = (rows: Row[], name: string): number | null => {
  const known = rows.flatMap((row) => (row.counts_usage === 1 && row[name] !== null ? [row[name]] : []))
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0)
}
const cost = (rows: Row[]): string | null => {
  const known = rows.flatMap((row) =>
    row.counts_usage === 1 && row.cost_usd !== null ? [toPicodollars(row.cost_usd) ?? 0n] : [],
  )
  return known.length === 0 ? null : fromPicodollars(known.reduce((sum, one) => sum + one, 0n))
}

it.each([
  ['user', 'user_id', (row: Row) => [row.user_id]],
  ['tag', 'tags', (row: Row) => row.tags],
  ['attr.app.tier', 'attr.app.tier', (row: Row) => [row.attributes['app.tier'] ?? null]],
  ['tool', 'tool_name', (row: Row) => [row.tool_name]],
])('adds up by %s what brute force does, of a trace too', async (asked, name, valuesOf) => {
  for (const q of ['', '&q=cost>0.05', '&q=provider:openai -refund']) {
    const { data } = await ask(`cost?group_by=${asked}${q}`)
    const within = (await get(app, `/api/v1/spans?limit=1000${q}`)).body.data
    const values = [...new Set(within.filter((row: Row) => row.counts_usage === 1).flatMap(valuesOf))]
    const expected = values.map((value) => ({
      [name]: value,
      cost_usd: cost(within.filter((row: Row) => valuesOf(row).includes(value as string))),
    }))
    const found = data.map((row: Row) => ({ [name]: row[name], cost_usd: row.cost_usd }))
    const sorted = (rows: Row[]): Row[] =>
      rows.toSorted((a, b) => (String(a[name] ?? '') < String(b[name] ?? '') ? -1 : 1))
    expect(sorted(found)).toEqual(sorted(expected))
  }
})

it('answers the greatest groups alone, in a series the greatest of the whole range', async () => {
  const models = [...new Set(spans.map((row) => row.model))]
  const tokens = models.map((model) => ({
    model,
    tokens:
      total(
        spans.filter((row) => row.model === model),
        'total_tokens',
      ) ?? -1,
  }))
  const greatest = tokens
    .toSorted((a, b) => b.tokens - a.tokens)
    .slice(0, 2)
    .map(({ model }) => model)
  for (const q of ['', '&q=latency>=0']) {
    const { data } = await ask(`token_usage?group_by=model&top=2${q}`)
    expect(data.map((row: Row) => row.model)).toEqual(greatest)
    const series = await ask(`token_usage?group_by=model&top=2&interval=1m${q}`)
    expect(new Set(series.data.map((row: Row) => row.model))).toEqual(new Set(greatest))
    expect(series.data.reduce((sum: number, row: Row) => sum + (row.total_tokens ?? 0), 0)).toBe(
      data.reduce((sum: number, row: Row) => sum + row.total_tokens, 0),
    )
  }
  expect((await get(app, '/api/v1/metrics/cost?group_by=tag&top=2&interval=1h')).body.parameter).toBe('top')
})

it('compares with the period before, group by group and point by point', async () => {
  const whole = await ask('token_usage?from=now-20m&to=now&compare=previous')
  const now = await ask('token_usage?from=now-20m&to=now')
  const before = await ask('token_usage?from=now-40m&to=now-20m')
  expect(whole.data).toEqual([{ ...now.data[0], previous: before.data[0] }])
  expect(Date.parse(whole.range.from) - Date.parse(whole.range.previous.from)).toBe(20 * 60_000)
  const series = await ask('token_usage?from=now-20m&to=now&interval=5m&compare=previous')
  const sum = (rows: Row[]): number => rows.reduce((all, row) => all + (row?.calls ?? 0), 0)
  expect([sum(series.data), sum(series.data.map((row: Row) => row.previous))]).toEqual([
    sum(now.data),
    sum(before.data),
  ])
})

it('keeps a group that only the period before has, with its figures unknown', () => {
  const rows = withPrevious([{ model: 'a', calls: 2 }], [{ model: 'b', calls: 3 }], {
    keys: ['model'],
    figures: ['calls'],
    shiftMs: 0,
  })
  expect(rows).toEqual([
    { model: 'a', calls: 2, previous: null },
    { model: 'b', calls: null, previous: { calls: 3 } },
  ])
  const { previous } = periodsOf({ fromNanos: 10_000_000_000_000n, toNanos: undefined }, 3_600, 13_601_000)
  expect(previous).toEqual({
    fromNanos: 10_000_000_000_000n - 7_200_000_000_000n,
    toNanos: 13_601_000_000_000n - 7_200_000_000_000n,
  })
})

it.each([
  ['cost?group_by=model,provider,kind', 'group_by'],
  ['cost?group_by=cost', 'group_by'],
  ['cost?q=modle:x', 'q'],
  ['cost?order=priced_share&group_by=model&top=3', 'order'],
])('refuses %s', async (path, parameter) => {
  const { status, body } = await get(app, `/api/v1/metrics/${path}`)
  expect([status, body.parameter]).toEqual([400, parameter])
})
