import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Batch } from './batch.ts'
import { createLoader, type Loader } from './load.ts'
import { readNativeBlock } from './native-slice.ts'
import { compareRollups } from './rebuild.ts'
import { lookUp } from './repair.ts'
import {
  at,
  DAY,
  encodeBlock,
  logBatch,
  manySpans,
  spanBatch,
  spanCounts,
  startTestStore,
  type TestStore,
} from './store.fixture.ts'

let test: TestStore
let loader: Loader

beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())
beforeEach(async () => {
  loader = createLoader(test)
  for (const table of ['spans', 'log_events', 'traces', 'metrics_minute', 'metrics_hour'])
    await test.store.command(`TRUNCATE TABLE insights.${table}`)
})
afterEach(() => loader.stop())

const once = (rows: number) => ({ base: rows, traces: rows, metrics: rows })
const again = (batch: Batch): Batch => ({ ...batch, first: false })

async function insertRaw(batch: Batch, from: number, to: number, token: string): Promise<void> {
  const bytes = readNativeBlock(await batch.bytes()).slice(from, to)
  await test.store.insertNative({ table: batch.table, columns: batch.columns, bytes, token })
}

it('stores a batch in the base and in both rollups', async () => {
  expect(await loader.load(spanBatch(manySpans(1000)))).toMatchObject({ stored: 1000, poisoned: 0 })
  expect(await spanCounts(test.store)).toEqual(once(1000))
  expect(await loader.load(logBatch([{ event_name: 'a' }, { event_name: 'b' }]))).toMatchObject({
    stored: 2,
    poisoned: 0,
  })
  expect(await test.store.select('SELECT count() AS n FROM log_events')).toEqual([{ n: 2 }])
})

it('counts the same token once, in the base and in both rollups', async () => {
  const batch = spanBatch(manySpans(500))
  for (let i = 0; i < 3; i++) await insertRaw(batch, 0, 500, 'the-same')
  expect(await spanCounts(test.store)).toEqual(once(500))
})

it('does not double a recovered batch that had been stored', async () => {
  const batch = spanBatch(manySpans(300))
  await loader.load(batch)
  expect(await loader.load(again(batch))).toMatchObject({ stored: 300, poisoned: 0 })
  expect(await spanCounts(test.store)).toEqual(once(300))
})

it('stores a recovered batch that had not arrived', async () => {
  await loader.load(spanBatch(manySpans(10)))
  expect(await loader.load(again(spanBatch(manySpans(300, 1000))))).toMatchObject({ stored: 300, poisoned: 0 })
  expect(await spanCounts(test.store)).toEqual(once(310))
})

it.each([
  ['in part', async (batch: Batch) => insertRaw(batch, 0, 40, 'part')],
  ['twice', async (batch: Batch) => Promise.all(['a', 'b'].map((token) => insertRaw(batch, 0, 100, token)))],
])('puts right a batch that is stored %s', async (_, damage) => {
  await loader.load(spanBatch(manySpans(50, 5000)))
  const batch = spanBatch(manySpans(100))
  await damage(batch)
  expect(await loader.load(again(batch))).toMatchObject({ stored: 100, poisoned: 0 })
  expect(await spanCounts(test.store)).toEqual(once(150))
  expect((await compareRollups(test.store)).every(({ equal }) => equal)).toBe(true)
})

it('does not double a recovered batch whose token the tables have forgotten', async () => {
  const tables = ['spans', 'traces', 'metrics_minute', 'metrics_hour']
  const remember = (inserts: number) =>
    Promise.all(
      tables.map((table) =>
        test.store.command(
          `ALTER TABLE insights.${table} MODIFY SETTING non_replicated_deduplication_window = ${inserts}`,
        ),
      ),
    )
  await remember(2)
  try {
    const [recovered, bare] = [spanBatch(manySpans(100)), spanBatch(manySpans(10, 5000))]
    await loader.load(recovered)
    await insertRaw(bare, 0, 10, 'bare')
    for (let n = 1; n <= 4; n++) await loader.load(spanBatch(manySpans(10, 10_000 * n)))
    await insertRaw(bare, 0, 10, 'bare')
    // The token alone does not answer any more,
    expect(await spanCounts(test.store)).toEqual(once(160))
    // but the rows do.
    expect(await loader.load(again(recovered))).toMatchObject({ stored: 100, poisoned: 0 })
    expect(await spanCounts(test.store)).toEqual(once(160))
  } finally {
    await remember(100_000)
  }
})

it('does not bring back what retention has dropped, and stores again what was lost of the days that are kept', async () => {
  const keeping = createLoader({ ...test, retentionDays: 5 })
  const today = Math.floor(Date.now() / 86_400_000)
  const rows = manySpans(20).map((row) => ({ ...row, retention_days: 10_000 }))
  const [expired, kept] = [today - 6, today - 5].map((day) => ({ ...spanBatch(rows), day }))
  try {
    expect(await keeping.load(again(expired!))).toMatchObject({ stored: 20, poisoned: 0 })
    expect(await spanCounts(test.store)).toEqual(once(0))
    // Of a day within retention nobody can tell a drop from a loss.
    expect(await lookUp(test.store, again(kept!), 5)).toBe('absent')
  } finally {
    await keeping.stop()
  }
})

it.each(['traces', 'metrics_minute', 'metrics_hour'])(
  'gives back what %s had lost when the batch is recovered',
  async (rollup) => {
    const batch = spanBatch(manySpans(100))
    await loader.load(spanBatch(manySpans(50, 5000)))
    await test.store.command(`RENAME TABLE insights.${rollup}_mv TO insights.away_mv`)
    await test.store.command('DETACH TABLE insights.away_mv SYNC')
    await loader.load(batch) // as if the engine had died between the base and this rollup
    await test.store.command('ATTACH TABLE insights.away_mv')
    await test.store.command(`RENAME TABLE insights.away_mv TO insights.${rollup}_mv`)
    expect((await compareRollups(test.store))[0]?.equal).toBe(false)
    await loader.load(again(batch))
    expect(await spanCounts(test.store)).toEqual(once(150))
  },
)

it('takes a batch apart to its poison rows, and keeps those', async () => {
  await test.store.command(`ALTER TABLE insights.spans ADD CONSTRAINT sober CHECK name != 'poison'`)
  const rows = manySpans(200).map((row, i) =>
    [17, 18, 199].includes(i) ? { ...row, name: 'poison', input: 'secret', received_time: at(5) / 1_000_000n } : row,
  )
  const batch = spanBatch(rows)
  try {
    expect(await loader.load(batch)).toMatchObject({ stored: 197, poisoned: 3 })
  } finally {
    await test.store.command('ALTER TABLE insights.spans DROP CONSTRAINT sober')
  }
  expect(await spanCounts(test.store)).toEqual(once(197))

  const directory = join(test.dataDir, 'dead-letter')
  const [file] = (await readdir(directory)).filter((name) => name.includes(batch.id))
  const path = join(directory, file!)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const lines = (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ row }) => row).sort((a, b) => a - b)).toEqual([17, 18, 199])
  expect(lines[0]).toMatchObject({
    table: 'spans',
    batch_id: batch.id,
    day: DAY,
    code: 469,
    error: 'VIOLATED_CONSTRAINT',
  })

  // The ledger counted them as stored, in the minute of their receipt.
  const dead = `SELECT reason, stored, dead_lettered FROM ingest_ledger_v1 WHERE project_id = 'shop' ORDER BY reason`
  const corrected = [
    { reason: '', stored: -3, dead_lettered: 0 },
    { reason: 'VIOLATED_CONSTRAINT', stored: 0, dead_lettered: 3 },
  ]
  expect(await test.store.select(dead)).toEqual(corrected)

  // What was kept is the row itself: once the table takes it, it goes in as it is.
  for (const { native, columns, row } of lines) {
    const bytes = Buffer.from(native, 'base64')
    await test.store.insertNative({ table: 'spans', columns, bytes, token: `again-${row}` })
  }
  expect(await test.store.select(`SELECT count() AS n, any(input) AS input FROM spans WHERE name = 'poison'`)).toEqual([
    { n: 3, input: 'secret' },
  ])
})

it('keeps a batch whole that is no Native block, instead of trying it for ever', async () => {
  const broken = Buffer.from(encodeBlock({ name: { type: 'String', values: ['a', 'b'] } }).subarray(0, -2))
  const batch: Batch = { ...spanBatch(manySpans(2)), columns: ['name'], bytes: async () => broken }
  expect(await loader.load(batch)).toMatchObject({ stored: 0, poisoned: 2 })
})

it('waits out a schema that is not as it should be, and loses nothing', async () => {
  await test.store.command('RENAME TABLE insights.spans TO insights.spans_away')
  const done = loader.load(spanBatch(manySpans(20)))
  await sleep(400)
  await test.store.command('RENAME TABLE insights.spans_away TO insights.spans')
  expect(await done).toMatchObject({ stored: 20, poisoned: 0 })
  expect(await spanCounts(test.store)).toEqual(once(20))
})

it('rejects what it still waits for when it is stopped', async () => {
  await test.store.command('RENAME TABLE insights.spans TO insights.spans_away')
  const done = loader.load(spanBatch(manySpans(20)))
  const told = expect(done).rejects.toMatchObject({ code: 'INSIGHTS_STORE_UNREACHABLE' })
  await sleep(50)
  await loader.stop()
  await told
  await test.store.command('RENAME TABLE insights.spans_away TO insights.spans')
})

it('has every row once after the engine is killed in the middle of inserts', async () => {
  const batches = Array.from({ length: 12 }, (_, i) => spanBatch(manySpans(4000, i * 4000)))
  const done = Promise.all(batches.map((batch) => loader.load(batch)))
  for (const waitMs of [120, 1500]) {
    await sleep(waitMs)
    const pid = test.engine.pid()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }
  expect(await done).toEqual(batches.map(() => ({ stored: 4000, poisoned: 0, dead: [] })))
  expect(test.engine.generation()).toBeGreaterThan(1)
  expect(await spanCounts(test.store)).toEqual(once(48_000))
  expect(
    await test.store.select('SELECT uniqExact(span_id) AS ids, uniqExact(batch_id) AS batches FROM spans'),
  ).toEqual([{ ids: 48_000, batches: 12 }])
  expect((await compareRollups(test.store)).map(({ equal }) => equal)).toEqual([true])
})
