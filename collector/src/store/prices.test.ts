import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPrices, readPriceVersions, writePrices } from './prices.ts'
import { startTestStore, type TestStore } from './store.fixture.ts'

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())

it('keeps every version, and answers with the newest of each project', async () => {
  const { store } = test
  expect(await readPrices(store, 'a')).toBeUndefined()
  // Larger than a statement may be, with what text formats trip over.
  const large = JSON.stringify({ prices: [{ name: `'\\\n\n\t\0ü${'x'.repeat(2_000_000)}` }] })
  await writePrices(store, { project: 'a', version: 2, document: large })
  await writePrices(store, { project: 'a', version: 1, document: '{}' })
  await writePrices(store, { project: "b'", version: 7, document: '{"prices":[]}' })
  expect(await readPrices(store, 'a')).toEqual({ project: 'a', version: 2, document: large })
  expect(await readPrices(store, "b'")).toEqual({ project: "b'", version: 7, document: '{"prices":[]}' })
  expect(await readPriceVersions(store)).toEqual(
    new Map([
      ['a', 2],
      ["b'", 7],
    ]),
  )
  expect(await store.select('SELECT count() AS n FROM prices')).toEqual([{ n: 3 }])
})

it('says whether the store refused or does not answer', async () => {
  const { store } = test
  await store.command('RENAME TABLE insights.prices TO insights.prices_elsewhere')
  await expect(writePrices(store, { project: 'a', version: 3, document: '' })).rejects.toMatchObject({
    code: 'INSIGHTS_STORE_REJECTED',
  })
  await store.command('RENAME TABLE insights.prices_elsewhere TO insights.prices')
})
