// Exact dollars as the API's decimal text in; the text that people read out. What is not nothing is never shown as $0.00.
import { UNKNOWN } from './numbers.ts'

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
/** Digits that a small amount is told with. */
const SIGNIFICANT = 3

/** $1,234.50, $0.42, $0.00421, $0.0000012. */
export function money(value: string | number | null | undefined): string {
  const parts = partsOf(value)
  if (parts === undefined) return UNKNOWN
  const { sign, whole, fraction } = parts
  if (whole !== '0') return roundTo(parts, 2)
  const leading = /^0*/.exec(fraction)?.[0].length ?? 0
  if (leading === fraction.length) return '$0'
  // 0.42 has two digits as prices do; 0.0042 is told by its first three that are not 0
  const places = leading === 0 ? Math.max(2, Math.min(fraction.length, SIGNIFICANT)) : leading + SIGNIFICANT
  const text = roundTo({ sign, whole, fraction }, places)
  return trimCents(text)
}

/** Every digit. */
export function exactMoney(value: string | number | null | undefined): string {
  const parts = partsOf(value)
  if (parts === undefined) return UNKNOWN
  const fraction = parts.fraction.replace(/0+$/, '')
  return `${parts.sign}$${grouped(parts.whole)}${fraction === '' ? '' : `.${fraction}`}`
}

interface Parts {
  sign: string
  whole: string
  fraction: string
}

function partsOf(value: string | number | null | undefined): Parts | undefined {
  if (value === null || value === undefined) return undefined
  const text = typeof value === 'number' ? plainText(value) : value
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '0', fraction = ''] = match
  return { sign, whole: whole.replace(/^0+(?=\d)/, ''), fraction }
}

// 1e-7 is how JavaScript writes it, and no decimal
const plainText = (value: number): string =>
  Number.isFinite(value) ? value.toFixed(15).replace(/0+$/, '').replace(/\.$/, '') : ''

function roundTo({ sign, whole, fraction }: Parts, places: number): string {
  const digits = BigInt(whole + fraction.padEnd(places + 1, '0').slice(0, places + 1))
  const rounded = ((digits + 5n) / 10n).toString().padStart(places + 1, '0')
  return `${sign}$${grouped(rounded.slice(0, -places))}.${rounded.slice(-places)}`
}

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',')

// zeros at the end say nothing, but two places look like money
const trimCents = (text: string): string => text.replace(/(\.\d\d\d*?)0+$/, '$1')
