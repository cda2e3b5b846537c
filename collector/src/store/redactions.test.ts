import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeRedactions } from './redactions.ts'
import { startTestStore, type TestStore } from './store.fixture.ts'

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())

it('keeps counts by project, rule and minute', async () => {
  const minute = Date.UTC(2026, 10, 23, 12, 30)
  await writeRedactions(
    test.store,
    [
      { project: 'shop', rule: 'email', count: 3 },
      { project: 'bank', rule: "it's", count: 1 },
    ],
    minute,
  )
  await writeRedactions(test.store, [{ project: 'shop', rule: 'email', count: 2 }], minute + 30_000)
  expect(await test.store.select('SELECT * FROM redactions_v1 ORDER BY project_id')).toEqual([
    { project_id: 'bank', time: '2026-11-23 12:30:00', rule: "it's", replaced: 1 },
    { project_id: 'shop', time: '2026-11-23 12:30:00', rule: 'email', replaced: 5 },
  ])
})
