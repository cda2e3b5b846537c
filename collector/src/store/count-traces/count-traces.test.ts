import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDayGate } from '../day-gate.ts'
import { eraseRows } from '../erase/erase.ts'
import { createLoader, type Loader } from '../load.ts'
import { rebuildRollups } from '../rebuild.ts'
import { type SpanRow, spanBatch, spanId, startTestStore, type TestStore, traceId } from '../store.fixture.ts'
import { countDay } from './count-day.ts'
import { countTraces } from './count-pass.ts'

const DAY_NS = 86_400_000_000_000n
const TODAY = Math.floor(Date.now() / 86_400_000)
const gate = createDayGate()

let test: TestStore
let loader: Loader
beforeAll(async () => {
  test = await startTestStore()
  loader = createLoader(test)
})
afterAll(async () => {
  await loader.stop()
  await test.stop()
})

let spans = 0
/** @param daysAgo and at noon */
const insert = (daysAgo: number, ...rows: SpanRow[]): Promise<unknown> => {
  const day = TODAY - daysAgo
  const start_time = BigInt(day) * DAY_NS + DAY_NS / 2n
  return loader.load(
    spanBatch(
      rows.map((row) => ({ span_id: spanId(++spans), start_time, ...row })),
      { day },
    ),
  )
}

const count = (): Promise<number> =>
  countTraces({ store: test.store, gate, signal: new AbortController().signal, pause: async () => undefined })

/** What a chart says of a day. */
const traces = async (daysAgo: number): Promise<unknown> => {
  const day = `toDate(${TODAY - daysAgo})`
  const [row] = await test.store.select(
    `SELECT sum(traces) AS traces, sum(failed_traces) AS failed, arraySort(groupUniqArray(name)) AS names
     FROM trace_counts_v1(project = 'shop', first_day = toString(${day} - 1), last_day = toString(${day} + 1), first_hour = '2020-01-01', last_hour = '2020-01-01')
     WHERE toDate(start_time) = ${day}`,
  )
  return row
}

const marked = async (): Promise<number[]> => {
  const rows = await test.store.select<{ ago: number }>(
    `SELECT toInt32(${TODAY}) - toUInt16(day) AS ago FROM trace_counts WHERE entry = 'mark' AND project_id = 'shop' ORDER BY ago`,
  )
  return rows.map(({ ago }) => ago)
}

it('counts days that are over, once, and none that is not', async () => {
  for (const ago of [5, 4, 3, 2, 1, 0]) await insert(ago, { trace_id: traceId(ago + 1), name: 'answer' })
  expect(await count()).toBe(4)
  expect(await marked()).toEqual([2, 3, 4, 5])
  expect(await count()).toBe(0)
  for (const ago of [5, 2, 1, 0]) expect(await traces(ago)).toEqual({ traces: 1, failed: 0, names: ['answer'] })
})

it('tells of a late span before the day is counted anew', async () => {
  await insert(4, { trace_id: traceId(40), name: 'late', status_code: 2 })
  expect(await traces(4)).toEqual({ traces: 2, failed: 1, names: ['answer', 'late'] })
  expect(await count()).toBe(1)
  expect(await traces(4)).toEqual({ traces: 2, failed: 1, names: ['answer', 'late'] })
})

it('counts a trace that goes on after days where it began', async () => {
  await insert(0, { trace_id: traceId(6), parent_span_id: spanId(1), name: 'again' })
  expect(await count(), 'that it goes on changes nothing of how it began').toBe(0)
  expect(await traces(0)).toEqual({ traces: 1, failed: 0, names: ['answer'] })
  await insert(0, { trace_id: traceId(6), name: 'zero', status_code: 2 })
  expect(await count()).toBe(1)
  expect(await traces(0)).toEqual({ traces: 1, failed: 0, names: ['answer'] })
  expect(await traces(5)).toEqual({ traces: 1, failed: 1, names: ['zero'] })
  expect(await count()).toBe(0)
})

it('takes no day as counted of which traces and metrics disagree', async () => {
  await test.store.command(
    `INSERT INTO insights.metrics_hour (project_id, day, hour, retention_days, spans) SELECT 'shop', toDate(${TODAY - 3}), toDateTime64(${(TODAY - 3) * 86_400}, 3), 30, 1`,
  )
  expect(await count()).toBe(0)
  expect(await traces(3)).toEqual({ traces: 1, failed: 0, names: ['answer'] })
  await rebuildRollups(test.store, TODAY - 3)
  expect(await marked(), 'what was counted of rollups that were wrong is gone').toEqual([2, 4, 5])
  expect(await count()).toBe(1)
  expect(await marked()).toEqual([2, 3, 4, 5])
})

it('keeps nothing of what is erased', async () => {
  const named = (): Promise<unknown> =>
    test.store.select(
      "SELECT DISTINCT toUInt16(day) AS day FROM trace_counts WHERE name = 'late' OR trace_id = unhex({id:String})",
      { id: traceId(40) },
    )
  expect(await named()).toEqual([{ day: TODAY - 4 }])
  const subject = { kind: 'trace', value: traceId(40) } as const
  const parts = await eraseRows(
    { id: '00'.repeat(16), project: 'shop', subject, traces: [traceId(40)] },
    { store: test.store, gate },
  )
  expect(parts.after, 'parts on the disk').toBe(0)
  expect(await named()).toEqual([])
  expect(await traces(4)).toEqual({ traces: 1, failed: 0, names: ['answer'] })
  expect(await count()).toBe(1)
  expect(await traces(4)).toEqual({ traces: 1, failed: 0, names: ['answer'] })
})

it('has no count in force before the days that share a trace with it are counted', async () => {
  await insert(4, { trace_id: traceId(3), name: 'first', status_code: 2 })
  const total = { spans: 2, errors: 1 }
  const deps = { store: test.store, gate, totals: new Map([[TODAY - 4, total]]), openLooks: () => '0', shareRows: 100 }
  let related: readonly number[] = []
  const isCounted = await countDay(TODAY - 4, deps, async (days) => {
    related = days
    return false
  })
  expect({ isCounted, related }).toEqual({ isCounted: false, related: [TODAY - 2] })
  expect(await traces(4)).toEqual({ traces: 2, failed: 1, names: ['answer', 'first'] })
  expect(await countDay(TODAY - 4, { ...deps, totals: new Map() }, async () => true), 'rows came since').toBe(false)
  expect(await count(), 'it, and where the trace went on').toBe(2)
  expect(await traces(4)).toEqual({ traces: 2, failed: 1, names: ['answer', 'first'] })
  expect(await traces(2)).toEqual({ traces: 0, failed: 0, names: [] })
})

it('ends between two days when it is told to, and leaves no table behind', async () => {
  await test.store.command('TRUNCATE TABLE insights.trace_counts')
  await test.store.command('CREATE TABLE insights.trace_counts_of_1_dead AS insights.trace_counts')
  const stopping = new AbortController()
  const counted = await countTraces({
    store: test.store,
    gate,
    signal: stopping.signal,
    pause: async () => stopping.abort(),
  })
  expect(counted).toBe(1)
  expect(await count()).toBe(3)
  expect(await test.store.select("SELECT name FROM system.tables WHERE name LIKE 'trace_counts_of_%'")).toEqual([])
})
