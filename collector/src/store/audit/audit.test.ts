import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createDayGate } from '../day-gate.ts'
import { createLoader } from '../load.ts'
import { compareRollups } from '../rebuild.ts'
import { at, DAY, manySpans, spanBatch, spanCounts, startTestStore, type TestStore } from '../store.fixture.ts'
import { auditDays } from './audit.ts'
import { findGaps } from './gaps.ts'

let test: TestStore
const gate = createDayGate()
const DAY_TEXT = '2026-11-23'

beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())
beforeEach(async () => {
  for (const table of ['spans', 'traces', 'metrics_minute', 'metrics_hour', 'settlements', 'ingest_ledger'])
    await test.store.command(`TRUNCATE TABLE insights.${table}`)
})

const audit = (repair: boolean, sums = false) =>
  auditDays({ from: DAY - 3, to: DAY, repair, sums }, { store: test.store, gate })
const load = async (batch: ReturnType<typeof spanBatch>): Promise<void> => {
  const loader = createLoader({ ...test, gate })
  await loader.load(batch)
  await loader.stop()
}
const received = { received_time: at(61) / 1_000_000n }
const rows = (count: number, first = 0) => manySpans(count, first).map((row) => ({ ...row, ...received }))

it('finds nothing where nothing slipped through', async () => {
  await load(spanBatch(rows(500)))
  expect(await audit(true, true)).toEqual({ days: 1, findings: [], removedBatches: [] })
})

it('finds a rollup that lost rows, leaves it unless told, then rebuilds it', async () => {
  await load(spanBatch(rows(300)))
  await test.store.command('TRUNCATE TABLE insights.metrics_minute')
  const finding = { reason: 'rollups_differ', day: DAY_TEXT, count: 1 }
  expect((await audit(false)).findings).toEqual([{ ...finding, repaired: false }])
  expect((await audit(true)).findings).toEqual([{ ...finding, repaired: true }])
  expect(await spanCounts(test.store)).toEqual({ base: 300, traces: 300, metrics: 300 })
})

it('sees a rollup whose sums alone are wrong, when it is asked to look at sums', async () => {
  await load(spanBatch(rows(50)))
  await test.store.command(
    `INSERT INTO insights.traces (project_id, day, trace_id, retention_days, start_time, cost_usd) SELECT 'shop', toDate(${DAY}), '0123456789abcdef', 30, toDateTime64(${DAY * 86_400}, 9), 1`,
  )
  expect((await audit(false)).findings).toEqual([])
  expect((await audit(true, true)).findings).toMatchObject([{ reason: 'rollups_differ', repaired: true }])
})

it('takes spans that are stored twice, by two inserts or by one, down to one, and sets rollups and ledger right', async () => {
  const first = spanBatch(rows(400))
  await load(first)
  // a resend that the filter did not know any more
  await load(spanBatch(rows(100, 50)))
  // one insert twice: what a token that was lost leaves
  const twice = spanBatch(rows(30, 1000))
  await load(twice)
  await test.store.insertNative({ table: 'spans', columns: twice.columns, bytes: await twice.bytes(), token: 'other' })
  // the same ids with another start are another span
  await load(spanBatch(rows(10).map((row) => ({ ...row, start_time: at(80_000) }))))

  const finding = { reason: 'duplicate_spans', day: DAY_TEXT, count: 130 }
  expect((await audit(false)).findings).toEqual([{ ...finding, repaired: false }])
  const { findings, removedBatches } = await audit(true)
  expect(findings).toEqual([{ ...finding, repaired: true }])
  expect(removedBatches).toContain(twice.id)
  expect(await spanCounts(test.store)).toEqual({ base: 440, traces: 440, metrics: 440 })
  expect((await compareRollups(test.store)).every(({ equal }) => equal)).toBe(true)
  const [spans] = await test.store.select<{ ids: number }>(
    'SELECT uniqExact(project_id, trace_id, span_id, start_time) AS ids FROM spans',
  )
  expect(spans).toEqual({ ids: 440 })
  const [ledger] = await test.store.select(
    `SELECT sum(received) AS received, sum(stored) AS stored, sum(deduplicated) AS deduplicated FROM ingest_ledger_v1 WHERE project_id = 'shop'`,
  )
  expect(ledger).toEqual({ received: 0, stored: -130, deduplicated: 130 })
  expect((await audit(true, true)).findings).toEqual([])
})

it('keeps the copy that counts', async () => {
  const batches = [spanBatch(rows(1)), spanBatch(rows(1))] as const
  for (const batch of batches) await load(batch)
  // settled as one call: the copy that came first counts no longer
  await test.store.command(
    `INSERT INTO insights.settlements (project_id, day, start_time, trace_id, span_id, batch_id, sign, base, reason, retention_days)
     SELECT project_id, day, start_time, trace_id, span_id, batch_id, -1, 1, 'same_call', 30 FROM insights.spans WHERE batch_id = unhex('${batches[0].id}')`,
  )
  await audit(true)
  const left = await test.store.select('SELECT lower(hex(batch_id)) AS id FROM spans')
  expect(left).toEqual([{ id: batches[1].id }])
})

it('finds inserts of which no row is there', async () => {
  const [kept, gone] = [spanBatch(rows(20)), spanBatch(rows(20, 100))]
  for (const batch of [kept, gone]) await load(batch)
  await test.store.command(`DELETE FROM insights.spans WHERE batch_id = unhex('${gone.id}')`)
  expect(await findGaps(test.store, [kept, gone])).toEqual([gone])
})
