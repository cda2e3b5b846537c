import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../../../src/query/query.fixture.ts'
import { compileSql } from '../../../src/query/sql/compile.ts'
import { listSql } from './list-sql.ts'
import { LISTS } from './lists.ts'

describe('the SQL of a list', () => {
  let test: TestStore
  beforeAll(async () => {
    test = await startTestStore()
  })
  afterAll(() => test.stop())

  it.each(Object.values(LISTS))('of $name is taken by the SQL page and by the engine', async (spec) => {
    const fields = Object.keys(spec.columns)
      .filter((name) => !name.startsWith('score'))
      .join(',')
    const sql = listSql(spec, { from: 'now-24h', to: 'now-1h', q: 'is:error', sort: 'cost_usd', fields, limit: 50 })
    const asked = 'cost_usd' in spec.columns ? sql : sql.replace('cost_usd DESC, ', '')
    expect(() => compileSql(asked, 'shop', new Map())).not.toThrow()
    expect(await test.store.select(asked)).toEqual([])
  })
})
