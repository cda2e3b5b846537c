import { expect, it } from 'vitest'
import { BlockMemory, resetColumns, writeBlock } from '../block.ts'
import { type Cell, readBlock } from '../testing/native-reader.ts'
import { word } from '../words.ts'
import type { Column } from './column.ts'
import { DictionaryColumn, DictionaryData } from './dictionary.ts'
import { FixedStringColumn, NullableColumn, NumberColumn, PairColumn } from './fixed.ts'
import { ArrayColumn, FixedData, MapColumn, MapData } from './nested.ts'
import { TextColumn, TextData } from './text.ts'

const memory = new BlockMemory()
const cells = (column: Column, rows: number): Cell[] =>
  readBlock(writeBlock([column], rows, memory, 0).bytes).rows.map((row) => row[column.name]!)
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

function put(map: MapData, row: number, key: string, value: string): void {
  const [k, v] = [word(key), word(value)]
  const at = map.push(row, k, 0, k.bytes.length, k.hash)
  map.values.append(at, v.bytes, 0, v.bytes.length)
}

it.each([1, 255, 256, 257, 65_535, 65_536, 70_000])('keeps a dictionary of %i values apart', (count) => {
  const column = new DictionaryColumn('c')
  const values = numbers(count).map((i) => (i === 0 ? '' : `value ${i}`))
  for (const [row, value] of values.entries()) column.word(row, word(value))
  column.word(count, word(`value ${count - 1}`))
  column.touched = true
  expect(cells(column, count + 1)).toEqual([...values, count === 1 ? 'value 0' : `value ${count - 1}`])
})

it('starts a dictionary afresh with every batch, also after one that was flooded', () => {
  const column = new DictionaryColumn('c')
  for (const count of [40_000, 3, 300, 2]) {
    const values = numbers(count).map((i) => `batch of ${count}: ${i}`)
    for (const [row, value] of values.entries()) column.word(row, word(value))
    expect(cells(column, count)).toEqual(values)
    resetColumns([column], count)
  }
})

it('leaves a column that holds only defaults out of the block', () => {
  const columns = [
    new DictionaryColumn('a'),
    new TextColumn('b'),
    new NumberColumn('c', 'UInt8', Uint8Array),
    new MapColumn('d'),
  ]
  expect(writeBlock(columns, 5, memory, 0).columns).toEqual([])
})

it('fills rows that were never set, wherever they are', () => {
  const text = new TextColumn('t')
  for (const row of [3, 1500]) text.append(row, word(`row ${row}`).bytes, 0, Buffer.byteLength(`row ${row}`))
  expect(cells(text, 3000)).toEqual(numbers(3000).map((row) => (row === 3 || row === 1500 ? `row ${row}` : '')))
  const pair = new PairColumn('p', 'Int64')
  pair.setNumber(2000, -1)
  pair.setNumber(2001, -(2 ** 53 - 1))
  pair.setNumber(2002, 2 ** 40 + 5)
  expect(cells(pair, 4000).slice(1999, 2004)).toEqual([0n, -1n, -9007199254740991n, 1099511627781n, 0n])
  const fixed = new FixedStringColumn('f', 2)
  fixed.set(1200, Buffer.from([0xab, 0xcd]), 0)
  expect(cells(fixed, 2500).filter((cell) => cell !== '0000')).toEqual(['abcd'])
})

it('gives NULL for rows without a value, beyond the first capacity and after a reset', () => {
  const column = new NullableColumn(new NumberColumn('n', 'UInt32', Uint32Array))
  for (const row of [0, 1023, 1024, 5000]) column.present(row).set(row, row)
  const wanted = numbers(6000).map((row) => ([0, 1023, 1024, 5000].includes(row) ? row : null))
  expect(cells(column, 6000)).toEqual(wanted)
  resetColumns([column], 6000)
  column.present(1).set(1, 7)
  expect(cells(column, 3)).toEqual([null, 7, null])
})

it('writes arrays with empty rows before, between and after', () => {
  const column = new ArrayColumn('a', new DictionaryData())
  for (const [row, value] of [
    [2, 'x'],
    [2, 'y'],
    [5, 'x'],
    [1100, 'z'],
  ] as const) {
    const { bytes, hash } = word(value)
    column.inner.set(column.push(row), column.inner.dictionary.index(word(value), 0, bytes.length, hash))
  }
  const got = cells(column, 1200)
  expect(got.length).toBe(1200)
  expect([got[0], got[2], got[3], got[5], got[1100], got[1199]]).toEqual([[], ['x', 'y'], [], ['x'], ['z'], []])
  resetColumns([column], 1200)
  column.touched = true
  expect(cells(column, 2)).toEqual([[], []])
})

it('writes maps inside arrays, also where a map or a whole row is empty', () => {
  const column = new ArrayColumn('m', new MapData())
  put(column.inner, column.push(1), 'a', '1')
  column.push(1)
  put(column.inner, column.push(3), 'b', '2')
  expect(cells(column, 5)).toEqual([[], [[['a', '1']], []], [], [[['b', '2']]], []])
})

it('writes fixed values and strings inside arrays', () => {
  const times = new ArrayColumn('t', new FixedData("DateTime64(9, 'UTC')", 8))
  const texts = new ArrayColumn('s', new TextData())
  const stamp = Buffer.alloc(8)
  stamp.writeBigInt64LE(-5n)
  times.push(1)
  times.inner.append(stamp, 0)
  texts.push(0)
  texts.inner.append(texts.push(0), Buffer.from('é'), 0, 2)
  expect(cells(times, 3)).toEqual([[], [-5n], []])
  expect(cells(texts, 2)).toEqual([['', 'é'], []])
})

it('repeats the map of the row before, and only what was written since it was opened', () => {
  const column = new MapColumn('m')
  column.touched = true
  column.data.open()
  put(column.data, 0, 'a', '1')
  put(column.data, 0, 'long', 'x'.repeat(5000))
  column.data.close()
  for (let row = 1; row < 300; row++) column.data.repeat(row)
  column.data.open()
  put(column.data, 300, 'b', '')
  column.data.close()
  column.data.repeat(301)
  column.data.open()
  column.data.close()
  column.data.repeat(303)
  const got = cells(column, 304)
  const first = [
    ['a', '1'],
    ['long', 'x'.repeat(5000)],
  ]
  expect(got.slice(0, 300)).toEqual(numbers(300).map(() => first))
  expect(got.slice(300)).toEqual([[['b', '']], [['b', '']], [], []])
})
