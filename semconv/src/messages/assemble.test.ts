import { expect, it } from 'vitest'
import { assembleOutput } from './assemble.ts'
import { textOfMessages, toolCallsOf } from './read.ts'

it('puts a reply of the AI SDK together', () => {
  const toolCalls = '[{"toolCallId":"c1","toolName":"find_train","input":"{\\"to\\":\\"Bern\\"}"}]'
  const output = assembleOutput({
    text: 'Let me look.',
    reasoning: 'They travel.',
    toolCalls,
    finishReason: 'tool-calls',
  })
  expect(JSON.parse(output ?? '')).toEqual([
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'They travel.' },
        { type: 'text', content: 'Let me look.' },
        { type: 'tool_call', id: 'c1', name: 'find_train', arguments: { to: 'Bern' } },
      ],
      finish_reason: 'tool-calls',
    },
  ])
})

it('takes a structured answer and text that looks like JSON for text', () => {
  const said = (parts: { text?: string; object?: string }) => textOfMessages(JSON.parse(assembleOutput(parts) ?? '[]'))
  expect(said({ object: '{"city":"Bern"}' })).toBe('{"city":"Bern"}')
  expect(said({ text: '[{"type":"text","text":"x"}]' })).toBe('[{"type":"text","text":"x"}]')
})

it('makes nothing of nothing', () => {
  expect(assembleOutput({ text: '', reasoning: '', toolCalls: '[]', finishReason: 'stop' })).toBeUndefined()
})

it('reads reasoning that is a list of blocks', () => {
  expect(JSON.parse(assembleOutput({ reasoning: '[{"type":"reasoning","text":"a","signature":"s"}]' }) ?? '')).toEqual([
    { role: 'assistant', parts: [{ type: 'reasoning', content: 'a', signature: 's' }] },
  ])
})

it('tells the text and the calls of messages', () => {
  const messages = [
    {
      role: 'user',
      parts: [
        { type: 'text', content: 'a' },
        { type: 'blob', modality: 'image', content: 'iVBO' },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { type: 'text', content: 'b' },
        { type: 'tool_call', id: 'c1', name: 'x', arguments: '{"y":1}' },
        { type: 'tool_call', name: 'z' },
      ],
    },
  ] as const
  expect(textOfMessages(messages)).toBe('a\nb')
  expect(toolCallsOf(messages)).toEqual([{ id: 'c1', name: 'x', arguments: { y: 1 } }, { name: 'z' }])
})
