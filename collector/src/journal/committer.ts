// Queued records in; one write and one fdatasync per group, then the group's promise settles. The next group fills meanwhile.
import type { Clock } from '../telemetry/clock.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { Log } from '../telemetry/log.ts'
import { errnoOf, ioError } from './errors.ts'
import type { Salt } from './format.ts'
import { type ChunkPool, Group } from './group.ts'
import type { JournalMetrics } from './journal-metrics.ts'
import { addMark } from './segment.ts'
import type { Segments } from './segments.ts'

/** An idle journal does not wait for company any longer once this much is queued. */
const EAGER_BYTES = 1024 * 1024

export interface CommitterOptions {
  segments: Segments
  segmentBytes: number
  commitDelayMs: number
  lastSeq: number
  salt: Salt
  pool: ChunkPool
  clock: Clock
  log: Log
  metrics: JournalMetrics
  /** Runs on each group just before it is written: the place for records that wait for a lift. */
  beforeWrite(group: Group): void
  afterCommit(): void
}

/** The only writer of the active segment. */
export class Committer {
  /** Numbers up to here are on disk, and up to `lastSeq` given. */
  durableSeq: number
  lastSeq: number
  /** Why nothing can be appended, until `resume`. */
  failure: InsightsError | undefined
  readonly #options: CommitterOptions
  #pending: Group
  #writing: Group | undefined
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined

  constructor(options: CommitterOptions) {
    this.#options = options
    this.durableSeq = options.lastSeq
    this.lastSeq = options.lastSeq
    this.#pending = this.#newGroup()
  }

  get queuedBytes(): number {
    return this.#pending.bytes + (this.#writing?.bytes ?? 0)
  }

  /** The group to append to; call `schedule` after. Throws while the journal is failed. */
  get pending(): Group {
    if (this.failure) throw this.failure
    return this.#pending
  }

  /** Sees to it that the pending group gets written: after the running one, or after the delay when idle. */
  schedule(): void {
    if (this.#running) return
    if (this.#pending.bytes >= EAGER_BYTES) this.#start()
    else this.#timer ??= setTimeout(() => this.#start(), this.#options.commitDelayMs)
  }

  /** Writes what is queued now, without the delay; settles when it is durable, or rejects. */
  async flush(): Promise<void> {
    if (this.failure) throw this.failure
    const group = this.#pending
    if (!this.#running) this.#start()
    // An empty group may stay empty: then the end of the run says that nothing is left.
    await Promise.race([group.durable, this.#running])
    if (this.failure) throw this.failure
  }

  /** Writes what is queued and goes on in a new segment, so that the one before may be deleted. */
  async rotate(): Promise<void> {
    await this.flush()
    while (this.#running) await this.#running
    if (this.failure) throw this.failure
    clearTimeout(this.#timer)
    this.#timer = undefined
    const turned = this.#options.segments.advance()
    // What was queued meanwhile is written in the same run: whoever flushes waits for its end.
    this.#running = turned
      .catch(() => undefined)
      .then(() => this.#drain())
      .finally(() => this.#rest())
    await turned
  }

  /** Ends the timer and waits for what is under way. */
  async stop(): Promise<void> {
    await this.#running
    if (!this.failure) this.#start()
    await this.#running
    clearTimeout(this.#timer)
  }

  /** After a failure: goes on in a new segment. Numbers of refused records are given again; rejects when the disk still fails. */
  async resume(): Promise<void> {
    await this.#running
    try {
      await this.#options.segments.advance()
    } catch (cause) {
      this.#options.metrics.failures.add(1, errnoOf(cause))
      throw ioError('reopen the journal', cause)
    }
    this.failure = undefined
  }

  #start(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#running = this.#drain().finally(() => this.#rest())
  }

  #rest(): void {
    this.#running = undefined
    // Waiters of the last group ran before this did, and may have appended.
    if (this.#pending.bytes > 0) this.schedule()
  }

  async #drain(): Promise<void> {
    this.#options.beforeWrite(this.#pending)
    while (this.#pending.bytes > 0) {
      const group = this.#pending
      this.#writing = group
      this.#pending = this.#newGroup()
      try {
        await this.#write(group)
      } catch (cause) {
        await this.#fail(group, cause)
        return
      }
      this.#writing = undefined
      group.resolve()
      this.#options.afterCommit()
      this.#options.beforeWrite(this.#pending)
    }
  }

  async #write(group: Group): Promise<void> {
    const { segments, segmentBytes, clock, metrics } = this.#options
    const startMs = clock.monotonicMs()
    if (segments.active.bytes >= segmentBytes) await segments.advance()
    const { active, file } = segments
    if (!file) throw new InsightsError('INSIGHTS_JOURNAL_CLOSED', 'cannot write: the journal is closed')
    await file.write(group.takeBuffers(), active.bytes)
    await file.datasync()
    if (group.records > 0)
      addMark(active, { seq: group.firstSeq, offset: active.bytes, receivedMs: group.firstReceivedMs })
    this.durableSeq += group.records
    segments.grow(group.bytes, this.durableSeq)
    metrics.commits.add()
    metrics.commitSeconds.observe((clock.monotonicMs() - startMs) / 1000)
  }

  /** A failed sync may have dropped the written pages and cleared the error, so the segment is never synced again: it is left behind. */
  async #fail(group: Group, cause: unknown): Promise<void> {
    const { segments, metrics, log } = this.#options
    const errno = errnoOf(cause)
    this.failure = ioError('append to the journal', cause)
    metrics.failures.add(1, errno)
    log.error({ errno }, 'journal write failed: appends are refused until it is reopened')
    await this.#dropUnsynced()
    await segments.abandon()
    const refused = [group, this.#pending]
    this.#writing = undefined
    this.#pending = this.#newGroup()
    this.lastSeq = this.durableSeq
    for (const each of refused) each.reject(this.failure)
  }

  // The next segment's header is what cuts these bytes off for good; until there is one, a restart must not find them either.
  async #dropUnsynced(): Promise<void> {
    const { segments, log } = this.#options
    try {
      await segments.file?.truncate(segments.active.bytes)
    } catch (error) {
      log.warn({ errno: errnoOf(error) }, 'cannot cut refused records off the failed segment; the next segment will')
    }
  }

  #newGroup(): Group {
    return new Group(this.#options.salt, this.#options.pool)
  }
}
