// A rate in; whether and when so much may be taken out. Time is monotonic.
import type { Clock } from '../telemetry/clock.ts'

/** Fills at `perSecond` up to `capacity`. May go below zero: what was let in has to be paid for before the next. */
export class Bucket {
  readonly perSecond: number
  // In thousandths, so that whole milliseconds give whole numbers.
  readonly #capacity: number
  readonly #clock: Clock
  #level: number
  #atMs: number

  constructor(options: { perSecond: number; burstSeconds: number; clock: Clock }) {
    this.perSecond = options.perSecond
    this.#capacity = options.perSecond * options.burstSeconds * 1000
    this.#clock = options.clock
    this.#level = this.#capacity
    this.#atMs = options.clock.monotonicMs()
  }

  /**
   * 0 = now. More than the bucket ever holds may be taken when it is full; else nobody could ever send it.
   * @param amount 0 when it is not known yet: at least one
   */
  waitMs(amount: number): number {
    this.#fill()
    const missing = Math.min(Math.max(amount, 1) * 1000, this.#capacity) - this.#level
    return missing > 0 ? Math.ceil(missing / this.perSecond) : 0
  }

  /** Also more than there is; negative gives back. */
  take(amount: number): void {
    this.#fill()
    this.#level = Math.min(this.#capacity, this.#level - amount * 1000)
  }

  #fill(): void {
    const nowMs = this.#clock.monotonicMs()
    this.#level = Math.min(this.#capacity, this.#level + (nowMs - this.#atMs) * this.perSecond)
    this.#atMs = nowMs
  }
}
