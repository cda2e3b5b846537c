// A range of time in; parts of it that follow each other without gaps out, the newest first and each longer than the one before.
import type { Range } from './time.ts'

const DAY_NANOS = 86_400_000_000_000n
/** From the end of the range. */
const LENGTHS = [DAY_NANOS, 7n * DAY_NANOS]
const NANOS_PER_MS = 1_000_000n

/** @param lastNanos nothing after this is wanted: the place of a cursor */
export function newestFirst({ fromNanos, toNanos }: Range, nowMs: number, lastNanos?: bigint): Range[] {
  const nowNanos = BigInt(Math.trunc(nowMs)) * NANOS_PER_MS
  const end = lastNanos ?? (toNanos === undefined || toNanos > nowNanos ? nowNanos : toNanos)
  const cuts = LENGTHS.map((length) => end - length).filter(
    (cut) => cut > fromNanos + DAY_NANOS / 8n && (toNanos === undefined || cut < toNanos),
  )
  const starts = [...cuts, fromNanos]
  return starts.map((start, i) => ({ fromNanos: start, toNanos: i === 0 ? toNanos : starts[i - 1] }))
}
