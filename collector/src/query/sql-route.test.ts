import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, get, hex, insertSpans } from './query.fixture.ts'
import { compileSql } from './sql/compile.ts'
import { FUNCTION_NAMES } from './sql/functions.ts'
import { parseQuery } from './sql/parse-query.ts'
import { PLAIN_NAMES, printQuery } from './sql/print.ts'
import { randomQuery } from './sql/random-query.fixture.ts'
import { LIMITS, type SqlApp, startSqlApp } from './sql/sql.fixture.ts'
import { OPEN_VIEWS, VIEWS_OF_DAYS } from './sql/views.ts'

let app: SqlApp
beforeAll(async () => {
  app = await startSqlApp()
})
afterAll(() => app.stop())

const rows = async (query: string, params?: Record<string, unknown>, key?: string): Promise<unknown[]> => {
  const { status, body } = await app.sql(query, params, key)
  expect([status, body.detail]).toEqual([200, undefined])
  return body.data
}

describe('an answer', () => {
  it('has columns with their types, and rows by name', async () => {
    const { body } = await app.sql(
      `SELECT provider, count() AS calls, sum(cost_usd) AS usd, max(start_time) > '2026-01-01' AS recent,
       [toUInt64(1)] AS list, 18446744073709551615::UInt64 AS big, 0/0 AS nan, NULL AS none FROM spans_v1 GROUP BY provider`,
    )
    expect(body).toEqual({
      columns: [
        { name: 'provider', type: 'LowCardinality(String)' },
        { name: 'calls', type: 'UInt64' },
        { name: 'usd', type: 'Nullable(Decimal(38, 12))' },
        { name: 'recent', type: 'UInt8' },
        { name: 'list', type: 'Array(UInt64)' },
        { name: 'big', type: 'UInt64' },
        { name: 'nan', type: 'Float64' },
        { name: 'none', type: 'Nullable(Nothing)' },
      ],
      data: [
        {
          provider: 'openai',
          calls: 20,
          usd: '5',
          recent: 1,
          list: [1],
          big: '18446744073709551615',
          nan: null,
          none: null,
        },
      ],
    })
  })

  it('takes parameters as values, whatever they hold', async () => {
    const text = "'); DROP TABLE spans --\\\n{x:String}"
    const query =
      'SELECT {text:String} AS text, {list:Array(String)} AS list, {n:Nullable(UInt8)} AS n, {insights_project:String} AS p'
    expect(await rows(query, { text, list: ['a', "'"], n: null, insights_project: 'beta' })).toEqual([
      { text, list: ['a', "'"], n: null, p: 'beta' },
    ])
  })

  it.each([
    [
      'WITH calls AS (SELECT user_id AS u, cost_usd FROM spans_v1), top AS (SELECT u, sum(cost_usd) AS usd FROM calls GROUP BY u) SELECT count() AS n FROM top WHERE usd > 0.1',
      { n: 20 },
    ],
    ['SELECT count() AS n FROM spans_v1 AS s INNER JOIN traces_v1 AS t USING (trace_id)', { n: 20 }],
    [
      'SELECT count() AS n FROM spans_v1 s LEFT ANY JOIN traces_v1 t ON s.trace_id = t.trace_id AND t.spans > 0',
      { n: 20 },
    ],
    [
      'SELECT n FROM (SELECT row_number() OVER (PARTITION BY provider ORDER BY start_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n FROM spans_v1) ORDER BY n DESC LIMIT 1',
      { n: 20 },
    ],
    [
      'SELECT sum(cost_usd) OVER w AS usd FROM spans_v1 WINDOW w AS (ORDER BY start_time) QUALIFY usd > 4.8',
      { usd: '5' },
    ],
    [
      "SELECT arrayStringConcat(arrayMap(t -> upper(t) || '!', arrayFilter((t) -> t != 'b', tags)), ',') AS t, mapKeys(attributes) AS k FROM spans_v1 LIMIT 1",
      { t: 'A!', k: ['tier'] },
    ],
    [
      "SELECT tag, count() AS n FROM spans_v1 ARRAY JOIN tags AS tag WHERE tag LIKE 'a%' GROUP BY ALL",
      { tag: 'a', n: 20 },
    ],
    [
      "SELECT CASE WHEN sum(input_tokens) BETWEEN 100 AND 300 THEN 'mid' ELSE 'x' END AS size, count(DISTINCT user_id) AS users, quantile(0.5)(latency_ms) AS p50, countIf(status = 'error') AS e, count(*) FILTER (WHERE kind IN ('generation', 'tool')) AS f FROM spans_v1",
      { size: 'mid', users: 20, p50: 1000, e: 0, f: 20 },
    ],
    [
      "SELECT dateDiff(day, toDate('2026-01-01'), DATE '2026-01-31') AS d, EXTRACT(YEAR FROM toDateTime('2026-01-31 00:00:00') + INTERVAL '2 days') AS y, 7 DIV 2 AS i, -7 % 4 AS m, (1, 'a').2 AS t, 'x' IS NOT NULL AS nn, 1 ? 2 : 3 AS q",
      { d: 30, y: 2026, i: 3, m: -3, t: 'a', nn: 1, q: 2 },
    ],
    ['SELECT 1 AS n UNION DISTINCT SELECT 1 UNION ALL (SELECT 1 AS n WHERE false)', { n: 1 }],
    [
      "SELECT count() AS n FROM traces_of_days_v1(first_day = '2026-01-01', last_day = {last:Date})",
      { n: 20 },
      { last: '2149-01-01' },
    ],
    ['SELECT * EXCEPT (input, output) FROM (SELECT 1 AS input, 2 AS output, 3 AS rest)', { rest: 3 }],
    [
      'SELECT length(groupUniqArray(user_id)) AS n, arrayMax(quantilesTDigestMerge(0.5, 0.95)(latency_state)) AS p FROM spans_v1 AS s CROSS JOIN (SELECT latency_state FROM latency_states_v1 LIMIT 1) AS l',
      { n: 20, p: 1000 },
    ],
    [
      "SELECT JSONExtract('{\"a\":[1,2]}', 'a', 'Array(UInt8)') AS a, JSONExtractString('{\"b\":\"c\"}', 'b') AS b",
      { a: [1, 2], b: 'c' },
    ],
  ] as [string, unknown, Record<string, unknown>?][])('is given to %s', async (query, row, params) => {
    expect((await rows(query, params))[0]).toEqual(row)
  })

  it('is given for each open view, and only of the project', async () => {
    const calls = [
      ...OPEN_VIEWS,
      ...[...VIEWS_OF_DAYS].map((view) => `${view}(first_day = '2020-01-01', last_day = '2149-01-01')`),
    ]
    for (const view of calls) {
      const [row] = await rows(`SELECT groupUniqArray(project_id) AS projects FROM ${view}`)
      expect([view, row]).toEqual([
        view,
        { projects: /scores|feedback|unpriced|unmapped|reported|settlements|redactions/.test(view) ? [] : ['alpha'] },
      ])
    }
  })
})

describe('another project', () => {
  const ATTEMPTS = [
    "SELECT count() AS n FROM spans_v1 WHERE project_id = 'beta'",
    "SELECT count() AS n FROM spans_v1 AS traces_v1 WHERE traces_v1.project_id != 'alpha'",
    "SELECT countIf(project_id = 'beta') AS n FROM (SELECT * FROM spans_v1 UNION ALL SELECT * FROM spans_v1)",
    "WITH beta AS (SELECT project_id FROM spans_v1 UNION ALL SELECT project_id FROM traces_v1) SELECT countIf(project_id = 'beta') AS n FROM beta",
    "SELECT count() AS n FROM spans_v1 a CROSS JOIN spans_v1 b WHERE a.project_id != b.project_id OR b.project_id = 'beta'",
    "SELECT count() AS n FROM spans_v1 WHERE 1 OR project_id = 'beta' HAVING count() > 20",
    "SELECT (SELECT count() FROM spans_v1 WHERE name LIKE 'beta%') AS n",
    "SELECT 'alpha' AS project_id, countIf(user_id LIKE 'beta%') AS n FROM spans_v1",
    "SELECT 'beta' AS insights_project, countIf(session_id = 'beta-session') AS n FROM sessions_v1",
  ]

  it.each(ATTEMPTS)('is not read by %s', async (query) => {
    for (const row of await rows(query)) expect(row).toMatchObject({ n: 0 })
  })

  // Beta's texts are no numbers: were a condition asked of one of its rows, the conversion would fail, and tell.
  it.each([
    'SELECT count() AS n FROM spans_v1 WHERE toUInt64(user_id) >= 0',
    "SELECT count() AS n FROM spans_v1 WHERE toUInt64(attributes['tier']) = 7 AND toUInt64(input) >= 0",
    "SELECT count() AS n FROM spans_v1 WHERE intDiv(1, user_id NOT LIKE 'beta%') = 1",
    'SELECT count() AS n FROM generations_v1 WHERE toUInt64(input) >= 0',
    'SELECT count() AS n FROM span_details_v1 WHERE toUInt64(session_id) >= 0',
    'SELECT count() AS n FROM traces_v1 WHERE toUInt64(user_id) >= 0',
    'SELECT count() AS n FROM sessions_v1 WHERE toUInt64(session_id) >= 0',
    'SELECT count() AS n FROM cost_v1 WHERE toUInt64(environment) >= 0',
    'SELECT count() AS n FROM spans_v1 AS s INNER JOIN traces_v1 AS t ON toUInt64(s.user_id) = toUInt64(t.user_id)',
    'SELECT count() AS n FROM (SELECT toUInt64(user_id) AS u FROM spans_v1 WHERE u >= 0 ORDER BY u LIMIT 100)',
    'SELECT uniq(toUInt64(input)) AS n FROM spans_v1 WHERE start_time > now() - INTERVAL 1 DAY AND toUInt64(user_id) >= 0',
  ])('tells nothing by failing in %s', async (query) => {
    expect(await rows(query)).toEqual([{ n: 20 }])
  })

  it('is read by its own key', async () => {
    expect(await rows('SELECT count() AS n FROM spans_v1', undefined, 'beta-key')).toEqual([{ n: 20 }])
    expect((await app.sql('SELECT 1', undefined, '')).status).toBe(401)
  })
})

describe('a query that asks for too much', () => {
  it.each([
    ['SELECT arrayJoin(range(100000)) AS x', 422],
    ["SELECT length(repeat(repeat('a', 1000000), 1000)) AS n", 422],
    ["SELECT groupArray(repeat('x', 1000)) AS g FROM (SELECT arrayJoin(range(1000000)))", 422],
    [`SELECT ${['1 AS a0', ...Array.from({ length: 24 }, (_, i) => `a${i} + a${i} AS a${i + 1}`)].join(', ')}`, 400],
    [
      'SELECT count() AS n FROM (SELECT arrayJoin(range(1000000)) AS x) AS a, (SELECT arrayJoin(range(1000000)) AS x) AS b',
      504,
    ],
    [`SELECT count() AS n FROM ${Array.from({ length: 9 }, (_, i) => `spans_v1 AS s${i}`).join(', ')}`, 504],
    ["SELECT max(length(arrayFold((acc, x) -> acc || 'x', range(1000000), 'x'))) AS n", 422],
  ])('is stopped: %s', async (query, status) => {
    const began = performance.now()
    const answer = await app.sql(query)
    expect([answer.status, answer.body.detail]).toEqual([expect.toBeOneOf([status, 422, 504]), expect.any(String)])
    expect(performance.now() - began).toBeLessThan((LIMITS.maxSeconds + 3) * 1000)
  })

  it('waits in a line of its own: others are told to come back, and dashboards and inserts go on meanwhile', async () => {
    const long =
      'SELECT count() AS n FROM (SELECT arrayJoin(range(1000000)) AS x) AS a, (SELECT arrayJoin(range(1000000)) AS x) AS b'
    const asked = Array.from({ length: 6 }, () => app.sql(long))
    const first = await Promise.race(asked)
    expect([first.status, first.body.code, first.headers.get('retry-after')]).toEqual([503, 'INSIGHTS_OVERLOADED', '1'])
    const began = performance.now()
    expect(await app.store.select('SELECT count() AS n FROM spans_v1')).toEqual([{ n: 40 }])
    await insertSpans(app.store, [{ project: 'gamma', trace: hex(1, 16), span: hex(1, 8), agoMs: 1000 }])
    expect(performance.now() - began).toBeLessThan(3000)
    expect((await Promise.all(asked)).map(({ status }) => status).sort()).toEqual([503, 503, 504, 504, 504, 504])
  })
})

describe('a wrong query', () => {
  it.each([
    [
      'SELECT nme FROM spans_v1',
      'UNKNOWN_IDENTIFIER: Unknown expression identifier "nme"',
      'did you mean name?',
      undefined,
    ],
    ['SELECT * FROM span_v1', '"span_v1": there is no such view (line 1, column 15)', 'did you mean spans_v1?', 14],
    ['SELECT 1,\n  sleep(3)', '"sleep": this function is not allowed (line 2, column 3)', undefined, 12],
    [
      'SELECT suum(cost_usd) FROM spans_v1',
      '"suum": this function is not allowed (line 1, column 8)',
      'did you mean sum?',
      7,
    ],
    ['SELECT {a:String}', 'the parameter a has no value (line 1, column 8)', 'give it in params', 7],
    ['SELECT name, name FROM spans_v1', 'cannot use query: two columns have the same name', undefined, undefined],
    ["SELECT toUInt8('beta-secret')", 'CANNOT_PARSE_TEXT', undefined, undefined],
  ])('%j is told what is wrong and where', async (query, detail, hint, position) => {
    const { status, body } = await app.sql(query)
    expect([status, body.code, body.parameter]).toEqual([400, 'INSIGHTS_QUERY_INVALID', 'query'])
    expect(body.detail).toContain(detail)
    expect(body.detail).not.toMatch(/beta-secret|project_id|insights_project|p_a/)
    if (hint !== undefined) expect(body.hint).toBe(hint)
    expect(body.position).toBe(position)
  })

  it('or a wrong body is a problem too', async () => {
    expect((await app.sql('')).status).toBe(400)
    expect((await app.sql('SELECT 1', { unused: 1 })).body.detail).toContain('unused')
    expect((await app.sql(`SELECT '${'x'.repeat(70_000)}'`)).status).toBe(400)
    expect(
      (
        await get(
          createTestApp(async () => []),
          '/api/v1/sql',
        )
      ).status,
    ).toBe(404)
  })
})

describe('the parts', () => {
  it('name functions that ClickHouse has', async () => {
    const known = await app.store.select<{ name: string }>('SELECT name FROM system.functions')
    const names = new Set(known.map(({ name }) => name))
    const missing = FUNCTION_NAMES.filter((name) => !names.has(name) && !/^(sum|min|max)Map$/.test(name))
    expect(missing).toEqual([])
  })

  it('print what ClickHouse reads', async () => {
    const texts = Array.from({ length: 300 }, (_, seed) => printQuery(randomQuery(seed), PLAIN_NAMES))
    for (let i = 0; i < texts.length; i += 50) {
      const query = 'SELECT formatQuerySingleLine(arrayJoin({texts:Array(String)})) AS text'
      const read = await app.store.select<{ text: string }>(query, { texts: texts.slice(i, i + 50) })
      expect(read).toHaveLength(50)
    }
  })

  it('send the same text whether it is parsed once or twice', () => {
    const text = "SELECT count() AS n FROM spans_v1 WHERE name = 'a' AND NOT (kind IN ('tool'))"
    const again = printQuery(parseQuery(text).query, PLAIN_NAMES)
    expect(compileSql(again, 'alpha', new Map())).toEqual(compileSql(text, 'alpha', new Map()))
  })
})
