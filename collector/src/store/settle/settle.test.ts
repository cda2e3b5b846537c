import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLoader, type Loader } from '../load.ts'
import { compareRollups, ROLLUPS, rebuildRollups } from '../rebuild.ts'
import { at, DAY, type SpanRow, spanBatch, spanId, startTestStore, type TestStore } from '../store.fixture.ts'
import { agent, call, log, span, startPasses, totals } from './settle.fixture.ts'

let test: TestStore
let loader: Loader
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())
beforeEach(async () => {
  await loader?.stop()
  loader = createLoader(test)
  for (const table of ['spans', 'traces', 'metrics_minute', 'metrics_hour', 'settlements', 'settle_marks'])
    await test.store.command(`TRUNCATE TABLE insights.${table}`)
})

const load = async (...rows: SpanRow[]): Promise<void> => void (await loader.load(spanBatch(rows)))
const settlements = async (): Promise<number> =>
  (await test.store.select<{ n: number }>('SELECT count() AS n FROM settlements'))[0]?.n ?? -1
const ONE = { calls: 1, input: 100, cost: '0.01' }
const NONE = { calls: 0, input: 0, cost: '0' }
const child = (id: number, over: SpanRow = {}): SpanRow => call(1, id, { parent_span_id: spanId(1), ...over })

describe('an agent that reports usage', () => {
  it('counts once it is idle and alone, and no longer when a call below it comes late', async () => {
    const { settle } = await startPasses(test.store)
    await load(agent(1, 1))
    expect(await totals(test.store)).toEqual(NONE)
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
    await load(child(2, { input_tokens: 70 }))
    await settle()
    expect(await totals(test.store)).toEqual({ ...ONE, input: 70 })
    expect(await settlements()).toBe(2)
  })

  it('does not count when its calls came first, nor in one batch with them', async () => {
    const { settle } = await startPasses(test.store)
    await load(child(2), child(3))
    await load(agent(1, 1))
    await load(agent(2, 11), call(2, 12, { parent_span_id: spanId(11) }))
    await settle()
    expect(await totals(test.store)).toEqual({ calls: 3, input: 300, cost: '0.03' })
    expect(await settlements()).toBe(0)
  })

  it('counts beside the calls of another tree of its trace', async () => {
    const { settle } = await startPasses(test.store)
    await load(agent(1, 1), span(1, 2), call(1, 3, { parent_span_id: spanId(2) }))
    await load(agent(2, 11), call(2, 13, { parent_span_id: spanId(12) }))
    await settle()
    expect(await totals(test.store)).toEqual({ calls: 4, input: 400, cost: '0.04' })
  })

  it('counts again for calls whose step between came last', async () => {
    const { settle } = await startPasses(test.store)
    await load(agent(1, 1))
    await load(call(1, 3, { parent_span_id: spanId(2) }))
    await settle()
    expect(await totals(test.store)).toEqual({ calls: 2, input: 200, cost: '0.02' })
    await load(span(1, 2, { parent_span_id: spanId(1) }))
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
  })

  it('counts when its calls do not know their usage', async () => {
    const { settle } = await startPasses(test.store)
    await load(agent(1, 1), child(2, { input_tokens: null, output_tokens: null, cost_usd: null }))
    await settle()
    expect(await totals(test.store)).toEqual({ ...ONE, calls: 2 })
  })

  it('leaves no cost of 0 behind when its calls have no price', async () => {
    const { settle } = await startPasses(test.store)
    await load(agent(1, 1))
    await settle()
    await load(child(2, { cost_usd: null, request_model: 'ours' }))
    await settle()
    const costs = await test.store.select(
      'SELECT cost_usd FROM traces_v1 UNION ALL SELECT cost_usd FROM cost_v1 WHERE calls > 0',
    )
    expect(costs).toEqual([{ cost_usd: null }, { cost_usd: null }])
    expect(await test.store.select('SELECT request_model FROM unpriced_v1')).toEqual([{ request_model: 'ours' }])
  })

  it('is found over the days that its trace spans', async () => {
    const { settle } = await startPasses(test.store)
    await load(agent(1, 1, { start_time: at(86_000), duration_ns: 7_200_000_000_000 }))
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
    await loader.load(spanBatch([child(2, { start_time: at(90_000) })], { day: DAY + 1 }))
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
    expect((await compareRollups(test.store)).map(({ equal }) => equal)).toEqual([true, true])
  })
})

describe('one call seen twice', () => {
  it('counts once over two traces, whichever comes first', async () => {
    const { settle } = await startPasses(test.store)
    await load(call(1, 1, { response_id: 'r1' }))
    await settle()
    await load(call(2, 2, { response_id: 'r1', cache_read_tokens: 7 }))
    await load(call(3, 3, { response_id: 'r2' }))
    await settle()
    expect(await totals(test.store)).toEqual({ calls: 2, input: 200, cost: '0.02' })
    const counting = await test.store.select(
      "SELECT span_id FROM spans_v1 WHERE counts_usage = 1 AND response_id = 'r1'",
    )
    expect(counting).toEqual([{ span_id: spanId(2) }])
  })

  it('counts in each project, and twice when hours are between', async () => {
    const { settle } = await startPasses(test.store)
    await load(call(1, 1, { response_id: 'r1' }), call(1, 1, { response_id: 'r1', project_id: 'lab' }))
    await load(call(2, 2, { response_id: 'r1', start_time: at(30_000) }))
    await settle()
    expect(await totals(test.store)).toEqual({ calls: 2, input: 200, cost: '0.02' })
    expect(await totals(test.store, 'lab')).toEqual(ONE)
  })

  it.each(['log first', 'span first'])('counts as a span, not as a log: %s', async (order) => {
    const { settle } = await startPasses(test.store)
    const both = [
      [log(1, 1, { response_id: 'r1' }), log(2, 3, { parent_span_id: spanId(4) })],
      [call(5, 2, { response_id: 'r1' }), call(2, 4)],
    ]
    for (const rows of order === 'log first' ? both : both.reverse()) {
      await load(...rows)
      await settle()
    }
    expect(await totals(test.store)).toEqual({ calls: 2, input: 200, cost: '0.02' })
    const counting = await test.store.select('SELECT DISTINCT usage_role FROM spans_v1 WHERE counts_usage = 1')
    expect(counting).toEqual([{ usage_role: 'call' }])
  })

  it.each(['logs first', 'spans first'])('counts once though only its session says so: %s', async (order) => {
    const { settle } = await startPasses(test.store)
    // The trace of a turn names its session on one span; the logs of the session have a trace of their own.
    const turn = (trace: number, second: number): SpanRow[] => [
      span(trace, trace * 10, { session_id: 's', start_time: at(second), duration_ns: 5_000_000_000 }),
      call(trace, trace * 10 + 1, { parent_span_id: spanId(trace * 10), start_time: at(second + 4) }),
    ]
    const logs = (...seconds: number[]) => seconds.map((s) => log(99, 990 + s, { session_id: 's', start_time: at(s) }))
    const both = [logs(104, 204, 3000), [...turn(1, 100), ...turn(2, 200)]]
    for (const rows of order === 'logs first' ? both : both.reverse()) {
      await load(...rows)
      await settle()
    }
    expect(await totals(test.store)).toEqual({ calls: 3, input: 300, cost: '0.03' })
    await load(...turn(3, 2996))
    await settle()
    expect(await totals(test.store)).toEqual({ calls: 3, input: 300, cost: '0.03' })
    const counting = await test.store.select('SELECT DISTINCT usage_role FROM spans_v1 WHERE counts_usage = 1')
    expect(counting).toEqual([{ usage_role: 'call' }])
  })

  it('counts once when its span was stored twice', async () => {
    const { settle } = await startPasses(test.store)
    await load(call(1, 1))
    await settle()
    await load(call(1, 1))
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
  })

  it('counts once when the process that saw the first is gone', async () => {
    await load(call(1, 1, { response_id: 'r1' }))
    await (await startPasses(test.store)).settle()
    await load(call(2, 2, { response_id: 'r1' }))
    await (await startPasses(test.store)).settle()
    expect(await totals(test.store)).toEqual(ONE)
  })

  it('counts each row of a response id that too many have in common, also those taken back before', async () => {
    const { settle } = await startPasses(test.store)
    for (const part of [0, 30, 60]) {
      await load(...Array.from({ length: 30 }, (_, i) => call(100 + part + i, 100 + part + i, { response_id: 'mock' })))
      await settle()
      expect((await totals(test.store)).calls).toBe(part === 60 ? 90 : 1)
    }
  })
})

describe('whatever happens meanwhile', () => {
  const mixed = async (): Promise<void> => {
    await load(agent(1, 1), child(2), call(3, 4, { response_id: 'r' }))
    await load(agent(2, 3), call(4, 5, { response_id: 'r' }))
  }
  const MIXED = { calls: 3, input: 300, cost: '0.03' }

  it('changes nothing when it is repeated, by this process or another', async () => {
    await mixed()
    const { settle } = await startPasses(test.store)
    await settle()
    expect(await totals(test.store)).toEqual(MIXED)
    const before = await settlements()
    await settle()
    await test.store.command('TRUNCATE TABLE insights.settle_marks')
    await (await startPasses(test.store)).settle()
    expect(await settlements()).toBe(before)
    expect(await totals(test.store)).toEqual(MIXED)
  })

  it.each(ROLLUPS.filter((rollup) => rollup !== 'metrics_hour'))(
    'moves every figure of %s that depends on what counts',
    async (rollup) => {
      const columnsOf = async (view: string, word: RegExp): Promise<(string | undefined)[]> => {
        const [row] = await test.store.select<{ sql: string }>(
          'SELECT as_select AS sql FROM system.tables WHERE database = currentDatabase() AND name = {view:String}',
          { view },
        )
        const columns = [...(row?.sql ?? '').matchAll(/(.*?)\bAS (\w+)(?:,| FROM)/gs)]
        return columns.filter(([, expression]) => word.test(expression ?? '')).map(([, , name]) => name)
      }
      const arrived = await columnsOf(`${rollup}_mv`, /counts_usage/)
      const settled = await columnsOf(`${rollup}_settled_mv`, /\bsign\b/)
      expect(arrived.length).toBeGreaterThan(9)
      expect(settled.sort()).toEqual(arrived.sort())
    },
  )

  it('is the same after a rebuild', async () => {
    await mixed()
    await (await startPasses(test.store)).settle()
    const views = ['traces_v1', 'cost_v1', 'token_usage_v1', 'cache_hit_rate_v1']
    const read = () => Promise.all(views.map((view) => test.store.select(`SELECT * FROM ${view} ORDER BY ALL`)))
    const before = await read()
    expect((await rebuildRollups(test.store, DAY))?.equal).toBe(true)
    expect(await read()).toEqual(before)
  })

  it.each([
    ['lost by every rollup', ['traces', 'metrics_minute', 'metrics_hour']],
    ['lost by the hours alone', ['metrics_hour']],
    ['lost by one', ['traces']],
    ['lost by the settlements alone', ['settlements']],
  ])('puts right what a crash left half done: %s', async (_, lost) => {
    await mixed()
    // As after a crash: what the insert had not reached is as it was before.
    for (const table of lost) await test.store.command(`CREATE TABLE insights.before_${table} AS insights.${table}`)
    for (const table of lost)
      await test.store.command(`INSERT INTO insights.before_${table} SELECT * FROM insights.${table}`)
    await (await startPasses(test.store)).settle()
    for (const table of lost) {
      await test.store.command(`TRUNCATE TABLE insights.${table}`)
      await test.store.command(`INSERT INTO insights.${table} SELECT * FROM insights.before_${table}`)
      await test.store.command(`DROP TABLE insights.before_${table} SYNC`)
    }
    await (await startPasses(test.store)).settle()
    expect(await totals(test.store)).toEqual(MIXED)
    expect((await compareRollups(test.store)).map(({ equal }) => equal)).toEqual([true])
  })

  it('is put right when two settlers were at it', async () => {
    await mixed()
    await Promise.all([startPasses(test.store), startPasses(test.store)].map(async (it) => (await it).settle()))
    await test.store.command('TRUNCATE TABLE insights.settle_marks')
    await (await startPasses(test.store)).settle()
    expect(await totals(test.store)).toEqual(MIXED)
  })

  it('takes new costs of its spans from them, not from what was settled', async () => {
    await mixed()
    await (await startPasses(test.store)).settle()
    await test.store.command(
      'ALTER TABLE insights.spans UPDATE cost_usd = cost_usd * 2 WHERE 1 SETTINGS mutations_sync = 2',
    )
    expect((await compareRollups(test.store))[0]?.equal).toBe(false)
    await rebuildRollups(test.store, DAY)
    expect(await totals(test.store)).toEqual({ ...MIXED, cost: '0.06' })
  })
})
