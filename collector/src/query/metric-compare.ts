// Figures of a range and of the period of the same length before it in; rows with both out.
import type { Json, Row } from './column.ts'
import type { Range } from './time.ts'

const NANOS_PER_SECOND = 1_000_000_000n
const NANOS_PER_MS = 1_000_000n

export interface Periods {
  range: Range
  previous: Range
  /** How much later the range is than the period before. */
  shiftMs: number
}

/** The period before, moved by whole intervals, so that the points of both fall on each other. */
export function periodsOf(range: Range, intervalSeconds: number | undefined, nowMs: number): Periods {
  const toNanos = range.toNanos ?? BigInt(Math.trunc(nowMs)) * NANOS_PER_MS
  const length = toNanos > range.fromNanos ? toNanos - range.fromNanos : NANOS_PER_SECOND
  const step = BigInt(intervalSeconds ?? 60) * NANOS_PER_SECOND
  const shift = ((length + step - 1n) / step) * step
  const fromNanos = range.fromNanos > shift ? range.fromNanos - shift : 0n
  return {
    range: { fromNanos: range.fromNanos, toNanos },
    previous: { fromNanos, toNanos: toNanos > shift ? toNanos - shift : 1n },
    shiftMs: Number(shift / NANOS_PER_MS),
  }
}

/** Each row with its `previous`; a group that only the period before has comes at the end, with null for each figure. */
export function withPrevious(
  rows: readonly Row[],
  before: readonly Row[],
  { keys, figures, shiftMs }: { keys: readonly string[]; figures: readonly string[]; shiftMs: number },
): Row[] {
  const keyOf = (row: Row, shift: number): string =>
    JSON.stringify(keys.map((name) => (name === 'time' ? timeOf(row[name]) + shift : row[name])))
  const earlier = new Map(before.map((row) => [keyOf(row, shiftMs), row]))
  const both = rows.map((row) => {
    const key = keyOf(row, 0)
    const found = earlier.get(key)
    earlier.delete(key)
    return { ...row, previous: found === undefined ? null : pick(found, figures) }
  })
  const gone = [...earlier.values()].map(
    (row): Row => ({
      ...Object.fromEntries(
        keys.map((name) => [name, name === 'time' ? laterBy(row[name], shiftMs) : (row[name] ?? null)]),
      ),
      ...Object.fromEntries(figures.map((name) => [name, null])),
      previous: pick(row, figures),
    }),
  )
  return [...both, ...gone]
}

const pick = (row: Row, names: readonly string[]): Json =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
const timeOf = (value: Json | undefined): number => Date.parse(String(value))
const laterBy = (value: Json | undefined, ms: number): string => new Date(timeOf(value) + ms).toISOString()
