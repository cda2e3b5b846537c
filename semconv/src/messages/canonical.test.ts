import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalSystem, canonicalText } from './canonical.ts'
import { toConversation } from './conversation.ts'
import type { Side } from './list.ts'
import { anyContent, marked } from './testing.ts'

const CANONICAL = '[ {"role":"user", "parts": [{"type":"text","content":"When?"}]} ]'

describe('canonicalText', () => {
  it('leaves canonical text as it is, white space and all', () => {
    expect(canonicalText(CANONICAL, 'input')).toBeUndefined()
  })

  it('leaves structured text that is no conversation as it is', () => {
    expect(canonicalText('{"city":"Bern"}', 'input')).toBeUndefined()
  })

  it('makes one message of plain text and of JSON that was cut off', () => {
    for (const text of ['When?', '42', '[{"role":"user","content":"Wh']) {
      expect(JSON.parse(canonicalText(text, 'input')?.text ?? '')).toEqual([
        { role: 'user', parts: [{ type: 'text', content: text }] },
      ])
    }
  })

  it('reads what Python prints', () => {
    const repr = `{'messages': [{'role': 'user', 'content': "It's \\'ten\\'\\n"}], 'n': 1, 'stop': None}`
    expect(canonicalText(repr, 'input')).toEqual({
      text: '[{"role":"user","parts":[{"type":"text","content":"It\'s \'ten\'\\n"}]}]',
      params: { n: 1 },
    })
  })

  it('reads a body that is JSON in a JSON string', () => {
    const body = JSON.stringify(JSON.stringify({ messages: [{ role: 'user', content: 'When?' }] }))
    expect(canonicalText(body, 'input')?.text).toBe('[{"role":"user","parts":[{"type":"text","content":"When?"}]}]')
  })

  it('finds nothing in a placeholder', () => {
    for (const text of ['', ' ', '{}', 'null', '""']) expect(canonicalText(text, 'output')).toEqual({})
  })

  it('names the answer of a tool by its canonical name', () => {
    const text = '[{"role":"user","parts":[{"type":"tool_call_response","id":"c1","result":7}]}]'
    expect(canonicalText(text, 'input')?.text).toBe(text.replace('result', 'response'))
  })

  it('keeps every digit of a number', () => {
    const call = '{"function":{"name":"find","arguments":"{\\"id\\":12345678901234567890}"}}'
    const text = `[{"role":"assistant","content":null,"tool_calls":[${call}],"seen":-98765432109876543210}]`
    const found = canonicalText(text, 'output')?.text
    expect(found).toContain('"arguments":{"id":12345678901234567890}')
    expect(found).toContain('"seen":-98765432109876543210')
  })

  it('keeps a key named __proto__ as data', () => {
    const text = '[{"role":"user","content":"x","__proto__":{"polluted":"yes"}}]'
    expect(canonicalText(text, 'input')?.text).toContain('"__proto__":{"polluted":"yes"}')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('keeps text that is nested deeper than any stack', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    expect(() => canonicalText(`[{"role":"user","content":${deep}}]`, 'input')).not.toThrow()
    expect(() => canonicalText(deep, 'input')).not.toThrow()
    expect(() => canonicalText(deep.replaceAll('[', '(').replaceAll(']', ')'), 'input')).not.toThrow()
  })

  it('is done with its own output', () => {
    fc.assert(
      fc.property(anyContent, fc.constantFrom('input', 'output'), (content, side) => {
        const text = canonicalText(JSON.stringify(content), side)?.text
        if (text === undefined) return
        expect(canonicalText(text, side)?.text ?? text).toBe(text)
        expect(toConversation(JSON.parse(text), side)?.messages).toEqual(JSON.parse(text))
      }),
    )
  })

  it('loses no text, whatever the form', () => {
    fc.assert(
      fc.property(anyContent, fc.constantFrom('input', 'output'), (content, side) => {
        const text = JSON.stringify(content)
        // Events are told apart by their side; all else is on the side that is asked for.
        const sides = text.includes('"event.name"') ? (['input', 'output'] as const) : [side]
        const kept = sides.map((one) => keptOf(text, one)).join('')
        for (const mark of marked(content)) expect(kept).toContain(mark)
      }),
      { numRuns: 1000 },
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.json({ maxDepth: 12 })), (text) => {
        canonicalText(text, 'input')
        canonicalText(text, 'output')
        canonicalSystem(text)
      }),
    )
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withMap: true, withDate: true }),
        (value) => void toConversation(value, 'output'),
      ),
    )
  })
})

function keptOf(text: string, side: Side): string {
  const found = canonicalText(text, side)
  if (!found) return text
  const parsed = ([found.text, found.system, found.tools] as const).map((json) => JSON.parse(json ?? 'null'))
  return JSON.stringify({ ...found, parsed })
}
