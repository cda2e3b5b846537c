// An instant of the API in; the text for the chosen zone out. The zone is always printed somewhere; ISO 8601 is what is copied.
import { useWatched, watched } from '../state/signal.ts'
import { keptForGood } from '../state/stored.ts'

const kept = keptForGood('zone')
export const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const first = kept.get()
const zone = watched(first !== undefined && isZone(first) ? first : BROWSER_ZONE)

/** The zone that times are shown in: UTC, the browser's, or any IANA name. */
export const useZone = (): string => useWatched(zone)
export const getZone = (): string => zone.get()

export function setZone(name: string): void {
  if (!isZone(name)) return
  zone.set(name)
  kept.set(name === BROWSER_ZONE ? undefined : name)
}

type Style = 'full' | 'time' | 'day'

const STYLES: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  full: { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { month: 'short', day: 'numeric' },
}
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(style: Style, zoneName: string): Intl.DateTimeFormat {
  const key = `${style} ${zoneName}`
  let format = formats.get(key)
  if (format === undefined) {
    // sv-SE writes 2026-01-31 13:05:00
    format = new Intl.DateTimeFormat(style === 'day' ? 'en-GB' : 'sv-SE', {
      ...STYLES[style],
      timeZone: zoneName,
      hourCycle: 'h23',
    })
    formats.set(key, format)
  }
  return format
}

/** `recent` is without the year, `short` without the seconds too: 01-31 13:05. */
export function instant(ms: number, style: Style | 'recent' | 'short' = 'full', zoneName = zone.get()): string {
  if (!Number.isFinite(ms)) return '–'
  if (style === 'recent') return formatOf('full', zoneName).format(ms).slice(YEAR_CHARS)
  if (style === 'short') return formatOf('full', zoneName).format(ms).slice(YEAR_CHARS, -SECONDS_CHARS)
  return formatOf(style, zoneName).format(ms)
}

const YEAR_CHARS = '2026-'.length
const SECONDS_CHARS = ':00'.length

/** `2026-01-31T12:00:00.123456789Z` -> `2026-01-31 13:00:00.123` in the zone. */
export function preciseInstant(text: string, zoneName = zone.get()): string {
  const fraction = /\.(\d{3})/.exec(text)?.[1] ?? '000'
  return `${instant(Date.parse(text), 'full', zoneName)}.${fraction}`
}

/** `now`, `42 s ago`, `3 h ago`, `in 5 min`. */
export function ago(ms: number, nowMs = Date.now()): string {
  const seconds = Math.round((nowMs - ms) / 1000)
  const size = Math.abs(seconds)
  if (size < 5) return 'now'
  const [amount, unit] =
    size < 60
      ? [size, 's']
      : size < 3600
        ? [size / 60, 'min']
        : size < 86_400
          ? [size / 3600, 'h']
          : [size / 86_400, 'd']
  const text = `${Math.floor(amount)} ${unit}`
  return seconds < 0 ? `in ${text}` : `${text} ago`
}

/** `UTC+01:00` or so, at an instant: daylight saving moves it. */
export function offsetOf(zoneName: string, ms = Date.now()): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zoneName, timeZoneName: 'longOffset' }).formatToParts(ms)
  return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT').replace('GMT', 'UTC')
}
