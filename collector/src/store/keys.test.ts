import { afterAll, beforeAll, expect, it } from 'vitest'
import { addUsage, readKeys, readUsage, type StoredKey, writeKey } from './keys.ts'
import { startTestStore, type TestStore } from './store.fixture.ts'

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())

const KEY: StoredKey = {
  keyId: 'k1',
  project: 'shop',
  name: `it's "a\\key" ü`,
  kind: 'public',
  prefix: 'hz_pub_AbCdEf',
  sha256: 'ab'.repeat(32),
  scopes: ['ingest'],
  origins: ['https://a.example', "https://b.example'"],
  rates: { bytesPerSecond: 2 ** 53 - 1, spansPerSecond: undefined, bytesPerMonth: 1, spansPerMonth: undefined },
  createdMs: 1_769_000_000_123,
  expiresMs: undefined,
  revokedMs: undefined,
}

it('gives keys back as they were written, the newest version of each', async () => {
  const { store } = test
  expect(await readKeys(store)).toEqual([])
  await writeKey(store, KEY, 1)
  expect(await readKeys(store)).toEqual([KEY])
  const other = { ...KEY, keyId: 'k2', project: 'lab', createdMs: KEY.createdMs + 1, expiresMs: KEY.createdMs + 5 }
  await writeKey(store, other, 1)
  await writeKey(store, { ...KEY, name: 'newer', rates: {}, scopes: ['ingest', 'read'] }, 3)
  await writeKey(store, { ...KEY, name: 'older' }, 2)
  expect(await readKeys(store)).toMatchObject([{ name: 'newer', scopes: ['ingest', 'read'] }, other])
  expect((await readKeys(store))[0]?.rates.bytesPerMonth).toBeUndefined()
})

it('never brings a revoked key back, and forgets it after a while', async () => {
  const { store } = test
  const nowMs = Date.now()
  await writeKey(store, { ...KEY, keyId: 'gone', revokedMs: nowMs }, 5)
  await writeKey(store, { ...KEY, keyId: 'gone' }, 9)
  await writeKey(store, { ...KEY, keyId: 'long-gone', revokedMs: nowMs - 100 * 86_400_000 }, 5)
  const revoked = (await readKeys(store)).filter(({ revokedMs }) => revokedMs !== undefined)
  expect(revoked.map(({ keyId, revokedMs }) => [keyId, revokedMs])).toEqual([['gone', nowMs]])
})

it('sums what keys sent by month, a repeated write once', async () => {
  const { store } = test
  const row = { project: 'shop', keyId: 'k1', month: '2026-02', requests: 1, bytes: 2 ** 40, spans: 7 }
  const usage = { ...row, lastUsedMs: 1_770_000_000_000 }
  await addUsage(store, [usage, { ...usage, keyId: '' }], 'token-1')
  await addUsage(store, [usage, { ...usage, keyId: '' }], 'token-1')
  await addUsage(store, [{ ...usage, lastUsedMs: 1_769_000_000_999 }], 'token-2')
  await addUsage(store, [{ ...usage, month: '2026-01' }], 'token-3')
  const rows = await readUsage(store, '2026-02')
  expect(rows.toSorted((a, b) => a.keyId.localeCompare(b.keyId))).toEqual([
    { ...usage, keyId: '' },
    { ...usage, requests: 2, bytes: 2 ** 41, spans: 14 },
  ])
  expect(await readUsage(store, '2026-01')).toHaveLength(3)
})

it('says whether the store refused or does not answer', async () => {
  const { store } = test
  await store.command('RENAME TABLE insights.key_usage TO insights.key_usage_elsewhere')
  const usage = { project: 'a', keyId: 'b', month: '2026-01', requests: 1, bytes: 1, spans: 1, lastUsedMs: 1 }
  await expect(addUsage(store, [usage], 't')).rejects.toMatchObject({ code: 'INSIGHTS_STORE_REJECTED' })
  await store.command('RENAME TABLE insights.key_usage_elsewhere TO insights.key_usage')
})
