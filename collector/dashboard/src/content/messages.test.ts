import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readContent } from './messages.ts'

const call = {
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } }],
}
const answer = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'rain' }] }

describe('content', () => {
  it('of messages joins a tool call with its result, wherever that stands', () => {
    expect(readContent(JSON.stringify([call, answer]))).toEqual({
      form: 'messages',
      messages: [
        {
          role: 'assistant',
          parts: [{ kind: 'tool', id: 'c1', name: 'weather', given: { city: 'Oslo' }, result: 'rain' }],
          finish: undefined,
        },
      ],
    })
  })

  it('takes system instructions, parts without a message, for one', () => {
    expect(readContent('[{"type":"text","content":"Be brief."}]')).toEqual({
      form: 'messages',
      messages: [{ role: 'system', parts: [{ kind: 'text', text: 'Be brief.' }], finish: undefined }],
    })
  })

  it('keeps a result whose call is not there', () => {
    const content = readContent(JSON.stringify([answer]))
    expect(content).toMatchObject({ messages: [{ role: 'tool', parts: [{ kind: 'result', result: 'rain' }] }] })
  })

  it('takes content as text too, and shows parts that it does not know', () => {
    const text = JSON.stringify([
      { role: 'user', content: 'hi' },
      { role: 'user', parts: [{ type: 'new', x: 1 }] },
    ])
    expect(readContent(text)).toMatchObject({
      messages: [
        { parts: [{ kind: 'text', text: 'hi' }] },
        { parts: [{ kind: 'other', value: { type: 'new', x: 1 } }] },
      ],
    })
  })

  it.each([
    ['plain words', { form: 'text', text: 'plain words' }],
    ['"a text"', { form: 'text', text: 'a text' }],
    ['[not json', { form: 'text', text: '[not json' }],
    ['{"a":1}', { form: 'json', value: { a: 1 } }],
    ['[]', { form: 'json', value: [] }],
  ])('%s is %j', (text, expected) => expect(readContent(text)).toEqual(expected))

  it('is never a reason to fail', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readContent(text).form).toMatch(/messages|json|text/)
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readContent(text).form).toMatch(/messages|json|text/)
      }),
    )
  })
})
