// Events of the Insights wire in, `POST {host}/batch/` out. What comes within a moment travels together.
import type { ExporterConfig } from './config.ts'
import type { Drops } from './drops.ts'
import { jsonOf } from './json.ts'
import type { Sender } from './send.ts'

/** One event of `POST /batch/`. Members that are undefined are left out. */
export interface WireEvent {
  readonly event: string
  readonly uuid: string
  readonly distinct_id: string
  readonly timestamp: string
  readonly properties: Readonly<Record<string, unknown>>
}

interface Waiting {
  readonly event: WireEvent
  readonly done: (arrived: boolean) => void
}

const MAX_WAITING = 1000
const MAX_BATCH = 100

export class EventSender {
  readonly #config: ExporterConfig
  readonly #sender: Sender
  readonly #drops: Drops
  #waiting: Waiting[] = []
  #draining: Promise<void> | undefined

  constructor(config: ExporterConfig, sender: Sender, drops: Drops) {
    this.#config = config
    this.#sender = sender
    this.#drops = drops
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0 && !this.#draining
  }

  /** True when the collector has it. Never rejects. */
  send(event: WireEvent): Promise<boolean> {
    if (this.#waiting.length >= MAX_WAITING) {
      this.#drops.add(1, 'queue_full', `${this.#waiting.length} events are waiting`)
      return Promise.resolve(false)
    }
    return new Promise((done) => {
      this.#waiting.push({ event, done })
      void this.flush()
    })
  }

  /** Resolves when nothing waits. */
  flush(): Promise<void> {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined
      // What came after the last look, and before this line, has nobody else.
      if (this.#waiting.length > 0) void this.flush()
    })
    return this.#draining
  }

  /** Events that have not left, as the body of one request; for a page that is about to go. They are taken as sent. */
  takeBody(): string | undefined {
    if (this.#waiting.length === 0) return undefined
    const batch = this.#waiting.splice(0)
    for (const { done } of batch) done(true)
    return batchBody(this.#config, batch)
  }

  async #drain(): Promise<void> {
    // A turn of the event loop: events of one click or one loop share a request.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH)
      const outcome = await this.#sender.send(new TextEncoder().encode(batchBody(this.#config, batch)))
      if (!outcome.sent) this.#drops.add(batch.length, outcome.reason, outcome.detail)
      else this.#drops.add(Math.min(batch.length, outcome.rejectedSpans), 'rejected', outcome.detail)
      // Of a batch of which a part was refused nobody knows which: only an event alone can be told of.
      const arrived = outcome.sent && outcome.rejectedSpans < batch.length
      for (const { done } of batch) done(arrived)
    }
  }
}

function batchBody(config: ExporterConfig, batch: readonly Waiting[]): string {
  return jsonOf({ api_key: config.apiKey, batch: batch.map(({ event }) => event) }) ?? ''
}
