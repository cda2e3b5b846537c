import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Columns, ColumnType } from './column.ts'
import { SCORE_COLUMNS, SESSION_COLUMNS, SPAN_COLUMNS, TRACE_COLUMNS, USER_COLUMNS } from './columns.ts'
import { startTestStore, type TestStore } from './query.fixture.ts'

let test: TestStore

beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())

describe('contract', () => {
  const VIEWS: [string, Columns][] = [
    ['traces_v1', TRACE_COLUMNS],
    ['generations_v1', SPAN_COLUMNS],
    ['span_details_v1', SPAN_COLUMNS],
    ['sessions_v1', SESSION_COLUMNS],
    ['users_v1', USER_COLUMNS],
    ['scores_v1', SCORE_COLUMNS],
  ]

  it.each(VIEWS)('knows the columns of %s and their types', async (view, columns) => {
    const rows = await test.store.select<{ name: string; type: string }>(`DESCRIBE TABLE ${view}`)
    const kinds = rows.map(({ name, type }) => [name, familyOf(type)])
    expect(kinds).toEqual(Object.entries(columns).map(([name, type]) => [name, FAMILIES[type]]))
  })
})

const FAMILIES: Record<ColumnType, string> = {
  text: 'string',
  content: 'string',
  count: 'unsigned',
  integer: 'signed',
  float: 'float',
  money: 'decimal',
  time: 'time',
  texts: 'strings',
  times: 'times',
  map: 'map',
  numbers: 'numbers',
  maps: 'maps',
}

function familyOf(type: string): string {
  const bare = type
    .replace(/LowCardinality\((\w+)\)/g, '$1')
    .replace(/SimpleAggregateFunction\(\w+, (.+)\)$/, '$1')
    .replace(/Nullable\((.+)\)/, '$1')
  const known: [RegExp, string][] = [
    [/^String$/, 'string'],
    [/^UInt/, 'unsigned'],
    [/^Int/, 'signed'],
    [/^Float/, 'float'],
    [/^Decimal/, 'decimal'],
    [/^DateTime64/, 'time'],
    [/^Array\(String\)/, 'strings'],
    [/^Array\(DateTime64/, 'times'],
    [/^Map\(.*Float64\)$/, 'numbers'],
    [/^Map/, 'map'],
    [/^Array\(Map/, 'maps'],
  ]
  return known.find(([pattern]) => pattern.test(bare))?.[1] ?? type
}
