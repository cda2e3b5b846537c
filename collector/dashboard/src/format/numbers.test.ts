import { describe, expect, it } from 'vitest'
import { bytes, change, count, duration, exactCount, percent, UNKNOWN } from './numbers.ts'

describe('numbers', () => {
  it.each([
    [0, '0'],
    [12_345, '12,345'],
    [99_999, '99,999'],
    [1_250_000, '1.3M'],
    ['123456789012345678', '123,456.8T'],
    [null, UNKNOWN],
    [undefined, UNKNOWN],
  ])('count %s is %s', (value, text) => expect(count(value)).toBe(text))

  it('exact counts keep every digit, also beyond 2^53', () => {
    expect(exactCount('9007199254740993')).toBe('9,007,199,254,740,993')
  })

  it.each([
    [0, '0%'],
    [0.000001, '<0.01%'],
    [0.0123, '1.23%'],
    [0.5, '50%'],
    [0.99999, '>99.99%'],
    [1, '100%'],
    [null, UNKNOWN],
  ])('share %s is %s', (value, text) => expect(percent(value)).toBe(text))

  it.each([
    [0, '0 ms'],
    [0.0004, '400 ns'],
    [0.0085, '8.5 µs'],
    [0.85, '850 µs'],
    [12.34, '12.3 ms'],
    [0.9996, '1 ms'],
    [99.96, '100 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [4_560, '4.56 s'],
    [59_900, '59.9 s'],
    [59_960, '1 min'],
    [200_000, '3 min 20 s'],
    [3_600_000, '1 h'],
    [90_000_000, '1 d 1 h'],
    [null, UNKNOWN],
  ])('%s ms are %s', (value, text) => expect(duration(value)).toBe(text))

  it.each([
    [0, '0 B'],
    [1536, '1.5 KiB'],
    [5_242_880, '5 MiB'],
    [100 * 2 ** 20, '100 MiB'],
  ])('%s bytes are %s', (value, text) => expect(bytes(value)).toBe(text))

  it('a change is told only where there was something before', () => {
    expect(change(110, 100)).toEqual({ text: '10%', direction: 'up' })
    expect(change(95, 100)).toEqual({ text: '5%', direction: 'down' })
    expect(change(2_000, 100)).toEqual({ text: '20×', direction: 'up' })
    expect(change(1, 0)).toBeUndefined()
    expect(change(null, 5)).toBeUndefined()
  })
})
