// Decimal text in, an exact 64-bit integer out as two 32-bit halves: JavaScript numbers lose digits above 2^53.

/** The last parsed number, reused so that none is allocated: two's complement halves, each unsigned. */
export interface Int64 {
  high: number
  low: number
  negative: boolean
}

export type IntegerKind = 'enum' | 'uint32' | 'int64' | 'fixed64' | 'fixed32'

/** Whether the number fits the field. Enums are signed 32-bit integers. */
export function fits({ high, low, negative }: Int64, kind: IntegerKind): boolean {
  switch (kind) {
    case 'enum':
      return negative ? high === 0xffffffff && low >= 0x80000000 : high === 0 && low <= 0x7fffffff
    case 'int64':
      return negative || high <= 0x7fffffff
    case 'fixed64':
      return !negative
    case 'uint32':
    case 'fixed32':
      return !negative && high === 0
  }
}

const DIGIT_0 = 0x30
const MINUS = 0x2d
const MAX_DIGITS = 20
const LOW_DIGITS = 9
const LOW_SCALE = 1e9
const TWO_16 = 0x10000
const TWO_32 = 0x100000000

/** @returns false when the text is not an integer of at most 64 bits (unsigned, or signed down to -2^63) */
export function parseInt64(bytes: Uint8Array, range: { start: number; end: number }, result: Int64): boolean {
  const negative = bytes[range.start] === MINUS
  let start = negative ? range.start + 1 : range.start
  while (start < range.end - 1 && bytes[start] === DIGIT_0) start += 1
  const digits = range.end - start
  if (digits === 0) return false
  // A point or an exponent fails here as well: such a spelling is rare enough for the slow way.
  const split = digits > LOW_DIGITS ? range.end - LOW_DIGITS : start
  const upper = digits <= MAX_DIGITS ? readDigits(bytes, start, split) : -1
  const lower = readDigits(bytes, split, range.end)
  if (upper < 0 || lower < 0) return parseSpelled(bytes, range, result)
  // upper * 10^9 + lower, in pieces that a double holds exactly.
  const above = Math.floor(upper / TWO_16) * LOW_SCALE
  const below = (upper % TWO_16) * LOW_SCALE + lower
  const low = (above % TWO_16) * TWO_16 + (below % TWO_32)
  const high = Math.floor(above / TWO_16) + Math.floor(below / TWO_32) + Math.floor(low / TWO_32)
  return store(result, high, low % TWO_32, negative)
}

function readDigits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - DIGIT_0
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function store(result: Int64, high: number, low: number, negative: boolean): boolean {
  const tooLarge = negative ? high > 0x80000000 || (high === 0x80000000 && low > 0) : high >= TWO_32
  if (tooLarge) return false
  result.negative = negative && (high > 0 || low > 0)
  result.low = result.negative ? (TWO_32 - low) % TWO_32 : low
  result.high = result.negative ? (~high + (low === 0 ? 1 : 0)) >>> 0 : high
  return true
}

const MAX_SPELLED_CHARS = 64
const MAX_EXPONENT = 40

/** 1.5e3 and 20.0 are integers too, says the JSON mapping. */
function parseSpelled(bytes: Uint8Array, { start, end }: { start: number; end: number }, result: Int64): boolean {
  if (end - start > MAX_SPELLED_CHARS) return false
  const text = String.fromCharCode(...bytes.subarray(start, end))
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (match === null) return false
  const [, sign, whole, fraction = '', exponent = '0'] = match
  const shift = Number(exponent) - fraction.length
  if (Math.abs(shift) > MAX_EXPONENT) return false
  const digits = BigInt(whole + fraction)
  const scale = 10n ** BigInt(Math.abs(shift))
  if (shift < 0 && digits % scale !== 0n) return false
  const value = shift < 0 ? digits / scale : digits * scale
  if (value >= 1n << 64n) return false
  return store(result, Number(value >> 32n), Number(value & 0xffffffffn), sign === '-')
}
