import { expect, it } from 'vitest'
import type { Value } from '../value.ts'
import { messageOfEvent } from './event-message.ts'

const of = (role: string, members: Record<string, Value>) => messageOfEvent(Object.entries(members), role)
const call = { type: 'tool_call', id: 'c1', name: 'find_train', arguments: { to: 'Bern' } }

it('reads a body of structures', () => {
  const tool = new Map<string, Value>([
    ['id', 'c1'],
    ['type', 'function'],
    [
      'function',
      new Map([
        ['name', 'find_train'],
        ['arguments', '{"to":"Bern"}'],
      ]),
    ],
  ])
  const message = new Map<string, Value>([
    ['content', 'At ten.'],
    ['tool_calls', [tool]],
  ])
  expect(of('assistant', { index: 0n, finish_reason: 'tool_calls', message })).toEqual({
    role: 'assistant',
    parts: [{ type: 'text', content: 'At ten.' }, call],
    finish_reason: 'tool_calls',
    index: 0,
  })
})

it('reads blocks that are JSON text', () => {
  expect(
    of('assistant', { message: '[{"toolUse":{"toolUseId":"c1","name":"find_train","input":{"to":"Bern"}}}]' }),
  ).toEqual({
    role: 'assistant',
    parts: [call],
  })
  expect(of('user', { content: '[{"text":"When?"}]' }).parts).toEqual([{ type: 'text', content: 'When?' }])
})

it('takes any other JSON for the text that was said', () => {
  for (const content of ['{"a":1}', '[1,2]', '[{"id":"x"}]', '[broken']) {
    expect(of('user', { content }).parts).toEqual([{ type: 'text', content }])
  }
})

it('reads a whole body in one attribute', () => {
  const body = '{"role":"user","content":{"text":{"value":"When?"}}}'
  expect(of('assistant', { 'gen_ai.system': 'az.ai.agents', 'gen_ai.event.content': body })).toEqual({
    role: 'user',
    parts: [{ type: 'text', content: 'When?' }],
  })
  expect(of('user', { 'gen_ai.event.content': 'When?' }).parts).toEqual([{ type: 'text', content: 'When?' }])
})

it('takes the id of a tool message for that of the call it answers, and of no other', () => {
  expect(of('tool', { id: 'c1', content: '10:32' })).toEqual({
    role: 'tool',
    parts: [{ type: 'tool_call_response', id: 'c1', response: '10:32' }],
  })
  expect(of('user', { id: 'm1', content: 'When?' })).toEqual({
    role: 'user',
    parts: [{ type: 'text', content: 'When?' }],
    id: 'm1',
  })
})
