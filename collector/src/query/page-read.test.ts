import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Columns, type Row, toJsonRow } from './column.ts'
import { SESSION_COLUMNS, SPAN_COLUMNS, TRACE_COLUMNS, USER_COLUMNS } from './columns.ts'
import type { Select } from './deps.ts'
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
import { toSqlTime } from './time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TRACES = 300
/** Of a trace that other tables tell of. */
const TOLD = hex(0xa000, 16)

let test: TestStore
let app: ReturnType<typeof createTestApp>
/** Statements of the API since it was emptied. */
const asked: [sql: string, params: Record<string, unknown>][] = []

beforeAll(async () => {
  test = await startTestStore()
  const select: Select = (sql, params, options) => {
    asked.push([sql, params])
    return test.store.select(sql, params, options)
  }
  app = createTestApp(select)
  await insertSpans(test.store, told())
  await tellBeside()
  // three parts of the rollup, so that a trace is in several rows of it
  for (const part of [0, 1, 2]) await insertSpans(test.store, scattered(part))
})
afterAll(() => test.stop())

const OWNED = { session_id: 's', user_id: 'u', tags: ['t'] }

function told(): TestSpan[] {
  const span = (id: number, columns: TestSpan['columns']): TestSpan => ({
    project: 'beta',
    trace: TOLD,
    span: hex(id, 8),
    parent: id === 1 ? '' : hex(1, 8),
    agoMs: 10_000 - id,
    columns: { ...OWNED, input: '', output: '', input_tokens: 5, tool_names: [], ...columns },
  })
  return [
    span(1, { kind: 'agent', counts_usage: 1, name: 'root' }),
    span(2, { counts_usage: 0, input: '[own]' }),
    span(3, { counts_usage: 1, output: '[own]' }),
    span(4, { counts_usage: 1, tool_names: ['own'] }),
    span(5, { counts_usage: 0 }),
  ]
}

/** What was settled, judged and logged of those spans. */
async function tellBeside(): Promise<void> {
  const { store } = test
  const run = (sql: string): Promise<void> => store.command(sql, {}, { async_insert: 0 })
  for (const [id, sign] of [
    [1, -1],
    [2, 1],
    [3, -1],
    [3, 1],
  ])
    await run(`INSERT INTO insights.settlement_entries (project_id, day, start_time, trace_id, span_id, batch_id, sign, base, reason, retention_days)
      SELECT project_id, day, start_time, hex(trace_id), hex(span_id), hex(batch_id), ${sign}, counts_usage, 'alone', 90
      FROM insights.spans WHERE project_id = 'beta' AND span_id = unhex('${hex(id ?? 0, 8)}')`)
  const answer = '[{"role":"assistant","parts":[{"type":"tool_call","name":"look"}]}]'
  for (const id of [2, 3, 4, 5])
    await run(`INSERT INTO insights.log_events (project_id, day, retention_days, trace_id, span_id, time, input, output, system_instructions)
      SELECT project_id, day, 90, trace_id, span_id, start_time, '[logged]', '${answer}', '[system]'
      FROM insights.spans WHERE project_id = 'beta' AND span_id = unhex('${hex(id, 8)}')`)
  const score = (span: number, name: string, value: string, label: string, deleted = 0): string =>
    `('beta', '${name}-${span}', now64(6), ${deleted}, now64(9), unhex('${TOLD}'), unhex('${span === 0 ? '' : hex(span, 8)}'), '${name}', ${value}, '${label}')`
  await run(`INSERT INTO insights.scores (project_id, score_id, version_time, deleted, time, trace_id, span_id, name, value, label) VALUES
    ${[score(0, 'good', '1', ''), score(2, 'good', '0', 'poor'), score(2, 'tone', 'NULL', 'kind'), score(3, 'gone', '1', 'x', 1)].join(', ')}`)
}

/** A few sessions go on all the time, so that the newest traces are mostly of old ones. */
const sessionOf = (i: number): string => (i % 12 === 0 ? `s${i}` : `long${i % 5}`)

/** Traces of nine days; their spans lie up to half a day apart and go in out of order. */
function scattered(part: number): TestSpan[] {
  return Array.from({ length: TRACES }, (_, i) => i).flatMap((i) => {
    const spans = 1 + (i % 3)
    const startMs = Math.floor((i * 9 * DAY) / TRACES) + HOUR
    const place = (part + i) % 3
    if (place >= spans) return []
    const owner = place === i % spans ? { user_id: `u${i % 40}` } : {}
    return [
      {
        trace: hex(i * 7_919 + 1, 16),
        span: hex(i * 10 + place + 1, 8),
        agoMs: startMs - Math.floor((place * HOUR * (i % 13)) / 26),
        columns: {
          session_id: place === 0 ? sessionOf(i) : '',
          user_id: '',
          environment: i % 10 === 0 ? 'rare' : 'prod',
          ...owner,
        },
      },
    ]
  })
}

const viewRows = (view: string, where: string): Promise<Row[]> =>
  test.store.select<Row>(
    `SELECT * FROM ${view} WHERE ${where}`,
    {},
    { settings: { output_format_json_quote_64bit_integers: 1 } },
  )
const asShown = (rows: readonly Row[], columns: Columns): Row[] => rows.map((row) => toJsonRow(row, columns))

describe('what other tables hold of a row', () => {
  it.each([
    ['spans', 'span_details_v1', 5],
    ['generations', 'generations_v1', 4],
  ])('is in lists of %s as %s joins it', async (list, view, count) => {
    const { body } = await get(app, `/api/v1/${list}`, 'beta-key')
    const rows = await viewRows(view, "project_id = 'beta' ORDER BY start_time DESC")
    expect(rows).toHaveLength(count)
    expect(body.data).toEqual(asShown(rows, SPAN_COLUMNS))
  })

  it('is in a trace and its spans as the views join it', async () => {
    const { body } = await get(app, `/api/v1/traces/${TOLD}`, 'beta-key')
    const rows = await viewRows('span_details_v1', "project_id = 'beta' ORDER BY start_time")
    expect(rows.map((row) => row['counts_usage'])).toEqual([0, 1, 1, 1, 0])
    expect(rows.map((row) => row['input'])).toEqual(['', '[own]', '[logged]', '[logged]', '[logged]'])
    expect(rows.map((row) => row['tool_names'])).toEqual([[], ['look'], [], ['own'], ['look']])
    expect(body.spans).toEqual(asShown(rows, SPAN_COLUMNS))
    expect([body.trace]).toEqual(asShown(await viewRows('traces_v1', "project_id = 'beta'"), TRACE_COLUMNS))
    expect(body.trace.scores).toEqual({ good: 0.5 })
    const list = await get(app, '/api/v1/traces', 'beta-key')
    expect(list.body.data).toEqual([body.trace])
  })

  it('counts in the tree', async () => {
    const { body } = await get(app, `/api/v1/traces/${TOLD}/spans?depth=9`, 'beta-key')
    expect(body.data[0].subtree).toMatchObject({ spans: 5, calls: 3, total_tokens: 15 })
  })
})

describe('the newest traces', () => {
  /** Everything added up, as the view does. */
  async function bruteForce(where: string): Promise<unknown[]> {
    const rows = await viewRows(
      'traces_v1',
      `project_id = 'alpha' AND ${where} ORDER BY start_time DESC, trace_id DESC`,
    )
    return rows.map((row) => row['trace_id'])
  }

  const FILTERS = [
    ['', '1'],
    ['env:rare', "environment = 'rare'"],
    ['env:rare user:u0', "environment = 'rare' AND user_id = 'u0'"],
    ['user:u7', "user_id = 'u7'"],
    ['user:u7 env:prod', "user_id = 'u7' AND environment = 'prod'"],
    ['-user:u7', "user_id != 'u7'"],
  ] as const

  it('are those that adding up all finds, page by page', async () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 9 * 24 }), fc.integer({ min: 1, max: 9 * 24 }))
    const limits = fc.constantFrom(1, 2, 20)
    await fc.assert(
      fc.asyncProperty(range, limits, fc.constantFrom(...FILTERS), async ([end, hours], limit, [q, where]) => {
        const [from, to] = [NOW_MS - (end + hours) * HOUR, NOW_MS - end * HOUR]
        const time = (ms: number): string => `fromUnixTimestamp64Milli(${ms})`
        const all = await bruteForce(`start_time >= ${time(from)} AND start_time < ${time(to)} AND ${where}`)
        const found: unknown[] = []
        let cursor = ''
        for (let page = 0; page < 3; page++) {
          const path = `/api/v1/traces?fields=trace_id&limit=${limit}&from=${from}&to=${to}&q=${encodeURIComponent(q)}${cursor}`
          const { body } = await get(app, path)
          found.push(...body.data.map((row: Row) => row['trace_id']))
          if (body.next_cursor === null) break
          cursor = `&cursor=${body.next_cursor}`
        }
        expect(found).toEqual(all.slice(0, limit * 3))
      }),
      { numRuns: 16, seed: 3 },
    )
  }, 60_000)

  it('are read from the days beside the page alone, also of a long range', async () => {
    asked.length = 0
    await get(app, '/api/v1/traces?from=now-9d&limit=5')
    expect(asked.length).toBeGreaterThan(2)
    for (const [sql, params] of asked.filter(([sql]) => sql.includes('trace'))) {
      if (sql.includes('score_marks')) continue
      const plan = await test.store.select<{ explain: string }>(`EXPLAIN indexes = 1 ${sql}`, params)
      const parts = plan.map(({ explain }) => /Parts: (\d+)\/(\d+)/.exec(explain)).find((found) => found !== null)
      expect(Number(parts?.[2])).toBeGreaterThan(9)
      expect(Number(parts?.[1])).toBeLessThanOrEqual(Number(parts?.[2]) / 2)
    }
  })
})

describe('the newest sessions and users', () => {
  /** Of a user, what began in the range is added up; a session is told whole. */
  const groups = (list: string, from: string, to: string): [view: string, condition: string] =>
    list === 'sessions'
      ? ['sessions_v1', `end_time >= ${from} AND start_time < ${to}`]
      : [
          `users_of_ids_v1(first_day = '1970-01-01', last_day = '2149-06-06', project = '', ids = [], from_time = ${from}, to_time = ${to})`,
          '1',
        ]

  it('are those that adding up all finds, page by page', async () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 9 * 24 }), fc.integer({ min: 1, max: 9 * 24 }))
    const lists = fc.constantFrom(['sessions', 'session_id'] as const, ['users', 'user_id'] as const)
    await fc.assert(
      fc.asyncProperty(range, fc.constantFrom(1, 2, 20), lists, async ([end, hours], limit, [list, id]) => {
        const [from, to] = [NOW_MS - (end + hours) * HOUR, NOW_MS - end * HOUR]
        const time = (ms: number): string => `'${toSqlTime(BigInt(ms) * 1_000_000n)}'`
        const [view, condition] = groups(list, time(from), time(to))
        const all = await viewRows(view, `project_id = 'alpha' AND ${condition} ORDER BY start_time DESC, ${id} DESC`)
        const found: Row[] = []
        let cursor = ''
        for (let page = 0; page < 3; page++) {
          const { body } = await get(app, `/api/v1/${list}?limit=${limit}&from=${from}&to=${to}${cursor}`)
          found.push(...body.data)
          if (body.next_cursor === null) break
          cursor = `&cursor=${body.next_cursor}`
        }
        const columns = list === 'sessions' ? SESSION_COLUMNS : USER_COLUMNS
        expect(found).toEqual(asShown(all.slice(0, limit * 3), columns))
      }),
      { numRuns: 12, seed: 5 },
    )
  }, 60_000)

  it('are found without adding up every trace', async () => {
    asked.length = 0
    await get(app, '/api/v1/sessions?from=now-9d&limit=2')
    expect(asked.map(([sql]) => sql).filter((sql) => sql.includes('FROM sessions_v1'))).toEqual([])
    expect(asked.at(-1)?.[0]).toContain('FROM sessions_of_ids_v1')
  })

  it('have, of a user, the figures of the traces that began in the range', async () => {
    for (const [end, hours] of [
      [0, 24],
      [20, 30],
      [50, 100],
    ] as const) {
      const [from, to] = [NOW_MS - (end + hours) * HOUR, NOW_MS - end * HOUR]
      const { body } = await get(
        app,
        `/api/v1/users?limit=100&from=${from}&to=${to}&fields=user_id,traces,spans,errors`,
      )
      const sums = await test.store.select<Row>(
        `SELECT user_id, toUInt32(count()) AS traces, toUInt32(sum(t.spans)) AS spans, toUInt32(sum(t.errors)) AS errors FROM traces_v1 AS t
         WHERE project_id = 'alpha' AND user_id != '' AND start_time >= fromUnixTimestamp64Milli(${from}) AND start_time < fromUnixTimestamp64Milli(${to})
         GROUP BY user_id ORDER BY min(t.start_time) DESC, user_id DESC LIMIT 100`,
      )
      expect(sums.length).toBeGreaterThan(0)
      expect(body.data).toEqual(sums)
    }
  })
})
