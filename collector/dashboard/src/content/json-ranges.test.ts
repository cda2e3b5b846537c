// Large JSON values by ranges.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { levelsWithin, MAX_FLAT, type Range, rangesOf } from './json-ranges.ts'

it('any number of entries is reached over at most two hundred things a level', () => {
  fc.assert(
    fc.property(fc.nat(3_000_000), fc.nat(50), (count, from) => {
      const ranges = rangesOf({ from, to: from + count })
      expect(ranges.length).toBeLessThanOrEqual(MAX_FLAT)
      // without a gap
      expect(ranges.reduce((at, range) => (range.from === at ? range.to : Number.NaN), from)).toBe(from + count)
    }),
  )
})

it('the last of a million is three clicks away, one of two hundred none', () => {
  let range: Range = { from: 0, to: 1_000_000 }
  let clicks = 0
  for (; range.to - range.from > 1 && clicks < 10; clicks++) range = rangesOf(range).at(-1) ?? range
  expect([range, clicks]).toEqual([{ from: 999_999, to: 1_000_000 }, 3])
  expect(rangesOf({ from: 0, to: 200 })).toHaveLength(200)
  expect(rangesOf({ from: 0, to: 201 })).toEqual([
    { from: 0, to: 100 },
    { from: 100, to: 200 },
    { from: 200, to: 201 },
  ])
})

it('opens at first as much as is quickly built', () => {
  expect(levelsWithin({ a: { b: { c: 1 } } }, 2, 300)).toBe(2)
  expect(levelsWithin({ a: Array.from({ length: 400 }, () => 1) }, 2, 300)).toBe(1)
  expect(
    levelsWithin(
      Array.from({ length: 400 }, () => 1),
      2,
      300,
    ),
  ).toBe(1)
  expect(levelsWithin('text', 2, 300)).toBe(2)
})
