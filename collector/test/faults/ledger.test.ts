// The books: whatever was received is stored, rejected, filtered, deduplicated, dead-lettered or pending, at any moment and over kills.
import { expect, test } from 'vitest'
import { CollectorProcess, type RunningCollector, withDataDir } from '../collector-process.ts'
import { drained } from '../drained.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { seededRandom } from './numbered-load.ts'

const CYCLES = Number(process.env['INSIGHTS_FAULT_CYCLES'] ?? 3)
const SEED = Number(process.env['INSIGHTS_FAULT_SEED'] ?? 20_261_123)
const GOOD = 5
const POISON_EVERY = 16

/** Request `n`: five good spans, the first of them twice, one without a trace id, and in each sixteenth one that the table will never take. */
function mixed(n: number): Uint8Array {
  const spanOf = (i: number, over: Partial<Parameters<typeof span>[0]> = {}): Buffer =>
    span({
      traceId: traceIdOf(`ledger ${n}`),
      spanId: spanIdOf(n * 10 + i + 1),
      name: 'good',
      startUnixNano: NOW_NANO,
      durationNano: 1_000_000n,
      attributes: { 'gen_ai.operation.name': 'chat', request: n },
      ...over,
    })
  const good = Array.from({ length: GOOD }, (_, i) => spanOf(i))
  const bad = spanOf(8, { traceId: '00'.repeat(16) })
  const poison = n % POISON_EVERY === 0 ? [spanOf(9, { name: 'poison' })] : []
  return request(...good, spanOf(0), bad, ...poison)
}

class Sender {
  sent = 0
  acknowledged = 0
  private running: Promise<void> | undefined
  private stopped = false

  start(collector: RunningCollector): void {
    this.stopped = false
    this.running = this.run(collector)
  }

  async pause(): Promise<void> {
    this.stopped = true
    await this.running
  }

  private async run(collector: RunningCollector): Promise<void> {
    while (!this.stopped) {
      const response = await collector.post(mixed(this.sent++)).catch(() => undefined)
      if (response?.ok) this.acknowledged++
      await response?.arrayBuffer().catch(() => undefined)
      await pause(3)
    }
  }
}

test(
  `kill -9 under load with bad, doubled and poison spans, ${CYCLES} times: the ledger balances at each look and agrees with the table`,
  () =>
    withDataDir(async (dataDir) => {
      const random = seededRandom(SEED)
      const sender = new Sender()
      for (let cycle = 1; cycle <= CYCLES; cycle++) {
        const collector = await CollectorProcess.spawn({ dataDir }).ready()
        if (cycle === 1) {
          await collector.sql(`ALTER TABLE insights.spans ADD CONSTRAINT sober CHECK name != 'poison'`)
        }
        sender.start(collector)
        const end = performance.now() + 400 + random() * 1_200
        while (performance.now() < end) await expectBalance(collector)
        await collector.process.kill()
        await sender.pause()
      }
      const collector = await CollectorProcess.spawn({ dataDir }).ready()
      try {
        await expectBalance(collector)
        // each poisoned span is found by halves
        await drained(collector, 90_000)
        const { pending } = await expectBalance(collector)
        expect(pending).toBe(0)
        await expectAgreement(collector, sender)
      } finally {
        await collector.process.stop()
      }
    }),
  60_000 + CYCLES * 20_000,
)

/** One page of metrics is one moment. */
async function expectBalance(collector: RunningCollector): Promise<{ received: number; pending: number }> {
  const text = await (await fetch(`${collector.doors.api}/metrics`)).text()
  const sum = (name: string): number =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce((all, [, n]) => all + Number(n), 0)
  const received = sum('insights_ledger_received_records_total')
  const pending = sum('insights_ledger_pending_records')
  const withdrawn = sum('insights_ledger_withdrawn_records_total')
  expect(sum('insights_ledger_records_total') + pending + withdrawn).toBe(received)
  return { received, pending }
}

interface Totals {
  received: number
  stored: number
  rejected: number
  filtered: number
  deduplicated: number
  dead_lettered: number
}

async function expectAgreement(collector: RunningCollector, sender: Sender): Promise<void> {
  const [table] = await collector.sql<{ rows: number; requests: number; poisoned: number }>(
    `SELECT count() AS rows, uniqExact(attributes['request']) AS requests,
       uniqExactIf(attributes['request'], toUInt32(attributes['request']) % ${POISON_EVERY} = 0) AS poisoned FROM spans`,
  )
  const { rows, requests, poisoned } = table ?? { rows: 0, requests: 0, poisoned: 0 }
  expect(requests).toBeGreaterThanOrEqual(sender.acknowledged)
  expect(sender.acknowledged).toBeGreaterThan(CYCLES * 5)
  expect(poisoned).toBeGreaterThan(0)
  expect(rows).toBe(requests * GOOD)
  const names = ['received', 'stored', 'rejected', 'filtered', 'deduplicated', 'dead_lettered']
  const [totals] = await collector.sql<Totals>(
    `SELECT ${names.map((name) => `sum(${name}) AS ${name}`).join(', ')} FROM ingest_ledger_v1`,
  )
  expect(totals).toEqual({
    received: requests * (GOOD + 2) + poisoned,
    stored: rows,
    rejected: requests,
    filtered: 0,
    deduplicated: requests,
    dead_lettered: poisoned,
  })
  const reasons = await collector.sql<{ reason: string }>(
    'SELECT reason FROM ingest_ledger_v1 GROUP BY reason ORDER BY reason',
  )
  expect(reasons.map(({ reason }) => reason)).toEqual(['', 'VIOLATED_CONSTRAINT', 'resent', 'trace_id'])
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
