// Test help: the real engine with the real schema, spans written by SQL, and an app over them.
import { rm } from 'node:fs/promises'
import { startEngine } from '../engine/supervise.ts'
import { createStore, type Store } from '../store/client.ts'
import { migratedDataDir } from '../store/template.fixture.ts'
import { systemClock } from '../telemetry/clock.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import type { Caller } from './access-deps.ts'
import { createQueryApp } from './create-query-app.ts'
import type { QueryDeps, Select } from './deps.ts'

export interface TestStore {
  store: Store
  stop(): Promise<void>
}

export async function startTestStore(): Promise<TestStore> {
  const dataDir = await migratedDataDir('insights-query-')
  const base = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
  const engine = await startEngine({ dataDir, listen: '127.0.0.1:0', ...base })
  const { url, username, password } = engine
  const store = createStore({ url, username, password, ...base })
  return {
    store,
    async stop() {
      await store.close()
      await engine.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The start of this minute: spans must be recent, or their retention drops them. */
export const NOW_MS = Math.floor(Date.now() / 60_000) * 60_000

/** Keys `alpha-key` and `beta-key` open a project each. */
export function createTestApp(select: Select, overrides: Partial<QueryDeps> = {}) {
  const projects = new Map([
    ['alpha-key', 'alpha'],
    ['beta-key', 'beta'],
  ])
  return createQueryApp({
    select,
    auth: ({ headers }) => {
      const project = projects.get(headers.get('x-api-key') ?? '')
      return project === undefined ? undefined : asOwner(project)
    },
    health: () => ({ live: true, ready: true, checks: { store: { ok: true } } }),
    metrics: createMetrics(),
    log: createLog('silent'),
    clock: { nowMs: () => NOW_MS, monotonicMs: () => performance.now() },
    version: '1.2.3',
    ...overrides,
  })
}

/** Who may do everything in a project. */
export const asOwner = (project: string): Caller => ({ project, scopes: new Set(['ingest', 'read', 'admin']) })

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects of it
  body: any
}

/** GET as project alpha, or as nobody with an empty key. */
export async function get(app: ReturnType<typeof createTestApp>, path: string, key = 'alpha-key'): Promise<Answer> {
  const response = await app.request(path, key === '' ? {} : { headers: { 'x-api-key': key } })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** A span as the tests say it; the rest of the row has defaults. */
export interface TestSpan {
  project?: string
  trace: string
  span: string
  parent?: string
  /** Before NOW_MS. */
  agoMs: number
  columns?: Record<string, string | number | null | string[] | Record<string, string>>
}

const DEFAULTS = { kind: 'generation', duration_ns: 1_000_000_000, status_code: 0, counts_usage: 1, retention_days: 90 }

/** Spans that say the same columns go in together. */
export async function insertSpans(
  store: Store,
  spans: readonly TestSpan[],
  settings: Record<string, string> = {},
): Promise<void> {
  const rows = spans.map((span) => {
    const start = `fromUnixTimestamp64Nano(${BigInt(NOW_MS - span.agoMs) * 1_000_000n}, 'UTC')`
    const row: Record<string, string> = {
      project_id: literal(span.project ?? 'alpha'),
      trace_id: `unhex('${span.trace}')`,
      span_id: `unhex('${span.span}')`,
      parent_span_id: `unhex('${span.parent ?? ''}')`,
      start_time: start,
      day: `toDate(${start})`,
    }
    for (const [name, value] of Object.entries({ ...DEFAULTS, ...span.columns })) row[name] = literal(value)
    return row
  })
  for (const [columns, alike] of Map.groupBy(rows, (row) => Object.keys(row).join(', '))) {
    const values = alike.map((row) => `(${Object.values(row).join(', ')})`)
    await store.command(
      `INSERT INTO insights.spans (${columns}) VALUES ${values.join(', ')}`,
      {},
      { ...settings, async_insert: 0 },
    )
  }
}

function literal(value: string | number | null | string[] | Record<string, string>): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`
  if (Array.isArray(value)) return `[${value.map(literal)}]`
  return `map(${Object.entries(value).flat().map(literal)})`
}

export const hex = (number: number, bytes: number): string => number.toString(16).padStart(bytes * 2, '0')
