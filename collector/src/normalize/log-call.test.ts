// Log records that tell of model calls, as agents and instrumentations send them, against the rows worked out by hand.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOG_USES } from '@hanzo/insights-semconv'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { OpenBatch } from './open-batch.ts'
import { anyValue, type Plain } from './testing/attributes.ts'
import type { Row } from './testing/native-reader.ts'
import { encodeRequest, RECEIVED_MS } from './testing/requests.ts'
import { newNormalizer, rowsOf, takeBlocks, telemetry } from './testing/write-request.ts'

const { ExportLogsServiceRequest } = opentelemetry.proto.collector.logs.v1
const LIVE = join(import.meta.dirname, '../../test/fixtures/live')
const TIME = BigInt(RECEIVED_MS) * 1_000_000n - 7n
const DAY_NS = 86_400_000_000_000n
/** When the recorded session of Codex was sent. */
const CODEX_RECEIVED_MS = 1_795_451_730_000
const DETAILS = 'gen_ai.client.inference.operation.details'

type Values = Readonly<Record<string, string | number | bigint>>

const wireValue = (value: string | number | bigint): Plain =>
  typeof value === 'string'
    ? { stringValue: value }
    : typeof value === 'bigint'
      ? { intValue: value }
      : { doubleValue: value }
const attributesOf = (values: Values): Plain[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: wireValue(value) }))
const recordOf = (values: Values, more: Plain = {}): Plain => ({
  timeUnixNano: TIME,
  attributes: attributesOf(values),
  ...more,
})
const requestOf = (scope: string, ...logRecords: Plain[]): Buffer => {
  const resource = { attributes: attributesOf({ 'service.name': 'agent', 'deployment.environment': 'dev' }) }
  const plain = { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: scope, version: '2.1' }, logRecords }] }] }
  return Buffer.from(ExportLogsServiceRequest.encode(ExportLogsServiceRequest.fromObject(plain)).finish())
}

interface Rows {
  spans: Row[]
  logs: Row[]
  refused: number
}

const written = (bytes: Uint8Array, normalizer = newNormalizer(), receivedMs = RECEIVED_MS): Rows => {
  const batch = new OpenBatch()
  const { rejected } = normalizer.writeLogs({ ...telemetry(bytes), receivedMs }, batch)
  const blocks = takeBlocks(batch)
  const of = (table: string): Row[] => blocks.filter((block) => block.table === table).flatMap(rowsOf)
  return {
    spans: of('spans'),
    logs: of('log_events'),
    refused: [...rejected.values()].reduce((sum, count) => sum + count, 0),
  }
}

const CLAUDE_SCOPE = 'com.anthropic.claude_code.events'
const claude = (event: string, values: Values, more: Plain = {}): Plain =>
  recordOf(
    {
      'event.name': event,
      'event.timestamp': '2026-09-21T12:00:00.000Z',
      'session.id': 'session-1',
      'user.id': 'user-1',
      'prompt.id': 'prompt-1',
      ...values,
    },
    { body: { stringValue: `claude_code.${event}` }, ...more },
  )
const API_REQUEST: Values = {
  model: 'claude-sonnet-4-5-20250929',
  input_tokens: 2000n,
  output_tokens: 300n,
  cache_read_tokens: 1000n,
  cache_creation_tokens: 500n,
  cost_usd: 0.025,
  duration_ms: 2500n,
  request_id: 'req_1',
}

it('makes of a Claude Code request its event and a generation that ended with it', () => {
  const { spans, logs, refused } = written(requestOf(CLAUDE_SCOPE, claude('api_request', API_REQUEST)))
  expect(refused).toBe(0)
  expect(logs).toHaveLength(1)
  expect(logs[0]).toMatchObject({ event_name: 'api_request', time: TIME, body: '"claude_code.api_request"' })
  expect(spans).toHaveLength(1)
  expect(spans[0]).toMatchObject({
    kind: 'generation',
    name: 'chat claude-sonnet-4-5-20250929',
    operation: 'chat',
    dialect: 'claude-code',
    usage_role: 'log',
    counts_usage: 1,
    start_time: TIME - 2_500_000_000n,
    duration_ns: 2_500_000_000n,
    time_flag: '',
    parent_span_id: '00'.repeat(8),
    status_code: 0,
    provider: 'anthropic',
    request_model: 'claude-sonnet-4-5-20250929',
    response_id: 'req_1',
    session_id: 'session-1',
    user_id: 'user-1',
    service_name: 'agent',
    environment: 'dev',
    scope_name: CLAUDE_SCOPE,
    scope_version: '2.1',
    input_tokens: 3500,
    output_tokens: 300,
    cache_read_tokens: 1000,
    cache_write_tokens: 500,
    // 2000 at 3 $, 1000 read at 0.30 $, 500 written at 3.75 $ and 300 out at 15 $ a million
    computed_cost_usd: 12_675_000_000n,
    reported_cost_usd: 25_000_000_000n,
  })
  expect(spans[0]?.['attributes']).toContainEqual(['prompt.id', 'prompt-1'])
  expect(spans[0]?.['trace_id']).toBe(logs[0]?.['trace_id'])
})

it('puts the calls of one prompt into one trace, and those of others into others', () => {
  const other = (values: Values) => claude('api_request', { ...API_REQUEST, ...values })
  const { spans, logs } = written(
    requestOf(
      CLAUDE_SCOPE,
      claude('user_prompt', { prompt: 'Hi' }),
      claude('api_request', API_REQUEST),
      other({ request_id: 'req_2' }),
      other({ request_id: 'req_3', 'prompt.id': 'prompt-2' }),
      other({ request_id: 'req_4', 'session.id': 'session-2' }),
    ),
  )
  const traces = spans.map((row) => row['trace_id'])
  expect(traces[0]).toBe(traces[1])
  expect(logs[0]?.['trace_id']).toBe(traces[0])
  expect(new Set(traces).size).toBe(3)
  expect(new Set(spans.map((row) => row['span_id'])).size).toBe(4)
})

it('gives a record that names neither trace nor conversation a trace of its own', () => {
  const details = (id: string) => recordOf({ 'gen_ai.response.id': id, 'gen_ai.usage.input_tokens': 5n })
  const bytes = requestOf('x', { ...details('a'), eventName: DETAILS }, { ...details('b'), eventName: DETAILS })
  const [a, b] = written(bytes).spans.map((row) => row['trace_id'])
  expect(a).not.toBe(b)
  expect(a).not.toBe('00'.repeat(16))
})

it('makes a failed generation of an api_error', () => {
  const record = claude('api_error', { model: 'claude-opus-4-1', error: 'Overloaded', status_code: '529' })
  expect(written(requestOf(CLAUDE_SCOPE, record)).spans[0]).toMatchObject({
    kind: 'generation',
    usage_role: 'log',
    status_code: 2,
    status_message: 'Overloaded',
    error_message: 'Overloaded',
    error_class: 'provider_error',
    input_tokens: null,
    cost_usd: null,
    time_flag: 'no_end',
  })
})

it('knows a Claude Code event by its body where the scope was lost, and no bare name in a strange scope', () => {
  expect(written(requestOf('', claude('api_request', API_REQUEST))).spans).toHaveLength(1)
  const bare = claude('api_request', API_REQUEST, { body: { stringValue: 'x' } })
  expect(written(requestOf('shop', bare))).toMatchObject({ spans: [], logs: [], refused: 1 })
})

it('keeps what an agent did as events that make no generation', () => {
  const { spans, logs } = written(
    requestOf(
      CLAUDE_SCOPE,
      claude('user_prompt', { prompt: 'Hi' }),
      claude('tool_result', { tool_name: 'Bash', success: 'true' }),
    ),
  )
  expect(spans).toEqual([])
  expect(logs.map((row) => row['event_name'])).toEqual(['user_prompt', 'tool_result'])
  expect(logs[0]?.['attributes']).toContainEqual(['prompt', 'Hi'])
})

it('reads the two calls of a Codex session out of its logs', () => {
  const normalizer = newNormalizer()
  const requests = ['02-logs.pb', '05-logs.pb'].map((file) => readFileSync(join(LIVE, 'codex-0.169', file)))
  const all = requests.map((bytes) => written(bytes, normalizer, CODEX_RECEIVED_MS))
  const spans = all.flatMap((it) => it.spans)
  expect(spans).toHaveLength(2)
  for (const row of spans)
    expect(row).toMatchObject({
      name: 'chat gpt-5-mini',
      dialect: 'codex',
      provider: 'openai',
      request_model: 'gpt-5-mini',
      session_id: '01a20943-217f-7f93-aa00-b2ac786c73b5',
      input_tokens: 1200,
      output_tokens: 85,
      cache_read_tokens: 1024,
      reasoning_tokens: 64,
      time_flag: 'no_end',
      first_token_flag: '',
    })
  expect(spans.map((row) => row['time_to_first_token_ns'])).toEqual([119_000_000n, 123_000_000n])
  const events = all.flatMap((it) => it.logs).map((row) => row['event_name'])
  expect(new Set(events)).toEqual(
    new Set([
      'codex.conversation_starts',
      'codex.user_prompt',
      'codex.api_request',
      'codex.sse_event',
      'codex.tool_result',
    ]),
  )
})

it('hangs the call of a details record below the span that it names, where it does not count at once', () => {
  const ids = { traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 2) }
  const values = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.usage.input_tokens': 5n,
    'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
  }
  const { spans } = written(requestOf('x', recordOf(values, { eventName: DETAILS, ...ids })))
  expect(spans[0]).toMatchObject({
    trace_id: '01'.repeat(16),
    parent_span_id: '02'.repeat(8),
    usage_role: 'log',
    counts_usage: 0,
    input_tokens: 5,
    input: '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
  })
  expect(spans[0]?.['span_id']).not.toBe('02'.repeat(8))
  expect(JSON.stringify(spans[0]?.['attributes'])).not.toContain('gen_ai.input.messages')
})

it('makes no generation of a details record that only brings content', () => {
  const values = { 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': '[]' }
  const { spans, logs } = written(requestOf('x', recordOf(values, { eventName: DETAILS })))
  expect([spans.length, logs.length]).toEqual([0, 1])
})

it('makes the same ids of the same record, by whomever it is read and wherever it stands', () => {
  const record = claude('api_request', API_REQUEST)
  const [first] = written(requestOf(CLAUDE_SCOPE, record)).spans
  const [, again] = written(
    requestOf(CLAUDE_SCOPE, claude('api_request', { ...API_REQUEST, request_id: 'x' }), record),
  ).spans
  expect([again?.['trace_id'], again?.['span_id']]).toEqual([first?.['trace_id'], first?.['span_id']])
})

it('leaves a resend out of both tables', () => {
  const normalizer = newNormalizer()
  const bytes = requestOf(CLAUDE_SCOPE, claude('api_request', API_REQUEST))
  expect(written(bytes, normalizer).spans).toHaveLength(1)
  expect(written(bytes, normalizer)).toEqual({ spans: [], logs: [], refused: 0 })
})

it('has a call on the day on which it began, and its event on the day on which it ended', () => {
  const midnight = (TIME / DAY_NS) * DAY_NS
  const record = claude('api_request', API_REQUEST, { timeUnixNano: midnight + 1_000_000_000n })
  const batch = new OpenBatch()
  newNormalizer().writeLogs(telemetry(requestOf(CLAUDE_SCOPE, record)), batch)
  const day = Number(midnight / DAY_NS)
  expect(batch.contents()).toEqual([
    { table: 'spans', day: day - 1, rows: 1 },
    { table: 'log_events', day, rows: 1 },
  ])
})

it('takes a duration that cannot be for none', () => {
  for (const duration_ms of ['-5', 'soon', '99999999999999'])
    expect(
      written(requestOf(CLAUDE_SCOPE, claude('api_request', { ...API_REQUEST, duration_ms }))).spans[0],
    ).toMatchObject({ start_time: TIME, duration_ns: 0n, time_flag: 'no_end' })
})

it('counts the rows that it would write, by table and day and in the order of writing', () => {
  const span = (daysBack: bigint, id: number): Plain => ({
    traceId: Buffer.alloc(16, 1),
    spanId: Buffer.alloc(8, id),
    startTimeUnixNano: TIME - daysBack * DAY_NS,
    endTimeUnixNano: TIME,
  })
  const log = (daysBack: bigint): Plain =>
    claude('api_request', { ...API_REQUEST, duration_ms: 86_400_000n }, { timeUnixNano: TIME - daysBack * DAY_NS })
  const logs = requestOf(CLAUDE_SCOPE, log(2n), log(0n), claude('user_prompt', {}), recordOf({ a: 'b' }))
  const traces = encodeRequest({
    resourceSpans: [{ scopeSpans: [{ spans: [span(3n, 1), span(0n, 2), span(1n, 3)] }] }],
  })
  const contents = (counting: boolean) => {
    const normalizer = newNormalizer()
    const batch = new OpenBatch()
    batch.counting = counting
    normalizer.writeLogs(telemetry(logs), batch)
    normalizer.writeTraces(telemetry(traces), batch)
    normalizer.writeLogs(telemetry(requestOf(CLAUDE_SCOPE, log(5n))), batch)
    return [batch.contents(), batch.rows, batch.ordinal]
  }
  expect(contents(true)).toEqual(contents(false))
  expect(contents(true)).toMatchObject([{ length: 7 }, 10, 7])
})

it('takes whatever a record of an agent says: building and counting agree, and an unknown count stays unknown', () => {
  const names = LOG_USES.map(({ name }) => name)
  const key = fc.constantFrom(
    ...LOG_USES.flatMap(({ rule: { call } }) => [
      ...(call?.counts ?? []),
      ...(call?.failure ?? []),
      ...Object.keys(call?.where ?? {}),
      'duration_ms',
      'model',
      'prompt.id',
      'session.id',
    ]),
  )
  const value = fc.oneof(anyValue, fc.constantFrom({ stringValue: 'response.completed' }, { intValue: 7n }, {}))
  const record = fc.record({
    timeUnixNano: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    eventName: fc.constantFrom('', ...names),
    traceId: fc.constantFrom(Buffer.alloc(0), Buffer.alloc(16), Buffer.alloc(16, 9)),
    attributes: fc.array(fc.record({ key: fc.oneof(key, fc.constant('event.name')), value }), { maxLength: 8 }),
    body: value,
  })
  const scope = fc.constantFrom('', 'gemini-cli', 'codex_otel.log_only', CLAUDE_SCOPE, 'openlit')
  fc.assert(
    fc.property(scope, fc.array(record, { maxLength: 4 }), (name, records) => {
      const bytes = requestOf(name, ...records)
      const [built, counted] = [new OpenBatch(), new OpenBatch()]
      counted.counting = true
      for (const batch of [built, counted]) newNormalizer().writeLogs(telemetry(bytes), batch)
      expect(counted.contents()).toEqual(built.contents())
      const calls = takeBlocks(built).flatMap((block) => (block.table === 'spans' ? rowsOf(block) : []))
      for (const row of calls) {
        expect(row).toMatchObject({ usage_role: 'log' })
        expect(row['error_type'] === '' && row['input_tokens'] === null && row['output_tokens'] === null).toBe(false)
      }
    }),
  )
})
