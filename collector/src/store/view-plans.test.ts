import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLoader } from './load.ts'
import { startSampleStore } from './sample.fixture.ts'
import { agent, startPasses } from './settle/settle.fixture.ts'
import { spanBatch, type TestStore, traceId } from './store.fixture.ts'

let test: TestStore
beforeAll(async () => {
  test = await startSampleStore()
  // Something has to be settled: an empty table is not read at all.
  const loader = createLoader(test)
  await loader.load(spanBatch([agent(50, 50)]))
  await loader.stop()
  await (await startPasses(test.store)).settle()
})
afterAll(() => test.stop())

const rows = (sql: string): Promise<Record<string, unknown>[]> => test.store.select<Record<string, unknown>>(sql)

const plan = async (sql: string): Promise<string> =>
  (await rows(`EXPLAIN indexes = 1 ${sql}`)).map(({ explain }) => explain).join('\n')

it('lets a filter on start_time reach the hours of the primary key', async () => {
  const text = await plan("SELECT name FROM spans_v1 WHERE project_id = 'shop' AND start_time >= '2026-11-23 12:00:00'")
  expect(text).toContain('toStartOfHour(start_time) in [')
})

it('lets a filter on the time of a metric reach the minutes of the primary key', async () => {
  for (const view of [
    'cost_v1',
    'token_usage_v1',
    'latency_v1',
    'latency_states_v1',
    'error_rate_v1',
    'cache_hit_rate_v1',
  ]) {
    const text = await plan(`SELECT * FROM ${view} WHERE project_id = 'shop' AND time >= '2026-11-23 12:00:00'`)
    expect(text, view).toContain('minute in [')
  }
})

it('reads of hours and minutes what a metric is made of alone', async () => {
  const [from, first, last, to] = [
    '2026-11-23 12:17:00',
    '2026-11-23 13:00:00',
    '2026-11-24 11:00:00',
    '2026-11-24 11:05:00',
  ]
  const cells = `from_time = '${from}', first_hour = '${first}', last_hour = '${last}', to_time = '${to}'`
  const text = await plan(`SELECT sum(calls) FROM metric_cells_v1(${cells}) WHERE project_id = 'shop' GROUP BY model`)
  expect(text.match(/Condition: .*hour in \[/g)).toHaveLength(1)
  expect(text.match(/Condition: .*minute in \[.*minute in /g)).toHaveLength(1)
})

it('lets a filter on trace_id reach both sides of the join', async () => {
  const text = await plan(`SELECT input FROM generations_v1 WHERE project_id = 'shop' AND trace_id = '${traceId(1)}'`)
  expect(text.match(/Condition: \(lower\(hex\(trace_id\)\) in \[/g)).toHaveLength(2)
})

it('reads only the named days of traces', async () => {
  const text = await plan("SELECT name FROM traces_of_days_v1(first_day = '2026-11-24', last_day = '2026-11-25')")
  expect(text).toMatch(/Partition[^P]*Parts: 1\/1/)
  expect(text).toMatch(/Min-Max[^P]*Parts: 1\/\d/)
})

it('joins settlements only for who asks for counts_usage, and then only those of the filter', async () => {
  const where = "WHERE project_id = 'shop' AND start_time >= '2026-11-23 12:00:00'"
  for (const view of ['spans_v1', 'generations_v1']) {
    expect(await plan(`SELECT name, input_tokens FROM ${view} ${where}`), view).not.toContain('settlements')
    const asked = await plan(`SELECT counts_usage FROM ${view} ${where}`)
    expect(asked, view).toContain('settlements')
    expect(asked.match(/toStartOfHour\(start_time\) in \[/g)?.length, view).toBeGreaterThanOrEqual(2)
  }
  const ofTrace = await plan(
    `SELECT counts_usage FROM spans_v1 WHERE project_id = 'shop' AND trace_id = '${traceId(1)}'`,
  )
  expect(ofTrace.match(/lower\(hex\(trace_id\)\) (= |in \[)/g)?.length).toBeGreaterThanOrEqual(2)
})

it('joins scores only for who asks for them', async () => {
  for (const view of ['spans_v1', 'generations_v1', 'traces_v1']) {
    expect(await plan(`SELECT name FROM ${view} WHERE project_id = 'shop'`), view).not.toContain('insights.scores')
    expect(await plan(`SELECT scores, score_labels FROM ${view} WHERE project_id = 'shop'`), view).toContain(
      'insights.scores',
    )
  }
})
