// The machine's two clocks in, times that never run backwards out: of the day by `Date`, between two moments by `performance`.
import type { HrTime } from '../span.ts'

/** Further apart than this, somebody set the clock or the machine slept. */
const JUMP_MS = 50
const NANOS_PER_MS = 1_000_000

let offsetMs = Date.now() - performance.now()

/** Milliseconds since 1970 with a fraction. Follows a clock that jumps, and is steady as long as it does not. */
export function nowMs(): number {
  const elapsed = performance.now()
  const offset = Date.now() - elapsed
  if (Math.abs(offset - offsetMs) > JUMP_MS) offsetMs = offset
  return offsetMs + elapsed
}

export function hrTimeOf(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000)
  return [seconds, Math.round((ms - seconds * 1000) * NANOS_PER_MS)]
}

/** A moment as the OpenTelemetry API takes it: milliseconds since 1970 or since the process began, a date, seconds and nanoseconds. */
export function msOf(time: number | Date | HrTime | undefined): number | undefined {
  if (time === undefined) return undefined
  if (typeof time === 'number') return time < performance.timeOrigin ? time + performance.timeOrigin : time
  if (time instanceof Date) return time.getTime()
  return time[0] * 1000 + time[1] / NANOS_PER_MS
}
