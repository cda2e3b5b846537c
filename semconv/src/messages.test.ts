import { expect, it } from 'vitest'
import { own, toMessage } from './messages.ts'

it('makes parts of every form of content', () => {
  const text = (content: string) => ({ type: 'text', content })
  expect(toMessage({ role: 'user', content: 'hi' })).toEqual({ role: 'user', parts: [text('hi')] })
  expect(
    toMessage({ role: 'user', content: [{ type: 'text', text: 'a' }, { content: 'b' }, 'c', { image: 1 }, null] })
      .parts,
  ).toEqual([text('a'), text('b'), text('c'), { type: 'generic', image: 1 }])
  expect(toMessage({ role: 'user', content: { a: 1 } }).parts).toEqual([{ type: 'generic', a: 1 }])
  for (const content of ['', null, undefined]) expect(toMessage({ role: 'user', content }).parts).toEqual([])
})

it('reads tool calls in the form of OpenAI and in the plain one', () => {
  const toolCalls = [
    { id: 'a', type: 'function', function: { name: 'look_up', arguments: '{"city":"Rome"}' } },
    { id: 'b', name: 'sum', arguments: { x: 1 } },
    { function: { name: 'broken', arguments: '{"city":' } },
    'nonsense',
  ]
  expect(toMessage({ role: 'assistant', toolCalls }).parts).toEqual([
    { type: 'tool_call', id: 'a', name: 'look_up', arguments: { city: 'Rome' } },
    { type: 'tool_call', id: 'b', name: 'sum', arguments: { x: 1 } },
    { type: 'tool_call', name: 'broken', arguments: '{"city":' },
    { type: 'tool_call', arguments: 'nonsense' },
  ])
  expect(toMessage({ role: 'assistant', toolCalls: 'none' }).parts).toEqual([])
})

it('takes a message that answers a tool call as its response', () => {
  expect(toMessage({ role: 'tool', toolCallId: 'a', content: 'sunny' }).parts).toEqual([
    { type: 'tool_call_response', id: 'a', response: 'sunny' },
  ])
  expect(toMessage({ role: 'tool', toolCallId: 7, content: { t: 20 } }).parts).toEqual([
    { type: 'tool_call_response', id: '7', response: { t: 20 } },
  ])
  expect(toMessage({ role: 'tool', toolCallId: '', content: 'x' }).parts).toEqual([
    { type: 'tool_call_response', response: 'x' },
  ])
})

it('keeps the finish reason only when there is one', () => {
  expect(toMessage({ role: 'assistant', content: 'x', finishReason: 'stop' }).finish_reason).toBe('stop')
  expect(toMessage({ role: 'assistant', content: 'x', finishReason: '' })).not.toHaveProperty('finish_reason')
})

it('gives only own properties', () => {
  expect([own({ a: 1 }, 'a'), own({}, 'toString'), own(null, 'a'), own('abc', 'length'), own([5], '0')]).toEqual([
    1,
    undefined,
    undefined,
    undefined,
    5,
  ])
  expect(own(JSON.parse('{"__proto__":1}'), '__proto__')).toBe(1)
})
