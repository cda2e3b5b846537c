// Lost spans in; a count, the user's callback and one line on `diag` per reason out. Nothing is lost without passing here.
import { diag } from '@opentelemetry/api'

/**
 * Why spans did not reach Insights:
 * `queue_full` the app ends spans faster than they leave; `not_encodable` a span broke the encoder; `rejected` the server took the rest of
 * the batch; `refused` a status that a retry cannot change; `gave_up` no answer within the retry time; `shutdown` ended or still queued
 * when the exporter was shut down; `misconfigured` the host is not a URL.
 */
export type DropReason =
  | 'queue_full'
  | 'not_encodable'
  | 'rejected'
  | 'refused'
  | 'gave_up'
  | 'shutdown'
  | 'misconfigured'

/** Called with how many spans were lost and why. Its own errors are swallowed into `diag`. */
export type OnDrop = (count: number, reason: DropReason) => void

export class Drops {
  readonly #onDrop: OnDrop | undefined
  readonly #counts = new Map<DropReason, number>()

  constructor(onDrop: OnDrop | undefined) {
    this.#onDrop = onDrop
  }

  get total(): number {
    let sum = 0
    for (const count of this.#counts.values()) sum += count
    return sum
  }

  /** @param detail what a person needs to act on, such as the HTTP status; never content, never a key. */
  add(count: number, reason: DropReason, detail: string): void {
    if (count <= 0) return
    const before = this.#counts.get(reason)
    this.#counts.set(reason, (before ?? 0) + count)
    // Once per reason: a collector that is down for an hour must not flood the app's log.
    if (before === undefined) {
      diag.warn(
        `@hanzo/insights: cannot send ${count} span(s): ${reason}: ${detail}. Further losses of this kind are only counted.`,
      )
    }
    try {
      this.#onDrop?.(count, reason)
    } catch (error) {
      diag.error(`@hanzo/insights: onDrop threw: ${String(error)}`)
    }
  }
}
