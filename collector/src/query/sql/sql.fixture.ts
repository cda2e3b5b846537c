// Test help: an app with POST /sql over a real engine, two projects whose rows lie in the same granules.
import type { SqlLimits } from '../deps.ts'
import {
  type Answer,
  createTestApp,
  hex,
  insertSpans,
  NOW_MS,
  startTestStore,
  type TestSpan,
  type TestStore,
} from '../query.fixture.ts'

export const LIMITS: SqlLimits = {
  concurrency: 2,
  maxSeconds: 5,
  maxRows: 1000,
  maxMemoryBytes: 400 * 2 ** 20,
  maxRowsToRead: 1_000_000,
  maxThreads: 1,
}

/** Beta's texts are all words; alpha's are all numbers. So a conversion fails exactly on what alpha must not touch. */
const SPANS: TestSpan[] = Array.from({ length: 40 }, (_, i) => ({
  project: i % 2 === 0 ? 'alpha' : 'beta',
  trace: hex(i + 1, 16),
  span: hex(i + 1, 8),
  agoMs: 60_000 * (i + 1),
  columns: {
    name: i % 2 === 0 ? 'chat' : 'beta-secret-name',
    user_id: i % 2 === 0 ? String(i) : `beta-user-${i}`,
    session_id: i % 2 === 0 ? String(100 + i) : 'beta-session',
    input: i % 2 === 0 ? String(i) : 'beta-secret-input',
    provider: 'openai',
    request_model: i % 2 === 0 ? 'gpt-4o' : 'beta-model',
    environment: i % 2 === 0 ? '1' : 'beta-env',
    input_tokens: 10,
    output_tokens: 5,
    cost_usd: '0.25',
    attributes: i % 2 === 0 ? { tier: '7' } : { tier: 'beta-tier' },
    tags: i % 2 === 0 ? ['a', 'b'] : ['beta-tag'],
  },
}))

export interface SqlApp {
  store: TestStore['store']
  sql(query: string, params?: Record<string, unknown>, key?: string): Promise<Answer>
  stop(): Promise<void>
}

export async function startSqlApp(limits: Partial<SqlLimits> = {}): Promise<SqlApp> {
  const test = await startTestStore()
  await insertSpans(test.store, SPANS)
  const app = createTestApp((sql, params, options) => test.store.select(sql, params, options), {
    clock: { nowMs: () => NOW_MS, monotonicMs: () => performance.now() },
    sql: {
      readonly: 1,
      limits: { ...LIMITS, ...limits },
      selectSql: (sql, params, options) => test.store.selectTable(sql, params, options),
    },
  })
  return {
    store: test.store,
    stop: () => test.stop(),
    async sql(query, params, key = 'alpha-key') {
      const response = await app.request('/api/v1/sql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key === '' ? {} : { 'x-api-key': key }) },
        body: JSON.stringify({ query, ...(params && { params }) }),
      })
      return { status: response.status, headers: response.headers, body: await response.json() }
    },
  }
}
