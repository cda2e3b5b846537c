import { expect, it } from 'vitest'
import { modeOf, type ReportedUsage, settleUsage } from './usage.ts'

const unknown = Number.NaN
const reported = (known: Partial<ReportedUsage>): ReportedUsage => ({
  input: unknown,
  total: unknown,
  output: unknown,
  cacheRead: unknown,
  cacheWrite: unknown,
  cacheWrite5m: unknown,
  cacheWrite1h: unknown,
  reasoning: unknown,
  ...known,
})

it.each([
  ['no cache is known', { input: 100, output: 20 }, true, '', 100],
  ['the input is not known', { cacheRead: 80 }, true, '', unknown],
  ['nothing was cached, inclusive dialect', { input: 100, cacheRead: 0 }, true, 'declared_inclusive', 100],
  ['nothing was cached, exclusive dialect', { input: 100, cacheRead: 0 }, false, '', 100],
  ['cached tokens fit into the input', { input: 3520, output: 60, cacheRead: 3500 }, true, 'declared_inclusive', 3520],
  ['cached tokens are all of the input', { input: 3500, cacheRead: 3500 }, true, 'declared_inclusive', 3500],
  ['cached tokens exceed the input', { input: 20, output: 60, cacheRead: 3500 }, true, 'cache_exceeds_input', 3520],
  [
    'reads and writes together exceed it',
    { input: 100, cacheRead: 60, cacheWrite: 50 },
    true,
    'cache_exceeds_input',
    210,
  ],
  [
    'the total only adds up with them',
    { input: 4000, output: 60, cacheRead: 1000, total: 5060 },
    true,
    'total_says_exclusive',
    5000,
  ],
  [
    'the total adds up without them',
    { input: 4000, output: 60, cacheRead: 1000, total: 4060 },
    true,
    'declared_inclusive',
    4000,
  ],
  [
    'the total adds up to neither',
    { input: 4000, output: 60, cacheRead: 1000, total: 9 },
    true,
    'declared_inclusive',
    4000,
  ],
  [
    'an exclusive dialect has nothing to show for it',
    { input: 4000, output: 60, cacheRead: 1000 },
    false,
    'ambiguous',
    4000,
  ],
  [
    'an exclusive dialect with the total to show',
    { input: 4000, output: 60, cacheRead: 1000, total: 5060 },
    false,
    'total_says_exclusive',
    5000,
  ],
] as const)('when %s', (_, known, includesCache, rule, input) => {
  const usage = reported(known)
  expect([settleUsage(usage, modeOf(includesCache)), usage.input]).toEqual([rule, input])
})

it('adds the two lifetimes of cache writes up when no sum was sent', () => {
  const usage = reported({ input: 10, cacheWrite5m: 30, cacheWrite1h: 12 })
  expect(settleUsage(usage, modeOf(true))).toBe('cache_exceeds_input')
  expect([usage.cacheWrite, usage.input]).toEqual([42, 52])
  const one = reported({ input: 100, cacheWrite1h: 12 })
  expect([settleUsage(one, modeOf(true)), one.cacheWrite, one.input]).toEqual(['declared_inclusive', 12, 100])
  const sent = reported({ input: 100, cacheWrite: 50, cacheWrite5m: 30, cacheWrite1h: 12 })
  expect([settleUsage(sent, modeOf(true)), sent.cacheWrite]).toEqual(['declared_inclusive', 50])
})

it('leaves the counts that it does not settle as they are', () => {
  const usage = reported({ input: 20, output: 7, cacheRead: 30, total: 27 })
  settleUsage(usage, modeOf(true))
  expect(usage).toEqual(reported({ input: 50, output: 7, cacheRead: 30, total: 27 }))
})

const EXCLUSIVE = { input: 'exclusive', reasoningApart: false } as const
const APART = { input: 'inclusive', reasoningApart: true } as const

it('adds cached tokens where the emitter is known to leave them out and nothing better tells', () => {
  const usage = reported({ input: 4000, output: 60, cacheRead: 1000 })
  expect([settleUsage(usage, EXCLUSIVE), usage.input]).toEqual(['declared_exclusive', 5000])
})

it.each([
  ['the emitter is known to count it apart', { input: 1200, output: 21, reasoning: 64 }, APART, '+reasoning', 85],
  ['it exceeds the output', { input: 1200, output: 21, reasoning: 64 }, modeOf(true), '+reasoning', 85],
  [
    'the total only adds up with it',
    { input: 9, output: 80, reasoning: 64, total: 153 },
    modeOf(true),
    '+reasoning',
    144,
  ],
  ['the total adds up without it', { input: 9, output: 80, reasoning: 64, total: 89 }, modeOf(true), '', 80],
  ['no total tells', { input: 9, output: 80, reasoning: 64 }, modeOf(true), '', 80],
  [
    'cached tokens and reasoning are both left out of the counts and in the total',
    { input: 100, output: 20, cacheRead: 500, reasoning: 50, total: 670 },
    modeOf(true),
    'total_says_exclusive+reasoning',
    70,
  ],
] as const)('adds reasoning to the output only where it is not part of it: %s', (_, known, mode, rule, output) => {
  const usage = reported(known)
  expect([settleUsage(usage, mode), usage.output]).toEqual([rule, output])
})
