import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, newDataDir, removeDataDir, startTestEngine } from './engine.fixture.ts'
import { toNativeRevision } from './native-revision.ts'
import type { Engine } from './supervise.ts'

let engine: Engine
let dataDir: string
beforeAll(async () => {
  dataDir = await newDataDir()
  engine = (await startTestEngine(dataDir)).engine
})
afterAll(async () => {
  await engine.stop()
  await removeDataDir(dataDir)
})

const fetchNative = async (query: string, extra: Record<string, string> = {}): Promise<Buffer> => {
  const { url, username: user, password } = engine
  const response = await fetch(
    `${url}/?${new URLSearchParams({ query, user, password, default_format: 'Native', ...extra })}`,
  )
  return Buffer.from(await response.arrayBuffer())
}

// Every family that views and system tables hold; empty and non-empty, in blocks of three rows.
const COLUMNS = [
  'number AS u64',
  'toString(number) AS s',
  "toFixedString('abc', 5) AS f",
  'toNullable(number) AS n',
  'NULL AS nothing',
  'toLowCardinality(toString(number)) AS lc',
  "CAST(if(number = 2, NULL, 'x') AS LowCardinality(Nullable(String))) AS lcn",
  'arrayMap(x -> toLowCardinality(toString(x)), range(number % 3)) AS al',
  "CAST(map('a', toString(number)) AS Map(LowCardinality(String), String)) AS m",
  'CAST(map() AS Map(String, Array(UInt8))) AS me',
  "CAST((1, 'x', [(number, 'q')]) AS Tuple(`a b, (` UInt8, c LowCardinality(String), d Array(Tuple(UInt64, String)))) AS t",
  "CAST('b,)' AS Enum8('a\\'(' = 1, 'b,)' = 2)) AS e",
  'toDecimal64(1.5, 4) AS d64',
  'toDecimal128(1, 20) AS d128',
  'toDecimal256(1, 40) AS d256',
  "now64(9, 'UTC') AS dt",
  'now() AS d',
  'today() AS da',
  'generateUUIDv4() AS u',
  "toIPv6('::1') AS ip",
  'true AS b',
  '(1., 2.)::Point AS p',
  'toIntervalDay(1) AS i',
  '[] AS none',
  'toInt256(1) AS i256',
].join(', ')

it('adds a block info per block and a flag per column, and nothing else', async () => {
  const query = `SELECT ${COLUMNS} FROM numbers(7) SETTINGS max_block_size = 3, max_threads = 1`
  const [plain, revised] = [await fetchNative(query), toNativeRevision(await fetchNative(query), 54_460)]
  expect(revised.subarray(0, 8)).toEqual(Buffer.from([1, 0, 2, 255, 255, 255, 255, 0]))
  const columns = plain[0] ?? 0
  const blocks = (revised.length - plain.length) / (8 + columns)
  expect([columns, blocks]).toEqual([25, 3])
})

it('serves it to clients that name their protocol version', async () => {
  expect(await fetchNative('SELECT 1::UInt8 AS a', { client_protocol_version: '54460' })).toEqual(
    Buffer.concat([Buffer.from([1, 0, 2, 255, 255, 255, 255, 0, 1, 1, 1]), Buffer.from('a\x05UInt8\0\x01')]),
  )
  const answer = await ask(engine, 'SELECT sumState(1) FORMAT Native', { client_protocol_version: '54460' })
  expect([answer.status, answer.text]).toEqual([501, expect.stringContaining('NOT_IMPLEMENTED')])
})
