// Blocks into the real engine: every column is the table's, and what comes back is what the block said.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask } from '../engine/engine.fixture.ts'
import { startTestStore, type TestStore } from '../store/store.fixture.ts'
import { LogColumns } from './log-columns.ts'
import { type DayBlock, OpenBatch, type Table } from './open-batch.ts'
import { columnsOf, SpanColumns } from './span-columns.ts'
import type { Cell, Row } from './testing/native-reader.ts'
import { encodeRequest, request } from './testing/requests.ts'
import { newNormalizer, rowsOf, takeBlocks, telemetry } from './testing/write-request.ts'

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
})
afterAll(() => test.stop())

const COLUMNS = { spans: columnsOf(new SpanColumns()), log_events: columnsOf(new LogColumns()) }

it.each(['spans', 'log_events'] as const)(
  'builds columns that the table %s has, by name and type',
  async (table: Table) => {
    const { text } = await ask(test.engine, `DESCRIBE TABLE insights.${table} FORMAT JSONEachRow`)
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; type: string })
    const types = new Map(lines.map(({ name, type }) => [name, type]))
    const built = COLUMNS[table].map(({ name, type }) => ({ name, type }))
    expect(built).toEqual(built.map(({ name }) => ({ name, type: types.get(name) })))
  },
)

async function insert({ table, columns, bytes }: DayBlock): Promise<void> {
  const names = columns.map((name) => `\`${name}\``).join(', ')
  const answer = await ask(
    test.engine,
    `INSERT INTO insights.${table} (${names}) FORMAT Native`,
    {},
    new Uint8Array(bytes),
  )
  expect(answer).toMatchObject({ status: 200, text: '' })
}

/** An expression whose JSON is what the reader of blocks gives for the type, with bigints as strings. */
function readable(name: string, type: string): string {
  const column = `\`${name}\``
  const each = (expression: string): string => `arrayMap(x -> ${expression}, ${column})`
  if (type.startsWith('Array(Map')) return each('arrayZip(mapKeys(x), mapValues(x))')
  if (type.startsWith('Array(FixedString')) return each('lower(hex(x))')
  if (type.startsWith('Array(DateTime64')) return each('toString(toUnixTimestamp64Nano(x))')
  if (type.startsWith('Map')) return `arrayZip(mapKeys(${column}), mapValues(${column}))`
  if (type.startsWith('FixedString')) return `lower(hex(${column}))`
  if (type === 'Date') return `toInt32(${column})`
  if (type.startsWith('DateTime64(9')) return `toString(toUnixTimestamp64Nano(${column}))`
  if (type.startsWith('DateTime64(3')) return `toString(toUnixTimestamp64Milli(${column}))`
  if (type.startsWith('Nullable(Decimal'))
    return `toString(reinterpretAsInt64(assumeNotNull(${column}))) || if(isNull(${column}), 'NULL', '')`
  return /64\b/.test(type) && !type.includes('Float') ? `toString(${column})` : column
}

const asJson = (cell: Cell, type: string): unknown => {
  if (type.startsWith('Nullable(Decimal')) return cell === null ? '0NULL' : String(cell)
  if (typeof cell === 'bigint') return String(cell)
  return Array.isArray(cell) ? cell.map((inner: Cell) => asJson(inner, '')) : cell
}

const sorted = (rows: unknown[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted()

it('stores generated requests as their blocks say', async () => {
  const normalizer = newNormalizer()
  const batch = new OpenBatch()
  for (const each of fc.sample(request, { numRuns: 300, seed: 26 }))
    normalizer.writeTraces(telemetry(encodeRequest(each)), batch)
  const blocks = takeBlocks(batch)
  const expected: Row[] = blocks.flatMap(rowsOf)
  expect(expected.length).toBeGreaterThan(200)
  for (const block of blocks) await insert(block)
  const columns = COLUMNS.spans.map(({ name, type }, i) => ({ key: `c${i}`, name, type }))
  const list = columns.map(({ key, name, type }) => `${readable(name, type)} AS ${key}`).join(', ')
  const { text } = await ask(test.engine, `SELECT ${list} FROM insights.spans FORMAT JSONEachRow`)
  const stored = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const said = expected.map((row) =>
    Object.fromEntries(columns.map(({ key, name, type }) => [key, asJson(row[name]!, type)])),
  )
  expect(sorted(stored)).toEqual(sorted(said))
})
