import { expect, test } from 'vitest'
import { decideCost } from './decide-cost.ts'

const unknown = Number.NaN

test('a positive reported cost wins over the computed one', () => {
  expect(decideCost({ computed: 5, reported: 7, tokens: 10 })).toBe('reported')
  expect(decideCost({ computed: unknown, reported: 7, tokens: unknown })).toBe('reported')
})

test('a reported 0 beside tokens is a placeholder', () => {
  expect(decideCost({ computed: 5, reported: 0, tokens: 10 })).toBe('computed')
  expect(decideCost({ computed: unknown, reported: 0, tokens: 10 })).toBe('')
  expect(decideCost({ computed: unknown, reported: 0, tokens: unknown })).toBe('')
  expect(decideCost({ computed: unknown, reported: 0, tokens: 0 })).toBe('reported')
})

test('what is no amount is not believed', () => {
  for (const reported of [unknown, -1, Number.POSITIVE_INFINITY]) {
    expect(decideCost({ computed: 5, reported, tokens: 10 })).toBe('computed')
    expect(decideCost({ computed: unknown, reported, tokens: 10 })).toBe('')
  }
})
