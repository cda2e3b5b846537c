// Rows of a metric by interval in; times and series for a chart out, with every interval of the range.
import type { MetricRow } from '../api/rows.ts'
import type { Series } from '../chart/time-chart.tsx'
import type { RangeMs } from '../state/range.ts'

export interface Drawn {
  /** Unix seconds. */
  times: readonly number[]
  series: readonly Series[]
}

const AUTO_SECONDS = [60, 300, 900, 3_600, 21_600, 86_400, 604_800]
const AUTO_POINTS = 120
/** Groups beyond these are drawn as one. */
const MAX_GROUPS = 7
const OTHERS = 'others'
const NONE = '(none)'

/** As `interval=auto` of the API finds it. */
export function autoSeconds({ fromMs, toMs }: RangeMs): number {
  const seconds = (toMs - fromMs) / 1000
  return AUTO_SECONDS.find((step) => seconds / step <= AUTO_POINTS) ?? 604_800
}

interface Wish {
  rows: readonly MetricRow[]
  range: RangeMs
  stepSeconds: number
  figures: readonly string[]
  /** The dimension that rows are broken down by; then `figures` has one name. */
  by?: string | undefined
  isZeroWithoutRow: boolean
  /** Whether values of groups add up to that of all: percentiles do not. */
  isAdditive?: boolean
}

export function drawn({ rows, range, stepSeconds, figures, by, isZeroWithoutRow, isAdditive = true }: Wish): Drawn {
  const times = timesOf(range, stepSeconds, rows)
  const places = new Map(times.map((seconds, index) => [seconds, index]))
  const none = isZeroWithoutRow ? 0 : null
  const lines = new Map<string, (number | null)[]>()
  const lineOf = (name: string) => {
    const line = lines.get(name) ?? Array.from<number | null>({ length: times.length }).fill(none)
    lines.set(name, line)
    return line
  }
  const [broken = ''] = figures
  const groups = by === undefined ? undefined : groupNames(rows, by, broken, isAdditive)
  if (by === undefined) for (const figure of figures) lineOf(figure)
  else for (const name of groups ?? []) lineOf(name)
  for (const row of rows) {
    const place = places.get(Date.parse(String(row['time'])) / 1000)
    if (place === undefined) continue
    if (by === undefined) for (const figure of figures) lineOf(figure)[place] = toNumber(row[figure])
    else {
      const name = nameIn(groups, row[by])
      if (groups?.includes(name) === true) addTo(lineOf(name), place, toNumber(row[broken]))
    }
  }
  return { times, series: [...lines].map(([name, values]) => ({ name, values })) }
}

/** Those with the most first. */
function groupNames(rows: readonly MetricRow[], by: string, figure: string, isAdditive: boolean): string[] {
  const sums = new Map<string, number>()
  for (const row of rows) {
    const name = String(row[by] ?? NONE)
    sums.set(name, (sums.get(name) ?? 0) + (toNumber(row[figure]) ?? 0))
  }
  const names = [...sums].sort(([, a], [, b]) => b - a).map(([name]) => name)
  return names.length <= MAX_GROUPS + 1 ? names : [...names.slice(0, MAX_GROUPS), ...(isAdditive ? [OTHERS] : [])]
}

const nameIn = (groups: readonly string[] | undefined, value: MetricRow[string] | undefined): string => {
  const name = String(value ?? NONE)
  return groups?.includes(name) === true ? name : OTHERS
}

function addTo(line: (number | null)[], place: number, value: number | null): void {
  if (value === null) return
  line[place] = (line[place] ?? 0) + value
}

const toNumber = (value: MetricRow[string] | undefined): number | null =>
  value === null || value === undefined ? null : Number(value)

// Intervals begin at whole multiples of their length (weeks as the store begins them, which its rows show).
function timesOf({ fromMs, toMs }: RangeMs, step: number, rows: readonly MetricRow[]): number[] {
  const known = rows.length === 0 ? 0 : Date.parse(String(rows[0]?.['time'])) / 1000
  const offset = known % step
  const first = Math.floor((fromMs / 1000 - offset) / step) * step + offset
  const times: number[] = []
  for (let at = first; at * 1000 < toMs && times.length < 3_000; at += step) times.push(at)
  return times
}
