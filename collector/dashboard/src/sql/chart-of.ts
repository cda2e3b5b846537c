// The answer to a query in; what of it can be drawn out: numbers over time, or one number for each of a few texts.
import type { SqlAnswer } from '../api/rows.ts'

export type SqlChart =
  | { kind: 'time'; times: readonly number[]; series: readonly { name: string; values: readonly (number | null)[] }[] }
  | { kind: 'bars'; name: string; bars: readonly { label: string; value: number }[] }

const TIME = /^(?:Nullable\()?Date/
const NUMBER = /^(?:Nullable\()?(?:U?Int|Float|Decimal)/
const MAX_BARS = 25
const MAX_SERIES = 8
const MAX_POINTS = 5_000

/** @returns undefined when there is nothing to draw */
export function chartOf({ columns, data }: SqlAnswer): SqlChart | undefined {
  if (data.length < 2) return undefined
  const numbers = columns.filter(({ type }) => NUMBER.test(type)).map(({ name }) => name)
  const time = columns.find(({ type }) => TIME.test(type))?.name
  if (numbers.length === 0) return undefined
  if (time !== undefined) return overTime({ data }, time, numbers.slice(0, MAX_SERIES))
  const label = columns.find(({ type }) => !NUMBER.test(type))?.name
  if (label === undefined || data.length > MAX_BARS) return undefined
  // the last number is mostly what the query is about: it is what is put last, and sorted by
  const name = numbers.at(-1) ?? ''
  // unknown is no bar of length 0
  const known = data.filter((row) => row[name] !== null)
  const bars = known.map((row) => ({ label: String(row[label] ?? '') || '(none)', value: Number(row[name]) }))
  const isUnique = new Set(bars.map((bar) => bar.label)).size === bars.length
  return isUnique && bars.every(({ value }) => value >= 0) ? { kind: 'bars', name, bars } : undefined
}

function overTime({ data }: Pick<SqlAnswer, 'data'>, time: string, names: readonly string[]): SqlChart | undefined {
  const points = new Map<number, number[]>()
  for (const row of data.slice(0, MAX_POINTS)) {
    const seconds = Date.parse(String(row[time]).replace(' ', 'T')) / 1000
    // two rows of one time are two groups: a line through both would lie
    if (Number.isNaN(seconds) || points.has(seconds)) return undefined
    points.set(
      seconds,
      names.map((name) => (row[name] === null ? Number.NaN : Number(row[name]))),
    )
  }
  const sorted = [...points].sort(([a], [b]) => a - b)
  const series = names.map((name, at) => ({
    name,
    values: sorted.map(([, values]) => {
      const value = values[at] ?? Number.NaN
      return Number.isNaN(value) ? null : value
    }),
  }))
  return { kind: 'time', times: sorted.map(([seconds]) => seconds), series }
}
