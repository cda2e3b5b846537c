// Many small worlds of calls in one store, a project each: rows in any order and batches, settled at any moment.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLoader } from '../load.ts'
import { compareRollups } from '../rebuild.ts'
import { at, type SpanRow, spanBatch, spanId, startTestStore, type TestStore, traceId } from '../store.fixture.ts'
import { decide } from './decide.ts'
import { TRACE_KEY } from './read-arrivals.ts'
import { readRestless } from './read-restless.ts'
import { startPasses } from './settle.fixture.ts'
import { type World, world } from './usage-row.fixture.ts'
import type { UsageRow } from './usage-row.ts'

const WORLDS: World[] = fc.sample(world, { numRuns: 60, seed: 20_261_123 }).filter(({ calls }) => calls > 0)
const BATCHES = 6

const projectOf = (i: number): string => `w${i}`

/** Traces of a world by their name, numbered over all worlds. */
const traceNumbers = new Map<string, number>()
function traceOf(i: number, trace: string): string {
  const name = `${i} ${trace}`
  const number = traceNumbers.get(name) ?? traceNumbers.size + 1
  traceNumbers.set(name, number)
  return traceId(number)
}

const idOf = (span: string): string => spanId(span === '' ? 0 : Number(span.slice(1)))

/** A call's usage is its number, so that one left out and one counted twice never make up for each other. */
function toSpanRow(i: number, row: UsageRow, call: number | undefined): SpanRow {
  return {
    project_id: projectOf(i),
    trace_id: traceOf(i, row.trace),
    span_id: idOf(row.span),
    parent_span_id: idOf(row.parent),
    start_time: at(1000 + row.startUs / 1000),
    duration_ns: 500_000,
    name: 'step',
    kind: row.role === '' ? 'chain' : 'generation',
    usage_role: row.role,
    counts_usage: row.base,
    response_id: row.response === 0 ? '' : `r${row.response}`,
    session_id: row.session === 0 ? '' : `s${row.session}`,
    input_tokens: row.hasUsage ? 1000 + (call ?? 0) : null,
    output_tokens: row.hasUsage ? 1 : null,
  }
}

const ROWS = WORLDS.flatMap(({ rows, callOf }, i) => rows.map((row) => toSpanRow(i, row, callOf.get(row))))

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())

it('counts each call once in every project, after whatever came, and its rollups are a recount', async () => {
  const loader = createLoader(test)
  const { settle } = await startPasses(test.store)
  const [order] = fc.sample(fc.shuffledSubarray(ROWS, { minLength: ROWS.length }), { numRuns: 1, seed: 5 })
  for (let batch = 0; batch < BATCHES; batch++) {
    await loader.load(spanBatch((order ?? []).filter((_, i) => i % BATCHES === batch)))
    if (batch % 2 === 0) await settle()
  }
  await settle()
  await loader.stop()
  const totals = await test.store.select<{ project: string; calls: number; tokens: number }>(
    'SELECT project_id AS project, sum(t.calls) AS calls, sum(t.input_tokens) AS tokens FROM token_usage_v1 AS t GROUP BY project_id',
  )
  const byProject = new Map(totals.map(({ project, ...rest }) => [project, rest]))
  const wrong = WORLDS.flatMap(({ calls, callOf }, i) => {
    const tokens = [...new Set(callOf.values())].reduce((sum, call) => sum + 1000 + call, 0)
    const found = byProject.get(projectOf(i))
    return found?.tokens === tokens ? [] : [{ world: i, calls, tokens, found }]
  })
  expect(wrong).toEqual([])
  expect((await compareRollups(test.store)).map(({ equal }) => equal)).toEqual([true])
})

it('calls a trace calm only when every row of it counts as it arrived', async () => {
  const refs = await test.store.select<{ project: string; trace: string; key: number }>(
    `SELECT DISTINCT project_id AS project, lower(hex(trace_id)) AS trace, ${TRACE_KEY} AS key FROM spans`,
  )
  const restless = await readRestless(
    test.store,
    refs.map((ref) => ({ ...ref, sinceMs: 0, startMs: 0 })),
  )
  const names = new Set(restless.map(({ project, trace }) => `${project} ${trace}`))
  let calm = 0
  WORLDS.forEach(({ rows }, i) => {
    for (const [trace, ofTrace] of Map.groupBy(rows, (row) => row.trace)) {
      if (names.has(`${projectOf(i)} ${traceOf(i, trace)}`)) continue
      calm += 1
      for (const [row, { counts }] of decide(ofTrace))
        expect([i, trace, row.span, counts]).toEqual([i, trace, row.span, row.base])
    }
  })
  expect(calm).toBeGreaterThan(50)
  expect(names.size).toBeGreaterThan(20)
})
