import { expect, it } from 'vitest'
import { interpret } from './interpret.ts'
import type { Attribute, Value } from './value.ts'

const of = (attributes: Record<string, Value>, more: object = {}) =>
  interpret({ attributes: Object.entries(attributes), ...more })

it('reads a current chat span', () => {
  const meaning = of(
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 3520n,
      'gen_ai.usage.output_tokens': 60,
      'gen_ai.usage.cache_read.input_tokens': 3500,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.input.messages': '[{"role":"user"}]',
      other: 1,
    },
    { durationNs: 1e9 },
  )
  expect(meaning).toMatchObject({
    kind: 'generation',
    dialect: 'otel-gen-ai',
    fields: { provider: 'openai', request_model: 'gpt-4o', finish_reasons: ['stop'] },
    usage: { input: 3520, output: 60, cacheRead: 3500 },
    usageRule: 'declared_inclusive',
    countsUsage: true,
    timeToFirstTokenNs: 250_000_000,
    errorType: '',
    input: '[{"role":"user"}]',
  })
  expect([...meaning.moved]).toEqual([8])
  expect(of({ 'gen_ai.response.time_to_first_chunk': 2 }, { durationNs: 1e9 })).not.toHaveProperty('timeToFirstTokenNs')
})

it('trusts the current name over the deprecated one in either order, and of one name the later value', () => {
  const pairs: Attribute[] = [
    ['gen_ai.provider.name', 'openai'],
    ['gen_ai.system', 'az.ai.openai'],
  ]
  for (const attributes of [pairs, pairs.toReversed()]) {
    const { fields, dialect } = interpret({ attributes: [...attributes, ['gen_ai.operation.name', 'chat']] })
    expect([fields.provider, dialect]).toEqual(['openai', 'otel-gen-ai'])
  }
  expect(
    interpret({
      attributes: [
        ['user.id', 'a'],
        ['user.id', 'b'],
        ['user.id', ''],
      ],
    }).fields.user_id,
  ).toBe('b')
  expect(of({ 'gen_ai.provider.name': 'None', 'gen_ai.system': 'anthropic' }).fields.provider).toBe('anthropic')
})

it.each<[key: string, value: Value, field: string, expected: unknown]>([
  ['gen_ai.usage.input_tokens', '12', 'input_tokens', 12],
  ['gen_ai.usage.input_tokens', 12.0, 'input_tokens', 12],
  ['gen_ai.usage.input_tokens', 12.5, 'input_tokens', undefined],
  ['gen_ai.usage.input_tokens', -1n, 'input_tokens', undefined],
  ['gen_ai.usage.input_tokens', Number.NaN, 'input_tokens', undefined],
  ['gen_ai.usage.input_tokens', '0x10', 'input_tokens', undefined],
  ['gen_ai.usage.input_tokens', 4294967296n, 'input_tokens', undefined],
  ['gen_ai.request.temperature', '.5', 'temperature', 0.5],
  ['gen_ai.request.stream', 'False', 'stream', false],
  ['gen_ai.request.stream', 'tree', 'stream', undefined],
  ['gen_ai.response.finish_reasons', '["stop","length"]', 'finish_reasons', ['stop', 'length']],
  ['gen_ai.response.finish_reasons', 'stop', 'finish_reasons', ['stop']],
  ['gen_ai.response.finish_reason', '[stop', 'finish_reasons', ['[stop']],
  ['gen_ai.request.model', 7n, 'request_model', '7'],
  ['gen_ai.request.model', ['gpt'], 'request_model', undefined],
  ['gen_ai.tool.definitions', [new Map([['name', 'f']])], 'tool_definitions', '[{"name":"f"}]'],
  ['gen_ai.tool.definitions', [], 'tool_definitions', undefined],
])('reads %s = %o as %s = %o', (key, value, field, expected) => {
  expect(Reflect.get(of({ [key]: value }).fields, field)).toEqual(expected)
})

it('puts indexed messages together in the order of their numbers', () => {
  const meaning = of({
    'gen_ai.prompt.10.content': 'third',
    'gen_ai.prompt.0.role': 'system',
    'gen_ai.prompt.0.content': 'first',
    'gen_ai.prompt.2.role': 'assistant',
    'gen_ai.prompt.2.tool_calls.0.name': 'look_up',
    'gen_ai.prompt.2.tool_calls.0.arguments': '{"city":"Rome"}',
    'gen_ai.prompt.3.tool_call_id': 'c1',
    'gen_ai.prompt.3.content': 'sunny',
    'gen_ai.completion.0.content': 'It is sunny.',
    'gen_ai.completion.0.finish_reason': 'stop',
  })
  expect(JSON.parse(meaning.input ?? '')).toMatchObject([
    { role: 'system', parts: [{ type: 'text', content: 'first' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', name: 'look_up', arguments: { city: 'Rome' } }] },
    { role: 'user', parts: [{ type: 'tool_call_response', id: 'c1', response: 'sunny' }] },
    { role: 'user', parts: [{ type: 'text', content: 'third' }] },
  ])
  expect(JSON.parse(meaning.output ?? '')).toEqual([
    { role: 'assistant', parts: [{ type: 'text', content: 'It is sunny.' }], finish_reason: 'stop' },
  ])
  expect(meaning.moved.size).toBe(10)
})

it('leaves indexed messages where they were when a whole attribute wins', () => {
  const meaning = of({
    'gen_ai.prompt.0.content': 'old',
    'gen_ai.input.messages': '[{"role":"user","parts":[]}]',
    'gen_ai.completion.0.content': 'out',
  })
  expect(meaning.input).toBe('[{"role":"user","parts":[]}]')
  expect([...meaning.moved].toSorted()).toEqual([1, 2])
})

it('takes messages, content and errors from events, but no error of an evaluation', () => {
  const events = [
    { name: 'gen_ai.system.message', attributes: Object.entries({ content: 'Be kind.' }) },
    { name: 'gen_ai.user.message', attributes: Object.entries({ content: 'Hi' }) },
    { name: 'gen_ai.choice', attributes: Object.entries({ message: '{"content":"Hello"}', finish_reason: 'stop' }) },
    { name: 'gen_ai.evaluation.result', attributes: Object.entries({ 'error.type': 'timeout' }) },
  ]
  const meaning = of({ 'gen_ai.request.model': 'gpt-4o' }, { events })
  expect(meaning).toMatchObject({
    kind: 'generation',
    errorType: '',
    systemInstructions: '[{"type":"text","content":"Be kind."}]',
    input: '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
    output: '[{"role":"assistant","parts":[{"type":"text","content":"Hello"}],"finish_reason":"stop"}]',
  })
  const old = { name: 'gen_ai.content.prompt', attributes: Object.entries({ 'gen_ai.prompt': 'from the event' }) }
  expect(of({}, { events: [old] }).input).toBe('from the event')
  expect(of({ 'gen_ai.prompt': 'own' }, { events: [old] }).input).toBe('own')
})

it('names the error by error.type, then by the exception, then as unknown', () => {
  const exception = {
    name: 'exception',
    attributes: Object.entries({ 'exception.type': 'RateLimit', 'exception.message': 'slow down' }),
  }
  const failed = { statusCode: 2, statusMessage: 'failed' }
  expect(of({}, failed)).toMatchObject({ errorType: 'unknown', errorMessage: 'failed' })
  expect(of({}, { ...failed, events: [exception] })).toMatchObject({
    errorType: 'RateLimit',
    errorMessage: 'slow down',
  })
  expect(of({ 'error.type': '429' }, { events: [exception] })).toMatchObject({
    errorType: '429',
    errorMessage: 'slow down',
  })
  expect(of({}, { events: [exception] })).toMatchObject({ errorType: '', errorMessage: '' })
})

it('takes names of object machinery as the data that they are', () => {
  const meaning = of({
    'gen_ai.prompt.0.__proto__': 'x',
    constructor: 'y',
    'gen_ai.input.messages': new Map([['__proto__', 1n]]),
  })
  expect(meaning.input).toBe('{"__proto__":1}')
  expect([...meaning.moved]).toEqual([2])
})

it('keeps a body of which more than the messages means something, and does not take a placeholder for content', () => {
  const body = '{"messages":[{"role":"user","content":"Hi"}],"logit_bias":{"50256":-100}}'
  const meaning = of({ 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': body, 'gen_ai.output.messages': '{}' })
  expect(JSON.parse(meaning.input ?? '')).toEqual([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }])
  expect(meaning.output).toBeUndefined()
  expect([...meaning.moved]).toEqual([])
})

it('keeps the system prompt of a body where another attribute tells one', () => {
  const body = '{"system":"Be kind.","messages":[{"role":"user","content":"Hi"}]}'
  const meaning = of({
    'gen_ai.operation.name': 'chat',
    'gen_ai.input.messages': body,
    'gen_ai.system_instructions': 'Be brief.',
  })
  expect(meaning.systemInstructions).toBe('[{"type":"text","content":"Be brief."}]')
  expect([...meaning.moved]).toEqual([2])
  expect(of({ 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': body }).moved.size).toBe(1)
})

it('lists keys of the conventions and of dialects that no rule knows, less those that a dialect asks for', () => {
  const meaning = of({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.no_such': 1,
    'langfuse.no_such': 1,
    'langfuse.observation.metadata.plan': 'gold',
    'gen_ai.prompt.0.content': 'hello',
    'agentlightning.reward.0.value': 1,
    'http.route': '/',
  })
  expect(meaning.unmapped).toEqual(['gen_ai.request.no_such', 'langfuse.no_such'])
  expect(of({ 'gen_ai.request.no_such': 1 }).unmapped).toEqual([])
})
