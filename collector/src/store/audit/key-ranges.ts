// A day in; ranges of start time of about two million rows each out, so that grouping one of them fits into little memory.
import type { Store } from '../client.ts'

/** Nanoseconds since 1970 as text, start included, end excluded; undefined = no bound. */
export interface KeyRange {
  from: string | undefined
  to: string | undefined
}

const ROWS_PER_RANGE = 2_000_000
const MS_PER_HOUR = 3_600_000
const MS_PER_DAY = 86_400_000
const HOURS = 24

/** The first and the last are open, for starts outside their (clamped) day. */
export async function keyRanges(store: Store, day: number): Promise<KeyRange[]> {
  const rows = await store.select<{ hour: number; rows: number }>(
    `SELECT toInt32(least(greatest(intDiv(toUnixTimestamp64Milli(start_time) - {begin:Int64}, ${MS_PER_HOUR}), 0), ${HOURS - 1})) AS hour,
       count() AS rows FROM spans WHERE day = toDate({day:Int32}) GROUP BY hour ORDER BY hour`,
    { day, begin: day * MS_PER_DAY },
    { timeoutMs: 600_000 },
  )
  const cuts: string[] = []
  let inRange = 0
  for (const { hour, rows: count } of rows) {
    if (inRange > 0 && inRange + count > ROWS_PER_RANGE) {
      cuts.push(`${BigInt(day * MS_PER_DAY + hour * MS_PER_HOUR) * 1_000_000n}`)
      inRange = 0
    }
    inRange += count
  }
  if (rows.length === 0) return []
  return [undefined, ...cuts].map((from, i) => ({ from, to: cuts[i] }))
}

export function rangeCondition({ from, to }: KeyRange): string {
  const bound = (operator: string, nanos: string): string =>
    ` AND start_time ${operator} fromUnixTimestamp64Nano(toInt64('${nanos}'))`
  return `${from === undefined ? '' : bound('>=', from)}${to === undefined ? '' : bound('<', to)}`
}
