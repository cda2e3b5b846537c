import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../../src/query/filter/parse.ts'
import { toggled, valuesOf } from './clauses.ts'

describe('a value of a filter', () => {
  it('is put in, joined with others of its field, and taken out again', () => {
    const one = toggled('cost>0.1 "refund policy"', 'model', 'gpt-4o')
    expect(one).toBe('cost>0.1 "refund policy" model:gpt-4o')
    const two = toggled(one, 'model', 'my model, v2')
    expect(two).toBe('cost>0.1 "refund policy" model:gpt-4o,"my model, v2"')
    expect(valuesOf(two, 'model')).toEqual(['gpt-4o', 'my model, v2'])
    expect(toggled(toggled(two, 'model', 'gpt-4o'), 'model', 'my model, v2')).toBe('cost>0.1 "refund policy"')
  })

  it('may be none', () => {
    expect(toggled('', 'user', '')).toBe('user:""')
    expect(valuesOf('user:""', 'user')).toEqual([''])
    expect(toggled('user:""', 'user', '')).toBe('')
  })

  it('comes back whatever it is, and the filter language can read it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (value) => {
        const q = toggled('status:error', 'model', value)
        expect(valuesOf(q, 'model')).toEqual([value])
        expect(() => parseFilter(q)).not.toThrow()
        expect(toggled(q, 'model', value)).toBe('status:error')
      }),
    )
  })
})
