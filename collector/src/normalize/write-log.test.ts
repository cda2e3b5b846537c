// One test a form of gen_ai log record, with the columns worked out by hand.
import { expect, it } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import type { Plain } from './testing/attributes.ts'
import type { Row } from './testing/native-reader.ts'
import { RECEIVED_MS } from './testing/requests.ts'
import { writeLogs } from './testing/write-request.ts'

const { ExportLogsServiceRequest } = opentelemetry.proto.collector.logs.v1
const TIME = BigInt(RECEIVED_MS) * 1_000_000n - 7n

const text = (key: string, stringValue: string): Plain => ({ key, value: { stringValue } })
const map = (...values: Plain[]): Plain => ({ kvlistValue: { values } })
const logs = (...logRecords: Plain[]) => {
  const resource = { attributes: [text('service.name', 'shop'), text('deployment.environment', 'prod')] }
  const plain = { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'openai', version: '2' }, logRecords }] }] }
  return writeLogs(ExportLogsServiceRequest.encode(ExportLogsServiceRequest.fromObject(plain)).finish())
}
const rowOf = (record: Plain): Row =>
  logs({ timeUnixNano: TIME, traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 2), ...record }).rows[0]!

it('keeps where and when a record was made', () => {
  expect(
    rowOf({ eventName: 'gen_ai.user.message', severityNumber: 9, flags: 1, body: map(text('content', 'Hi')) }),
  ).toMatchObject({
    project_id: 'default',
    time: TIME,
    received_time: BigInt(RECEIVED_MS),
    trace_id: '01'.repeat(16),
    span_id: '02'.repeat(8),
    severity: 9,
    flags: 1,
    event_name: 'gen_ai.user.message',
    service_name: 'shop',
    environment: 'prod',
    scope_name: 'openai',
    scope_version: '2',
    resource_attributes: [
      ['service.name', 'shop'],
      ['deployment.environment', 'prod'],
    ],
    retention_days: 90,
  })
})

it.each([
  ['gen_ai.user.message', 'input', { role: 'user', parts: [{ type: 'text', content: 'x' }] }],
  ['gen_ai.assistant.message', 'input', { role: 'assistant', parts: [{ type: 'text', content: 'x' }] }],
  ['gen_ai.tool.message', 'input', { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'x' }] }],
  ['gen_ai.choice', 'output', { role: 'assistant', parts: [{ type: 'text', content: 'x' }] }],
])('makes one canonical message of %s', (eventName, role, message) => {
  const parts = [text('content', 'x'), ...(eventName === 'gen_ai.tool.message' ? [text('id', 'c1')] : [])]
  for (const record of [{ body: map(...parts) }, { attributes: parts }]) {
    const row = rowOf({ eventName, ...record })
    expect([row['role_in_call'], JSON.parse(String(row['message']))]).toEqual([role, message])
  }
})

it('keeps of a system message its parts, which are joined to a list when read', () => {
  const row = rowOf({ eventName: 'gen_ai.system.message', body: map(text('content', 'Be kind.')) })
  expect([row['role_in_call'], row['message']]).toEqual(['system', '{"type":"text","content":"Be kind."}'])
})

it('puts the content of a details event into canonical form, whatever form it came in', () => {
  const attributes = [text('gen_ai.input.messages', '[{"role":"user","parts":[{"text":"Hi"}]}]')]
  const row = rowOf({ eventName: 'gen_ai.client.inference.operation.details', attributes })
  expect(JSON.parse(String(row['input']))).toEqual([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }])
})

it('reads the message inside of a choice, with its tool calls and finish reason', () => {
  const call = map(text('id', 'c1'), {
    key: 'function',
    value: map(text('name', 'look_up'), text('arguments', '{"city":"Rome"}')),
  })
  const message = map(text('role', 'assistant'), { key: 'tool_calls', value: { arrayValue: { values: [call] } } })
  const body = map({ key: 'index', value: { intValue: 0 } }, text('finish_reason', 'tool_calls'), {
    key: 'message',
    value: message,
  })
  const row = rowOf({ eventName: 'gen_ai.choice', body })
  expect(JSON.parse(String(row['message']))).toMatchObject({
    role: 'assistant',
    parts: [{ type: 'tool_call', id: 'c1', name: 'look_up', arguments: { city: 'Rome' } }],
    finish_reason: 'tool_calls',
  })
  expect(JSON.parse(String(row['body'])).message.role).toBe('assistant')
})

it.each([
  ['in attributes', (parts: Plain[]) => ({ attributes: parts })],
  ['in the body', (parts: Plain[]) => ({ body: map(...parts) })],
])('takes the content of a details event %s', (_, record) => {
  const part = map(text('type', 'text'), text('content', 'Hi'))
  const content = map(text('role', 'user'), { key: 'parts', value: { arrayValue: { values: [part] } } })
  const row = rowOf({
    eventName: 'gen_ai.client.inference.operation.details',
    ...record([
      { key: 'gen_ai.input.messages', value: { arrayValue: { values: [content] } } },
      text('gen_ai.output.messages', '[{"role":"assistant","parts":[]}]'),
      text('gen_ai.response.id', 'resp-1'),
      text('error.type', 'timeout'),
      text('other', 'kept'),
    ]),
  })
  expect(row).toMatchObject({
    role_in_call: '',
    message: '',
    input: '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
    output: '[{"role":"assistant","parts":[]}]',
    response_id: 'resp-1',
    error_type: 'timeout',
  })
})

it('keeps content out of the attribute map when it has a column', () => {
  const attributes = [text('gen_ai.output.messages', '[1]'), text('other', 'kept')]
  const row = rowOf({ eventName: 'gen_ai.client.inference.operation.details', attributes })
  expect(row['attributes']).toEqual([['other', 'kept']])
})

it('reads an evaluation', () => {
  const attributes = [
    text('gen_ai.evaluation.name', 'helpful'),
    { key: 'gen_ai.evaluation.score.value', value: { doubleValue: 0.75 } },
    text('gen_ai.evaluation.score.label', 'good'),
    text('gen_ai.evaluation.explanation', 'It answers.'),
    text('gen_ai.response.id', 'resp-1'),
  ]
  expect(rowOf({ eventName: 'gen_ai.evaluation.result', attributes })).toMatchObject({
    evaluation_name: 'helpful',
    score_value: 0.75,
    score_label: 'good',
    explanation: 'It answers.',
    response_id: 'resp-1',
    message: '',
  })
})

it('knows the event by its older attribute too, and by its own field first', () => {
  expect(rowOf({ attributes: [text('event.name', 'gen_ai.user.message'), text('content', 'x')] })['event_name']).toBe(
    'gen_ai.user.message',
  )
  expect(
    rowOf({ eventName: 'gen_ai.choice', attributes: [text('event.name', 'gen_ai.user.message')] })['event_name'],
  ).toBe('gen_ai.choice')
})

it('has the time of observation where the event gives none', () => {
  expect(rowOf({ eventName: 'gen_ai.choice', timeUnixNano: 0n, observedTimeUnixNano: TIME - 1n })['time']).toBe(
    TIME - 1n,
  )
})

it('leaves other logs alone, and records that hang on no span are kept', () => {
  const { rows, written } = logs(
    { body: { stringValue: 'GET /' } },
    { eventName: 'gen_ai.choice', traceId: Buffer.alloc(3) },
    { eventName: 'gen_ai.content.prompt' },
  )
  expect([rows.length, [...written.rejected]]).toEqual([1, [['not_gen_ai', 2]]])
  expect(rows[0]).toMatchObject({ trace_id: '00'.repeat(16), span_id: '00'.repeat(8) })
})
