// What a pass of the settler costs, as a ratio to one scan of the same rows by the engine: traces of several shapes, new since the last pass.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEngine } from '../collector/src/engine/supervise.ts'
import { createStore, type Store } from '../collector/src/store/client.ts'
import { createDayGate } from '../collector/src/store/day-gate.ts'
import { migrate } from '../collector/src/store/migrate.ts'
import { type PassDeps, runPass } from '../collector/src/store/settle/pass.ts'
import { createSettleMetrics } from '../collector/src/store/settle/settle-metrics.ts'
import { openState } from '../collector/src/store/settle/state.ts'
import { systemClock } from '../collector/src/telemetry/clock.ts'
import { createLog } from '../collector/src/telemetry/log.ts'
import { createMetrics } from '../collector/src/telemetry/metrics.ts'
import { childOf, cpuOf } from './collector.ts'
import { cpuSeconds } from './measure.ts'

const SPANS_PER_TRACE = 10
const SPANS_PER_INSERT = 20_000

/** Shapes of a trace by what its ten spans are; `n` is the number of the span in its trace. */
const SHAPES: Readonly<Record<string, { role: string; usage: string; parent: string; response: string }>> = {
  // A web request with one call in it: nothing to look at.
  'one call': { role: `if(n = 5, 'call', '')`, usage: 'n = 5', parent: 'if(n = 0, NULL, 0)', response: `''` },
  // An agent without usage of its own above eight calls.
  'eight calls': { role: `if(n < 2, '', 'call')`, usage: 'n > 1', parent: 'if(n = 0, NULL, n > 1)', response: 'own' },
  // An agent that reports what its calls report: looked at, and right as it arrived.
  'agent that sums up': {
    role: `multiIf(n = 0, 'summary', n = 1, '', 'call')`,
    usage: 'n != 1',
    parent: 'if(n = 0, NULL, n > 1)',
    response: 'own',
  },
  // A call around each call, of a library that is not known to repeat: every second call is taken back.
  'calls in calls': {
    role: `if(n = 0, '', 'call')`,
    usage: 'n > 0',
    parent: 'if(n = 0, NULL, if(n % 2 = 1, 0, n - 1))',
    response: `''`,
  },
  // Each call seen in a second trace too.
  'calls in two traces': {
    role: `if(n = 0, '', 'call')`,
    usage: 'n > 0',
    parent: 'if(n = 0, NULL, 0)',
    response: 'shared',
  },
}

const RESPONSES: Readonly<Record<string, string>> = {
  own: `concat({shape:String}, toString(number))`,
  shared: `concat({shape:String}, toString(intDiv(t, 2)), '-', toString(n))`,
}

async function insertTraces(store: Store, shape: string, first: number, traces: number): Promise<void> {
  const { role, usage, parent, response } = SHAPES[shape] ?? {}
  const spans = traces * SPANS_PER_TRACE
  for (let from = 0; from < spans; from += SPANS_PER_INSERT) {
    await store.command(
      `INSERT INTO ${store.database}.spans (project_id, day, received_time, retention_days, batch_id, trace_id, span_id, parent_span_id,
         start_time, duration_ns, name, kind, usage_role, counts_usage, response_id, request_model, input_tokens, output_tokens, cost_usd)
       SELECT 'bench', toDate(started), now64(3), 90, unhex(hex(MD5(toString({batch:UInt64})))), MD5(concat({shape:String}, toString(t))),
         reinterpretAsFixedString(number + 1),
         ifNull(reinterpretAsFixedString(toUInt64(t * 10 + parent + 1)), toFixedString('', 8)), started, 1000000, 'span',
         if(role = '', 'chain', 'generation'), role, role = 'call', if(role = '', '', ${RESPONSES[response ?? ''] ?? response}), 'gpt-5',
         if(usage, 1000, NULL), if(usage, 100, NULL), if(usage, toDecimal64(0.01, 12), NULL)
       FROM (SELECT number + {from:UInt64} AS number, intDiv(number, ${SPANS_PER_TRACE}) AS t, number % ${SPANS_PER_TRACE} AS n,
         ${role} AS role, ${usage} AS usage, ${parent} AS parent, now64(9) - toIntervalSecond(60) + toIntervalMillisecond(n) AS started
         FROM numbers({count:UInt64}))`,
      {
        shape,
        batch: first + from,
        from: first * SPANS_PER_TRACE + from,
        count: Math.min(SPANS_PER_INSERT, spans - from),
      },
      { max_block_size: '1000000', min_insert_block_size_rows: '1000000', max_threads: 1 },
    )
  }
}

interface Spent {
  /** CPU seconds: this process, which decides, and the engine. */
  here: number
  engine: number
}

async function spend(enginePid: number, work: () => Promise<void>): Promise<Spent> {
  const [here, engine] = [cpuSeconds(), cpuOf(enginePid)]
  await work()
  return { here: cpuSeconds() - here, engine: cpuOf(enginePid) - engine }
}

const SCANS = 10

/** The same rows and the columns that deciding takes, read by the engine some times. */
async function scan(store: Store, since: string): Promise<void> {
  for (let i = 0; i < SCANS; i++) {
    await store.select(
      `SELECT sum(cityHash64(project_id, trace_id, span_id, parent_span_id, batch_id, start_time, usage_role, response_id, session_id,
         input_tokens, output_tokens, cost_usd)) AS s FROM spans WHERE stored_time > toDateTime64({since:String}, 6, 'UTC')`,
      { since },
    )
  }
}

async function passes(deps: PassDeps): Promise<void> {
  while ((await runPass(deps, false)).inserts > 0);
}

interface Bench {
  store: Store
  deps: PassDeps
  enginePid: number
  traces: number
}

async function benchShape(shape: string, { store, deps, enginePid, traces }: Bench): Promise<void> {
  await insertTraces(store, shape, 1, 100)
  await passes(deps)
  const since = deps.state.mark
  const [looked, settled] = [deps.metrics.traces.value(), await settlements(store)]
  await insertTraces(store, shape, 101, traces)
  const pass = await spend(enginePid, () => passes(deps))
  const scans = await spend(enginePid, () => scan(store, since))
  const spans = traces * SPANS_PER_TRACE
  const us = (seconds: number): string => ((seconds * 1e6) / spans).toFixed(2).padStart(6)
  const ratio = (pass.here + pass.engine) / ((scans.here + scans.engine) / SCANS)
  console.log(
    `  ${shape.padEnd(20)} ${us(pass.here + pass.engine)} us CPU a span (${us(pass.here).trim()} here)  ${ratio.toFixed(1).padStart(5)} scans` +
      `  looked at ${deps.metrics.traces.value() - looked} traces  settled ${(await settlements(store)) - settled} rows`,
  )
}

async function settlements(store: Store): Promise<number> {
  const [row] = await store.select<{ n: number }>('SELECT count() AS n FROM settlements')
  return row?.n ?? 0
}

const IDLE_PASSES = 200

async function benchIdle({ deps, enginePid }: Bench): Promise<void> {
  const { here, engine } = await spend(enginePid, async () => {
    for (let i = 0; i < IDLE_PASSES; i++) await runPass(deps, false)
  })
  console.log(`  nothing new          ${(((here + engine) * 1e3) / IDLE_PASSES).toFixed(1).padStart(6)} ms CPU a pass`)
}

export async function benchSettle(traces = 20_000): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'insights-bench-'))
  const shared = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
  const engine = await startEngine({ dataDir, listen: '127.0.0.1:0', ...shared })
  const store = createStore({ ...engine, ...shared })
  try {
    await migrate(store)
    // What merges cost is the inserts' doing.
    await store.command('SYSTEM STOP MERGES')
    const state = await openState(store)
    const deps: PassDeps = {
      store,
      state,
      gate: createDayGate(),
      metrics: createSettleMetrics(store.metrics),
      idleMs: 0,
      pause: async () => undefined,
      signal: new AbortController().signal,
    }
    const bench: Bench = { store, deps, traces, enginePid: childOf(process.pid) }
    console.log(
      `\nSettling ${traces} new traces of ${SPANS_PER_TRACE} spans: CPU of both processes, and as a ratio to one scan of the same rows and columns.`,
    )
    for (const shape of Object.keys(SHAPES)) await benchShape(shape, bench)
    await benchIdle(bench)
  } finally {
    await store.close()
    await engine.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

if (import.meta.main) await benchSettle(Number(process.argv[2] ?? 20_000))
