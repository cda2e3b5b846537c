// Keys of projects and what they sent, as the store keeps them: a row a change, the newest counts; sums by month.
import { InsightsError } from '../telemetry/errors.ts'
import type { Store } from './client.ts'
import { classifyFailure } from './failures.ts'
import { ByteWriter } from './native-bytes.ts'
import { quoteIdentifier } from './sql.ts'

/** One key: everything but its text. */
export interface StoredKey {
  keyId: string
  project: string
  name: string
  kind: 'secret' | 'public'
  prefix: string
  /** Hex. */
  sha256: string
  scopes: readonly ('ingest' | 'read' | 'admin')[]
  origins: readonly string[]
  rates: {
    bytesPerSecond?: number | undefined
    spansPerSecond?: number | undefined
    bytesPerMonth?: number | undefined
    spansPerMonth?: number | undefined
  }
  createdMs: number
  expiresMs: number | undefined
  revokedMs: number | undefined
}

/** Of one key in one month, `2026-01`. */
export interface StoredUsage {
  project: string
  keyId: string
  month: string
  requests: number
  bytes: number
  spans: number
  lastUsedMs: number
}

/** A revoked key is told apart from an unknown one for so long. */
const REVOKED_DAYS = 90

interface KeyRow {
  key_id: string
  project: string
  name: string
  kind: StoredKey['kind']
  prefix: string
  sha256: string
  scopes: StoredKey['scopes']
  origins: string[]
  bytes_per_second: number | null
  spans_per_second: number | null
  bytes_per_month: number | null
  spans_per_month: number | null
  created_ms: number
  expires_ms: number | null
  revoked_ms: number | null
}

// min() skips NULL: once revoked, no later version brings a key back.
const READ_KEYS = (table: string): string => `
SELECT
    k.key_id AS key_id,
    k.project_id AS project,
    argMax(k.name, k.version) AS name,
    argMax(k.kind, k.version) AS kind,
    argMax(k.prefix, k.version) AS prefix,
    any(k.sha256) AS sha256,
    argMax(k.scopes, k.version) AS scopes,
    argMax(k.origins, k.version) AS origins,
    argMax(tuple(k.bytes_per_second), k.version).1 AS bytes_per_second,
    argMax(tuple(k.spans_per_second), k.version).1 AS spans_per_second,
    argMax(tuple(k.bytes_per_month), k.version).1 AS bytes_per_month,
    argMax(tuple(k.spans_per_month), k.version).1 AS spans_per_month,
    toUnixTimestamp64Milli(min(k.created_time)) AS created_ms,
    toUnixTimestamp64Milli(argMax(tuple(k.expires_time), k.version).1) AS expires_ms,
    toUnixTimestamp64Milli(min(k.revoked_time)) AS revoked_ms
FROM ${table} AS k
GROUP BY k.project_id, k.key_id
HAVING revoked_ms IS NULL OR revoked_ms > toUnixTimestamp64Milli(now64(3)) - ${REVOKED_DAYS * 86_400_000}
ORDER BY created_ms, key_id`

/** Of all projects: a door needs them all. */
export async function readKeys(store: Store): Promise<StoredKey[]> {
  const rows = await store.select<KeyRow>(READ_KEYS(tableOf(store, 'api_keys')))
  return rows.map((row) => ({
    keyId: row.key_id,
    project: row.project,
    name: row.name,
    kind: row.kind,
    prefix: row.prefix,
    sha256: row.sha256,
    scopes: row.scopes,
    origins: row.origins,
    rates: {
      bytesPerSecond: row.bytes_per_second ?? undefined,
      spansPerSecond: row.spans_per_second ?? undefined,
      bytesPerMonth: row.bytes_per_month ?? undefined,
      spansPerMonth: row.spans_per_month ?? undefined,
    },
    createdMs: row.created_ms,
    expiresMs: row.expires_ms ?? undefined,
    revokedMs: row.revoked_ms ?? undefined,
  }))
}

const KEY_COLUMNS = {
  project_id: '{project:String}',
  key_id: '{key_id:String}',
  version: '{version:UInt64}',
  name: '{name:String}',
  kind: '{kind:String}',
  prefix: '{prefix:String}',
  sha256: '{sha256:String}',
  scopes: '{scopes:Array(String)}',
  origins: '{origins:Array(String)}',
  bytes_per_second: '{bytes_per_second:Nullable(UInt64)}',
  spans_per_second: '{spans_per_second:Nullable(UInt64)}',
  bytes_per_month: '{bytes_per_month:Nullable(UInt64)}',
  spans_per_month: '{spans_per_month:Nullable(UInt64)}',
  created_time: "fromUnixTimestamp64Milli({created_ms:Int64}, 'UTC')",
  expires_time: "fromUnixTimestamp64Milli({expires_ms:Nullable(Int64)}, 'UTC')",
  revoked_time: "fromUnixTimestamp64Milli({revoked_ms:Nullable(Int64)}, 'UTC')",
}

/** Adds a version of a key. Doing it twice says the same. */
export async function writeKey(store: Store, key: StoredKey, version: number): Promise<void> {
  const { rates } = key
  const table = `${quoteIdentifier(store.database)}.api_keys`
  await store.command(
    `INSERT INTO ${table} (${Object.keys(KEY_COLUMNS)}) SELECT ${Object.values(KEY_COLUMNS)}`,
    {
      project: key.project,
      key_id: key.keyId,
      version,
      name: key.name,
      kind: key.kind,
      prefix: key.prefix,
      sha256: key.sha256,
      scopes: key.scopes,
      origins: key.origins,
      bytes_per_second: rates.bytesPerSecond ?? null,
      spans_per_second: rates.spansPerSecond ?? null,
      bytes_per_month: rates.bytesPerMonth ?? null,
      spans_per_month: rates.spansPerMonth ?? null,
      created_ms: key.createdMs,
      expires_ms: key.expiresMs ?? null,
      revoked_ms: key.revokedMs ?? null,
    },
    { async_insert: 0 },
  )
}

const READ_USAGE = (table: string): string => `
SELECT
    u.project_id AS project,
    u.key_id AS keyId,
    formatDateTime(u.month, '%Y-%m') AS month,
    sum(u.requests) AS requests,
    sum(u.bytes) AS bytes,
    sum(u.spans) AS spans,
    toUnixTimestamp(max(u.last_used)) * 1000 AS lastUsedMs
FROM ${table} AS u
WHERE u.month >= {since:Date}
GROUP BY u.project_id, u.key_id, u.month`

/** @param since a month, `2026-01` */
export function readUsage(store: Store, since: string): Promise<StoredUsage[]> {
  return store.select<StoredUsage>(READ_USAGE(tableOf(store, 'key_usage')), { since: `${since}-01` })
}

/** Adds to what is there. @param token the same for a repeat of the same rows, so that they count once */
export async function addUsage(store: Store, rows: readonly StoredUsage[], token: string): Promise<void> {
  const block = new ByteWriter()
  const columns: [name: string, type: string, write: (row: StoredUsage) => void][] = [
    ['project_id', 'String', ({ project }) => block.text(project)],
    ['key_id', 'String', ({ keyId }) => block.text(keyId)],
    ['month', 'Date', ({ month }) => block.uint16(Date.parse(`${month}-01T00:00:00Z`) / 86_400_000)],
    ['last_used', 'UInt64', ({ lastUsedMs }) => block.uint64(Math.floor(lastUsedMs / 1000))],
    ['requests', 'UInt64', ({ requests }) => block.uint64(requests)],
    ['bytes', 'UInt64', ({ bytes }) => block.uint64(bytes)],
    ['spans', 'UInt64', ({ spans }) => block.uint64(spans)],
  ]
  block.varint(columns.length)
  block.varint(rows.length)
  for (const [name, type, write] of columns) {
    block.text(name)
    block.text(type)
    rows.forEach(write)
  }
  const names = columns.map(([name]) => name)
  try {
    await store.insertNative({ table: 'key_usage', columns: names, bytes: block.finish(), token })
  } catch (cause) {
    const isAway = classifyFailure(cause).blame === 'unanswered'
    throw new InsightsError(
      isAway ? 'INSIGHTS_STORE_UNREACHABLE' : 'INSIGHTS_STORE_REJECTED',
      'cannot keep what keys have sent',
      { cause },
    )
  }
}

const tableOf = ({ cluster }: Store, table: string): string => (cluster === undefined ? table : `${table}_distributed`)
