// The first digit of a group -> the end of the card number that begins there, by issuer, length and check digit.
import { isAlnum, isDigit } from './bytes.ts'

const MIN_DIGITS = 13
const MAX_DIGITS = 19
const digits = new Uint8Array(MAX_DIGITS + 1)

/** 0 when none does. Groups may be apart by one blank or hyphen. */
export function cardEnd(text: Uint8Array, start: number, length: number): number {
  let count = 0
  let group = 0
  let best = 0
  for (let i = start; i < length; ) {
    if (count > MAX_DIGITS) return best
    digits[count++] = (text[i] ?? 0) - 0x30
    group += 1
    i += 1
    if (isDigit(text[i])) continue
    if (count >= MIN_DIGITS && count <= MAX_DIGITS && isEnd(text, i) && isCard(count)) best = i
    const separated = (text[i] === 0x20 || text[i] === 0x2d) && isDigit(text[i + 1])
    // Lists of small numbers are no card.
    if (!separated || group < 3) return best
    group = 0
    i += 1
  }
  return best
}

// Letters behind it make it an id, a dot and digits a decimal number.
const isEnd = (text: Uint8Array, i: number): boolean => !isAlnum(text[i]) && !(text[i] === 0x2e && isDigit(text[i + 1]))

function isCard(count: number): boolean {
  return (
    isIssuer((digits[0] ?? 0) * 1000 + (digits[1] ?? 0) * 100 + (digits[2] ?? 0) * 10 + (digits[3] ?? 0), count) &&
    luhn(count)
  )
}

/** First four digits from, to; lengths from, to. */
const ISSUERS: readonly (readonly [number, number, number, number])[] = [
  [4000, 4999, 13, 19],
  [5100, 5599, 16, 16],
  [2221, 2720, 16, 16],
  [3400, 3499, 15, 15],
  [3700, 3799, 15, 15],
  [3000, 3059, 14, 19],
  [3600, 3699, 14, 19],
  [3800, 3999, 14, 19],
  [3528, 3589, 16, 19],
  [5000, 5099, 13, 19],
  [5600, 5899, 13, 19],
  [6000, 6999, 13, 19],
  [2200, 2204, 16, 19],
]

const isIssuer = (first: number, count: number): boolean =>
  ISSUERS.some(([from, to, least, most]) => first >= from && first <= to && count >= least && count <= most)

function luhn(count: number): boolean {
  let sum = 0
  for (let i = 0; i < count; i++) {
    const digit = digits[count - 1 - i] ?? 0
    const twice = digit * 2
    sum += i % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}
