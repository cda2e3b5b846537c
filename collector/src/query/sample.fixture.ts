// Test help: one small set of spans and scores of two projects, whose figures the tests know by hand.
import {
  createTestApp,
  hex,
  insertSpans,
  NOW_MS,
  startTestStore,
  type TestSpan,
  type TestStore,
} from './query.fixture.ts'

export const TRACE = hex(1, 16)
export const HOUR = 3_600_000

const CALL = {
  provider: 'openai',
  request_model: 'gpt-4o',
  response_model: 'gpt-4o-2024',
  input_tokens: 100,
  output_tokens: 20,
  cache_read_tokens: 40,
  cost_usd: '0.000000000001',
  session_id: 'chat',
  user_id: 'ann',
}

// Three calls of gpt-4o and one unpriced call of a local model, one of them failed; an agent above them that only repeats usage.
const SPANS: TestSpan[] = [
  {
    trace: TRACE,
    span: hex(1, 8),
    agoMs: HOUR,
    columns: {
      kind: 'agent',
      name: 'answer',
      counts_usage: 0,
      input_tokens: 300,
      status_code: 1,
      tags: ['beta', 'night'],
    },
  },
  {
    trace: TRACE,
    span: hex(2, 8),
    parent: hex(1, 8),
    agoMs: HOUR - 10,
    columns: {
      ...CALL,
      input: '[{"role":"user"}]',
      time_to_first_token_ns: 250_000_000,
      attributes: { 'app.tier': "gold'); --" },
    },
  },
  {
    trace: TRACE,
    span: hex(3, 8),
    parent: hex(1, 8),
    agoMs: HOUR - 20,
    columns: { ...CALL, status_code: 2, error_type: 'rate_limit', duration_ns: 3_000_000_000 },
  },
  {
    trace: hex(2, 16),
    span: hex(4, 8),
    agoMs: 2 * HOUR,
    columns: { ...CALL, session_id: 'other', cache_read_tokens: null, cost_usd: '1.5', cache_savings_net_usd: '-0.25' },
  },
  {
    trace: hex(3, 16),
    span: hex(5, 8),
    agoMs: 3 * HOUR,
    columns: { provider: 'ollama', request_model: 'llama', input_tokens: 60, output_tokens: 20, user_id: 'bob' },
  },
  { trace: hex(4, 16), span: hex(6, 8), agoMs: 30 * HOUR, columns: { ...CALL, session_id: 'old' } },
  {
    project: 'beta',
    trace: hex(9, 16),
    span: hex(9, 8),
    agoMs: HOUR,
    columns: {
      ...CALL,
      session_id: 'beta-chat',
      user_id: 'beta-user',
      cost_usd: '99',
      error_type: 'beta',
      status_code: 2,
    },
  },
]

export interface Sample extends TestStore {
  app: ReturnType<typeof createTestApp>
}

export async function startSample(): Promise<Sample> {
  const test = await startTestStore()
  await insertSpans(test.store, SPANS)
  await test.store.command(
    `INSERT INTO insights.scores (project_id, score_id, version_time, time, trace_id, name, value)
     SELECT 'alpha', 's1', now64(6), fromUnixTimestamp64Milli(${NOW_MS - 1000}), unhex('${TRACE}'), 'helpful', 1
     UNION ALL SELECT 'beta', 's2', now64(6), fromUnixTimestamp64Milli(${NOW_MS - 1000}), unhex('${hex(9, 16)}'), 'beta-score', 0`,
    {},
    { async_insert: 0 },
  )
  return { ...test, app: createTestApp(test.store.select) }
}
