import { describe, expect, it } from 'vitest'
import { chartOf } from './chart-of.ts'

const column = (name: string, type: string) => ({ name, type })

describe('the chart of a result', () => {
  it('is lines over time, in order, with gaps where there is nothing', () => {
    const data = [
      { t: '2026-01-31T12:01:00Z', n: 2 },
      { t: '2026-01-31T12:00:00Z', n: null },
    ]
    expect(chartOf({ columns: [column('t', 'DateTime'), column('n', 'Nullable(UInt64)')], data })).toEqual({
      kind: 'time',
      times: [1769860800, 1769860860],
      series: [{ name: 'n', values: [null, 2] }],
    })
  })

  it('is bars for a few texts, by the last number', () => {
    const data = [
      { model: 'a', calls: 1, usd: '0.5' },
      { model: 'b', calls: 2, usd: '0.25' },
    ]
    const columns = [
      column('model', 'LowCardinality(String)'),
      column('calls', 'UInt64'),
      column('usd', 'Decimal(38, 12)'),
    ]
    expect(chartOf({ columns, data })).toEqual({
      kind: 'bars',
      name: 'usd',
      bars: [
        { label: 'a', value: 0.5 },
        { label: 'b', value: 0.25 },
      ],
    })
  })

  it('is none where it would mislead', () => {
    const twice = [
      { t: '2026-01-31', g: 'a', n: 1 },
      { t: '2026-01-31', g: 'b', n: 2 },
    ]
    expect(
      chartOf({ columns: [column('t', 'Date'), column('g', 'String'), column('n', 'Int64')], data: twice }),
    ).toBeUndefined()
    expect(chartOf({ columns: [column('a', 'String')], data: [{ a: 'x' }, { a: 'y' }] })).toBeUndefined()
  })
})
