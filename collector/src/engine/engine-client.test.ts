import { Readable } from 'node:stream'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, nativeStrings, newDataDir, removeDataDir, startTestEngine, until } from './engine.fixture.ts'
import type { Engine } from './supervise.ts'

let engine: Engine
let client: ClickHouseClient
let dataDir: string

beforeAll(async () => {
  dataDir = await newDataDir()
  engine = (await startTestEngine(dataDir)).engine
  await ask(engine, 'CREATE DATABASE insights')
  const { url, username, password } = engine
  client = createClient({
    url,
    username,
    password,
    database: 'insights',
    compression: { response: true, request: true },
    log: { level: ClickHouseLogLevel.OFF },
  })
})
afterAll(async () => {
  await client.close()
  await engine.stop()
  await removeDataDir(dataDir)
})

it('speaks to the stock client: ping, DDL, JSON insert, query', async () => {
  expect(await client.ping()).toEqual({ success: true })
  expect(await client.ping({ select: true })).toEqual({ success: true })
  await client.command({ query: 'CREATE TABLE j (id UInt64, text String) ENGINE = MergeTree ORDER BY id' })
  const rows = [
    { id: '1', text: "it's\n; --" },
    { id: '2', text: '🦉\0' },
  ]
  const inserted = await client.insert({ table: 'j', values: rows, format: 'JSONEachRow' })
  expect(inserted.summary?.written_rows).toBe('2')
  const settings = { output_format_json_quote_64bit_integers: 1 } as const
  const result = await client.query({
    query: 'SELECT * FROM j ORDER BY id',
    format: 'JSONEachRow',
    clickhouse_settings: settings,
  })
  expect(await result.json()).toEqual(rows)
})

it('binds hostile parameter values as values', async () => {
  const hostile = ["'; DROP TABLE j; --", '\\', "\\'", 'a\nb\tc\r\0', '{x:String}', '🦉', '', '\\N', '$$']
  for (const text of hostile) {
    const query = 'SELECT {text:String} AS text, {list:Array(String)} AS list'
    const result = await client.query({ query, query_params: { text, list: [text, 'x'] }, format: 'JSONEachRow' })
    expect(await result.json()).toEqual([{ text, list: [text, 'x'] }])
  }
})

it('raises typed errors', async () => {
  const failure = await client.query({ query: 'SELECT * FROM missing' }).catch((cause: unknown) => cause)
  expect(failure).toBeInstanceOf(ClickHouseError)
  expect(failure).toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' })
})

it('inserts a 30 MB Native block through a stream', async () => {
  await client.command({ query: 'CREATE TABLE big (a String, b String) ENGINE = MergeTree ORDER BY ()' })
  const a = Array.from({ length: 15_000 }, (_, i) => `${i}:`.padEnd(1000, 'x'))
  const block = nativeStrings({ a, b: a })
  expect(block.length).toBeGreaterThan(30_000_000)
  // Without compression, as the store sends it.
  const { url, username, password } = engine
  const plain = createClient({ url, username, password, database: 'insights' })
  const { stream } = await plain.exec({
    query: 'INSERT INTO big FORMAT Native',
    values: Readable.from([block], { objectMode: false }),
  })
  await stream.toArray()
  await plain.close()
  expect((await ask(engine, 'SELECT count(), sum(length(a)) FROM insights.big WHERE a = b')).text).toBe(
    '15000\t15000000\n',
  )
})

it('inserts fast while long reads occupy every read slot', async () => {
  await client.command({ query: 'CREATE TABLE busy (a String) ENGINE = MergeTree ORDER BY ()' })
  const leave = new AbortController()
  const long = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1 SETTINGS max_threads = 1'
  const reads = Array.from({ length: 10 }, () =>
    client.query({ query: long, abort_signal: leave.signal }).catch((cause: unknown) => cause),
  )
  await new Promise((resolve) => setTimeout(resolve, 300))
  const began = performance.now()
  await ask(engine, 'INSERT INTO insights.busy FORMAT Native', {}, nativeStrings({ a: ['x'] }))
  expect(performance.now() - began).toBeLessThan(5000)
  leave.abort()
  await Promise.all(reads)
  // The engine stops computing for a client that left: else these would hold both cores for a minute.
  const busy =
    "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number) = 1%' AND query NOT LIKE '%processes%'"
  await until(async () => (await ask(engine, busy)).text === '0\n', 15_000)
})
