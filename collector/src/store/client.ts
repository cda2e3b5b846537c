// Statements and Native blocks in; rows, or a typed failure, out. The only file that knows the ClickHouse client library.
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Clock } from '../telemetry/clock.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { BASE_SETTINGS, insertSettings, READ_SETTINGS, type Settings } from './settings.ts'

export interface StoreOptions {
  /** ClickHouse's HTTP interface. Behind it must be one shard: a balancer over several would take a retry to another one. */
  url: string
  username: string
  password: string
  database?: string
  /** Name of the ClickHouse cluster; undefined = one server. */
  cluster?: string | undefined
  /** Counts the starts of the embedded engine; undefined = a server that others restart. */
  generation?: (() => number) | undefined
  log: Log
  metrics: Metrics
  clock: Clock
}

/** Values of `{name:Type}` in a statement. */
export type Params = Record<string, unknown>

export interface SelectOptions {
  settings?: Settings
  /** Above these the server refuses (INSIGHTS_QUERY_LIMIT) rather than answer a part. Defaults 100,000 rows, 256 MiB, 30 s. */
  maxRows?: number
  maxBytes?: number
  timeoutMs?: number
}

export interface TableOptions {
  settings: Settings
  timeoutMs: number
  /** The asker has left: the statement is given up, by an embedded engine at once. */
  signal: AbortSignal
}

export interface Table {
  columns: { name: string; type: string }[]
  rows: JsonValue[][]
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

export interface NativeInsert {
  table: string
  columns: readonly string[]
  /** Exactly one Native block: one block is one part, so all of it goes in or nothing. */
  bytes: Uint8Array
  /** The same token promises the same bytes. */
  token: string
}

export interface RowInsert {
  table: string
  /** JSON values by column; decimals and times as text. All go in as one block, or none does. */
  rows: readonly Record<string, unknown>[]
  /** The same token promises the same rows. */
  token: string
}

export interface Store {
  readonly database: string
  readonly cluster: string | undefined
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
  /** Undefined when nobody here restarts the server. */
  readonly generation: (() => number) | undefined
  /** True when the server answers. */
  ping(): Promise<boolean>
  /** Of the server, as 26.7.1.1; asked of it even when the database is not there yet. */
  version(): Promise<string>
  /** In the store's database: views go by their bare names. Rows as objects: 64-bit integers are numbers, decimals are strings (exact), times are `2026-01-31 23:59:59.123456789` UTC. */
  select<Row>(sql: string, params?: Params, options?: SelectOptions): Promise<Row[]>
  /** As select, for a statement of which nobody knows the columns: their names and types come with the rows, whose settings are all the caller's. */
  selectTable(sql: string, params: Params, options: TableOptions): Promise<Table>
  /** As select, with the result as bytes in a format of the server's; all of it, within `max_result_bytes` of the settings. */
  selectFile(sql: string, params: Params, options: { format: string; settings: Settings }): Promise<Uint8Array>
  /** A statement without a result, which names its database in full. May take an hour. */
  command(sql: string, params?: Params, settings?: Settings): Promise<void>
  /** Rejects with the library's error as it is: whoever inserts must tell refused from unanswered (failures.ts). */
  insertNative(insert: NativeInsert): Promise<void>
  /** A few rows that are not worth a block of columns. */
  insertRows(insert: RowInsert): Promise<void>
  close(): Promise<void>
}

const INSERT_TIMEOUT_MS = 120_000
const COMMAND_TIMEOUT_MS = 3_600_000
const SELECT_TIMEOUT_MS = 30_000
const MAX_ROWS = 100_000
const MAX_RESULT_BYTES = 2 ** 28
/** How much longer than the server we wait for it to say that it gave up. */
const GRACE_MS = 5_000

/** Opens nothing yet: the first statement connects. */
export function createStore(options: StoreOptions): Store {
  const database = options.database ?? 'insights'
  const client = connect(options, database)
  // Statements that make the database cannot be sent as if it were there already, so they name it in full.
  const admin = connect(options, 'default')
  const known = knownSettings(admin)
  return {
    database,
    cluster: options.cluster,
    log: options.log,
    metrics: options.metrics,
    clock: options.clock,
    generation: options.generation,
    ping: async () => (await admin.ping({ select: true })).success,
    version: () =>
      wrap(async () => {
        const result = await admin.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' })
        return (await result.json<{ version: string }>())[0]?.version ?? ''
      }),
    select: (sql, params = {}, limits = {}) => wrap(() => select(client, sql, params, limits)),
    selectTable: (sql, params, limits) =>
      wrap(async () => {
        const settings = onlyKnown(limits.settings, await known())
        return await selectTable(client, sql, params, { ...limits, settings })
      }),
    selectFile: (sql, params, limits) => wrap(() => selectFile(client, sql, params, limits)),
    command: (sql, params = {}, settings = {}) =>
      wrap(async () => {
        await admin.command({
          query: sql,
          query_params: params,
          clickhouse_settings: { ...BASE_SETTINGS, max_execution_time: COMMAND_TIMEOUT_MS / 1000, ...settings },
        })
      }),
    insertNative: async (insert) => insertNative(client, insert, await known()),
    insertRows: (insert) => wrap(async () => insertRows(client, insert, await known())),
    close: async () => {
      await Promise.all([client.close(), admin.close()])
    },
  }
}

function connect(options: StoreOptions, database: string): ClickHouseClient {
  return createClient({
    url: options.url,
    username: options.username,
    password: options.password,
    application: 'insights-collector',
    database,
    // Inserts and reads are given up earlier, by a signal of their own.
    request_timeout: COMMAND_TIMEOUT_MS,
    max_open_connections: 32,
    compression: { request: false, response: false },
    log: { level: ClickHouseLogLevel.OFF },
  })
}

async function select<Row>(
  client: ClickHouseClient,
  sql: string,
  params: Params,
  limits: SelectOptions,
): Promise<Row[]> {
  const timeoutMs = limits.timeoutMs ?? SELECT_TIMEOUT_MS
  const result = await client.query({
    query: sql,
    query_params: params,
    format: 'JSONEachRow',
    abort_signal: AbortSignal.timeout(timeoutMs + GRACE_MS),
    clickhouse_settings: {
      ...BASE_SETTINGS,
      ...READ_SETTINGS,
      max_execution_time: timeoutMs / 1000,
      max_result_rows: String(limits.maxRows ?? MAX_ROWS),
      max_result_bytes: String(limits.maxBytes ?? MAX_RESULT_BYTES),
      ...limits.settings,
    },
  })
  return await result.json<Row>()
}

async function selectTable(
  client: ClickHouseClient,
  sql: string,
  params: Params,
  { settings, timeoutMs, signal }: TableOptions,
): Promise<Table> {
  const result = await client.query({
    query: sql,
    query_params: params,
    format: 'JSONCompactEachRowWithNamesAndTypes',
    abort_signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs + GRACE_MS)]),
    clickhouse_settings: { wait_end_of_query: 1, ...settings },
  })
  const [names = [], types = [], ...rows] = await result.json<JsonValue[]>()
  return { columns: names.map((name, i) => ({ name: String(name), type: String(types[i]) })), rows }
}

async function selectFile(
  client: ClickHouseClient,
  sql: string,
  params: Params,
  { format, settings }: { format: string; settings: Settings },
): Promise<Uint8Array> {
  const { stream } = await client.exec({
    query: `${sql}\nFORMAT ${format}`,
    query_params: params,
    abort_signal: AbortSignal.timeout(SELECT_TIMEOUT_MS + GRACE_MS),
    clickhouse_settings: { ...BASE_SETTINGS, wait_end_of_query: 1, ...settings },
  })
  return await buffer(stream)
}

async function insertNative(client: ClickHouseClient, insert: NativeInsert, known: Set<string>): Promise<void> {
  const { table, columns, bytes, token } = insert
  const target = `${table} (${columns.map((name) => `\`${name}\``).join(', ')}) FORMAT Native`
  await send(client, target, bytes, insertSettings(token, known))
}

async function insertRows(
  client: ClickHouseClient,
  { table, rows, token }: RowInsert,
  known: Set<string>,
): Promise<void> {
  const bytes = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))
  // Read in parallel, the rows would come in several blocks.
  const settings = { ...insertSettings(token, known), input_format_parallel_parsing: 0 }
  await send(client, `${table} FORMAT JSONEachRow`, bytes, settings)
}

async function send(client: ClickHouseClient, target: string, bytes: Uint8Array, settings: Settings): Promise<void> {
  const { stream } = await client.exec({
    query: `INSERT INTO ${target}`,
    values: Readable.from([bytes], { objectMode: false }),
    abort_signal: AbortSignal.timeout(INSERT_TIMEOUT_MS),
    clickhouse_settings: { ...settings, max_execution_time: (INSERT_TIMEOUT_MS - GRACE_MS) / 1000 },
  })
  // wait_end_of_query puts an exception in the status; a body all the same is one that came after the headers.
  const body = await text(stream)
  if (body.trim() !== '') throw new Error('cannot insert: the server answered 200 and then something else')
}

/** Settings of reads that came after 25.8; a server without one has nothing to switch off either. */
const NEWER_SETTINGS: readonly string[] = ['enable_join_runtime_filters']

const onlyKnown = (settings: Settings, known: ReadonlySet<string>): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !NEWER_SETTINGS.includes(name) || known.has(name)))

/** Which of our settings this server has: 25.8 lacks some of 26.2, and an unknown setting is an error. Asked once. */
function knownSettings(client: ClickHouseClient): () => Promise<Set<string>> {
  let asked: Promise<Set<string>> | undefined
  return () => {
    asked ??= readKnownSettings(client).catch((cause: unknown) => {
      asked = undefined
      throw cause
    })
    return asked
  }
}

async function readKnownSettings(client: ClickHouseClient): Promise<Set<string>> {
  const result = await client.query({
    query: 'SELECT name FROM system.settings WHERE name IN {names:Array(String)}',
    query_params: { names: [...Object.keys(insertSettings('', undefined)), ...NEWER_SETTINGS] },
    format: 'JSONEachRow',
  })
  return new Set((await result.json<{ name: string }>()).map(({ name }) => name))
}

/** Codes by which a server says that a query wanted too much: time, rows, bytes, memory. */
const LIMIT_CODES = new Set([158, 159, 160, 241, 307, 396])

async function wrap<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const error = findClickHouseError(cause)
    if (error === undefined) {
      throw new InsightsError('INSIGHTS_STORE_UNREACHABLE', 'cannot reach ClickHouse: no answer', { cause })
    }
    const limit = LIMIT_CODES.has(Number(error.code))
    throw new InsightsError(
      limit ? 'INSIGHTS_QUERY_LIMIT' : 'INSIGHTS_STORE_REJECTED',
      `cannot run the statement: ClickHouse error ${error.code} ${error.type ?? ''}`.trim(),
      { cause },
    )
  }
}

/** The exception that a ClickHouse server answered with (`code`, `type`), through any wrapping; undefined when none did. */
export function findClickHouseError(cause: unknown): ClickHouseError | undefined {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if (error instanceof ClickHouseError) return error
  }
  return undefined
}
