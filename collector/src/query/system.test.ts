import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  asOwner,
  createTestApp,
  get,
  hex,
  insertSpans,
  NOW_MS,
  startTestStore,
  type TestStore,
} from './query.fixture.ts'

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
  const received_time = new Date(NOW_MS - 1_500).toISOString().slice(0, 23).replace('T', ' ')
  await insertSpans(test.store, [{ trace: hex(1, 16), span: hex(1, 8), agoMs: 5_000, columns: { received_time } }])
  await test.store.command(
    `INSERT INTO insights.ingest_ledger (project_id, day, minute, signal, outcome, records)
     SELECT 'alpha', toDate(minute), fromUnixTimestamp(${NOW_MS / 1000 - 600}) AS minute, 'traces', arrayJoin(['stored', 'rejected']), 7`,
    {},
    { async_insert: 0 },
  )
})
afterAll(() => test.stop())

it('tells a project how fresh its data are and what became of what it sent, and of the store nothing', async () => {
  const { status, body } = await get(createTestApp(test.store.select), '/api/v1/system')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    version: '1.2.3',
    ready: true,
    freshness: { lag_ms: 1_500 },
    ledger_hour: { received: 14, stored: 7, rejected: 7, deduplicated: 0 },
    pending: null,
    storage: null,
  })
  const other = await get(createTestApp(test.store.select), '/api/v1/system', 'beta-key')
  expect(other.body).toMatchObject({ freshness: { last_received: null, lag_ms: null }, ledger_hour: { received: 0 } })
})

it('tells of the tables where no key is asked for', async () => {
  const { body } = await get(createTestApp(test.store.select, { auth: () => asOwner('alpha') }), '/api/v1/system')
  const spans = body.storage.find(({ table }: { table: string }) => table === 'spans')
  expect(spans).toMatchObject({ rows: 1, parts: 1, first_day: new Date(NOW_MS - 5_000).toISOString().slice(0, 10) })
  expect(spans.bytes).toBeGreaterThan(0)
})
