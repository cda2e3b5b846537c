// A span's two timestamps -> start and duration that a table can hold, and a flag where they could not be taken as they came.
import { type Word, word } from './words.ts'

const TWO_32 = 0x1_0000_0000
const DAY_MS = 86_400_000
const DAY_NS = DAY_MS * 1e6
/** Older than this against the time of receipt is a broken clock, not a backfill. */
const MAX_AGE_DAYS = 3660

export const TIME_OK = word('')
const NO_START = word('no_start')
const NO_END = word('no_end')
const END_BEFORE_START = word('end_before_start')
const END_OUT_OF_RANGE = word('end_out_of_range')
const OUT_OF_RANGE = word('out_of_range')
const FUTURE = word('future')

/** The two timestamps as halves; a log record has one, and its end is its start. */
export interface Stamps {
  readonly startLo: number
  readonly startHi: number
  readonly endLo: number
  readonly endHi: number
}

/** Reused result: nanoseconds since the epoch as two halves, exact. */
export class SpanTimes {
  startLo = 0
  startHi = 0
  durationLo = 0
  durationHi = 0
  /** For thresholds and prices only: a double is 256 ns coarse here. */
  startMs = 0
  durationNs = 0
  /** Days since 1970 of the partition that the row belongs to. */
  day = 0
  flag: Word = TIME_OK

  /** The start is moved only when no reader could make sense of it: zero, or outside ten years back to one day ahead of receipt. */
  set(record: Stamps, { receivedMs }: { readonly receivedMs: number }): void {
    const receivedNs = receivedMs * 1e6
    const start = record.startHi * TWO_32 + record.startLo
    const end = record.endHi * TWO_32 + record.endLo
    this.flag = TIME_OK
    this.startLo = record.startLo
    this.startHi = record.startHi
    this.duration(record, start, end)
    if (start === 0) this.replace(NO_START, receivedMs)
    else if (start > receivedNs + DAY_NS)
      this.replace(start < receivedNs + 365 * DAY_NS ? FUTURE : OUT_OF_RANGE, receivedMs)
    else if (start < receivedNs - MAX_AGE_DAYS * DAY_NS) this.replace(OUT_OF_RANGE, receivedMs)
    this.startMs =
      this.flag === TIME_OK || this.flag === NO_END || this.flag === END_BEFORE_START || this.flag === END_OUT_OF_RANGE
        ? start / 1e6
        : receivedMs
    this.day = dayOf(this.startHi, this.startLo)
  }

  private duration(record: Stamps, start: number, end: number): void {
    this.durationLo = this.durationHi = this.durationNs = 0
    const lower = record.endHi < record.startHi || (record.endHi === record.startHi && record.endLo < record.startLo)
    if (end === 0) this.flag = NO_END
    else if (lower) this.flag = END_BEFORE_START
    // Nothing runs so long; kept, it would spoil every sum that it is in.
    else if (start !== 0 && end - start > MAX_AGE_DAYS * DAY_NS) this.flag = END_OUT_OF_RANGE
    else if (start !== 0) {
      const borrow = record.endLo < record.startLo ? 1 : 0
      this.durationLo = (record.endLo - record.startLo) >>> 0
      this.durationHi = record.endHi - record.startHi - borrow
      this.durationNs = this.durationHi * TWO_32 + this.durationLo
    }
  }

  private replace(flag: Word, receivedMs: number): void {
    this.flag = flag
    // Exact in two steps: milliseconds times a million leaves the doubles.
    const high = Math.floor(receivedMs / 4096)
    const low = receivedMs - high * 4096
    const highNs = BigInt(high) * 4096n * 1_000_000n + BigInt(Math.round(low * 1e6))
    this.startLo = Number(highNs & 0xffff_ffffn)
    this.startHi = Number(highNs >> 32n)
  }
}

/** Exact, where a double of nanoseconds would round the last moment of a day up into the next: both halves stay below 2^53. */
function dayOf(hi: number, lo: number): number {
  const high = hi * TWO_32
  const rest = high % DAY_NS
  return (high - rest) / DAY_NS + Math.floor((rest + lo) / DAY_NS)
}
