import { DIALECTS } from '@hanzo/insights-semconv'
import { expect, it } from 'vitest'
import { word } from '../words.ts'
import { KeyTable } from './key-table.ts'

const find = (table: KeyTable, key: string): number => table.lookup(word(key), 0, Buffer.byteLength(key))

it('finds every key of the dialects and nothing near them', () => {
  const keys = [...new Set(DIALECTS.flatMap((dialect) => dialect.keys).map(({ key }) => key))]
  const table = new KeyTable(keys.map((key, i) => [key, i]))
  keys.forEach((key, i) => {
    expect(find(table, key)).toBe(i)
    for (const near of [`${key}x`, `x${key}`, key.slice(0, -1), key.toUpperCase()]) {
      expect(find(table, near)).toBe(keys.indexOf(near))
    }
  })
  expect(find(table, '')).toBe(-1)
})

it('keeps the first of two entries with one key, and keys that are not ASCII', () => {
  const table = new KeyTable([
    ['a', 1],
    ['ключ', 2],
    ['a', 3],
  ])
  expect([find(table, 'a'), find(table, 'ключ'), find(table, 'клю')]).toEqual([1, 2, -1])
})
