// The journal's surface: checks and queues what callers bring, and keeps the committer, the ledger and the clean-up in step.
import type { Clock } from '../telemetry/clock.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { Log } from '../telemetry/log.ts'
import { encodeCommits, encodeSeal } from './bodies.ts'
import { Committer } from './committer.ts'
import { errnoOf } from './errors.ts'
import type { Files } from './files.ts'
import { COMMIT, type Salt, SEAL } from './format.ts'
import type { ChunkPool, Group } from './group.ts'
import { writeCleanEnd } from './identity.ts'
import type { JournalMetrics } from './journal-metrics.ts'
import type { Ledger } from './ledger.ts'
import { readRange } from './read.ts'
import type { Recovery } from './recover.ts'
import { markBefore } from './segment.ts'
import type { Segments } from './segments.ts'
import { Trimmer } from './trimmer.ts'
import type {
  Journal,
  JournalInput,
  JournalRecord,
  JournalUsage,
  Recovered,
  Seal,
  SealInput,
  SeqRange,
} from './types.ts'

const REFUSE_FROM = 0.95
/** What hardly any request is smaller than. */
const SMALL_BYTES = 1024
/** A lost commit costs a look at the store, so it may wait this long for a group to ride with. */
const COMMIT_WAIT_MS = 1000

export interface DiskJournalParts {
  dir: string
  segmentBytes: number
  maxBytes: number
  commitDelayMs: number
  retainMs: number
  files: Files
  clock: Clock
  log: Log
  metrics: JournalMetrics
  ledger: Ledger
  recovery: Recovery
  segments: Segments
  pool: ChunkPool
  unlock(): void
}

/** Made by `openJournal`. */
export class DiskJournal implements Journal {
  readonly id: string
  recovered: Recovered
  readonly #parts: DiskJournalParts
  readonly #salt: Salt
  readonly #committer: Committer
  readonly #trimmer: Trimmer
  #commitTimer: NodeJS.Timeout | undefined
  #reopening: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(parts: DiskJournalParts) {
    const { identity, truncatedBytes, quarantined, lost, lastSeq, unclean } = parts.recovery
    this.#parts = parts
    this.id = identity.id
    this.#salt = identity.salt
    this.#committer = new Committer({
      ...parts,
      lastSeq,
      salt: identity.salt,
      beforeWrite: (group) => this.#addCommits(group),
      afterCommit: () => this.#afterCommit(),
    })
    this.#trimmer = new Trimmer({
      ...parts,
      rotate: () => this.#committer.rotate(),
      flush: () => this.#flushCommits(),
      pressure: () => this.pressure(),
    })
    this.recovered = { ...this.#snapshot(), truncatedBytes, quarantined, lost, unclean }
    this.#showSize()
  }

  append(record: JournalInput): { seq: number; durable: Promise<void> } {
    this.#checkOpen()
    const group = this.#committer.pending
    const { bytes } = record
    if (this.#usedBytes() + bytes.length > REFUSE_FROM * this.#parts.maxBytes) throw this.#full()
    const seq = this.#committer.lastSeq + 1
    group.append(seq, record)
    this.#committer.lastSeq = seq
    this.#committer.schedule()
    this.#parts.metrics.appendedRecords.add()
    this.#parts.metrics.appendedBytes.add(bytes.length)
    return { seq, durable: group.durable }
  }

  async seal(input: SealInput): Promise<Seal> {
    this.#checkOpen()
    const { ledger, clock } = this.#parts
    const group = this.#committer.pending
    const seal = ledger.propose(input, this.#committer.lastSeq)
    const committed = seal.batches.map(() => false)
    const body = encodeSeal({ ...seal, committed })
    ledger.begin(seal)
    group.appendOwn(SEAL, this.#committer.lastSeq, body)
    group.onDurable(() => ledger.settle(seal, clock.monotonicMs()))
    this.#committer.schedule()
    await group.durable
    return seal
  }

  commit(sealId: number, batchIndex: number): void {
    this.#parts.ledger.commit({ sealId, batchIndex }, this.#parts.clock.monotonicMs())
    if (this.#closing) return
    this.#commitTimer ??= setTimeout(() => {
      this.#commitTimer = undefined
      if (this.#parts.ledger.hasUnwritten && !this.#committer.failure) this.#committer.schedule()
    }, COMMIT_WAIT_MS)
  }

  read(first: number, last: number): AsyncIterable<JournalRecord> {
    const { segments, files } = this.#parts
    return readRange(segments.list(), { first, last }, { files, salt: this.#salt })
  }

  seals(): (Seal & { committed: boolean[] })[] {
    return this.#parts.ledger.seals()
  }

  owed(): SeqRange[] {
    return this.#parts.ledger.owed(this.#committer.durableSeq)
  }

  usage(): JournalUsage {
    const { segments, ledger, maxBytes } = this.#parts
    const unsealed = this.#committer.lastSeq - ledger.unsealedFrom + 1
    const oldestUncommittedMs = this.#oldestUncommittedMs()
    return {
      bytes: segments.bytes,
      maxBytes,
      segments: segments.count,
      queuedBytes: this.#committer.queuedBytes,
      pendingRecords: ledger.openRecords + unsealed,
      ...(oldestUncommittedMs !== undefined && { oldestUncommittedMs }),
      state: this.#committer.failure ? 'failed' : 'ok',
    }
  }

  async expire(): Promise<void> {
    this.#checkOpen()
    await this.#committer.rotate()
    await this.#trimmer.expire()
  }

  pressure(): number {
    return this.#usedBytes() / this.#parts.maxBytes
  }

  isFull(): boolean {
    return this.#usedBytes() + SMALL_BYTES > REFUSE_FROM * this.#parts.maxBytes
  }

  reopen(): Promise<void> {
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = undefined
    })
    return this.#reopening
  }

  async #reopen(): Promise<void> {
    this.#checkOpen()
    if (!this.#committer.failure) return
    this.#parts.ledger.rollBack()
    await this.#committer.resume()
    this.recovered = { ...this.#snapshot(), truncatedBytes: 0, quarantined: 0, lost: [], unclean: false }
    this.#showSize()
    this.#parts.log.info({ lastSeq: this.#committer.lastSeq }, 'journal goes on in a new segment')
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    clearTimeout(this.#commitTimer)
    await this.#reopening?.catch(() => undefined)
    await this.#trimmer.stop()
    await this.#committer.stop()
    if (!this.#committer.failure) await this.#markClean()
    await this.#parts.segments.abandon()
    this.#parts.unlock()
  }

  /** Without the mark the next start only looks more closely. */
  async #markClean(): Promise<void> {
    const { files, dir, recovery, segments, log } = this.#parts
    const { number, bytes } = segments.active
    try {
      await writeCleanEnd(files, dir, recovery.identity, { number, end: bytes, lastSeq: this.#committer.lastSeq })
    } catch (error) {
      log.warn({ errno: errnoOf(error) }, 'cannot note that the journal was closed')
    }
  }

  // A failed journal cannot write them, but deleting is what may end its failure when the disk is full. What a crash can then leave,
  // an open seal without records, costs a look at the store.
  async #flushCommits(): Promise<void> {
    if (!this.#committer.failure) await this.#committer.flush()
  }

  #addCommits(group: Group): void {
    if (!this.#parts.ledger.hasUnwritten) return
    group.appendOwn(COMMIT, this.#committer.lastSeq, encodeCommits(this.#parts.ledger.takeUnwritten()))
  }

  #afterCommit(): void {
    this.#showSize()
    this.#trimmer.nudge()
  }

  #usedBytes(): number {
    return this.#parts.segments.bytes + this.#committer.queuedBytes
  }

  #full(): InsightsError {
    this.#trimmer.nudge()
    const { maxBytes } = this.#parts
    return new InsightsError(
      'INSIGHTS_JOURNAL_FULL',
      `cannot append: 95 % of the ${maxBytes} bytes for the journal are used`,
      {
        hint: 'the store is behind: look at its errors, or give the journal more room',
      },
    )
  }

  #checkOpen(): void {
    if (this.#closing) throw new InsightsError('INSIGHTS_JOURNAL_CLOSED', 'cannot use the journal: it is closed')
  }

  #oldestUncommittedMs(): number | undefined {
    const { ledger, segments, clock } = this.#parts
    const seq = ledger.oldestOwed()
    if (seq > this.#committer.durableSeq) return undefined
    const segment = segments.find(seq)
    const mark = segment && markBefore(segment, seq)
    return mark && Math.max(0, clock.nowMs() - mark.receivedMs)
  }

  #snapshot(): Pick<Recovered, 'seals' | 'firstSeq' | 'unsealedFrom' | 'lastSeq'> {
    const { ledger, segments } = this.#parts
    const { lastSeq } = this.#committer
    return { seals: ledger.seals(), firstSeq: segments.firstSeq(), unsealedFrom: ledger.unsealedFrom, lastSeq }
  }

  #showSize(): void {
    const { metrics, segments } = this.#parts
    metrics.bytes.set(segments.bytes)
    metrics.segments.set(segments.count)
    metrics.budgetRatio.set(this.pressure())
  }
}
