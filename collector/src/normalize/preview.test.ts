import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Out } from './columns/out.ts'
import { preview } from './preview.ts'
import { expectedPreview } from './testing/preview-rules.ts'

function shown(text: string, newest = false): string {
  const bytes = Buffer.from(`before${text}"after"`)
  const out = new Out()
  preview(out, bytes, 6, 6 + Buffer.byteLength(text), newest)
  return out.bytes.toString('utf8', 0, out.size)
}
const messages = (...contents: string[]): string =>
  JSON.stringify(contents.map((content) => ({ role: 'user', parts: [{ type: 'text', content }] })))

it('shows the first message of an output and the last of an input', () => {
  expect(shown(messages('one', 'two'))).toBe('one')
  expect(shown(messages('one', 'two'), true)).toBe('two')
})

it('shows plain text as it is, cut after 200 characters and never within one', () => {
  expect(shown('just text')).toBe('just text')
  expect(shown('é'.repeat(300))).toBe('é'.repeat(200))
  expect(shown('👩'.repeat(300))).toBe('👩'.repeat(200))
  expect(shown(messages('👩'.repeat(300)))).toBe('👩'.repeat(200))
  expect(shown(messages(`${'a'.repeat(199)}éé`))).toBe(`${'a'.repeat(199)}é`)
})

it('undoes escapes and puts the text on one line', () => {
  expect(shown(messages('a "b" \\ c\n\td'))).toBe('a "b" \\ c  d')
  expect(shown('[{"content":"caf\\u00e9 \\ud83d\\ude00 \\/"}]')).toBe('café 😀 /')
  expect(shown('[{"content":"\\ud83d!"}]')).toBe('\uFFFD!')
  expect(shown(`[{"content":"${'\\ud83d\\ude00'.repeat(201)}"}]`)).toBe('😀'.repeat(200))
})

it('is not taken in by a content key inside of a text', () => {
  expect(shown(messages('say "content": "no"'))).toBe('say "content": "no"')
  expect(shown(messages('first', 'say "content": "no"'), true)).toBe('say "content": "no"')
})

it('shows the raw text when there is no content: tool calls only, empty, cut off', () => {
  const call = '[{"role":"assistant","parts":[{"type":"tool_call","name":"f","arguments":{}}]}]'
  expect(shown(call)).toBe(call)
  expect(shown(messages(''))).toBe(messages(''))
  expect(shown('[{"content":')).toBe('[{"content":')
  expect(shown('[{"content":"cut o')).toBe('cut o')
  expect(shown('[{"content":[1]}]')).toBe('[{"content":[1]}]')
  expect(shown('')).toBe('')
})

it('looks for the last message near the end only, then takes the first', () => {
  const long = messages('first', 'x'.repeat(5000))
  expect(shown(long, true)).toBe('first')
  expect(shown(messages('y'.repeat(9000), 'last'), true)).toBe('last')
})

it('shows what the plain rules say of any messages', () => {
  const content = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 400 }), fc.constant('"content":"x"\\'))
  fc.assert(
    fc.property(fc.array(content, { maxLength: 4 }), fc.boolean(), fc.nat(), (contents, newest, cut) => {
      const whole = messages(...contents)
      expect(shown(whole, newest)).toBe(expectedPreview(whole, newest))
      const part = [...whole].slice(0, cut % (whole.length + 1)).join('')
      expect(shown(part, newest)).toBe(expectedPreview(part, newest))
    }),
    { numRuns: 300 },
  )
})
