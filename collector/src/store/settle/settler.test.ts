import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { InsightsError } from '../../telemetry/errors.ts'
import { createDayGate } from '../day-gate.ts'
import { createLoader, type Loader } from '../load.ts'
import { compareRollups } from '../rebuild.ts'
import { type SpanRow, spanBatch, spanId, startTestStore, type TestStore, traceId } from '../store.fixture.ts'
import { runPass } from './pass.ts'
import { agent, call, startPasses, totals } from './settle.fixture.ts'
import { createSettleMetrics } from './settle-metrics.ts'
import { createSettler } from './settler.ts'
import { openState } from './state.ts'

let test: TestStore
let loader: Loader
const gate = createDayGate()
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())
beforeEach(async () => {
  await loader?.stop()
  loader = createLoader({ ...test, gate })
  for (const table of ['spans', 'traces', 'metrics_minute', 'metrics_hour', 'settlements', 'settle_marks'])
    await test.store.command(`TRUNCATE TABLE insights.${table}`)
})

const load = async (...rows: SpanRow[]): Promise<void> => void (await loader.load(spanBatch(rows)))
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const ONE = { calls: 1, input: 100, cost: '0.01' }
const NONE = { calls: 0, input: 0, cost: '0' }

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await check().catch(() => false)) return
    await pause(25)
  }
  throw new Error('it does not come')
}

describe('the loop', () => {
  it('settles by itself what is woken for, and asks the store for nothing while nothing comes', async () => {
    let statements = 0
    const store = {
      ...test.store,
      select: ((...call: Parameters<typeof test.store.select>) => {
        statements += 1
        return test.store.select(...call)
      }) as typeof test.store.select,
    }
    const settler = createSettler({ store, gate, idleMs: 40, ready: Promise.resolve() })
    try {
      await load(agent(1, 1))
      settler.wake()
      await until(async () => (await totals(test.store)).calls === 1)
      await load(call(1, 2, { parent_span_id: spanId(1), input_tokens: 70 }))
      settler.wake()
      await until(async () => (await totals(test.store)).input === 70)
      // It looks once more for what may have come late, and is quiet then: on a busy machine later than on an idle one.
      await until(async () => {
        const before = statements
        await pause(1500)
        return statements === before
      })
    } finally {
      await settler.stop()
    }
    await load(agent(2, 3))
    settler.wake()
    await pause(300)
    expect((await totals(test.store)).input).toBe(70)
  })

  it('ends when it is stopped before the tables are there', async () => {
    const settler = createSettler({ store: test.store, gate, idleMs: 40, ready: new Promise(() => undefined) })
    await settler.stop()
  })

  it('goes on after failures of the store', async () => {
    let broken = true
    const store = {
      ...test.store,
      insertRows: async (insert: Parameters<typeof test.store.insertRows>[0]) => {
        if (broken) throw new Error('no answer')
        await test.store.insertRows(insert)
      },
    }
    const settler = createSettler({ store, gate, idleMs: 20, ready: Promise.resolve() })
    try {
      await load(agent(1, 1))
      settler.wake()
      await pause(800)
      expect(await totals(test.store)).toEqual(NONE)
      broken = false
      await until(async () => (await totals(test.store)).calls === 1)
    } finally {
      await settler.stop()
    }
  })
})

describe('a pass', () => {
  /** Stored so many seconds ago, by the server's clock. */
  const storedAgo = async (seconds: number, row: { span: number; parent?: number; role: string }): Promise<void> => {
    await test.store.command(
      `INSERT INTO insights.spans (project_id, day, stored_time, retention_days, batch_id, trace_id, span_id, parent_span_id, start_time, usage_role,
         counts_usage, input_tokens, cost_usd)
       SELECT 'shop', today(), now64(6) - {seconds:UInt32}, 30, unhex({batch:String}), unhex({trace:String}), unhex({span:String}), unhex({parent:String}),
         now64(9), {role:String}, {role:String} = 'call', 100, 0.01`,
      {
        seconds,
        batch: traceId(1000 + row.span),
        trace: traceId(1),
        span: spanId(row.span),
        parent: spanId(row.parent ?? 0),
        role: row.role,
      },
    )
  }

  it('leaves a trace alone that still gets rows, but not for ever', async () => {
    let nowMs = 0
    const store = { ...test.store, clock: { ...test.store.clock, monotonicMs: () => nowMs } }
    const state = await openState(store)
    const deps = {
      store,
      gate,
      state,
      metrics: createSettleMetrics(store.metrics),
      idleMs: 60_000,
      pause,
      signal: new AbortController().signal,
    }
    await storedAgo(100, { span: 1, role: 'summary' })
    await storedAgo(1, { span: 2, role: '' })
    await runPass(deps, true)
    expect(await totals(test.store)).toEqual(NONE)
    nowMs = 200_000
    await storedAgo(90, { span: 3, role: '' })
    await runPass(deps, true)
    expect(await totals(test.store)).toEqual(NONE)
    nowMs = 250_000
    await storedAgo(80, { span: 4, role: '' })
    await runPass(deps, true)
    expect(await totals(test.store)).toEqual(ONE)
  })

  it('finds an insert that became visible after younger ones had been looked at', async () => {
    const { settle, state } = await startPasses(test.store)
    await storedAgo(0, { span: 1, role: 'summary' })
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
    const { mark } = state
    await storedAgo(100, { span: 2, parent: 1, role: 'call' })
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
    expect(state.mark).toBe(mark)
  })

  it('goes on where a process ended that had settled an agent and not yet seen its call', async () => {
    await load(agent(1, 1))
    await (await startPasses(test.store)).settle()
    await load(call(1, 2, { parent_span_id: spanId(1) }))
    await test.store.command('INSERT INTO insights.settle_marks (stored_time) SELECT now64(6)')
    await (await startPasses(test.store)).settle()
    expect(await totals(test.store)).toEqual(ONE)
  })

  it('reads less at once when there is too much, and leaves what is too large as it arrived', async () => {
    let most = 1
    const store = {
      ...test.store,
      select: ((sql: string, ...rest: [Record<string, unknown>, object]) => {
        const traces = new Set(/groupArray\(\(lower/.test(sql) ? sql.match(/'(\\x[0-9a-f]{2}){16}'/g) : []).size
        if (traces > most) throw new InsightsError('INSIGHTS_QUERY_LIMIT', 'cannot read so much')
        return test.store.select(sql, ...rest)
      }) as typeof test.store.select,
    }
    const { settle } = await startPasses(store)
    await load(agent(1, 1), agent(2, 2), agent(3, 3))
    await settle()
    expect((await totals(test.store)).calls).toBe(3)
    most = 0
    await load(agent(4, 4))
    await settle()
    expect((await totals(test.store)).calls).toBe(3)
    expect(createSettleMetrics(store.metrics).skipped.value()).toBe(1)
  })

  it('settles a trace of 100,000 spans', async () => {
    const { settle } = await startPasses(test.store)
    await test.store.command(
      `INSERT INTO insights.spans (project_id, day, retention_days, trace_id, span_id, parent_span_id, start_time, usage_role, counts_usage, input_tokens, cost_usd)
       SELECT 'shop', today(), 30, unhex({trace:String}), reinterpretAsFixedString(number + 1),
         if(number = 0, toFixedString('', 8), reinterpretAsFixedString(toUInt64(intDiv(number - 1, 3) + 1))), now64(9),
         if(number = 0, 'summary', 'call'), number > 0, 100, 0.01 FROM numbers(100000)`,
      { trace: traceId(7) },
    )
    await settle()
    // In a tree of three branches a third of the spans has children.
    expect(await totals(test.store)).toEqual({ calls: 66_667, input: 6_666_700, cost: '666.67' })
    expect((await compareRollups(test.store)).map(({ equal }) => equal)).toEqual([true])
  }, 60_000)
})
