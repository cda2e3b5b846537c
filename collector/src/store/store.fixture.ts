// Test help: a migrated store on a real engine, hand-made spans, and an independent writer of Native blocks.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, startEngine } from '../engine/supervise.ts'
import { systemClock } from '../telemetry/clock.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import type { Batch } from './batch.ts'
import { createStore, type Store } from './client.ts'
import { ByteWriter } from './native-bytes.ts'
import { migratedDataDir } from './template.fixture.ts'

export interface TestStore {
  engine: Engine
  store: Store
  dataDir: string
  stop(): Promise<void>
}

export async function startTestStore(options: { migrated: boolean } = { migrated: true }): Promise<TestStore> {
  const prefix = 'insights-store-'
  const dataDir = options.migrated ? await migratedDataDir(prefix) : await mkdtemp(join(tmpdir(), prefix))
  const deps = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
  const engine = await startEngine({ dataDir, listen: '127.0.0.1:0', ...deps })
  const store = createStore({ ...engine, ...deps })
  const stop = async (): Promise<void> => {
    await store.close()
    await engine.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { engine, store, dataDir, stop }
}

/** Value of a column: number | bigint | string (hex for FixedString) | null | arrays | [key, value][] for maps. */
export type Value = number | bigint | string | null | readonly Value[]

/** `dictionaryOf` = the values whose distinct strings make a LowCardinality dictionary, when it is larger than needed. */
export function encodeColumn(type: string, values: readonly Value[], dictionaryOf: readonly Value[] = values): Buffer {
  const out = new ByteWriter()
  for (const _ of type.matchAll(/LowCardinality/g)) out.uint64(1)
  encodeBody(type, values, dictionaryOf, out)
  return out.finish()
}

const inner = (type: string): string => type.slice(type.indexOf('(') + 1, -1)

function encodeBody(type: string, values: readonly Value[], whole: readonly Value[], out: ByteWriter): void {
  if (type === 'String') {
    for (const value of values) out.text(String(value))
  } else if (type.startsWith('Nullable')) {
    out.put(Uint8Array.from(values, (value) => (value === null ? 1 : 0)))
    const zero = inner(type) === 'String' ? '' : 0
    encodeBody(
      inner(type),
      values.map((value) => value ?? zero),
      whole,
      out,
    )
  } else if (type.startsWith('LowCardinality')) {
    encodeLowCardinality(values, whole, out)
  } else if (type.startsWith('Array') || type.startsWith('Map')) {
    let end = 0
    for (const value of values) {
      end += (value as readonly Value[]).length
      out.uint64(end)
    }
    const items = (values as readonly (readonly Value[])[]).flat()
    const allItems = (whole as readonly (readonly Value[])[]).flat()
    const types = type.startsWith('Array') ? [inner(type)] : /^(.*?\)?), (.*)$/.exec(inner(type))!.slice(1)
    types.forEach((itemType, i) => {
      const part = (item: Value): Value => (types.length === 1 ? item : (item as readonly Value[])[i]!)
      encodeBody(itemType, items.map(part), allItems.map(part), out)
    })
  } else {
    for (const value of values) out.put(encodeFixed(type, value!))
  }
}

function encodeLowCardinality(values: readonly Value[], whole: readonly Value[], out: ByteWriter): void {
  if (values.length === 0) return
  const keys = [...new Set(['', ...whole.map(String)])]
  const places = new Map(keys.map((key, place) => [key, place]))
  const wide = keys.length > 255
  out.uint64(0x200 | (wide ? 1 : 0))
  out.uint64(keys.length)
  for (const key of keys) out.text(key)
  out.uint64(values.length)
  for (const value of values) {
    const place = places.get(String(value))!
    out.put(wide ? Uint8Array.of(place & 255, place >> 8) : Uint8Array.of(place))
  }
}

function encodeFixed(type: string, value: Value): Buffer {
  if (type.startsWith('FixedString')) return Buffer.from(String(value), 'hex')
  const bits = /64|^Decimal\(18/.test(type) ? 64 : /32/.test(type) ? 32 : /16|^Date$/.test(type) ? 16 : 8
  const bytes = Buffer.alloc(8)
  if (type === 'Float64') bytes.writeDoubleLE(Number(value))
  else bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(value as number | bigint)))
  return bytes.subarray(0, bits / 8)
}

export type Columns = Record<string, { type: string; values: readonly Value[] }>

export function encodeBlock(columns: Columns, whole: Columns = columns): Buffer<ArrayBuffer> {
  const out = new ByteWriter()
  const names = Object.keys(columns)
  out.varint(names.length)
  out.varint(columns[names[0]!]!.values.length)
  for (const name of names) {
    const { type, values } = columns[name]!
    out.text(name)
    out.text(type)
    out.put(encodeColumn(type, values, whole[name]!.values))
  }
  return out.finish()
}

/** The columns that tests set, with the type each has in `spans`; a row leaves out what is at its default. */
const SPAN_TYPES = {
  project_id: 'LowCardinality(String)',
  received_time: `DateTime64(3, 'UTC')`,
  retention_days: 'UInt16',
  trace_id: 'FixedString(16)',
  span_id: 'FixedString(8)',
  parent_span_id: 'FixedString(8)',
  start_time: `DateTime64(9, 'UTC')`,
  duration_ns: 'UInt64',
  name: 'LowCardinality(String)',
  status_code: 'Int32',
  service_name: 'LowCardinality(String)',
  environment: 'LowCardinality(String)',
  kind: 'LowCardinality(String)',
  operation: 'LowCardinality(String)',
  provider: 'LowCardinality(String)',
  request_model: 'LowCardinality(String)',
  response_model: 'LowCardinality(String)',
  response_id: 'String',
  session_id: 'String',
  user_id: 'String',
  tags: 'Array(LowCardinality(String))',
  scores: 'Array(String)',
  counts_usage: 'UInt8',
  usage_role: 'LowCardinality(String)',
  input_tokens: 'Nullable(UInt32)',
  output_tokens: 'Nullable(UInt32)',
  cache_read_tokens: 'Nullable(UInt32)',
  reasoning_tokens: 'Nullable(UInt32)',
  cost_usd: 'Nullable(Decimal(18, 12))',
  cache_savings_gross_usd: 'Nullable(Decimal(18, 12))',
  cache_savings_net_usd: 'Nullable(Decimal(18, 12))',
  time_to_first_token_ns: 'Nullable(UInt64)',
  error_type: 'LowCardinality(String)',
  input_preview: 'String',
  output_preview: 'String',
  input: 'String',
  output: 'String',
  response_cache: 'LowCardinality(String)',
  prompt_name: 'LowCardinality(String)',
  prompt_version: 'LowCardinality(String)',
  attributes: 'Map(LowCardinality(String), String)',
} as const

export type SpanRow = Partial<Record<keyof typeof SPAN_TYPES, Value>>

const LOG_TYPES = {
  project_id: 'LowCardinality(String)',
  retention_days: 'UInt16',
  trace_id: 'FixedString(16)',
  span_id: 'FixedString(8)',
  time: `DateTime64(9, 'UTC')`,
  event_name: 'LowCardinality(String)',
  role_in_call: 'LowCardinality(String)',
  message: 'String',
  input: 'String',
  output: 'String',
  evaluation_name: 'LowCardinality(String)',
  score_value: 'Nullable(Float64)',
  score_label: 'LowCardinality(String)',
  received_time: `DateTime64(3, 'UTC')`,
  explanation: 'String',
  attributes: 'Map(LowCardinality(String), String)',
} as const

export type LogRow = Partial<Record<keyof typeof LOG_TYPES, Value>>

const defaultOf = (type: string): Value =>
  type.startsWith('Nullable')
    ? null
    : /^(Array|Map)/.test(type)
      ? []
      : (fixedWidth(type) ?? (/String/.test(type) ? '' : 0))

function fixedWidth(type: string): string | undefined {
  const width = /^FixedString\((\d+)\)/.exec(type)?.[1]
  return width === undefined ? undefined : '00'.repeat(Number(width))
}

export const DAY = 20_780 // 2026-11-23
export const DAY_START_NS = BigInt(DAY) * 86_400_000_000_000n
/** Nanoseconds since 1970 of a moment in DAY. */
export const at = (seconds: number): bigint => DAY_START_NS + BigInt(Math.round(seconds * 1e9))

export const traceId = (n: number): string => n.toString(16).padStart(32, '0')
export const spanId = (n: number): string => n.toString(16).padStart(16, '0')

function toBatch(
  table: Batch['table'],
  types: Record<string, string>,
  rows: readonly Record<string, Value>[],
  over: Partial<Batch>,
): Batch {
  const day = over.day ?? DAY
  const id = over.id ?? crypto.randomUUID().replaceAll('-', '')
  const filled = rows.map((row) => ({ project_id: 'shop', retention_days: 30, ...row }))
  const columns: Columns = {
    day: { type: 'Date', values: rows.map(() => day) },
    batch_id: { type: 'FixedString(16)', values: rows.map(() => id) },
  }
  for (const [name, type] of Object.entries(types)) {
    const values = filled.map((row: Record<string, Value>) => row[name] ?? defaultOf(type))
    columns[name] = { type, values }
  }
  const bytes = encodeBlock(columns)
  return {
    id,
    table,
    day,
    rows: rows.length,
    columns: Object.keys(columns),
    bytes: async () => bytes,
    first: true,
    ...over,
  }
}

export const spanBatch = (rows: readonly SpanRow[], over: Partial<Batch> = {}): Batch =>
  toBatch('spans', SPAN_TYPES, rows, over)
export const logBatch = (rows: readonly LogRow[], over: Partial<Batch> = {}): Batch =>
  toBatch('log_events', LOG_TYPES, rows, over)

/** `count` plain generations, the first of them with this number. */
export function manySpans(count: number, first = 0): SpanRow[] {
  return Array.from({ length: count }, (_, i) => ({
    trace_id: traceId(Math.floor((first + i) / 4) + 1),
    span_id: spanId(first + i + 1),
    parent_span_id: (first + i) % 4 === 0 ? spanId(0) : spanId(first + i - ((first + i) % 4) + 1),
    start_time: at(((first + i) % 80_000) + 0.5),
    duration_ns: 1_000_000 * ((first + i) % 900),
    name: `chat ${i % 10}`,
    service_name: `svc-${i % 3}`,
    environment: 'prod',
    kind: 'generation',
    operation: 'chat',
    provider: 'openai',
    request_model: 'gpt-5',
    counts_usage: 1,
    input_tokens: 100,
    output_tokens: 10,
    cost_usd: 1_000_000_000,
    status_code: i % 10 === 0 ? 2 : 0,
    error_type: i % 10 === 0 ? 'timeout' : '',
    input_preview: 'hello',
    output_preview: 'world',
  }))
}

/** Rows in the base and as each rollup counts them. */
export async function spanCounts(store: Store): Promise<{ base: number; traces: number; metrics: number }> {
  const [row] = await store.select<{ base: number; traces: number; metrics: number }>(
    'SELECT (SELECT count() FROM spans) AS base, (SELECT sum(spans) FROM traces) AS traces, (SELECT sum(spans) FROM metrics_minute) AS metrics',
  )
  return row!
}
