import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLoader } from '../load.ts'
import { spanBatch, spanId, startTestStore, type TestStore, traceId } from '../store.fixture.ts'
import { agent, CENT, call, span, startPasses } from './settle.fixture.ts'

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
  const loader = createLoader(test)
  const below = (parent: number) => ({ parent_span_id: spanId(parent) })
  await loader.load(
    spanBatch([
      // An agent that reports what its two calls do, and a step between that reports less.
      agent(1, 1, { input_tokens: 200, output_tokens: 20, cost_usd: 2n * CENT }),
      agent(1, 2, { ...below(1), usage_role: 'repeat', input_tokens: 90, output_tokens: null, cost_usd: null }),
      span(1, 3, below(2)),
      call(1, 4, below(3)),
      call(1, 5, below(1)),
      // A call that turns out to be a wrapper, and an agent that is all there is.
      call(2, 11, { input_tokens: 130 }),
      call(2, 12, below(11)),
      agent(3, 21),
      // In a ring.
      agent(4, 31, below(32)),
      agent(4, 32, below(31)),
    ]),
  )
  await loader.stop()
  await (await startPasses(test.store)).settle()
})
afterAll(() => test.stop())

const read = (from: string): Promise<unknown[]> =>
  test.store.select(
    `SELECT span_id AS id, reported_input_tokens AS reported, counted_input_tokens AS counted, counted_calls AS calls,
       difference_input_tokens AS difference, difference_output_tokens AS output, difference_cost_usd AS cost
     FROM ${from} WHERE trace_id != '${traceId(4)}' ORDER BY id`,
  )

const ROWS = [
  { id: spanId(1), reported: 200, counted: 200, calls: 2, difference: 0, output: 0, cost: '0' },
  { id: spanId(2), reported: 90, counted: 100, calls: 1, difference: -10, output: null, cost: null },
  { id: spanId(11), reported: 130, counted: 100, calls: 1, difference: 30, output: 0, cost: '0' },
  { id: spanId(21), reported: 100, counted: 100, calls: 1, difference: 0, output: 0, cost: '0' },
]

it('shows what a step reports beside what counts below it', async () => {
  expect(await read('reported_vs_counted_v1')).toEqual(ROWS)
  expect(await read("reported_vs_counted_of_days_v1(first_day = '2026-11-23', last_day = '2026-11-23')")).toEqual(ROWS)
  expect(await read("reported_vs_counted_of_days_v1(first_day = '2026-11-24', last_day = '2026-11-24')")).toEqual([])
})

it('reads one trace by its index, and ends on parents in a ring', async () => {
  const of = (id: number) =>
    `reported_vs_counted_of_trace_v1(first_day = '2026-11-23', last_day = '2026-11-23', trace_id = '${traceId(id)}')`
  expect(await read(of(1))).toEqual(ROWS.slice(0, 2))
  expect(await test.store.select(`SELECT span_id FROM ${of(4)} ORDER BY span_id`)).toHaveLength(2)
  const plan = await test.store.select<{ explain: string }>(`EXPLAIN indexes = 1 SELECT span_id FROM ${of(1)}`)
  const lines = plan.map(({ explain }) => explain).join('\n')
  // Whatever it reads, it reads by the trace's index.
  expect(lines.match(/ReadFromMergeTree/g)?.length).toBeGreaterThan(3)
  expect(lines.match(/Name: trace_id_hex/g)?.length).toBe(lines.match(/ReadFromMergeTree/g)?.length)
})
