// Reads of the API over ten million spans (or a hundred, --scale 100m): p50, p95 and bytes read of each kind of question, idle and while rows come in (--idle: without; --only TEXT: some of them).
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startEngine } from '../collector/src/engine/supervise.ts'
import { createQueryApp } from '../collector/src/query/create-query-app.ts'
import { createStore, type Store } from '../collector/src/store/client.ts'
import { countTraces } from '../collector/src/store/count-traces/count-pass.ts'
import { createDayGate } from '../collector/src/store/day-gate.ts'
import { migrate } from '../collector/src/store/migrate.ts'
import { systemClock } from '../collector/src/telemetry/clock.ts'
import { createLog } from '../collector/src/telemetry/log.ts'
import { createMetrics } from '../collector/src/telemetry/metrics.ts'
import { thousands } from './measure.ts'
import { DAYS, END_MS, fillMore, fillRows, mergeDays, ORDERS, PROJECT, SPANS_OF_TRACE } from './query-rows.ts'

const ROWS_PER_SECOND = 10_000
const DAY_MS = 86_400_000

interface Question {
  name: string
  /** Milliseconds that 95 of 100 shall stay below. */
  aim: number
  /** @param turn counts the tries, so that none is like the one before */
  path(turn: number): string
}

const ago = (days: number, turn: number): string =>
  `from=${END_MS - days * DAY_MS - turn * 60_000}&to=${END_MS - turn * 60_000}`
const day = (turn: number): string => ago(1, turn)
const q = (text: string): string => `&q=${encodeURIComponent(text)}`
const THIN = 'trace_id,span_id,name,model,status,latency_ms,total_tokens,cost_usd,start_time'

const listQuestions: Question[] = [
  { name: 'newest 50 traces', aim: 100, path: (t) => `traces?limit=50&${day(t)}` },
  { name: 'newest 50 calls, all columns', aim: 100, path: (t) => `generations?limit=50&${day(t)}` },
  {
    name: 'newest 50 spans, thin, with filter',
    aim: 100,
    path: (t) => `spans?limit=50&fields=${THIN}&${day(t)}${q('model:gpt-4o status:error')}`,
  },
  {
    name: '… of 30 days',
    aim: 100,
    path: (t) => `spans?limit=50&fields=${THIN}&${ago(30, t)}${q('model:gpt-4o status:error')}`,
  },
  { name: 'traces with filter', aim: 100, path: (t) => `traces?limit=50&${day(t)}${q('cost>0.03 model:gpt-5')}` },
  {
    name: 'traces of one user, 7 d',
    aim: 100,
    path: (t) => `traces?limit=50&${ago(7, t)}${q(`user:u${(t * 37) % 20_000}`)}`,
  },
  { name: 'sessions page', aim: 100, path: (t) => `sessions?limit=50&${day(t)}` },
  { name: 'users page', aim: 100, path: (t) => `users?limit=50&${day(t)}` },
  {
    name: 'attribute equality, 24 h',
    aim: 500,
    path: (t) => `spans?limit=50&fields=${THIN}&${day(t)}${q(`attr.order.id:o${(t * 7_919) % ORDERS}`)}`,
  },
  {
    name: 'attribute equality, 30 d',
    aim: 500,
    path: (t) => `spans?limit=50&fields=${THIN}&${ago(30, t)}${q(`attr.order.id:o${(t * 7_919) % ORDERS}`)}`,
  },
  {
    name: 'full-text word, 24 h',
    aim: 500,
    path: (t) => `spans?limit=50&fields=${THIN}&${day(t)}${q(`w${(t * 131) % 20_000}`)}`,
  },
  {
    name: 'full-text word, 30 d',
    aim: 500,
    path: (t) => `spans?limit=50&fields=${THIN}&${ago(30, t)}${q(`w${(t * 131) % 20_000}`)}`,
  },
  {
    name: 'full-text rare word, 30 d',
    aim: 500,
    path: (t) => `spans?limit=50&fields=${THIN}&${ago(30, t)}${q('quixotic')}`,
  },
  {
    name: 'full-text word nowhere, 30 d',
    aim: 500,
    path: (t) => `spans?limit=50&fields=${THIN}&${ago(30, t)}${q(`nowhere${t}`)}`,
  },
  { name: 'facets, rollup, 24 h', aim: 100, path: (t) => `facets?fields=model,provider,env,service,error&${day(t)}` },
  {
    name: 'facets, filtered rows, 24 h',
    aim: 100,
    path: (t) => `facets?fields=model,provider,env,service,error,tool&${day(t)}${q('latency>2s')}`,
  },
]

const METRICS = ['total_traces', 'latency', 'token_usage', 'cost', 'error_rate', 'cache_hit_rate']
const metricQuestions: Question[] = METRICS.flatMap((name) =>
  [1, 7, 30].map((days): Question => {
    const by = name === 'total_traces' ? 'service_name' : 'model'
    return {
      name: `${name} by ${by}, ${days} d`,
      aim: 100,
      path: (t) => `metrics/${name}?interval=auto&group_by=${by}&${ago(days, t)}`,
    }
  }),
)

interface Setup {
  store: Store
  rows: number
  app: ReturnType<typeof createQueryApp>
}

interface Spent {
  bytes: number
  cpuMs: number
}

/** What the engine has read of its tables, and computed, since it started: unlike times, the same on a busy machine. */
async function spent({ store }: Setup): Promise<Spent> {
  const [row] = await store.select<{ bytes: number; micros: number }>(
    "SELECT sumIf(value, event = 'SelectedBytes') AS bytes, sumIf(value, event = 'OSCPUVirtualTimeMicroseconds') AS micros FROM system.events",
  )
  return { bytes: Number(row?.bytes ?? 0), cpuMs: Number(row?.micros ?? 0) / 1000 }
}

interface Timed {
  p50: number
  p95: number
  /** Of one try. */
  spent: Spent
}

async function time(setup: Setup, question: Question, tries: number): Promise<Timed> {
  const times: number[] = []
  const before = await spent(setup)
  for (let turn = 0; turn < tries; turn++) {
    const began = performance.now()
    const response = await setup.app.request(`/api/v1/${question.path(turn)}`)
    const text = await response.text()
    times.push(performance.now() - began)
    if (response.status !== 200) throw new Error(`${question.name}: ${text.slice(0, 500)}`)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const after = await spent(setup)
  const each = { bytes: (after.bytes - before.bytes) / tries, cpuMs: (after.cpuMs - before.cpuMs) / tries }
  return { p50: at(0.5), p95: at(0.95), spent: each }
}

/** Inserts until it is told to end, at a steady rate. */
function ingest({ store, rows }: Setup): { stop(): Promise<void> } {
  let isEnding = false
  const task = (async () => {
    for (let batch = 0; !isEnding; batch++) {
      const began = performance.now()
      await fillMore(store, ROWS_PER_SECOND, rows, batch)
      await sleep(Math.max(0, 1_000 - (performance.now() - began)))
    }
  })()
  return {
    async stop() {
      isEnding = true
      await task
    },
  }
}

async function traceQuestions(store: Store, rows: number): Promise<Question[]> {
  const traces = rows / SPANS_OF_TRACE
  const numbers = Array.from({ length: 64 }, (_, i) => Math.floor((i * 0.618034 * traces) % traces))
  const found = await store.select<{ id: string }>(
    `SELECT lower(leftPad(hex(cityHash64(toUInt32(arrayJoin([${numbers.join(', ')}])), 1)), 32, '0')) AS id`,
  )
  const id = (turn: number): string => found[turn % found.length]?.id ?? ''
  return [
    { name: 'trace by id', aim: 100, path: (t) => `traces/${id(t)}` },
    { name: 'tree of a trace', aim: 100, path: (t) => `traces/${id(t + 17)}/spans` },
  ]
}

function show(name: string, { p50, p95, spent: { bytes, cpuMs } }: Timed, aim: number): void {
  const ms = (value: number): string => `${value.toFixed(0).padStart(6)} ms`
  console.log(
    `  ${name.padEnd(36)} p50 ${ms(p50)}  p95 ${ms(p95)}  ${(bytes / 2 ** 20).toFixed(1).padStart(8)} MiB  cpu ${ms(cpuMs)}  ${p95 <= aim ? 'within' : 'BEYOND'} ${aim} ms`,
  )
}

async function measure(setup: Setup, tries: number, only: string): Promise<void> {
  const questions = [...(await traceQuestions(setup.store, setup.rows)), ...listQuestions, ...metricQuestions]
  for (const question of questions.filter(({ name }) => name.includes(only))) {
    await time(setup, question, 2)
    show(question.name, await time(setup, question, tries), question.aim)
  }
}

interface Options {
  rows?: number
  tries?: number
  /** A directory to fill once and use again. */
  keep?: string | undefined
  /** Asks the questions whose name has this in it, and no others. */
  only?: string
  /** Leaves out the half in which rows come in, which changes a kept directory. */
  idle?: boolean
}

export async function benchQuery(options: Options = {}): Promise<void> {
  const { rows = 10_000_000, tries = 20, keep, only = '', idle = false } = options
  const dataDir = keep ?? (await mkdtemp(join(tmpdir(), 'insights-bench-')))
  const deps = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
  const engine = await startEngine({ dataDir, listen: '127.0.0.1:0', ...deps })
  const store = createStore({ ...engine, ...deps })
  try {
    await migrate(store)
    await load(store, rows)
    // as a running collector has done by then
    await told('days of spans and traces merged', () => mergeDays(store))
    await told('days of traces counted', () => countDays(store))
    await showTables(store)
    const caller = { project: PROJECT, scopes: new Set(['read'] as const) }
    const health = () => ({ live: true, ready: true, checks: {} })
    const setup: Setup = {
      store,
      rows,
      app: createQueryApp({ ...deps, select: store.select, health, auth: () => caller, version: '0' }),
    }
    console.log(
      `\nReads over ${thousands(rows)} spans of ${DAYS} days, idle; load of the machine ${loadavg()[0]?.toFixed(1)}`,
    )
    await measure(setup, tries, only)
    if (idle) return
    console.log(`\nThe same while ${thousands(ROWS_PER_SECOND)} rows a second come in`)
    const running = ingest(setup)
    await measure(setup, tries, only).finally(() => running.stop())
  } finally {
    await store.close()
    await engine.stop()
    if (keep === undefined) await rm(dataDir, { recursive: true, force: true })
  }
}

async function load(store: Store, rows: number): Promise<void> {
  const [has] = await store.select<{ rows: number }>('SELECT toUInt32(count()) AS rows FROM spans')
  if ((has?.rows ?? 0) < rows) {
    const began = performance.now()
    await fillRows(store, rows, (done) => {
      if (done % 1_000_000 === 0)
        console.log(`  ${thousands(done)} rows, ${((performance.now() - began) / 1000).toFixed(0)} s`)
    })
  }
}

async function showTables(store: Store): Promise<void> {
  for (const table of await store.select<{ table: string; rows: number; bytes: number; indexes: number }>(
    `SELECT table, toUInt32(sum(rows)) AS rows, toFloat64(sum(data_compressed_bytes)) AS bytes, toFloat64(sum(secondary_indices_compressed_bytes)) AS indexes
     FROM system.parts WHERE active AND database = 'insights' GROUP BY table HAVING rows > 1000 ORDER BY table`,
  ))
    console.log(
      `  ${table.table.padEnd(16)} ${thousands(table.rows).padStart(10)} rows ${(table.bytes / 2 ** 20).toFixed(0).padStart(7)} MiB, indexes ${(table.indexes / 2 ** 20).toFixed(0)} MiB`,
    )
}

async function told(what: string, work: () => Promise<number>): Promise<void> {
  const began = performance.now()
  const done = await work()
  console.log(`  ${done} ${what} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

function countDays(store: Store): Promise<number> {
  const { signal } = new AbortController()
  return countTraces({ store, gate: createDayGate(), signal, pause: async () => undefined })
}

const SCALES: Readonly<Record<string, number>> = {
  '1m': 1_000_000,
  '3m': 3_000_000,
  '10m': 10_000_000,
  '100m': 100_000_000,
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '10m' },
      tries: { type: 'string', default: '20' },
      keep: { type: 'string' },
      only: { type: 'string', default: '' },
      idle: { type: 'boolean', default: false },
    },
  })
  const rows = SCALES[values.scale]
  if (rows === undefined) throw new Error(`--scale is one of ${Object.keys(SCALES).join(', ')}`)
  await benchQuery({ ...values, rows, tries: Number(values.tries) })
}
