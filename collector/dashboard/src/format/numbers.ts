// A number of the API in; the text that people read out. Unknown is a dash, never 0.

export const UNKNOWN = '–'

type Figure = number | string | null | undefined

const EXACT = new Intl.NumberFormat('en-US')
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
const COMPACT_FROM = 100_000

/** A count beyond 2^53 comes as a text. */
const toNumber = (value: Figure): number | undefined => {
  if (value === null || value === undefined || value === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** 12,345; 1.2M from a hundred thousand on. `exactCount` says the rest. */
export function count(value: Figure): string {
  const number = toNumber(value)
  if (number === undefined) return UNKNOWN
  return Math.abs(number) < COMPACT_FROM ? EXACT.format(number) : COMPACT.format(number)
}

export function exactCount(value: Figure): string {
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return EXACT.format(BigInt(value))
  const number = toNumber(value)
  return number === undefined ? UNKNOWN : EXACT.format(number)
}

/** Of a share 0 … 1. What is not nothing is not shown as 0 %, what is not all not as 100 %. */
export function percent(value: Figure): string {
  const number = toNumber(value)
  if (number === undefined) return UNKNOWN
  const shown = number * 100
  if (shown > 0 && shown < 0.01) return '<0.01%'
  if (shown > 99.99 && shown < 100) return '>99.99%'
  return `${trim(shown.toFixed(Math.abs(shown) < 10 ? 2 : 1))}%`
}

const UNITS: readonly [unit: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
]

/** Milliseconds in; 850 µs, 12.3 ms, 4.56 s, 3 min 20 s, 5 h 3 min out. */
export function duration(ms: Figure): string {
  const value = toNumber(ms)
  if (value === undefined) return UNKNOWN
  if (value < 0) return `-${duration(-value)}`
  if (value === 0) return '0 ms'
  // Limits are where rounding would write a thousand of the smaller unit.
  if (value < 0.0009995) return `${trim((value * 1e6).toFixed(0))} ns`
  if (value < 0.9995) return `${trim((value * 1000).toFixed(value < 0.01 ? 1 : 0))} µs`
  if (value < 999.5) return `${trim(value.toFixed(value < 99.95 ? 1 : 0))} ms`
  if (value < 59_950) return `${trim((value / 1000).toFixed(value < 10_000 ? 2 : 1))} s`
  if (value < 60_000) return duration(60_000)
  for (const [index, [unit, size]] of UNITS.entries()) {
    if (value < size) continue
    const [nextUnit, nextSize] = UNITS[index + 1] ?? ['s', 1000]
    const whole = Math.floor(value / size)
    const rest = Math.floor((value % size) / nextSize)
    return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${nextUnit}`
  }
  return UNKNOWN
}

const BYTES: readonly [unit: string, size: number][] = [
  ['TiB', 2 ** 40],
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
]

export function bytes(value: Figure): string {
  const number = toNumber(value)
  if (number === undefined) return UNKNOWN
  const [unit, size] = BYTES.find(([, least]) => number >= least) ?? ['B', 1]
  return `${trim((number / size).toFixed(number / size < 10 ? 1 : 0))} ${unit}`
}

/** The change between two figures; undefined when there is nothing to compare with. */
export function change(now: Figure, before: Figure): { text: string; direction: 'up' | 'down' | 'same' } | undefined {
  const [after, earlier] = [toNumber(now), toNumber(before)]
  if (after === undefined || earlier === undefined || earlier === 0) return undefined
  const share = (after - earlier) / Math.abs(earlier)
  if (Math.abs(share) < 0.0005) return { text: '0%', direction: 'same' }
  const direction = share > 0 ? 'up' : 'down'
  const size = Math.abs(share)
  const text = size >= 10 ? `${Math.round(size + 1)}×` : `${trim((size * 100).toFixed(size < 0.1 ? 1 : 0))}%`
  return { text, direction }
}

// 1.50 -> 1.5, 2.0 -> 2; 100 stays
const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
