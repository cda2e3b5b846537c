import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatUsd, toPico } from './money.ts'
import { divideHalfEven, divideHalfEvenSmall, parseDecimal, toDecimal } from './rational.ts'

test('a reported amount is read as the decimal its sender wrote', () => {
  expect(toPico(0.0001542)).toBe(154_200_000)
  expect(toPico('0.0001542')).toBe(154_200_000)
  expect(toPico(2.8699999999999997)).toBe(2_870_000_000_000)
  expect(toPico(1e-12)).toBe(1)
  expect(toPico('1e-7')).toBe(100_000)
  expect(toPico(0)).toBe(0)
  expect(Object.is(toPico(-0), 0)).toBe(true)
  expect(toPico(-0.5)).toBe(-500_000_000_000)
})

test('what is finer than a picodollar is rounded half to even', () => {
  expect(toPico('0.0000000000005')).toBe(0)
  expect(toPico('0.0000000000015')).toBe(2)
  expect(toPico(2.5e-12)).toBe(2)
  expect(toPico('0.00000000000250000001')).toBe(3)
})

test('what is no amount is NaN', () => {
  for (const text of ['', 'free', '1,5', '$1', '0x10', '1e9999', '--1', `1${'0'.repeat(500)}`])
    expect(toPico(text)).toBeNaN()
  for (const usd of [Number.NaN, Number.POSITIVE_INFINITY, 1e308]) expect(toPico(usd)).toBeNaN()
})

test('the short way for doubles agrees with the decimal way', () => {
  const amounts = fc.oneof(
    fc.double({ min: 0, max: 5000, noNaN: true }),
    fc.nat().map((n) => n / 1e9),
  )
  fc.assert(
    fc.property(amounts, (usd) => toPico(usd) === toPico(String(usd))),
    { numRuns: 2000 },
  )
})

test('an amount survives printing and reading', () => {
  fc.assert(fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (pico) => toPico(formatUsd(pico)) === pico))
  expect(formatUsd(1)).toBe('0.000000000001')
  expect(formatUsd(12_000_000_000_000n)).toBe('12')
})

test('whole-number division in doubles rounds as BigInt does', () => {
  const num = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
  const den = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }))
  fc.assert(
    fc.property(num, den, (a, b) => BigInt(divideHalfEvenSmall(a, b)) === divideHalfEven(BigInt(a), BigInt(b))),
    { numRuns: 2000 },
  )
  expect([1, 3, 5, -1, -3].map((n) => divideHalfEvenSmall(n, 2) + 0)).toEqual([0, 2, 2, 0, -2])
})

test('a fraction that does not end is printed as an approximation', () => {
  expect(toDecimal({ num: 1n, den: 3n }, 4)).toBe('~0.3333')
  expect(toDecimal(parseDecimal('-12.50')!)).toBe('-12.5')
})
