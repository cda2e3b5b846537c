// Exact fractions of picodollars. Rates are built with these; the hot path only sees the integers they compile to.

/** `num / den` in lowest terms, den > 0. Amounts are in picodollars (1e-12 USD) per unit unless a name says otherwise. */
export interface Rational {
  readonly num: bigint
  readonly den: bigint
}

export const ONE: Rational = { num: 1n, den: 1n }
export const ZERO: Rational = { num: 0n, den: 1n }

export function rational(num: bigint, den = 1n): Rational {
  const divisor = gcd(num < 0n ? -num : num, den)
  return { num: num / divisor, den: den / divisor }
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.num * b.num, a.den * b.den)
}

export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x === 0n ? 1n : x
}

const DECIMAL = /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:e([+-]?\d{1,3}))?$/i

/** The exact value of a decimal such as `0.075`, `1e-7` or `.5`; undefined when the text is none or absurdly long. */
export function parseDecimal(text: string): Rational | undefined {
  const match = DECIMAL.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = whole + fraction
  if (digits === '') return undefined
  const power = Number(exponent) - fraction.length
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits)
  return power >= 0 ? rational(value * 10n ** BigInt(power)) : rational(value, 10n ** BigInt(-power))
}

/** `num / den` to the nearest whole number, ties to the even one, as banks and IEEE 754 round. */
export function divideHalfEven(num: bigint, den: bigint): bigint {
  if (num < 0n) return -divideHalfEven(-num, den)
  const quotient = num / den
  const twice = (num % den) * 2n
  return twice > den || (twice === den && quotient % 2n === 1n) ? quotient + 1n : quotient
}

/** `divideHalfEven` for doubles that hold whole numbers below 2^53: `%` is exact there and nothing is allocated. */
export function divideHalfEvenSmall(num: number, den: number): number {
  if (num < 0) return -divideHalfEvenSmall(-num, den)
  const remainder = num % den
  const quotient = (num - remainder) / den
  // Compared by subtraction: twice the remainder could leave the exact range.
  const rest = den - remainder
  return remainder > rest || (remainder === rest && quotient % 2 === 1) ? quotient + 1 : quotient
}

/** The exact decimal of a fraction, or its first `digits` digits behind a `~` when it does not end. */
export function toDecimal(value: Rational, digits = 24): string {
  const sign = value.num < 0n ? '-' : ''
  const num = value.num < 0n ? -value.num : value.num
  const scaled = (num * 10n ** BigInt(digits)) / value.den
  const isExact = (num * 10n ** BigInt(digits)) % value.den === 0n
  const text = scaled.toString().padStart(digits + 1, '0')
  const fraction = text.slice(-digits).replace(/0+$/, '')
  return `${isExact ? '' : '~'}${sign}${text.slice(0, -digits)}${fraction === '' ? '' : `.${fraction}`}`
}
