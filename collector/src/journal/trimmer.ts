// Time and budget in; segments that the store has no more need of, gone.
import type { Clock } from '../telemetry/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { errnoOf } from './errors.ts'
import type { Ledger } from './ledger.ts'
import type { Segment } from './segment.ts'
import type { Segments } from './segments.ts'

/** From this share of the budget on, a committed segment is not kept for a second look. */
const PRESSED_FROM = 0.8
const EVERY_MS = 1000
/** A journal that fills slowly would keep stored requests for days, and give back what somebody has deleted from the store since. */
const MAX_AGE_MS = 10 * 60_000

export interface TrimmerOptions {
  segments: Segments
  ledger: Ledger
  retainMs: number
  clock: Clock
  log: Log
  /** Goes on in a new segment. */
  rotate(): Promise<void>
  /** Makes queued commits durable. */
  flush(): Promise<void>
  pressure(): number
}

/** Looks once a second, and at once under pressure. */
export class Trimmer {
  readonly #options: TrimmerOptions
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | undefined
  #stopped = false
  #failing = false
  /** The active segment, and since when it has records. */
  #active: { segment: Segment; sinceMs: number } | undefined

  constructor(options: TrimmerOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#start(), EVERY_MS)
  }

  /** Something was written: looks now if the budget is short. */
  nudge(): void {
    if (this.#options.pressure() >= PRESSED_FROM) this.#start()
  }

  /** Deletes at once whatever is committed. */
  async expire(): Promise<void> {
    while (this.#running) await this.#running
    const { segments, ledger, clock, flush } = this.#options
    const expired = flush().then(() =>
      segments.remove(segments.doneThrough(ledger.doneThrough(clock.monotonicMs(), 0))),
    )
    this.#running = expired
      .catch(() => undefined)
      .finally(() => {
        this.#running = undefined
      })
    await expired
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
  }

  #start(): void {
    if (this.#stopped || this.#running) return
    if (!this.#isOld() && this.#candidates().length === 0) return
    this.#running = this.#trim().finally(() => {
      this.#running = undefined
    })
  }

  #isOld(): boolean {
    const { segments, clock } = this.#options
    const { active: segment } = segments
    if (segment.lastSeq < segment.firstSeq) return false
    if (this.#active?.segment !== segment) this.#active = { segment, sinceMs: clock.monotonicMs() }
    return clock.monotonicMs() - this.#active.sinceMs >= MAX_AGE_MS
  }

  #candidates(): ReturnType<Segments['doneThrough']> {
    const { segments, ledger, clock, retainMs, pressure } = this.#options
    const waitMs = pressure() >= PRESSED_FROM ? 0 : retainMs
    return segments.doneThrough(ledger.doneThrough(clock.monotonicMs(), waitMs))
  }

  /** The commits that allow a deletion must outlive it: a seal that seems open while its records are gone could never be settled. */
  async #trim(): Promise<void> {
    try {
      if (this.#isOld()) await this.#options.rotate()
      const gone = this.#candidates()
      if (gone.length > 0) {
        await this.#options.flush()
        await this.#options.segments.remove(gone)
      }
      this.#failing = false
    } catch (error) {
      if (!this.#failing)
        this.#options.log.warn(
          { errno: errnoOf(error) },
          'cannot delete committed journal segments, or begin a new one; trying again',
        )
      this.#failing = true
    }
  }
}
