import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ceilMinute,
  daysOf,
  fitsPoints,
  floorMinute,
  intervalSeconds,
  isInterval,
  parseInstant,
  toSqlTime,
} from './time.ts'

const NOW_MS = Date.parse('2026-01-31T12:00:30.500Z')
const sql = (text: string): string | undefined => {
  const nanos = parseInstant(text, NOW_MS)
  return nanos === undefined ? undefined : toSqlTime(nanos)
}

describe('an instant', () => {
  it.each([
    ['2026-01-31T12:00:00.123456789Z', '2026-01-31 12:00:00.123456789'],
    ['2026-01-31T12:00:00+02:00', '2026-01-31 10:00:00.000000000'],
    ['2026-01-31T12:00:00 02:00', '2026-01-31 10:00:00.000000000'],
    ['2026-01-31T12:00:00-0530', '2026-01-31 17:30:00.000000000'],
    ['2026-01-31 12:00', '2026-01-31 12:00:00.000000000'],
    ['2026-01-31', '2026-01-31 00:00:00.000000000'],
    ['1769860800', '2026-01-31 12:00:00.000000000'],
    ['1769860800.5', '2026-01-31 12:00:00.500000000'],
    ['1769860800123', '2026-01-31 12:00:00.123000000'],
    ['1769860800123456', '2026-01-31 12:00:00.123456000'],
    ['1769860800123456789', '2026-01-31 12:00:00.123456789'],
    ['now', '2026-01-31 12:00:30.500000000'],
    ['now-90m', '2026-01-31 10:30:30.500000000'],
    ['now-1w', '2026-01-24 12:00:30.500000000'],
    ['now-999999w', '1970-01-01 00:00:00.000000000'],
  ])('reads %s', (text, expected) => {
    expect(sql(text)).toBe(expected)
  })

  it.each([
    '',
    'yesterday',
    'now+1h',
    'now-1y',
    '2026-02-30',
    '2026-13-01',
    '2026-01-31T25:00Z',
    '2026-01-31T12:00:60Z',
    '-1',
    '1e9',
    '9999-01-01',
    '99999999999999999999',
  ])('refuses %j', (text) => {
    expect(sql(text)).toBeUndefined()
  })

  it('comes back from its SQL spelling to the nanosecond', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 9_223_372_036_000_000_000n }), (nanos) => {
        expect(parseInstant(toSqlTime(nanos), 0)).toBe(nanos)
      }),
    )
  })
})

it('widens a range to whole minutes', () => {
  const nanos = parseInstant('2026-01-31T12:00:30.5Z', 0) ?? 0n
  expect([floorMinute(nanos), ceilMinute(nanos), ceilMinute(floorMinute(nanos))].map(toSqlTime)).toEqual([
    '2026-01-31 12:00:00.000000000',
    '2026-01-31 12:01:00.000000000',
    '2026-01-31 12:00:00.000000000',
  ])
})

it('reads a day more on each side, within what a Date can hold', () => {
  const fromNanos = parseInstant('2026-01-01', 0) ?? 0n
  expect(daysOf({ fromNanos, toNanos: fromNanos })).toEqual({ first: '2025-12-31', last: '2026-01-02' })
  expect(daysOf({ fromNanos: 0n, toNanos: undefined })).toEqual({ first: '1970-01-01', last: '2149-06-06' })
  expect(daysOf({ fromNanos: 0n, toNanos: 9_000_000_000_000_000_000n }).last).toBe('2149-06-06')
})

it('finds an interval that fits the range', () => {
  const last = (hours: number) => ({ fromNanos: BigInt(NOW_MS - hours * 3_600_000) * 1_000_000n, toNanos: undefined })
  expect([1, 24, 24 * 7, 24 * 90].map((hours) => intervalSeconds('auto', last(hours), NOW_MS))).toEqual([
    60, 900, 21_600, 86_400,
  ])
  expect(['1m', '5m', '2h', '1d'].map((text) => intervalSeconds(text, last(1), NOW_MS))).toEqual([
    60, 300, 7_200, 86_400,
  ])
  expect(['0m', '1s', 'm', '1.5h', '-1d', '99999d', ''].filter(isInterval)).toEqual([])
  expect([fitsPoints(60, last(24), NOW_MS), fitsPoints(60, last(24 * 30), NOW_MS)]).toEqual([true, false])
})
