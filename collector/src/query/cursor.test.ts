import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

const TIME = '2026-01-31 12:00:00.123456789'

it('gives back the key it was made of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (id) => {
      expect(decodeCursor('traces', 2, encodeCursor('traces', [TIME, id]))).toEqual([TIME, id])
    }),
  )
})

it('refuses what is not a cursor of this list', () => {
  const good = encodeCursor('traces', [TIME, 'a'])
  const forged = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const refused = [
    encodeCursor('users', [TIME, 'a']),
    encodeCursor('traces', [TIME]),
    encodeCursor('traces', ['now()', 'a']),
    encodeCursor('traces', ['2026-13-01 12:00:00.123456789', 'a']),
    encodeCursor('traces', ['9999-01-01 12:00:00.123456789', 'a']),
    forged([2, 'traces', TIME, 'a']),
    forged([1, 'traces', TIME, 1]),
    forged({ length: 4 }),
    good.slice(1),
    `${good}=`,
    '',
    'x'.repeat(10_000),
  ]
  expect(decodeCursor('traces', 2, good)).toEqual([TIME, 'a'])
  for (const cursor of refused) expect(decodeCursor('traces', 2, cursor)).toBeUndefined()
})

it('never throws on any text', () => {
  fc.assert(fc.property(fc.string(), (text) => decodeCursor('traces', 2, text) === undefined))
})
