// The page of results is of these tests: each item has one, none has a number that is no item, and the page says what a run would make of them.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findTests, itemsOf } from './find-tests.ts'
import { ITEMS } from './items.ts'
import { RESULTS, type Result, renderResults } from './results.ts'

const tests = findTests()

it('has 90 items, a test for each, and no test of another number', () => {
  expect(ITEMS).toHaveLength(90)
  expect(ITEMS.flatMap((what, i) => (tests.has(i + 1) ? [] : [`${i + 1} ${what}`]))).toEqual([])
  expect([...tests.keys()].filter((item) => item < 1 || item > ITEMS.length)).toEqual([])
})

it('is not stale: `npm run conformance:otlp` writes it anew', () => {
  const all = new Map(ITEMS.map((_, i): [number, Result] => [i + 1, 'pass']))
  expect(readFileSync(RESULTS, 'utf8')).toBe(renderResults(tests, all))
})

it('reads numbers off the beginning of a name only', () => {
  expect(['items 6, 8: x', 'item 7: x', '14: x', '90, 1: x'].map(itemsOf)).toEqual([[6, 8], [7], [14], [90, 1]])
  expect(['10:32', 'at 7: x', '7 x', '%s: x', '1 rejected: x'].flatMap(itemsOf)).toEqual([])
})
