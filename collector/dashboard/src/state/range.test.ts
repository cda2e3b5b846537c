import { describe, expect, it } from 'vitest'
import { absoluteRange, instantMs, previousRange, rangeLabel, scaledRange } from './range.ts'

const NOW = Date.parse('2026-01-31T12:00:30Z')
const iso = (ms: number) => new Date(ms).toISOString()

describe('instants', () => {
  it.each([
    ['now', '2026-01-31T12:00:30.000Z'],
    ['now-24h', '2026-01-30T12:00:30.000Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T10:00', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T10:00:00+02:00', '2026-01-31T08:00:00.000Z'],
    ['1769860800', '2026-01-31T12:00:00.000Z'],
    ['1769860800000', '2026-01-31T12:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(iso(instantMs(text, NOW) ?? 0)).toBe(expected)
  })

  it('are not made of anything else', () => {
    expect(instantMs('yesterday', NOW)).toBeUndefined()
  })
})

describe('ranges', () => {
  it('have words, and a link that stays', () => {
    expect(rangeLabel({ from: 'now-24h' }, iso)).toBe('Last 24 hours')
    expect(rangeLabel({ from: 'now-3h', to: 'now' }, iso)).toBe('Last 3 hours')
    expect(rangeLabel({ from: '2026-01-31T10:00:00Z', to: '2026-01-31T11:00:00Z' }, iso)).toBe(
      '2026-01-31T10:00:00.000Z – 2026-01-31T11:00:00.000Z',
    )
    expect(absoluteRange({ from: 'now-1h' }, NOW)).toEqual({ from: '2026-01-31T11:00:30.000Z', to: iso(NOW) })
  })

  it('the one before ends in the minute where this one begins', () => {
    expect(previousRange({ from: 'now-1h' }, NOW)).toEqual({
      from: '2026-01-31T09:59:00.000Z',
      to: '2026-01-31T11:00:00.000Z',
    })
  })

  it('grow around their middle, not beyond now', () => {
    expect(scaledRange({ from: '2026-01-31T10:00:00Z', to: '2026-01-31T11:00:00Z' }, 2, NOW)).toEqual({
      from: '2026-01-31T09:30:00.000Z',
      to: '2026-01-31T11:30:00.000Z',
    })
  })
})
