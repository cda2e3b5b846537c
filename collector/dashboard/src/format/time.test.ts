import { describe, expect, it } from 'vitest'
import { ago, instant, isZone, offsetOf, preciseInstant } from './time.ts'

const NOON = Date.parse('2026-01-31T12:00:00Z')

describe('times', () => {
  it('are shown in the zone, sortable, to the millisecond where asked', () => {
    expect(instant(NOON, 'full', 'UTC')).toBe('2026-01-31 12:00:00')
    expect(instant(NOON, 'full', 'Asia/Kolkata')).toBe('2026-01-31 17:30:00')
    expect(preciseInstant('2026-01-31T12:00:00.123456789Z', 'Europe/Berlin')).toBe('2026-01-31 13:00:00.123')
    expect([instant(NOON, 'recent', 'UTC'), instant(NOON, 'short', 'UTC')]).toEqual(['01-31 12:00:00', '01-31 12:00'])
    expect(instant(Number.NaN)).toBe('–')
  })

  it('the offset is that of the instant, not of today', () => {
    expect(offsetOf('Europe/Berlin', NOON)).toBe('UTC+01:00')
    expect(offsetOf('Europe/Berlin', Date.parse('2026-07-01T12:00:00Z'))).toBe('UTC+02:00')
  })

  it.each([
    [NOON - 2_000, 'now'],
    [NOON - 42_000, '42 s ago'],
    [NOON - 3 * 3_600_000, '3 h ago'],
    [NOON - 3 * 86_400_000, '3 d ago'],
    [NOON + 300_000, 'in 5 min'],
  ])('%s is %s', (ms, text) => expect(ago(ms, NOON)).toBe(text))

  it('a zone is one that the browser knows', () => {
    expect([isZone('Europe/Berlin'), isZone('UTC'), isZone('Mars/Olympus')]).toEqual([true, true, false])
  })
})
