import { describe, expect, it } from 'vitest'
import { axisOf, stepOf } from './axis.ts'
import { findRows, nextMatch, wantedOf } from './find.ts'
import { tableOfSpans } from './span-table.ts'

const row = (n: number, name: string, kind: string, model: string | null = null) => ({
  span_id: `000000000000000${n}`,
  parent_span_id: null,
  name,
  kind,
  model,
  start_time: '2026-01-31T12:00:00Z',
  latency_ms: 1,
})
const table = tableOfSpans(
  [
    { ...row(1, 'Plan trip', 'agent'), status: 'error' },
    row(2, 'chat', 'generation', 'gpt-4o'),
    row(3, 'find hotels', 'tool'),
  ],
  true,
)
const find = (text: string, found: number[] = []) => [...findRows(table, wantedOf(text), found)]

describe('a search within a trace', () => {
  it('looks at names, kinds, models and whole ids, whatever their case', () => {
    expect(find('TRIP')).toEqual([0])
    expect(find('gpt')).toEqual([1])
    expect(find('tool')).toEqual([2])
    expect(find('0000000000000003')).toEqual([2])
    expect(find('Error')).toEqual([0])
    expect(find('nowhere')).toEqual([])
  })

  it('takes rows that the API found in content too', () => {
    expect(find('trip', [2, 99])).toEqual([0, 2])
  })

  it('asks the API for words of content, and for conditions as they are', () => {
    expect(wantedOf('say "hi"').q).toBe('"say \\"hi\\""')
    expect(wantedOf('cost>0.01')).toEqual({ local: undefined, kind: undefined, q: 'cost>0.01' })
    expect(wantedOf('-error:timeout name:x').q).toBe('-error:timeout name:x')
    expect(wantedOf('ab').q).toBeUndefined()
    expect(wantedOf('kind:tool')).toEqual({ local: undefined, kind: 'tool', q: undefined })
  })

  it('goes from one to the next, and round', () => {
    const rows = Int32Array.from([2, 5, 9])
    expect([-1, 2, 9].map((from) => nextMatch(rows, from, 1))).toEqual([2, 5, 2])
    expect([2, 6].map((from) => nextMatch(rows, from, -1))).toEqual([9, 5])
    expect(nextMatch(new Int32Array(0), 3, 1)).toBeUndefined()
  })
})

describe('a time axis', () => {
  it('has steps that read well', () => {
    expect([0.4, 7, 49_500, 300_000, 9_000_000].map((ms) => stepOf(ms, 5))).toEqual([0.1, 2, 10_000, 60_000, 1_800_000])
  })

  it('begins at nothing and stays within the trace', () => {
    expect(axisOf(49_500).ticks).toEqual([0, 10_000, 20_000, 30_000, 40_000])
    expect(axisOf(0).ticks.length).toBeGreaterThan(0)
  })
})
