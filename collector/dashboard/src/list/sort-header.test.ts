// Which columns of lists are sorted by what.
import { expect, it } from 'vitest'
import { LISTS } from './lists.ts'
import { isSorted, sortOf } from './sort-header.tsx'

it('numbers are sorted by, texts are not, and tokens by all of them', () => {
  expect(sortOf('cost_usd', LISTS.traces)).toBe('cost_usd')
  expect(sortOf('latency_ms', LISTS.generations)).toBe('latency_ms')
  expect(sortOf('tokens', LISTS.generations)).toBe('total_tokens')
  expect(sortOf('value', LISTS.scores)).toBe('value')
  for (const name of ['name', 'start_time', 'models', 'scores', 'counts_usage', 'unknown'])
    expect([name, sortOf(name, LISTS.generations)]).toEqual([name, undefined])
})

it('the time is what a list goes by when nothing is asked', () => {
  expect(isSorted('start_time', LISTS.traces, undefined)).toBe(true)
  expect(isSorted('start_time', LISTS.traces, 'cost_usd')).toBe(false)
  expect(isSorted('cost_usd', LISTS.traces, 'cost_usd')).toBe(true)
  expect(isSorted('tokens', LISTS.traces, 'total_tokens')).toBe(true)
  expect(isSorted('time', LISTS.scores, undefined)).toBe(true)
})
