// `from` and `to` of the URL in; instants out, and the words for them. Relative ranges stay relative, so a link shared is of when it is opened.

const MS_PER_UNIT: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}
const RELATIVE = /^now(?:-(\d{1,6})([smhdw]))?$/
export const DEFAULT_FROM = 'now-24h'

export const PRESETS: readonly [from: string, label: string][] = [
  ['now-15m', 'Last 15 minutes'],
  ['now-1h', 'Last hour'],
  ['now-6h', 'Last 6 hours'],
  ['now-24h', 'Last 24 hours'],
  ['now-7d', 'Last 7 days'],
  ['now-30d', 'Last 30 days'],
  ['now-90d', 'Last 90 days'],
]

export interface RangeText {
  from: string
  /** Absent: no end. */
  to?: string | undefined
}

export interface RangeMs {
  fromMs: number
  toMs: number
}

/** @returns undefined for what is no instant */
export function instantMs(text: string, nowMs: number): number | undefined {
  const relative = RELATIVE.exec(text)
  if (relative !== null) return nowMs - Number(relative[1] ?? 0) * (MS_PER_UNIT[relative[2] ?? 's'] ?? 0)
  if (/^\d{10,13}$/.test(text)) return text.length === 10 ? Number(text) * 1000 : Number(text)
  const ms = Date.parse(
    /^\d{4}-\d\d-\d\d(T[\d:.]+)?$/.test(text) ? `${text}${text.includes('T') ? '' : 'T00:00'}Z` : text,
  )
  return Number.isNaN(ms) ? undefined : ms
}

export function rangeMs({ from, to }: RangeText, nowMs: number): RangeMs {
  const fromMs = instantMs(from, nowMs) ?? nowMs - 86_400_000
  const toMs = (to === undefined ? undefined : instantMs(to, nowMs)) ?? nowMs
  return { fromMs, toMs: Math.max(toMs, fromMs + 1_000) }
}

export const isRelative = ({ from, to }: RangeText): boolean =>
  RELATIVE.test(from) && (to === undefined || RELATIVE.test(to))

const UNIT_WORDS: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' }

/** @param absolute writes an instant in the zone shown */
export function rangeLabel({ from, to }: RangeText, absolute: (ms: number) => string): string {
  const relative = RELATIVE.exec(from)
  if (relative !== null && (to === undefined || to === 'now')) {
    const preset = PRESETS.find(([value]) => value === from)?.[1]
    const [, amount = '0', unit = 's'] = relative
    return preset ?? `Last ${amount} ${UNIT_WORDS[unit] ?? ''}${amount === '1' ? '' : 's'}`
  }
  const nowMs = Date.now()
  const fromMs = instantMs(from, nowMs)
  const toMs = to === undefined ? undefined : instantMs(to, nowMs)
  return `${fromMs === undefined ? from : absolute(fromMs)} – ${toMs === undefined ? 'now' : absolute(toMs)}`
}

/** The same range as instants, for a link that shows the same thing tomorrow. */
export function absoluteRange(range: RangeText, nowMs: number): { from: string; to: string } {
  const { fromMs, toMs } = rangeMs(range, nowMs)
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
}

/** The period of the same length just before, in whole minutes as metrics have them. */
export function previousRange(range: RangeText, nowMs: number): { from: string; to: string } {
  const { fromMs, toMs } = wholeMinutes(rangeMs(range, nowMs))
  return { from: new Date(fromMs - (toMs - fromMs)).toISOString(), to: new Date(fromMs).toISOString() }
}

export const wholeMinutes = ({ fromMs, toMs }: RangeMs): RangeMs => ({
  fromMs: Math.floor(fromMs / 60_000) * 60_000,
  toMs: Math.ceil(toMs / 60_000) * 60_000,
})

/** A range around the same middle, `factor` times as long. */
export function scaledRange(range: RangeText, factor: number, nowMs: number): { from: string; to: string } {
  const { fromMs, toMs } = rangeMs(range, nowMs)
  const half = Math.max(((toMs - fromMs) * factor) / 2, 30_000)
  const middle = (fromMs + toMs) / 2
  return { from: new Date(middle - half).toISOString(), to: new Date(Math.min(middle + half, nowMs)).toISOString() }
}
