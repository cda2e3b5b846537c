// One answer of each route for the OpenAPI page, shortened to what a reader needs.

const TRACE = {
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  name: 'answer question',
  start_time: '2026-01-31T12:00:00.123456789Z',
  latency_ms: 1830.25,
  spans: 3,
  generations: 1,
  errors: 0,
  status: 'ok',
  total_tokens: 1250,
  cost_usd: '0.0031250',
  session_id: 'chat-17',
  user_id: 'user-42',
  models: ['gpt-4o-mini-2024-07-18'],
  tags: ['beta'],
}

const GENERATION = {
  trace_id: TRACE.trace_id,
  span_id: '00f067aa0ba902b7',
  parent_span_id: 'b7ad6b7169203331',
  name: 'chat gpt-4o-mini',
  kind: 'generation',
  provider: 'openai',
  request_model: 'gpt-4o-mini',
  response_model: 'gpt-4o-mini-2024-07-18',
  start_time: '2026-01-31T12:00:00.223456789Z',
  latency_ms: 1630.5,
  time_to_first_token_ms: 310,
  input_tokens: 1000,
  output_tokens: 250,
  cache_read_tokens: 600,
  cost_usd: '0.0031250',
  status: 'ok',
  error_type: null,
}

const page = (row: unknown) => ({ data: [row], next_cursor: null })
const figures = (...data: unknown[]) => ({ data })

const ACTIVITY = { traces: 4, generations: 9, errors: 0, total_tokens: 5120, cost_usd: '0.0128' }

/** By the last part of the path. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  traces: page(TRACE),
  trace: { trace: TRACE, spans: [GENERATION] },
  generations: page(GENERATION),
  sessions: page({
    session_id: 'chat-17',
    start_time: TRACE.start_time,
    duration_ms: 92000.5,
    ...ACTIVITY,
    user_id: 'user-42',
  }),
  users: page({ user_id: 'user-42', start_time: TRACE.start_time, sessions: 2, ...ACTIVITY }),
  scores: page({
    trace_id: TRACE.trace_id,
    time: TRACE.start_time,
    name: 'helpful',
    value: 1,
    label: null,
    source: 'feedback',
  }),
  total_traces: figures({ time: '2026-01-31T12:00:00.000Z', traces: 42, failed_traces: 1 }),
  latency: figures({
    model: 'gpt-4o-mini',
    p50_ms: 812.5,
    p95_ms: 2310,
    p99_ms: 4120,
    ttft_p50_ms: 290,
    ttft_p95_ms: 700,
    ttft_p99_ms: 1100,
    calls: 420,
  }),
  token_usage: figures({
    model: 'gpt-4o-mini',
    input_tokens: 420000,
    output_tokens: 81000,
    cache_read_tokens: 120000,
    cache_write_tokens: null,
    reasoning_tokens: 0,
    total_tokens: 501000,
    calls: 420,
  }),
  cost: figures({
    model: 'gpt-4o-mini',
    cost_usd: '0.10155',
    input_cost_usd: '0.05295',
    output_cost_usd: '0.0486',
    other_cost_usd: '0',
    priced_tokens: 501000,
    unpriced_tokens: 0,
    priced_share: 1,
    calls: 420,
    unpriced_calls: 0,
  }),
  error_rate: figures({ error_type: 'rate_limit', calls: 420, errors: 6, error_rate: 6 / 420 }),
  cache_hit_rate: figures({
    calls: 420,
    cached_calls: 200,
    cache_read_tokens: 120000,
    input_tokens: 420000,
    cache_hit_rate: 120000 / 420000,
    savings_gross_usd: '0.009',
    savings_net_usd: '0.009',
    response_cache_lookups: 0,
    exact_hits: 0,
    semantic_hits: 0,
    exact_hit_rate: null,
    semantic_hit_rate: null,
  }),
}
