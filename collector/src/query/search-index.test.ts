// Indexes of words and of attributes: that questions of the API find them, that answers are the same where a part has none, and after rows were erased.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../store/client.ts'
import { INDEXES_BUILT_BY_MERGES, insertSettings } from '../store/settings.ts'
import { createTestApp, get, hex, insertSpans, startTestStore, type TestSpan, type TestStore } from './query.fixture.ts'

let test: TestStore
let app: ReturnType<typeof createTestApp>
/** What the API asked last. */
let asked: { sql: string; params: Record<string, unknown> }

const span = (n: number, text: string, attributes: Record<string, string> = {}): TestSpan => ({
  trace: hex(n, 16),
  span: hex(n, 8),
  agoMs: 60_000 + n * 1_000,
  columns: { input: n % 2 === 0 ? content(text) : '', output: n % 2 === 0 ? '' : content(text), attributes },
})
const content = (text: string): string => JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }])

const WORDS: readonly [string, Record<string, string>?][] = [
  ['a Quixotic plan'],
  ['quixotically not'],
  ['line one\nquixotic', { 'order.id': 'o7' }],
  ['nothing', { 'order.id': 'o8', size: '12' }],
  ['grüße, quixotic', { 'order.id': '', size: 'huge' }],
]

const OF_MAPS = ['attribute_keys', 'attribute_values', 'metadata_keys', 'metadata_values']

beforeAll(async () => {
  test = await startTestStore()
  await insertSpans(
    test.store,
    WORDS.map(([text, attributes], n) => span(n, text, attributes)),
  )
  await optimize(test.store)
  // and the same in a part that no merge has touched
  await insertSpans(
    test.store,
    WORDS.map(([text, attributes], n) => span(100 + n, text, attributes)),
    { exclude_materialize_skip_indexes_on_insert: [...INDEXES_BUILT_BY_MERGES, ...OF_MAPS].join(', ') },
  )
  app = createTestApp((sql, params, options) => {
    asked = { sql, params: params ?? {} }
    return test.store.select(sql, params, options)
  })
})
afterAll(() => test.stop())

const optimize = (store: Store): Promise<void> => store.command('OPTIMIZE TABLE insights.spans FINAL')

const found = async (q: string): Promise<number[]> => {
  const { status, body } = await get(app, `/api/v1/spans?fields=span_id&limit=100&q=${encodeURIComponent(q)}`)
  expect([status, body.detail]).toEqual([200, undefined])
  return body.data
    .map((row: { span_id: string }) => Number.parseInt(row.span_id, 16))
    .sort((a: number, b: number) => a - b)
}
const plan = async (q: string): Promise<string> => {
  await get(app, `/api/v1/spans?fields=span_id&q=${encodeURIComponent(q)}`)
  const rows = await test.store.select<{ explain: string }>(`EXPLAIN indexes = 1 ${asked.sql}`, asked.params)
  return rows.map(({ explain }) => explain).join('\n')
}
const both = (...numbers: number[]): number[] => [...numbers, ...numbers.map((n) => 100 + n)]

it.each([
  ['quixotic', both(0, 2, 4), ['input_words', 'output_words']],
  ['"a quixotic plan"', both(0), ['input_words', 'output_words']],
  ['nowhere', [], ['input_words', 'output_words']],
  ['attr.order.id:o7', both(2), ['attribute_keys', 'attribute_values']],
  ['attr.order.id:o7,o8', both(2, 3), ['attribute_keys', 'attribute_values']],
  ['attr.size>3', both(3), ['attribute_keys']],
  ['attr.size:hu*', both(4), ['attribute_keys']],
  ['attr.size:*', both(3, 4), ['attribute_keys']],
  ['metadata.tenant:acme', [], ['metadata_keys', 'metadata_values']],
])('answers %s by an index, the same in a part with it and in one without', async (q, expected, indexes) => {
  expect(await found(q)).toEqual(expected)
  const text = await plan(q)
  for (const index of indexes) expect(text).toContain(`Name: ${index}`)
})

it('knows the empty value and the missing key as one, as before', async () => {
  expect(await found('attr.order.id:""')).toEqual(both(0, 1, 4))
  expect(await found('-attr.size>3')).toEqual(both(0, 1, 2, 4))
  expect(await found('-attr.size:hu*')).toEqual(both(0, 1, 2, 3))
})

it('indexes words as parts are merged and not as they come in, and drops them with the rows', async () => {
  const sizes = async (): Promise<number[]> =>
    (
      await test.store.select<{ bytes: number }>(
        "SELECT secondary_indices_compressed_bytes AS bytes FROM system.parts WHERE active AND table = 'spans' AND database = 'insights' ORDER BY bytes",
      )
    ).map(({ bytes }) => bytes)
  const settings = insertSettings('', undefined)
  expect(settings['exclude_materialize_skip_indexes_on_insert']).toBe(INDEXES_BUILT_BY_MERGES.join(', '))
  const names = await test.store.select<{ name: string }>(
    "SELECT name FROM system.data_skipping_indices WHERE table = 'spans' AND type = 'text' ORDER BY name",
  )
  expect(names.map(({ name }) => name)).toEqual(INDEXES_BUILT_BY_MERGES)
  const before = await sizes()
  await test.store.command(
    'DELETE FROM insights.spans WHERE span_id = unhex({id:String})',
    { id: hex(0, 8) },
    { lightweight_deletes_sync: 2 },
  )
  await test.store.command('ALTER TABLE insights.spans APPLY DELETED MASK', {}, { mutations_sync: 2 })
  expect(await found('quixotic')).toEqual([2, 4, 100, 102, 104])
  await optimize(test.store)
  expect(await found('quixotic')).toEqual([2, 4, 100, 102, 104])
  expect((await sizes()).length).toBe(1)
  expect(before.length).toBeGreaterThan(1)
})
