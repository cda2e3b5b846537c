// A range of whole minutes and the step of a series in; which rows of the rollups make it up, whole hours wherever they can, out.
import type { Cells } from './select-query.ts'
import { ceilHour, floorHour, type Range, toSqlTime } from './time.ts'

const HOUR_SECONDS = 3_600
/** After the last day that a span may have; DateTime64(3) reads it. */
const END_NANOS = 6_000_000_000_000_000_000n

/** @param stepSeconds undefined = one figure for the range */
export function cellsOf({ fromNanos, toNanos = END_NANOS }: Range, stepSeconds: number | undefined): Cells {
  const fits = stepSeconds === undefined || stepSeconds % HOUR_SECONDS === 0
  const lastHour = fits ? floorHour(toNanos) : toNanos
  const firstHour = fits ? ceilHour(fromNanos) : toNanos
  // within one hour there is no whole one
  const first = firstHour < lastHour ? firstHour : toNanos
  const last = firstHour < lastHour ? lastHour : toNanos
  return {
    from_time: toMillis(fromNanos),
    first_hour: toMillis(first),
    last_hour: toMillis(last),
    to_time: toMillis(toNanos),
  }
}

const toMillis = (nanos: bigint): string => toSqlTime(nanos).slice(0, -6)
