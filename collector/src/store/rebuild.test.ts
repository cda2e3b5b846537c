import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLoader, type Loader } from './load.ts'
import { compareRollups, ROLLUPS, rebuildRollup, rebuildRollups } from './rebuild.ts'
import { DAY, manySpans, spanBatch, startTestStore, type TestStore } from './store.fixture.ts'

let test: TestStore
let loader: Loader
beforeAll(async () => {
  test = await startTestStore()
  loader = createLoader(test)
  for (let i = 0; i < 4; i++) await loader.load(spanBatch(manySpans(500, i * 500)))
  const nextDay = manySpans(30, 9000).map((row) => ({
    ...row,
    start_time: (row.start_time as bigint) + 86_400_000_000_000n,
  }))
  await loader.load(spanBatch(nextDay, { day: DAY + 1 }))
})
afterAll(async () => {
  await loader.stop()
  await test.stop()
})

const contents = async (): Promise<unknown[]> => [
  await test.store.select('SELECT * FROM traces_v1 ORDER BY trace_id'),
  await test.store.select('SELECT * FROM cost_v1 ORDER BY ALL'),
  await test.store.select('SELECT * FROM latency_v1 ORDER BY ALL'),
]

it('finds base and rollups equal, with the figures of the base', async () => {
  const days = await compareRollups(test.store)
  expect(days.map(({ day, equal }) => ({ day, equal }))).toEqual([
    { day: '2026-11-23', equal: true },
    { day: '2026-11-24', equal: true },
  ])
  expect(days[0]?.base).toEqual({
    spans: 2000,
    errors: 200,
    calls: 2000,
    settlements: 0,
    input_tokens: '200000',
    output_tokens: '20000',
    cost_usd: '2',
  })
})

it('changes nothing by rebuilding rollups that are right, and leaves no twin behind', async () => {
  const before = await contents()
  await rebuildRollups(test.store, DAY)
  expect(await contents()).toEqual(before)
  expect(
    await test.store.select("SELECT name FROM system.tables WHERE database = 'insights' AND name LIKE '%rebuild%'"),
  ).toEqual([])
})

it('makes the same of a day in windows of hours as of the whole', async () => {
  const before = await contents()
  for (const rollup of ROLLUPS) await rebuildRollup(test.store, rollup, DAY, 100)
  expect(await contents()).toEqual(before)
})

it.each(ROLLUPS)('finds a %s that doubled a day and one that lost it, and mends both', async (rollup) => {
  const before = await contents()
  await test.store.command(
    `INSERT INTO insights.${rollup} SELECT * FROM insights.${rollup} WHERE day = '2026-11-23'`,
    {},
    { insert_deduplicate: 0 },
  )
  expect((await compareRollups(test.store, { day: DAY }))[0]?.equal).toBe(false)
  await rebuildRollups(test.store, DAY)
  await test.store.command(`ALTER TABLE insights.${rollup} DROP PARTITION '2026-11-23'`)
  expect((await compareRollups(test.store, { day: DAY, countsOnly: true }))[0]?.equal).toBe(false)
  await rebuildRollups(test.store, DAY)
  expect((await compareRollups(test.store)).every(({ equal }) => equal)).toBe(true)
  expect(await contents()).toEqual(before)
})

it('empties the rollups of a day whose base is empty', async () => {
  await test.store.command("DELETE FROM insights.spans WHERE day = '2026-11-24'")
  expect(await rebuildRollups(test.store, DAY + 1)).toBeUndefined()
  expect((await compareRollups(test.store)).map(({ day }) => day)).toEqual(['2026-11-23'])
})
