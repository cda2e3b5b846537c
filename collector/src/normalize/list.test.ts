import { expect, it } from 'vitest'
import { parseList } from './list.ts'
import type { Plain } from './testing/attributes.ts'
import { encodeRequest } from './testing/requests.ts'
import { writeTraces } from './testing/write-request.ts'

const values = (...list: Plain[]): Plain => ({ arrayValue: { values: list } })

it.each<[form: string, value: Plain, names: string[]]>([
  ['an array', values({ stringValue: 'stop' }, { stringValue: 'length' }), ['stop', 'length']],
  [
    'an array with others than names in it',
    values({ intValue: 1 }, {}, { stringValue: '' }, { stringValue: 'stop' }),
    ['stop'],
  ],
  ['JSON in a string', { stringValue: '["stop", "length", 3, ""]' }, ['stop', 'length']],
  ['JSON with escapes', { stringValue: '["caf\\u00e9"]' }, ['café']],
  ['a bare name', { stringValue: 'stop' }, ['stop']],
  ['what only looks like JSON', { stringValue: '[stop' }, ['[stop']],
  ['an empty JSON list', { stringValue: '[]' }, []],
  ['nothing', { stringValue: '' }, []],
  ['an empty array', values(), []],
  ['a number', { intValue: 7 }, ['7']],
  [
    'more names than are kept',
    values(...Array.from({ length: 300 }, (_, i) => ({ stringValue: `n${i}` }))),
    Array.from({ length: 256 }, (_, i) => `n${i}`),
  ],
])('reads %s', (_, value, names) => {
  const attributes = [{ key: 'gen_ai.response.finish_reasons', value }]
  const span = { traceId: Buffer.alloc(16, 1), spanId: Buffer.alloc(8, 1), attributes }
  const { rows } = writeTraces(encodeRequest({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
  expect(rows[0]!['finish_reasons']).toEqual(names)
})

it('takes JSON that is no list for one name', () => {
  expect([parseList('{"a":1}'), parseList('"stop"'), parseList('[[]]')]).toEqual([['{"a":1}'], ['"stop"'], []])
})
