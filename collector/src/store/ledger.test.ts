import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Batch } from './batch.ts'
import { encodeLedger, type LedgerRow } from './ledger.ts'
import { createLoader } from './load.ts'
import { startTestStore, type TestStore } from './store.fixture.ts'

let test: TestStore
const MINUTES_PER_DAY = 1440

beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())
beforeEach(() => test.store.command('TRUNCATE TABLE insights.ingest_ledger'))

const row = (minute: number, over: Partial<LedgerRow> = {}): LedgerRow => ({
  project: 'shop',
  minute,
  signal: 'traces',
  outcome: 'stored',
  reason: '',
  records: 10,
  ...over,
})

function batchOf(rows: readonly LedgerRow[], day: number): Batch {
  const id = crypto.randomUUID().replaceAll('-', '')
  const { columns, bytes } = encodeLedger(rows, id, day)
  return { id, table: 'ingest_ledger', day, rows: rows.length, columns, bytes: async () => bytes, first: true }
}

async function load(...batches: Batch[]): Promise<void> {
  const loader = createLoader(test)
  for (const batch of batches) await loader.load(batch)
  await loader.stop()
}

const today = Math.floor(Date.now() / 86_400_000)

it('says of each minute and reason what was received, and counts a batch that is sent again once', async () => {
  const minute = today * MINUTES_PER_DAY + 7
  const batch = batchOf(
    [row(minute), row(minute, { outcome: 'rejected', reason: 'trace_id', records: 3 }), row(minute, { project: 'ü' })],
    today,
  )
  await load(batch, { ...batch, first: false }, batchOf([row(minute, { records: 5 })], today))
  const at = new Date(minute * 60_000).toISOString().slice(0, 19).replace('T', ' ')
  const none = { stored: 0, rejected: 0, filtered: 0, deduplicated: 0, dead_lettered: 0 }
  const same = { minute: at, signal: 'traces' }
  expect(await test.store.select('SELECT * FROM ingest_ledger_v1 ORDER BY project_id, reason')).toEqual([
    { project_id: 'shop', ...same, reason: '', received: 15, ...none, stored: 15 },
    { project_id: 'shop', ...same, reason: 'trace_id', received: 3, ...none, rejected: 3 },
    { project_id: 'ü', ...same, reason: '', received: 10, ...none, stored: 10 },
  ])
})

it('keeps one row of a minute once the minute is a week old, and the sums as they are', async () => {
  const day = today - 10
  const minutes = [day * MINUTES_PER_DAY, day * MINUTES_PER_DAY + 1]
  for (let i = 0; i < 3; i++)
    await load(
      batchOf(
        minutes.map((minute) => row(minute)),
        day,
      ),
    )
  await test.store.command('OPTIMIZE TABLE insights.ingest_ledger FINAL')
  const sums = 'SELECT count() AS rows, sum(records) AS records, uniqExact(minute) AS minutes FROM ingest_ledger'
  expect(await test.store.select(sums)).toEqual([{ rows: 2, records: 60, minutes: 2 }])
})
