// Test help: what becomes of a span's two timestamps, in exact nanoseconds.

const DAY_NS = 86_400_000_000_000n

export interface ExpectedTimes {
  start_time: bigint
  duration_ns: bigint
  time_flag: string
  /** Days since 1970. */
  day: number
  /** The time that prices are looked up for. */
  priceMs: number
  /** The start is not the one that was sent. */
  isMoved: boolean
}

export function spanTimes(start: bigint, end: bigint, receivedMs: number): ExpectedTimes {
  const received = BigInt(receivedMs) * 1_000_000n
  const moved = movedFlag(start, received)
  const sent = moved === '' ? start : received
  const wrongEnd = endFlag(start, end)
  return {
    start_time: sent,
    duration_ns: start === 0n || wrongEnd !== '' ? 0n : end - start,
    time_flag: moved !== '' ? moved : wrongEnd,
    day: Number(sent / DAY_NS),
    priceMs: Number(sent) / 1e6,
    isMoved: moved !== '',
  }
}

function endFlag(start: bigint, end: bigint): string {
  if (end === 0n) return 'no_end'
  if (end < start) return 'end_before_start'
  return start !== 0n && end - start > 3660n * DAY_NS ? 'end_out_of_range' : ''
}

function movedFlag(start: bigint, received: bigint): string {
  if (start === 0n) return 'no_start'
  if (start < received - 3660n * DAY_NS) return 'out_of_range'
  if (start <= received + DAY_NS) return ''
  return start < received + 365n * DAY_NS ? 'future' : 'out_of_range'
}
