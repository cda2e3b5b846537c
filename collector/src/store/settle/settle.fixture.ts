// Test help: spans that play a part in totals, and passes of the settler by hand.

import type { Store } from '../client.ts'
import { createDayGate, type DayGate } from '../day-gate.ts'
import { at, type SpanRow, spanId, traceId } from '../store.fixture.ts'
import { runPass } from './pass.ts'
import { createSettleMetrics } from './settle-metrics.ts'
import { openState, type SettleState } from './state.ts'

/** One US cent in picodollars. */
export const CENT = 10_000_000_000n

export function span(trace: number, id: number, over: SpanRow = {}): SpanRow {
  return {
    trace_id: traceId(trace),
    span_id: spanId(id),
    start_time: at(100 + id),
    duration_ns: 1_000_000,
    name: `span ${id}`,
    kind: 'chain',
    environment: 'prod',
    service_name: 'web',
    ...over,
  }
}

const usage = { input_tokens: 100, output_tokens: 10, cost_usd: CENT }

export const call = (trace: number, id: number, over: SpanRow = {}): SpanRow =>
  span(trace, id, {
    kind: 'generation',
    provider: 'openai',
    request_model: 'gpt-5',
    usage_role: 'call',
    counts_usage: 1,
    ...usage,
    ...over,
  })

export const agent = (trace: number, id: number, over: SpanRow = {}): SpanRow =>
  span(trace, id, { kind: 'agent', usage_role: 'summary', ...usage, ...over })

export const log = (trace: number, id: number, over: SpanRow = {}): SpanRow =>
  call(trace, id, { usage_role: 'log', ...over })

/** A settler whose passes are asked for. Without `state` it is one that has just started. */
export async function startPasses(store: Store, gate: DayGate = createDayGate()) {
  const state = await openState(store)
  return { state, settle: (options: { idleMs?: number } = {}) => settleAll(store, { state, gate, ...options }) }
}

/** Passes until nothing is left to look at. */
async function settleAll(
  store: Store,
  { state, gate, idleMs = 0 }: { state: SettleState; gate: DayGate; idleMs?: number },
): Promise<void> {
  const signal = new AbortController().signal
  const deps = {
    store,
    gate,
    state,
    metrics: createSettleMetrics(store.metrics),
    idleMs,
    pause: async () => undefined,
    signal,
  }
  for (let pass = 0; pass < 50; pass++) {
    const { inserts } = await runPass(deps, true)
    if (inserts === 0) return
  }
  throw new Error('it does not come to an end')
}

export interface Totals {
  calls: number
  input: number
  cost: string
}

/** A project's totals as the rollups and as the spans have them; they must be one. */
export async function totals(store: Store, project = 'shop'): Promise<Totals> {
  const figures =
    'sum(calls) AS calls, toUInt64(ifNull(sum(input_tokens), 0)) AS input, toString(ifNull(sum(cost_usd), 0)) AS cost'
  const where = 'WHERE project_id = {project:String}'
  const [traces] = await store.select<Totals>(`SELECT ${figures} FROM traces_v1 ${where}`, { project })
  const [minutes] = await store.select<Totals>(
    `SELECT ${figures.replace('sum(cost_usd)', 'sum(c.cost_usd)').replace('sum(calls)', 'sum(t.calls)')} FROM token_usage_v1 AS t
     LEFT JOIN cost_v1 AS c USING (project_id, time, kind, operation, provider, model, environment, service_name) ${where}`,
    { project },
  )
  const [spans] = await store.select<Totals>(
    `SELECT count() AS calls, toUInt64(ifNull(sum(input_tokens), 0)) AS input, toString(ifNull(sum(cost_usd), 0)) AS cost FROM spans_v1 ${where} AND counts_usage = 1`,
    { project },
  )
  if (JSON.stringify(traces) !== JSON.stringify(spans) || JSON.stringify(minutes) !== JSON.stringify(spans)) {
    throw new Error(`totals differ: ${JSON.stringify({ traces, minutes, spans })}`)
  }
  return spans ?? { calls: 0, input: 0, cost: '0' }
}
