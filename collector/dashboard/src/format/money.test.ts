import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactMoney, money } from './money.ts'
import { UNKNOWN } from './numbers.ts'

describe('money', () => {
  it.each([
    ['0', '$0'],
    ['0.000000', '$0'],
    ['0.0042', '$0.0042'],
    ['0.004213', '$0.00421'],
    ['0.00000123', '$0.00000123'],
    ['0.000000000001', '$0.000000000001'],
    ['0.42', '$0.42'],
    ['0.5', '$0.50'],
    ['0.4267', '$0.427'],
    ['0.9999', '$1.00'],
    ['1.500000000002', '$1.50'],
    ['1234.5', '$1,234.50'],
    ['-0.0031', '-$0.0031'],
    ['-12.5', '-$12.50'],
    ['1234567.999', '$1,234,568.00'],
    [1e-7, '$0.0000001'],
    [null, UNKNOWN],
    [undefined, UNKNOWN],
    ['n/a', UNKNOWN],
  ])('%s is shown as %s', (value, text) => expect(money(value)).toBe(text))

  it('exact money keeps every digit', () => {
    expect(exactMoney('1234.500000000002')).toBe('$1,234.500000000002')
    expect(exactMoney('0.10')).toBe('$0.1')
  })

  it('is never nothing when it is not nothing, and within half a percent or half a cent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), (picos) => {
        const digits = picos.toString().padStart(13, '0')
        const shown = money(`${digits.slice(0, -12)}.${digits.slice(-12)}`)
        const value = Number(shown.replace(/[$,]/g, ''))
        const exact = Number(picos) / 1e12
        expect(value).toBeGreaterThan(0)
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.max(exact * 0.005001, exact >= 1 ? 0.005001 : 0))
      }),
    )
  })
})
