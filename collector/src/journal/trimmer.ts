// Time and budget in; segments that the store has no more need of, gone.
import type { Clock } from '../telemetry/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { errnoOf } from './errors.ts'
import type { Ledger } from './ledger.ts'
import type { Segments } from './segments.ts'

/** From this share of the budget on, a committed segment is not kept for a second look. */
const PRESSED_FROM = 0.8
const EVERY_MS = 1000

export interface TrimmerOptions {
  segments: Segments
  ledger: Ledger
  retainMs: number
  clock: Clock
  log: Log
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
    if (this.#stopped || this.#running || this.#candidates().length === 0) return
    this.#running = this.#trim().finally(() => {
      this.#running = undefined
    })
  }

  #candidates(): ReturnType<Segments['doneThrough']> {
    const { segments, ledger, clock, retainMs, pressure } = this.#options
    const waitMs = pressure() >= PRESSED_FROM ? 0 : retainMs
    return segments.doneThrough(ledger.doneThrough(clock.monotonicMs(), waitMs))
  }

  /** The commits that allow a deletion must outlive it: a seal that seems open while its records are gone could never be settled. */
  async #trim(): Promise<void> {
    const gone = this.#candidates()
    try {
      await this.#options.flush()
      await this.#options.segments.remove(gone)
      this.#failing = false
    } catch (error) {
      if (!this.#failing)
        this.#options.log.warn({ errno: errnoOf(error) }, 'cannot delete committed journal segments; trying again')
      this.#failing = true
    }
  }
}
