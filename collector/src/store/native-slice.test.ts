import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readNativeBlock } from './native-slice.ts'
import {
  type Columns,
  encodeBlock,
  manySpans,
  spanBatch,
  startTestStore,
  type TestStore,
  type Value,
} from './store.fixture.ts'

const integer = (bits: number, signed: boolean): fc.Arbitrary<bigint> =>
  fc.bigInt(signed ? -(2n ** BigInt(bits - 1)) : 0n, 2n ** BigInt(signed ? bits - 1 : bits) - 1n)
const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString('hex'))
// Few distinct words, so that dictionaries repeat; long enough that lengths need two bytes.
const word = fc.oneof(fc.constantFrom('', 'gpt-5', 'naïve 🦉'), fc.string({ maxLength: 300 }))
const list = (item: fc.Arbitrary<Value>): fc.Arbitrary<Value> => fc.array(item, { maxLength: 4 })
const entries = list(fc.tuple(word, word))

const VALUES: Record<string, fc.Arbitrary<Value>> = {
  UInt8: integer(8, false),
  Int32: integer(32, true),
  UInt64: integer(64, false),
  Date: integer(16, false),
  Float64: fc.double(),
  String: word,
  'FixedString(8)': hex(8),
  "DateTime64(9, 'UTC')": integer(64, true),
  'LowCardinality(String)': word,
  'Nullable(UInt32)': fc.option(integer(32, false)),
  'Nullable(String)': fc.option(word),
  'Nullable(Decimal(18, 12))': fc.option(integer(64, true)),
  'Array(LowCardinality(String))': list(word),
  "Array(DateTime64(9, 'UTC'))": list(integer(64, true)),
  'Map(LowCardinality(String), String)': entries,
  'Array(Map(LowCardinality(String), String))': list(entries),
}

const block: fc.Arbitrary<Columns> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.uniqueArray(fc.constantFrom(...Object.keys(VALUES)), { minLength: 1 }))
  .chain(([rows, types]) =>
    fc
      .tuple(...types.map((type) => fc.array(VALUES[type]!, { minLength: rows, maxLength: rows })))
      .map((columns) => Object.fromEntries(types.map((type, i) => [`c_${i}`, { type, values: columns[i]! }]))),
  )

const rowsOf = (columns: Columns, from: number, to: number): Columns =>
  Object.fromEntries(
    Object.entries(columns).map(([name, { type, values }]) => [name, { type, values: values.slice(from, to) }]),
  )

it('cuts any range of rows out of any block as if only those rows had been written', () => {
  fc.assert(
    fc.property(block, fc.nat(12), fc.nat(12), (columns, a, b) => {
      const read = readNativeBlock(encodeBlock(columns))
      const [from, to] = [Math.min(a, b, read.rows), Math.min(Math.max(a, b), read.rows)]
      expect(read.slice(from, to).equals(encodeBlock(rowsOf(columns, from, to), columns))).toBe(true)
    }),
    { numRuns: 300 },
  )
})

it('refuses a block that is torn anywhere, and one with bytes left over', () => {
  const bytes = encodeBlock({
    id: { type: 'UInt64', values: [1, 2] },
    tags: { type: 'Array(LowCardinality(String))', values: [['a'], ['b', 'c']] },
    note: { type: 'Nullable(String)', values: [null, 'x'] },
  })
  for (let length = 0; length < bytes.length; length++) {
    expect(() => readNativeBlock(bytes.subarray(0, length)), `cut at ${length}`).toThrow()
  }
  expect(() => readNativeBlock(Buffer.concat([bytes, Buffer.of(0)]))).toThrow('bytes are left over')
})

it('refuses a type that no table of ours has', () => {
  const bytes = encodeBlock({ a: { type: 'UInt8', values: [1] } })
  bytes.write('Ring8', bytes.indexOf('UInt8'))
  expect(() => readNativeBlock(bytes)).toThrow('Ring8')
})

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())

it('reads and cuts what ClickHouse itself writes for all columns of spans', async () => {
  const { store, engine } = test
  const batch = spanBatch(
    manySpans(20).map((row, i) => ({ ...row, tags: [`t${i % 3}`, 'all'], attributes: [['k', `v${i}`]] })),
  )
  await store.insertNative({ table: 'spans', columns: batch.columns, bytes: await batch.bytes(), token: 'a' })
  await store.command('CREATE TABLE insights.copy AS insights.spans')
  const answer = await fetch(`${engine.url}/?database=insights`, {
    method: 'POST',
    headers: { 'x-clickhouse-user': engine.username, 'x-clickhouse-key': engine.password },
    body: 'SELECT * FROM spans ORDER BY span_id FORMAT Native',
  })
  const read = readNativeBlock(new Uint8Array(await answer.arrayBuffer()))
  expect(read.rows).toBe(20)
  for (const [from, to] of [
    [0, 7],
    [7, 8],
    [8, 20],
  ] as const) {
    const bytes = read.slice(from, to)
    await store.insertNative({ table: 'copy', columns: read.columns, bytes, token: `${from}` })
  }
  const different = await store.select('SELECT * FROM spans EXCEPT SELECT * FROM copy')
  expect(different).toEqual([])
  expect(await store.select('SELECT count() AS n, uniqExact(span_id) AS ids FROM copy')).toEqual([{ n: 20, ids: 20 }])
})
