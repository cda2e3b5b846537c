import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksCanonical } from './looks-canonical.ts'

describe('looksCanonical', () => {
  it.each([
    '[{"role":"user","parts":[{"type":"text","content":"When?"}]}]',
    ' [ { "role" : "user" , "name":"A \\"b\\\\" , "parts" : [ { "type" : "text" , "content" : "" } ] } ]',
    '[{"parts":[{"content":"When?","type":"text"}],"role":"user"}]',
    '[{"role":"assistant","parts":[]}]',
    '[{"role":"assistant","parts":[{"id":"1","type":"tool_call","name":"x"}]}]',
    '[{"role":"assistant","finish_reason":"stop","parts":[{"type":"reasoning","content":"cut o',
  ])('accepts %s', (text) => expect(looksCanonical(text)).toBe(true))

  it.each([
    ['no messages', '[]'],
    ['messages with content', '[{"role":"user","content":"When?"}]'],
    ['parts of Gemini', '[{"role":"user","parts":[{"text":"When?"}]}]'],
    ['the role of Gemini', '[{"role":"model","parts":[{"type":"text","content":"When?"}]}]'],
    ['parts of the AI SDK', '[{"role":"user","parts":[{"type":"text","text":"When?"}]}]'],
    ['parts of unknown types', '[{"role":"user","parts":[{"type":"file","url":"u"}]}]'],
    ['members that are no text', '[{"index":0,"role":"user","parts":[{"type":"text","content":"When?"}]}]'],
    ['an object', '{"role":"user","parts":[{"type":"text","content":"When?"}]}'],
    ['a text', 'When?'],
  ])('does not accept %s', (_, text) => expect(looksCanonical(text)).toBe(false))

  it('accepts no prefix of a message that ends before its first part', () => {
    const text = '[{"role":"user","parts":[{"type":"text","content":"When?"}]}]'
    const decided = text.indexOf('"content"') + '"content"'.length
    for (let end = 0; end < decided; end++) expect(looksCanonical(text.slice(0, end))).toBe(false)
    for (let end = decided; end <= text.length; end++) expect(looksCanonical(text.slice(0, end))).toBe(true)
  })

  it('accepts canonical messages however they are spaced and whatever they say', () => {
    const message = fc.record({
      role: fc.string().filter((role) => role !== 'model'),
      parts: fc.constant([{ type: 'text', content: 'x' }]),
    })
    fc.assert(
      fc.property(fc.array(message, { minLength: 1 }), fc.nat(4), (messages, indent) => {
        expect(looksCanonical(JSON.stringify(messages, null, indent))).toBe(true)
      }),
    )
  })
})
