// Test help: seven spans and six log records whose every figure is easy to sum by hand; the view tests read them.
import { createLoader } from './load.ts'
import {
  at,
  DAY,
  logBatch,
  type SpanRow,
  spanBatch,
  spanId,
  startTestStore,
  type TestStore,
  traceId,
} from './store.fixture.ts'

/** One US cent in picodollars. */
const CENT = 10_000_000_000n
const call: SpanRow = {
  kind: 'generation',
  operation: 'chat',
  provider: 'openai',
  service_name: 'web',
  environment: 'prod',
  counts_usage: 1,
}

// Trace 1: an agent (whose reported usage is not to be counted), two calls (one failed and unpriced), a tool.
const AGENT: SpanRow = {
  trace_id: traceId(1),
  span_id: spanId(1),
  start_time: at(100),
  duration_ns: 5_000_000_000,
  name: 'answer',
  kind: 'agent',
  service_name: 'web',
  environment: 'prod',
  session_id: 's1',
  user_id: 'u1',
  input_tokens: 999,
  output_tokens: 999,
  cost_usd: 50n * CENT,
  status_code: 1,
  input_preview: 'the question',
  output_preview: 'the answer',
  tags: ['vip'],
}
const CALL: SpanRow = {
  ...call,
  trace_id: traceId(1),
  span_id: spanId(2),
  parent_span_id: spanId(1),
  start_time: at(101),
  duration_ns: 1_000_000_000,
  name: 'chat gpt-5',
  request_model: 'gpt-5',
  response_model: 'gpt-5-2026',
  input_tokens: 100,
  output_tokens: 20,
  cache_read_tokens: 40,
  cost_usd: 3n * CENT,
  cache_savings_gross_usd: 2n * CENT,
  cache_savings_net_usd: CENT,
  time_to_first_token_ns: 250_000_000,
  input: '[{"role":"user"}]',
  output: '[{"role":"assistant"}]',
  attributes: [['a', '1']],
}
const FAILED: SpanRow = {
  ...call,
  trace_id: traceId(1),
  span_id: spanId(3),
  parent_span_id: spanId(1),
  start_time: at(103),
  duration_ns: 3_000_000_000,
  name: 'chat gpt-5',
  request_model: 'gpt-5-2026',
  status_code: 2,
  error_type: 'rate_limit',
}
const TOOL: SpanRow = {
  trace_id: traceId(1),
  span_id: spanId(4),
  parent_span_id: spanId(1),
  start_time: at(104),
  duration_ns: 500_000_000,
  name: 'search',
  kind: 'tool',
  service_name: 'tools',
  environment: 'prod',
  response_cache: 'exact',
  scores: ['{"name":"relevant","value":0.5,"explanation":"half of it"}'],
}
// Trace 2: its root was never sent; a call before midnight and an embedding after it.
const LATE: SpanRow = {
  ...call,
  trace_id: traceId(2),
  span_id: spanId(5),
  parent_span_id: spanId(99),
  start_time: at(86_399),
  duration_ns: 500_000_000,
  name: 'late',
  request_model: 'claude',
  provider: 'anthropic',
  input_tokens: 10,
  cost_usd: CENT,
  session_id: 's1',
  user_id: 'u2',
  input_preview: 'first words',
  output_preview: 'some words',
}
const EMBEDDING: SpanRow = {
  ...call,
  trace_id: traceId(2),
  span_id: spanId(6),
  parent_span_id: spanId(99),
  start_time: at(86_401),
  duration_ns: 1_000_000,
  name: 'embed',
  kind: 'embedding',
  operation: 'embeddings',
  request_model: 'embed-1',
  input_tokens: 7,
  output_preview: 'last words',
  session_id: 's1',
  user_id: 'u2',
}
const OTHER: SpanRow = { ...CALL, project_id: 'lab' }

/** A store that holds the sample. */
export async function startSampleStore(): Promise<TestStore> {
  const test = await startTestStore()
  const loader = createLoader(test)
  await loader.load(spanBatch([AGENT, FAILED, OTHER]))
  await loader.load(spanBatch([CALL, TOOL, LATE]))
  await loader.load(spanBatch([EMBEDDING], { day: DAY + 1 }))
  const failed = { trace_id: traceId(1), span_id: spanId(3) }
  const late = { trace_id: traceId(2), span_id: spanId(5) }
  await loader.load(
    logBatch([
      { ...failed, time: at(103.2), role_in_call: 'input', message: '{"n":2}' },
      { ...failed, time: at(103.1), role_in_call: 'input', message: '{"n":1}' },
      { ...failed, time: at(103), role_in_call: 'system', message: '{"n":0}' },
      { ...late, time: at(86_399), input: '["whole"]', output: '["answer"]' },
      { trace_id: traceId(1), span_id: spanId(2), time: at(101), input: '["not this: the span has its own"]' },
      {
        trace_id: traceId(1),
        span_id: spanId(2),
        time: at(110),
        evaluation_name: 'helpful',
        score_value: 0.75,
        score_label: 'good',
      },
    ]),
  )
  await loader.stop()
  return test
}
