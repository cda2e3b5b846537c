import { expect, it } from 'vitest'
import { ErasedTraces } from './erased-traces.ts'
import { toSource } from './wire/bytes.ts'

const ID = '0102030405060708090a0b0c0d0e0f10'
const SAME_BEGINNING = '01020304ffffffffffffffffffffffff'
const source = (...ids: string[]) => toSource(Buffer.concat(ids.map((id) => Buffer.from(id, 'hex'))))

it('knows a trace of its project only, by all of its bytes, wherever they lie', () => {
  const erased = new ErasedTraces()
  expect(erased.has(source(ID), 0, 'shop')).toBe(false)
  erased.add('shop', [ID])
  expect(erased.has(source(ID), 0, 'shop')).toBe(true)
  expect(erased.has(source(SAME_BEGINNING, ID), 16, 'shop')).toBe(true)
  expect(erased.has(source(SAME_BEGINNING, ID), 0, 'shop')).toBe(false)
  expect(erased.has(source(ID), 0, 'other')).toBe(false)
  expect(erased.has(source(ID), -1, 'shop')).toBe(false)
})
