// Text as people and programs write instants in; Unix nanoseconds, SQL text or whole minutes out.

const NANOS_PER_MS = 1_000_000n
const MINUTE_NANOS = 60_000_000_000n
const HOUR_NANOS = 3_600_000_000_000n
/** The end of DateTime64(9): 2262-04-11. */
const MAX_NANOS = 9_223_372_036_854_775_807n

const MS_PER_UNIT: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

// A '+' that nobody encoded arrives as a space.
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z)|([+\- ])(\d\d):?(\d\d))?)?$/i
const RELATIVE = /^now(?:-(\d{1,6})([smhdw]))?$/
const UNIX = /^(\d{1,19})(?:\.(\d{1,9}))?$/

/**
 * ISO 8601 (UTC when no zone is said), Unix seconds, ms, µs or ns (told apart by their length), `now`, `now-24h`.
 * @returns Unix nanoseconds, or undefined when the text is none of these
 */
export function parseInstant(text: string, nowMs: number): bigint | undefined {
  const nanos = parseRelative(text, nowMs) ?? parseUnix(text) ?? parseIso(text)
  if (nanos === undefined || nanos > MAX_NANOS) return undefined
  return nanos < 0n ? 0n : nanos
}

function parseRelative(text: string, nowMs: number): bigint | undefined {
  const match = RELATIVE.exec(text)
  if (match === null) return undefined
  const [, amount = '0', unit = 's'] = match
  return BigInt(Math.trunc(nowMs) - Number(amount) * (MS_PER_UNIT[unit] ?? 0)) * NANOS_PER_MS
}

function parseUnix(text: string): bigint | undefined {
  const match = UNIX.exec(text)
  if (match === null) return undefined
  const [, whole = '', fraction] = match
  if (fraction !== undefined) {
    return whole.length > 11 ? undefined : BigInt(whole + fraction.padEnd(9, '0'))
  }
  // Seconds have 10 digits until 2286, and each finer unit three more.
  const digits = whole.length <= 11 ? 9 : whole.length <= 14 ? 6 : whole.length <= 17 ? 3 : 0
  return BigInt(whole + '0'.repeat(digits))
}

function parseIso(text: string): bigint | undefined {
  const match = ISO.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = match
  const [, , , , , , , , , sign, zoneHour = '0', zoneMinute = '0'] = match
  const date = new Date(
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)),
  )
  // Date.UTC carries what does not exist over: the 31st of April becomes a day in May, hour 24 the next day.
  const written = `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}`
  if (date.toISOString().slice(0, 19) !== written) return undefined
  const zoneMinutes = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute))
  return BigInt(date.getTime() - zoneMinutes * 60_000) * NANOS_PER_MS + BigInt(fraction.padEnd(9, '0'))
}

/** `YYYY-MM-DD hh:mm:ss.nnnnnnnnn` in UTC, as ClickHouse reads a DateTime64(9). */
export function toSqlTime(nanos: bigint): string {
  const seconds = new Date(Number(nanos / NANOS_PER_MS)).toISOString().slice(0, 19).replace('T', ' ')
  return `${seconds}.${String(nanos % 1_000_000_000n).padStart(9, '0')}`
}

/** Metrics are kept by the minute, so their ranges are whole minutes. */
export const floorMinute = (nanos: bigint): bigint => nanos - (nanos % MINUTE_NANOS)
export const ceilMinute = (nanos: bigint): bigint => floorMinute(nanos + MINUTE_NANOS - 1n)

export const floorHour = (nanos: bigint): bigint => nanos - (nanos % HOUR_NANOS)
export const ceilHour = (nanos: bigint): bigint => floorHour(nanos + HOUR_NANOS - 1n)

export interface Range {
  /** Inclusive. */
  fromNanos: bigint
  /** Exclusive; undefined = no end, so that senders with a fast clock are seen. */
  toNanos: bigint | undefined
}

const DAY_MS = 86_400_000
const LAST_DAY = '2149-06-06'

/** The partitions that may hold a trace that starts in the range: one day to each side, for traces that cross midnight. */
export function daysOf({ fromNanos, toNanos }: Range): { first: string; last: string } {
  return { first: dayText(fromNanos, -1), last: toNanos === undefined ? LAST_DAY : dayText(toNanos, 1) }
}

/** The UTC days of a range, as YYYY-MM-DD. */
export function wholeDays({ fromNanos, toNanos }: Range): { first: string; last: string } {
  return { first: dayText(fromNanos, 0), last: toNanos === undefined ? LAST_DAY : dayText(toNanos - 1n, 0) }
}

function dayText(nanos: bigint, shift: number): string {
  const day = new Date(Math.max(0, Number(nanos / NANOS_PER_MS) + shift * DAY_MS)).toISOString().slice(0, 10)
  return day > LAST_DAY ? LAST_DAY : day
}

const INTERVAL = /^(\d{1,4})([mhd])$/
const AUTO_SECONDS = [60, 300, 900, 3_600, 21_600, 86_400, 604_800]
const AUTO_POINTS = 120
/** More points than any chart has pixels. */
export const MAX_POINTS = 3_000

export const isInterval = (text: string): boolean => text === 'auto' || Number(INTERVAL.exec(text)?.[1] ?? 0) > 0

/** Seconds of `5m`, `1h`, `1d`, or of what `auto` finds fit for the range. */
export function intervalSeconds(text: string, { fromNanos, toNanos }: Range, nowMs: number): number {
  const endNanos = toNanos ?? BigInt(Math.trunc(nowMs)) * NANOS_PER_MS
  const rangeSeconds = Number((endNanos - fromNanos) / 1_000_000_000n)
  if (text === 'auto') {
    return AUTO_SECONDS.find((seconds) => rangeSeconds / seconds <= AUTO_POINTS) ?? AUTO_SECONDS.at(-1) ?? 0
  }
  const [, amount = '', unit = ''] = INTERVAL.exec(text) ?? []
  return (Number(amount) * (MS_PER_UNIT[unit] ?? 0)) / 1000
}

/** Whether a series over the range has at most `MAX_POINTS` points. */
export function fitsPoints(seconds: number, { fromNanos, toNanos }: Range, nowMs: number): boolean {
  const endNanos = toNanos ?? BigInt(Math.trunc(nowMs)) * NANOS_PER_MS
  return Number((endNanos - fromNanos) / 1_000_000_000n) / seconds <= MAX_POINTS
}
