import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flatten, msOf } from './tree.ts'

const span = (span_id: string, parent_span_id: string | null = null) => ({
  span_id,
  parent_span_id,
  start_time: '2026-01-31T12:00:00Z',
})

describe('a tree of spans', () => {
  it('is in reading order with its depths, and folds', () => {
    const spans = [span('a'), span('b', 'a'), span('c', 'a'), span('d', 'b')]
    const shape = (folded: string[]) => flatten(spans, new Set(folded)).map(({ id, depth }) => `${depth}${id}`)
    expect(shape([])).toEqual(['0a', '1b', '2d', '1c'])
    expect(shape(['b'])).toEqual(['0a', '1b', '1c'])
  })

  it('takes a span whose parent is not there for a root', () => {
    expect(flatten([span('b', 'gone')], new Set()).map(({ depth }) => depth)).toEqual([0])
  })

  it('has each span once, whatever the parents say, rings too', () => {
    const parents = fc.array(fc.integer({ min: -1, max: 20 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(parents, (given) => {
        const spans = given.map((parent, i) => span(`s${i}`, parent < 0 ? null : `s${parent}`))
        const ids = flatten(spans, new Set()).map(({ id }) => id)
        expect([...ids].sort()).toEqual(spans.map(({ span_id: id }) => id).sort())
      }),
    )
  })

  it('knows parts of a millisecond', () => {
    expect(msOf('2026-01-31T12:00:00.000250000Z') - Date.parse('2026-01-31T12:00:00Z')).toBeCloseTo(0.25, 3)
  })
})
