// Stored spans priced anew against a plain copy of the same rows: how much the pricing costs beside what moving the rows costs anyway.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tablePrices } from '../collector/src/app-reprice.ts'
import { type Engine, startEngine } from '../collector/src/engine/supervise.ts'
import { createPricing } from '../collector/src/price/pricing.ts'
import { createStore, type Store } from '../collector/src/store/client.ts'
import { createDayGate } from '../collector/src/store/day-gate.ts'
import { migrate } from '../collector/src/store/migrate.ts'
import { reprice } from '../collector/src/store/reprice/reprice.ts'
import { systemClock } from '../collector/src/telemetry/clock.ts'
import { createLog } from '../collector/src/telemetry/log.ts'
import { createMetrics } from '../collector/src/telemetry/metrics.ts'
import { thousands } from './measure.ts'

const DAY = Math.floor(Date.now() / 86_400_000) - 1
const DAY_TEXT = new Date(DAY * 86_400_000).toISOString().slice(0, 10)
const ROWS_AT_ONCE = 250_000
const CLOCK_TICKS_PER_SECOND = 100

/** Small calls of six models, no two with the same usage: about 90 bytes a row on disk. */
const fill = (from: number, rows: number, all: number): string => `
  INSERT INTO insights.spans (project_id, day, batch_id, received_time, retention_days, trace_id, span_id, parent_span_id, start_time, duration_ns,
    name, service_name, environment, scope_name, kind, dialect, operation, provider, request_model, response_model, response_id, session_id, user_id,
    finish_reasons, counts_usage, usage_role, usage_rule, input_tokens, output_tokens, cache_read_tokens, cost_usd, cost_source, input_preview,
    output_preview, input, output, attributes, resource_attributes)
  SELECT 'default', toDate('${DAY_TEXT}'), toFixedString(unhex(leftPad(hex(intDiv(number, 20000)), 32, '0')), 16), now64(3), 90,
    toFixedString(unhex(leftPad(hex(cityHash64(intDiv(number, 4))), 32, '0')), 16), reinterpretAsFixedString(cityHash64(number + 7)),
    reinterpretAsFixedString(cityHash64(number + 8)), toDateTime64('${DAY_TEXT} 00:00:00', 9, 'UTC') + number * 86399 / ${all}, cityHash64(number) % 3000000000,
    'chat', concat('svc', toString(number % 5)), 'prod', 'app', 'generation', 'otel-gen-ai', 'chat', ['openai', 'anthropic'][1 + number % 2],
    if(number % 2 = 0, ['gpt-4o-mini', 'gpt-4o', 'gpt-5'], ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-5'])[1 + intDiv(number, 2) % 3], '',
    concat('resp-', hex(cityHash64(number))), concat('s', toString(intDiv(number, 40))), concat('u', toString(number % 1000)), ['stop'], 1, 'call',
    'declared_inclusive', 100 + cityHash64(number, 1) % 3000, cityHash64(number, 2) % 400, if(number % 3 = 0, cityHash64(number, 3) % 100, NULL),
    0.001, 'computed', concat('what is ', hex(cityHash64(number, 9))), concat('answer ', hex(cityHash64(number, 10))),
    concat('[{"role":"user","parts":[{"type":"text","content":"', hex(cityHash64(number, 9)), '"}]}]'),
    concat('[{"role":"assistant","parts":[{"type":"text","content":"', hex(cityHash64(number, 10)), '"}]}]'),
    map('http.status', '200', 'k', toString(number % 77)), map('service.name', 'svc', 'host.name', 'h1')
  FROM numbers(${from}, ${rows})`

const UNDEDUPLICATED = { insert_deduplicate: 0, async_insert: 0 }

interface Spent {
  seconds: number
  /** Of the engine. */
  cpuSeconds: number
}

function cpuOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND
}

async function spend(engine: Engine, task: () => Promise<unknown>): Promise<Spent> {
  const [start, cpu] = [performance.now(), cpuOf(engine.pid())]
  await task()
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: cpuOf(engine.pid()) - cpu }
}

async function copy(store: Store): Promise<void> {
  await store.command('CREATE TABLE insights.spans_copy AS insights.spans')
  await store.command(
    `INSERT INTO insights.spans_copy SELECT * FROM insights.spans WHERE day = '${DAY_TEXT}'`,
    {},
    UNDEDUPLICATED,
  )
  await store.command('DROP TABLE insights.spans_copy SYNC')
}

/** @param rows of one day; the claim is for ten million */
export async function benchReprice(rows = 500_000): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'insights-bench-'))
  const deps = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
  const engine = await startEngine({ dataDir, listen: '127.0.0.1:0', ...deps })
  const store = createStore({ ...engine, ...deps })
  try {
    await migrate(store)
    // Merges of what was just filled in would be counted with whatever runs beside them.
    await store.command('SYSTEM STOP MERGES')
    for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
      await store.command(fill(from, Math.min(ROWS_AT_ONCE, rows - from), rows), {}, UNDEDUPLICATED)
    }
    const options = { from: DAY, to: DAY, project: undefined }
    const repriceDeps = { store, gate: createDayGate(), findPrice: tablePrices(createPricing()) }
    const plain = await spend(engine, () => copy(store))
    const dryRun = await spend(engine, () => reprice({ ...options, dryRun: true }, repriceDeps))
    const whole = await spend(engine, () => reprice({ ...options, dryRun: false }, repriceDeps))
    const again = await reprice({ ...options, dryRun: true }, repriceDeps)
    console.log(`\nStored spans priced anew, ${thousands(rows)} rows of one day; CPU of the engine`)
    show('plain copy', plain, rows)
    show('dry run', dryRun, rows)
    show('reprice', whole, rows)
    console.log(
      `  reprice / plain copy ${(whole.cpuSeconds / plain.cpuSeconds).toFixed(2)}x CPU; ten million rows on two cores: ${((whole.cpuSeconds / rows) * 1e7).toFixed(0)} CPU-s;` +
        ` a second time ${again.changed} rows differ`,
    )
  } finally {
    await store.close()
    await engine.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const show = (name: string, { seconds, cpuSeconds }: Spent, rows: number): void =>
  console.log(
    `  ${name.padEnd(11)} ${seconds.toFixed(1).padStart(6)} s  ${cpuSeconds.toFixed(1).padStart(6)} CPU-s  ${thousands(rows / seconds).padStart(7)} rows/s`,
  )

if (import.meta.main) await benchReprice(Number(process.argv[2] ?? 500_000))
