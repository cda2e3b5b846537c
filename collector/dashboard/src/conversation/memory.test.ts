import { describe, expect, it } from 'vitest'
import type { Message, Part } from '../content/messages.ts'
import { createMemory } from './memory.ts'
import { contentOf } from './turn-messages.ts'

const say = (role: string, text: string, ...more: Part[]): Message => ({
  role,
  parts: [{ kind: 'text', text }, ...more],
  finish: undefined,
})
const texts = (messages: readonly Message[]) =>
  messages.map(({ parts: [first] }) => (first?.kind === 'text' ? first.text : first?.kind))
const [u1, a1, u2, a2, u3] = [
  say('user', 'one'),
  say('assistant', 'first'),
  say('user', 'two'),
  say('assistant', 'second'),
  say('user', 'three'),
]

describe('a conversation', () => {
  it('shows of each turn what was not said before, when the history comes again', () => {
    const memory = createMemory()
    const system = say('system', 'Be brief.')
    expect(texts(memory.take([system, u1], [a1]))).toEqual(['Be brief.', 'one'])
    expect(texts(memory.take([system, u1, a1, u2], [a2]))).toEqual(['two'])
    expect(texts(memory.take([say('system', 'Be kind.'), u1, a1, u2, a2, u3], []))).toContain('Be kind.')
  })

  it('does so when only the end of the history comes again', () => {
    const memory = createMemory()
    memory.take([u1], [a1])
    memory.take([u1, a1, u2], [a2])
    expect(texts(memory.take([u2, a2, u3], []))).toEqual(['three'])
  })

  it('shows what the user says, though it was said before', () => {
    const memory = createMemory()
    expect(texts(memory.take([say('user', 'yes')], [a1]))).toEqual(['yes'])
    expect(texts(memory.take([say('user', 'yes')], [a2]))).toEqual(['yes'])
    expect(texts(memory.take([say('user', 'yes'), a1, say('user', 'yes'), a2, say('user', 'yes')], []))).toEqual([
      'yes',
    ])
  })

  it('takes a message for the same without its thoughts, and a tool call with another id', () => {
    const memory = createMemory()
    const tool = (id: string): Part => ({ kind: 'tool', id, name: 'look', given: { a: 1 }, result: 'x' })
    memory.take([u1], [say('assistant', ' first ', { kind: 'reasoning', text: 'hm' }, tool('1'))])
    expect(texts(memory.take([u1, say('assistant', 'first', tool('2')), u2], []))).toEqual(['two'])
  })

  it('keeps the steps that a turn took after the question', () => {
    const memory = createMemory()
    expect(texts(memory.take([u1, a1, say('tool', 'rain')], [a2]))).toEqual(['one', 'first', 'rain'])
  })
})

describe('the content of a turn', () => {
  it('is that of its call, or else the previews of its trace', () => {
    const input = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }])
    expect(texts(contentOf({}, { input, output: 'Hello' }, false).input)).toEqual(['Hi'])
    expect(texts(contentOf({}, { input, output: 'Hello' }, false).answer)).toEqual(['Hello'])
    expect(texts(contentOf({ input_preview: 'Hi …' }, { input, output: null }, true).input)).toEqual(['Hi …'])
    expect(contentOf({}, undefined, false)).toEqual({ input: [], answer: [] })
  })
})
