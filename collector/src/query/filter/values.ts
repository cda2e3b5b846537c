// A value as people write it (2s, 1.5k, $0.10, now-1h) in; the text that SQL reads as the column's type out, or why it is not one.
import type { ColumnType } from '../column.ts'
import { parseInstant, toSqlTime } from '../time.ts'
import { FilterError } from './ast.ts'

const MS_PER_UNIT: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 }
const TIMES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, b: 1e9 }

export interface ValuePlace {
  column: string
  at: number
  nowMs: number
}

export const isComparable = (type: ColumnType): boolean => READERS[type] !== undefined

/** @throws FilterError */
export function readValue(text: string, type: ColumnType, place: ValuePlace): string {
  const value = READERS[type]?.(text, place)
  if (value === undefined)
    throw new FilterError(`${JSON.stringify(text.slice(0, 64))} is not ${WANTED[type] ?? 'a value'}`, place.at)
  return value
}

const WANTED: Partial<Record<ColumnType, string>> = {
  count: 'a whole number such as 1000 or 1.5k',
  integer: 'a whole number',
  float: 'a number; a time may have a unit, as in 500ms or 2s',
  money: 'an amount such as 0.0125',
  time: 'a time such as 2026-01-31T12:00:00Z or now-1h',
}

const READERS: Partial<Record<ColumnType, (text: string, place: ValuePlace) => string | undefined>> = {
  count: (text) => readWhole(text, /^(\d{1,15}(?:\.\d{1,9})?)([kmgb])?$/i),
  integer: (text) => readWhole(text, /^(-?\d{1,15})()$/),
  float: (text, { column }) => readFloat(text, column.endsWith('_ms')),
  money: (text) => /^(-?)\$?(\d{1,20}(?:\.\d{1,12})?)$/.exec(text)?.slice(1).join(''),
  time(text, { nowMs }) {
    const nanos = parseInstant(text, nowMs)
    return nanos === undefined ? undefined : toSqlTime(nanos)
  },
}

function readWhole(text: string, pattern: RegExp): string | undefined {
  const [, digits, unit = ''] = pattern.exec(text) ?? []
  if (digits === undefined) return undefined
  const value = Number(digits) * (TIMES[unit.toLowerCase()] ?? 1)
  // 1.1k is 1100.0000000000002
  const whole = Math.round(value)
  return Math.abs(value - whole) < 1e-6 && Number.isSafeInteger(whole) ? String(whole) : undefined
}

function readFloat(text: string, isTime: boolean): string | undefined {
  const [, digits, unit = ''] = /^(-?\d{1,15}(?:\.\d{1,15})?)(ns|us|µs|ms|s|m|h)?$/.exec(text) ?? []
  if (digits === undefined || (unit !== '' && !isTime)) return undefined
  return String(Number(digits) * (MS_PER_UNIT[unit] ?? 1))
}
