// Calls that are told as log and as span in traces of their own, stored in every order, in the real engine.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLoader, type Loader } from '../load.ts'
import { compareRollups } from '../rebuild.ts'
import { at, type SpanRow, spanBatch, spanId, startTestStore, type TestStore } from '../store.fixture.ts'
import { call, log, span, startPasses, totals } from './settle.fixture.ts'

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
const ONE = { calls: 1, input: 100, cost: '0.01' }
const times = (n: number) => ({ calls: n, input: 100 * n, cost: (n / 100).toString() })
const SECOND_NS = 1_000_000_000

/** A turn: the step above names the session, the call below does not. */
const turn = (trace: number, session = 'talk'): SpanRow =>
  span(trace, 1000 * trace, { session_id: session, start_time: at(100), duration_ns: 60 * SECOND_NS })
const called = (trace: number, startS: number, over: SpanRow = {}): SpanRow =>
  call(trace, 1000 * trace + startS, {
    parent_span_id: spanId(1000 * trace),
    start_time: at(startS),
    duration_ns: 3 * SECOND_NS,
    ...over,
  })
/** All logs of a session are one trace, as those of Codex. */
const logged = (atS: number, session = 'talk', over: SpanRow = {}): SpanRow =>
  log(session === 'talk' ? 90 : 91, 9000 + atS, { session_id: session, start_time: at(atS), duration_ns: 0, ...over })

describe('a log and a span of one session that share no id', () => {
  const PARTS: Record<string, SpanRow[]> = {
    log: [logged(113)],
    call: [called(1, 110)],
    turn: [turn(1)],
  }
  it.each([
    ['log', 'call', 'turn'],
    ['log', 'turn', 'call'],
    ['call', 'turn', 'log'],
    ['call', 'log', 'turn'],
    ['turn', 'log', 'call'],
    ['turn', 'call', 'log'],
  ])('count once, as the span: %s, %s, %s', async (...order) => {
    const { settle } = await startPasses(test.store)
    for (const part of order) {
      await load(...(PARTS[part] ?? []))
      await settle()
    }
    expect(await totals(test.store)).toEqual(ONE)
    const counting = await test.store.select('SELECT usage_role FROM spans_v1 WHERE counts_usage = 1')
    expect(counting).toEqual([{ usage_role: 'call' }])
    expect((await compareRollups(test.store)).every(({ equal }) => equal)).toBe(true)
  })

  it('count once in one insert, and with a process that saw only the second', async () => {
    await load(logged(113), called(1, 110), turn(1))
    await (await startPasses(test.store)).settle()
    expect(await totals(test.store)).toEqual(ONE)
    await load(logged(133))
    await (await startPasses(test.store)).settle()
    await load(called(1, 130))
    await (await startPasses(test.store)).settle()
    expect(await totals(test.store)).toEqual(times(2))
  })

  it('match one to one where calls are equal', async () => {
    const { settle } = await startPasses(test.store)
    await load(logged(113), logged(117), logged(121))
    await settle()
    expect(await totals(test.store)).toEqual(times(3))
    await load(turn(1), called(1, 110), called(1, 114))
    await settle()
    // The third call has no span.
    expect(await totals(test.store)).toEqual(times(3))
    const roles = await test.store.select(
      'SELECT usage_role, count() AS n FROM spans_v1 WHERE counts_usage = 1 GROUP BY usage_role ORDER BY usage_role',
    )
    expect(roles).toEqual([
      { usage_role: 'call', n: 2 },
      { usage_role: 'log', n: 1 },
    ])
  })

  it('never match over sessions or projects, nor at another time', async () => {
    const { settle } = await startPasses(test.store)
    await load(logged(113, 'other'), logged(113, 'talk', { project_id: 'lab' }), logged(150))
    await load(turn(1), called(1, 110))
    await settle()
    expect(await totals(test.store)).toEqual(times(3))
    expect(await totals(test.store, 'lab')).toEqual(ONE)
  })

  it('keep what was settled of a long session when it goes on', async () => {
    const { settle } = await startPasses(test.store)
    for (const turnNumber of [1, 2, 3]) {
      const startS = turnNumber * 1000
      const over = { start_time: at(startS - 10) }
      await load(logged(startS + 3))
      await load({ ...turn(turnNumber), ...over }, called(turnNumber, startS))
      await settle()
      expect(await totals(test.store)).toEqual(times(turnNumber))
    }
    const settled = await test.store.select('SELECT sum(sign) AS n FROM settlements')
    expect(settled).toEqual([{ n: -3 }])
  })
})

describe('a log that is written in the span of its call', () => {
  const inside = (over: SpanRow = {}): SpanRow => log(1, 20, { parent_span_id: spanId(10), counts_usage: 0, ...over })

  it('does not count before or beside the span', async () => {
    const { settle } = await startPasses(test.store)
    await load(inside())
    expect((await totals(test.store)).calls).toBe(0)
    await load(call(1, 10))
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
  })

  it('counts when the trace is idle and the span has not come, and no longer when it comes', async () => {
    const { settle } = await startPasses(test.store)
    await load(inside({ session_id: 'talk' }))
    await settle()
    expect(await totals(test.store)).toEqual(ONE)
    await load(call(1, 10, { input_tokens: 70 }))
    await settle()
    expect(await totals(test.store)).toEqual({ ...ONE, input: 70 })
  })
})
