import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { usageRow, world } from './usage-row.fixture.ts'
import type { UsageRow } from './usage-row.ts'

/** Spans that count, in order of id. */
const counting = (rows: readonly UsageRow[]): string[] =>
  [...decide(rows)]
    .filter(([, { counts }]) => counts === 1)
    .map(([{ span }]) => span)
    .sort()

const agent = usageRow({ span: 'agent', role: 'summary' })
const call = usageRow({ span: 'call', parent: 'agent' })
const HOUR_US = 3_600_000_000

describe('steps above calls', () => {
  it('counts a summary only when nothing below it counts with usage', () => {
    expect(counting([agent])).toEqual(['agent'])
    expect(counting([agent, call])).toEqual(['call'])
    expect(counting([agent, { ...call, hasUsage: false }])).toEqual(['agent', 'call'])
    expect(counting([{ ...agent, hasUsage: false }])).toEqual([])
  })

  it('sees calls at any depth, and of several summaries counts the lowest', () => {
    const step = usageRow({ span: 'step', parent: 'agent', role: '', hasUsage: false, base: 0 })
    const inner = usageRow({ span: 'inner', parent: 'step', role: 'summary' })
    expect(counting([agent, step, { ...call, parent: 'step' }])).toEqual(['call'])
    expect(counting([agent, step, inner])).toEqual(['inner'])
    // The step between them has not come yet: they are not known to be of one tree.
    expect(counting([agent, { ...call, parent: 'step' }])).toEqual(['agent', 'call'])
  })

  it('does not count a call above a call that knows its usage, but above one that does not', () => {
    const outer = usageRow({ span: 'outer' })
    expect(counting([outer, { ...call, parent: 'outer' }])).toEqual(['call'])
    expect(
      counting([
        { ...outer, hasUsage: false },
        { ...call, parent: 'outer' },
      ]),
    ).toEqual(['call'])
    expect(counting([outer, { ...call, parent: 'outer', hasUsage: false }])).toEqual(['call', 'outer'])
  })

  it('never counts a known wrapper, and looks through it', () => {
    const repeat = usageRow({ span: 'repeat', parent: 'agent', role: 'repeat' })
    expect(counting([agent, repeat])).toEqual(['agent'])
    expect(counting([agent, repeat, { ...call, parent: 'repeat' }])).toEqual(['call'])
  })

  it('leaves rows of before there were roles as they are, and takes those that count for calls', () => {
    const old = usageRow({ span: 'old', role: '', base: 1 })
    expect(counting([old])).toEqual(['old'])
    expect(counting([agent, { ...old, parent: 'agent' }])).toEqual(['old'])
  })

  it('ends on parents in a ring', () => {
    const ring = [
      usageRow({ span: 'a', parent: 'b' }),
      usageRow({ span: 'b', parent: 'c' }),
      usageRow({ span: 'c', parent: 'a' }),
    ]
    expect(counting(ring)).toHaveLength(1)
    expect(counting([usageRow({ span: 'a', parent: 'a' })])).toEqual(['a'])
  })

  it('takes a trace of 100,000 spans, also as one chain', () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => `s${i}`)
    const flat = ids.map((span) => usageRow({ span, parent: 'agent' }))
    expect(counting([agent, ...flat])).toHaveLength(100_000)
    const chain = ids.map((span, i) => usageRow({ span, parent: `s${i - 1}` }))
    expect(counting(chain)).toEqual(['s99999'])
  })
})

describe('one call seen twice', () => {
  it('counts one of the rows with a response id, also over traces, and the one that knows more', () => {
    const here = { ...call, response: 7 }
    const there = usageRow({ span: 'there', trace: 't2', response: 7, knownFields: 4 })
    expect(counting([here, there])).toEqual(['there'])
    expect(counting([here, { ...there, hasUsage: false }])).toEqual(['call'])
    expect(counting([here, { ...there, knownFields: 2, hasCost: true }])).toEqual(['there'])
    expect(counting([here, { ...there, knownFields: 2, startUs: 999 }])).toEqual(['there'])
    expect(counting([here, { ...there, project: 'lab' }])).toEqual(['call', 'there'])
  })

  it('counts both when they are hours apart', () => {
    const early = usageRow({ span: 'early', response: 7 })
    const at = (hours: number, span: string) => usageRow({ span, trace: span, response: 7, startUs: hours * HOUR_US })
    expect(counting([early, at(5.9, 'late')])).toEqual(['early'])
    expect(counting([early, at(6.1, 'late')])).toEqual(['early', 'late'])
  })

  it('does not count the agent above a call that counts in another trace', () => {
    const here = { ...call, response: 7 }
    const there = usageRow({ span: 'there', trace: 't2', response: 7, knownFields: 4 })
    expect(counting([agent, here, there])).toEqual(['there'])
  })

  it('does not count the agent above a call whose usage another trace knows', () => {
    const here = { ...call, response: 7, hasUsage: false }
    const there = usageRow({ span: 'there', trace: 't2', response: 7 })
    expect(counting([agent, here, there])).toEqual(['there'])
    expect(counting([usageRow({ span: 'outer', response: 7 }), { ...here, parent: 'outer' }])).toEqual(['outer'])
  })

  it('knows the call below a wrapper by the response id of the wrapper', () => {
    const outer = usageRow({ span: 'outer', response: 7 })
    const gateway = usageRow({ span: 'gateway', trace: 't2', response: 7 })
    expect(counting([outer, { ...call, parent: 'outer' }, gateway])).toHaveLength(1)
  })

  it('counts a log only when no span tells of its call', () => {
    const log = usageRow({ span: 'log', role: 'log', response: 7 })
    expect(counting([log])).toEqual(['log'])
    expect(counting([log, { ...call, trace: 't2', response: 7 }])).toEqual(['call'])
    expect(counting([{ ...log, parent: 'call' }, call])).toEqual(['call'])
    expect(counting([{ ...log, span: 'call', knownFields: 5 }, call])).toEqual(['call'])
    const http = usageRow({ span: 'http', parent: 'call', role: '', hasUsage: false, base: 0 })
    expect(counting([{ ...log, parent: 'http' }, http, call])).toEqual(['call'])
  })

  it('counts the log when its span does not know the usage', () => {
    const log = usageRow({ span: 'log', role: 'log', parent: 'call' })
    expect(counting([log, { ...call, hasUsage: false }])).toEqual(['log'])
  })

  it('counts the log when its span, which knows no more of the usage, has no cost', () => {
    const log = usageRow({ span: 'log', role: 'log', parent: 'call', hasCost: true })
    expect(counting([log, call])).toEqual(['log'])
    expect(counting([log, { ...call, hasCost: true }])).toEqual(['call'])
    expect(counting([log, { ...call, knownFields: log.knownFields + 1 }])).toEqual(['call'])
    expect(counting([{ ...log, hasUsage: false }, call])).toEqual(['call'])
  })

  it('counts logs that were written in an agent or a plain span, and not the agent', () => {
    const logs = ['log1', 'log2'].map((span) => usageRow({ span, role: 'log', parent: 'agent' }))
    expect(counting([agent, ...logs])).toEqual(['log1', 'log2'])
    expect(counting([agent, ...logs.map((log, i) => ({ ...log, span: 'agent', startUs: i }))])).toEqual([
      'agent',
      'agent',
    ])
  })

  it('counts a log beside a span of its session only when it is of another call', () => {
    const step = usageRow({ span: 'agent', role: '', hasUsage: false, base: 0, session: 5 })
    const spans = [step, { ...call, inputTokens: 100 }, { ...call, span: 'call2', inputTokens: 100, endUs: 9_000_000 }]
    const log = (span: string, over: Partial<UsageRow> = {}) =>
      usageRow({ span, trace: 'logs', role: 'log', session: 5, inputTokens: 100, ...over })
    expect(counting([...spans, log('log1'), log('log2', { endUs: 9_100_000 })])).toEqual(['call', 'call2'])
    expect(counting([...spans, log('log1'), log('log2'), log('log3')])).toEqual(['call', 'call2', 'log3'])
    expect(counting([...spans, log('log1', { session: 6 })])).toContain('log1')
    expect(counting([...spans, log('log1', { inputTokens: 101 })])).toContain('log1')
    expect(counting([...spans, log('log1', { endUs: 60_000_000 })])).toContain('log1')
    expect(counting([...spans, log('log1', { project: 'lab' })])).toContain('log1')
  })

  it('counts a span once that was stored twice', () => {
    expect(counting([call, { ...call, batch: 2 }])).toEqual(['call'])
    expect(counting([agent, { ...agent, batch: 2 }])).toEqual(['agent'])
  })
})

describe('any world of calls', () => {
  it('counts each call exactly once, however often it was seen', () => {
    fc.assert(
      fc.property(world, ({ rows, calls, callOf }) => {
        const seen = [...decide(rows)].flatMap(([row, { counts }]) =>
          counts === 1 && row.hasUsage ? [callOf.get(row)] : [],
        )
        expect(seen.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: calls }, (_, i) => i + 1))
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same answer in any order', () => {
    const shuffled = world.chain(({ rows }) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        expect(counting(other)).toEqual(counting(rows))
      }),
    )
  })
})

describe('any forest', () => {
  const forest = fc.array(
    fc.record({
      parent: fc.nat(20),
      role: fc.constantFrom('call' as const, 'summary' as const, 'repeat' as const, '' as const),
      hasUsage: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  const toRows = (spans: { parent: number; role: UsageRow['role']; hasUsage: boolean }[]): UsageRow[] =>
    // A parent of a lower number, so that there is no ring; 20 is never a span.
    spans.map((it, i) =>
      usageRow({
        ...it,
        span: `s${i}`,
        parent: it.parent < i ? `s${it.parent}` : '',
        base: it.role === 'call' ? 1 : 0,
      }),
    )

  it('is as its definition says, span by span', () => {
    fc.assert(
      fc.property(forest, (spans) => {
        const rows = toRows(spans)
        const below = (row: UsageRow): boolean =>
          rows.some((child) => child.parent === row.span && ((counts(child) && child.hasUsage) || below(child)))
        const counts = (row: UsageRow): boolean =>
          (row.role === 'call' || (row.role === 'summary' && row.hasUsage)) && !below(row)
        expect(counting(rows)).toEqual(
          rows
            .filter(counts)
            .map(({ span }) => span)
            .sort(),
        )
      }),
    )
  })
})
