import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parsePython } from './python.ts'

/** What Python's repr makes of a JSON value. */
function repr(value: unknown): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${repr(key)}: ${repr(item)}`)
      .join(', ')}}`
  if (typeof value !== 'string') return String(value)
  const body = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
  return value.includes("'") && !value.includes('"') ? `"${body}"` : `'${body.replaceAll("'", "\\'")}'`
}

it('reads what repr writes', () => {
  const json = fc.jsonValue().filter((value) => typeof value === 'object' && value !== null)
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.stringify(parsePython(repr(value)))).toBe(JSON.stringify(value))
    }),
  )
})

it.each([
  [`('a', 1, )`, ['a', 1]],
  [`{'a': (), 'b': [{'c': -1.5e3}]}`, { a: [], b: [{ c: -1500 }] }],
  [`['\\x41\\u00e9\\U0001F600', '\\d', "it's"]`, ['Aé😀', '\\d', "it's"]],
  [`{1: 'x', None: nan}`, { 1: 'x', null: null }],
])('reads %s', (text, value) => expect(parsePython(text)).toEqual(value))

it.each([
  `{'a': <object at 0x7f>}`,
  `{'a'`,
  `{'a': 1} and more`,
  `['unfinished`,
  `Message(role='user')`,
  '{1, 2}',
  '[1 2]',
  `[Nonesuch]`,
  '',
])('does not read %s', (text) => expect(parsePython(text)).toBeUndefined())

it('never throws, however deep the text is nested', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...`{}[]()',":\\xuUN 1a`) }), (text) => void parsePython(text)),
  )
  expect(parsePython('('.repeat(100_000))).toBeUndefined()
})
