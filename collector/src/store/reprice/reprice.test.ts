import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tablePrices } from '../../app-reprice.ts'
import { createPricing } from '../../price/pricing.ts'
import { createDayGate } from '../day-gate.ts'
import { createLoader, type Loader } from '../load.ts'
import { compareRollups } from '../rebuild.ts'
import { DAY, manySpans, spanBatch, startTestStore, type TestStore } from '../store.fixture.ts'
import { refuseOtherWriters } from './other-writers.ts'
import { COST_COLUMNS } from './price-sql.ts'
import { type RepriceOptions, reprice } from './reprice.ts'

let test: TestStore
let loader: Loader
const gate = createDayGate()
const pricing = createPricing()
const findPrice = tablePrices(pricing)

beforeAll(async () => {
  test = await startTestStore()
  loader = createLoader({ ...test, gate })
  for (let i = 0; i < 4; i++) await loader.load(spanBatch(manySpans(500, i * 500)))
  const nextDay = manySpans(30, 9000).map((row) => ({
    ...row,
    project_id: 'lab',
    start_time: (row.start_time as bigint) + 86_400_000_000_000n,
  }))
  await loader.load(spanBatch(nextDay, { day: DAY + 1 }))
})
afterAll(async () => {
  await loader.stop()
  await test.stop()
})
beforeEach(() => {
  for (const project of ['shop', 'lab']) pricing.setProject(project, undefined)
})

const run = (options: Partial<RepriceOptions> = {}) =>
  reprice(
    { from: DAY, to: DAY + 1, project: undefined, dryRun: false, ...options },
    { store: test.store, gate, findPrice },
  )

const price = (name: string, input: number) => ({
  prices: [{ name, match: 'gpt-5', per_million: { input, output: 10 } }],
})

/** Everything of the rows but their cost; settlements are by row too. */
const others = (): Promise<unknown[]> =>
  test.store.select(
    `SELECT count() AS n, sum(cityHash64(tuple(* EXCEPT (${COST_COLUMNS})))) AS hash FROM spans WHERE day = '2026-11-23'`,
  )
const costs = async (): Promise<Record<string, string>> => {
  const rows = await test.store.select<{ price: string; usd: string }>(
    'SELECT price_id AS price, toString(sum(cost_usd)) AS usd FROM spans GROUP BY price ORDER BY price',
  )
  return Object.fromEntries(rows.map(({ price, usd }) => [price, usd]))
}
const areEqual = async (): Promise<boolean> => (await compareRollups(test.store)).every(({ equal }) => equal)

describe('pricing stored spans anew', () => {
  it('shows what would change, exactly, and changes nothing', async () => {
    const before = await costs()
    const result = await run({ dryRun: true })
    // 2,000 calls of 100 and 10 tokens: 100 x 1.25 + 10 x 10 per million, where 0.001 each was stored.
    expect(result.models).toMatchObject([
      { project: 'shop', model: 'gpt-5', rows: 2000, changed: 2000, old_usd: '2', new_usd: '0.45', delta_usd: '-1.55' },
      { project: 'lab', rows: 30, old_usd: '0.03', new_usd: '0.00675', delta_usd: '-0.02325' },
    ])
    expect(result).toMatchObject({ changed: 2030, old_usd: '2.03', new_usd: '0.45675', delta_usd: '-1.57325' })
    expect(result.days.map(({ day, rewritten }) => [day, rewritten])).toEqual([
      ['2026-11-23', false],
      ['2026-11-24', false],
    ])
    expect(await costs()).toEqual(before)
  })

  it('rewrites the cost columns of the rows, nothing else, and the rollups with them; a second time there is no difference', async () => {
    const before = await others()
    const days: string[] = []
    await run({ onDay: ({ day }, done, total) => days.push(`${day} ${done}/${total}`) })
    expect(days).toEqual(['2026-11-23 1/2', '2026-11-24 2/2'])
    expect(await costs()).toEqual({ 'genai-prices/0.1.8/openai/gpt-5': '0.45675' })
    expect(await others()).toEqual(before)
    expect(await areEqual()).toBe(true)
    expect(
      await test.store.select("SELECT toString(sum(cost_usd)) AS usd FROM cost_v1 WHERE project_id = 'shop'"),
    ).toEqual([{ usd: '0.45' }])
    expect(await run()).toMatchObject({ changed: 0, models: [], days: [{ rewritten: false }, { rewritten: false }] })
  })

  it('takes a project’s own prices, and only its rows when only it is asked for', async () => {
    pricing.setProject('shop', price('shop', 2))
    pricing.setProject('lab', price('lab', 3))
    expect(await run({ project: 'lab' })).toMatchObject({ changed: 30 })
    expect(Object.keys(await costs())).toEqual(['genai-prices/0.1.8/openai/gpt-5', 'project/lab'])
    expect(await run()).toMatchObject({ changed: 2000 })
    expect(await costs()).toEqual({ 'project/lab': '0.012', 'project/shop': '0.6' })
    expect(await areEqual()).toBe(true)
  })

  it('never mutates a table, and leaves none behind', async () => {
    expect(
      await test.store.select("SELECT table, command FROM system.mutations WHERE command NOT LIKE '%MATERIALIZE%'"),
    ).toEqual([])
    await test.store.command('CREATE TABLE insights.spans_reprice_20780 AS insights.spans')
    await run()
    expect(await test.store.select("SELECT name FROM system.tables WHERE name LIKE '%repric%'")).toEqual([])
  })

  it('loses and doubles nothing of what is stored meanwhile', async () => {
    pricing.setProject('shop', price('busy', 4))
    let isDone = false
    const repriced = run({ project: 'shop' }).finally(() => {
      isDone = true
    })
    let batches = 0
    for (; !isDone || batches < 4; batches++) await loader.load(spanBatch(manySpans(20, 20_000 + batches * 20)))
    await repriced
    await loader.load(spanBatch(manySpans(20, 20_000 + batches * 20)))
    const [found] = await test.store.select(
      "SELECT count() AS rows, uniq(span_id) AS spans FROM spans WHERE day = '2026-11-23'",
    )
    expect(found).toEqual({ rows: 2000 + (batches + 1) * 20, spans: 2000 + (batches + 1) * 20 })
    expect(await areEqual()).toBe(true)
    expect(await run({ project: 'shop' })).toMatchObject({
      days: expect.arrayContaining([expect.objectContaining({ day: '2026-11-23' })]),
    })
    expect(await run()).toMatchObject({ changed: expect.any(Number) })
  })

  it('knows a batch again that comes a second time after its day was swapped', async () => {
    const batch = spanBatch(manySpans(40, 50_000))
    await loader.load(batch)
    pricing.setProject('shop', price('again', 5))
    await run()
    expect(await loader.load({ ...batch, first: false })).toMatchObject({ stored: 40 })
    const [row] = await test.store.select<{ n: number }>(
      'SELECT count() AS n FROM spans WHERE batch_id = unhex({id:String})',
      { id: batch.id },
    )
    expect(row?.n).toBe(40)
    expect(await areEqual()).toBe(true)
  })

  it('mends rollups that a run left behind which died after the swap', async () => {
    await test.store.command("ALTER TABLE insights.metrics_minute DROP PARTITION '2026-11-24'")
    expect(await areEqual()).toBe(false)
    await run({ dryRun: true })
    expect(await areEqual()).toBe(false)
    await run()
    expect(await areEqual()).toBe(true)
  })

  it('ends after the day in hand when told to', async () => {
    pricing.setProject('shop', price('stopped', 6))
    pricing.setProject('lab', price('stopped', 6))
    const stop = new AbortController()
    const result = await run({ signal: stop.signal, onDay: () => stop.abort() })
    expect(result.days.map(({ day }) => day)).toEqual(['2026-11-23'])
  })

  it('says that it cannot in a cluster', async () => {
    const deps = { store: { ...test.store, cluster: 'main' }, gate, findPrice }
    await expect(reprice({ from: DAY, to: DAY, project: undefined, dryRun: true }, deps)).rejects.toThrow(
      /cannot reprice a cluster/,
    )
  })
})

describe('a ClickHouse that others write to', () => {
  const remote = () => ({ ...test.store, generation: undefined })

  it('keeps its day when one of them inserts while ours wait', async () => {
    const refused = expect(refuseOtherWriters(remote(), '2026-11-23')).rejects.toThrow(
      /another collector stores into it/,
    )
    await loader.load(spanBatch(manySpans(10, 60_000)))
    await refused
    await refuseOtherWriters(remote(), '2026-11-23')
  })
})
