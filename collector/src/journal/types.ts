// The journal as the rest of the collector sees it.
import type { Clock } from '../telemetry/clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Files } from './files.ts'

/** What `openJournal` needs. */
export interface JournalOptions {
  dir: string
  /** A segment is closed at this size; at most an eighth of `maxBytes`. Default 64 MiB. */
  segmentBytes?: number
  /** Budget on disk: from 80 % committed segments go early, from 95 % appends are refused. Default 10 GiB. */
  maxBytes?: number
  /** How long the first append of an idle journal waits for company. Default 2. */
  commitDelayMs?: number
  /** How long a segment outlives its last commit: the time in which a power loss could take the store's own writes. Default 60 000. */
  retainMs?: number
  /** Version of the code, tables and prices that turn records into rows, asked at each seal, which stores it. */
  codec: () => string
  log: Log
  metrics: Metrics
  clock: Clock
  files?: Files
}

/** An accepted request. `kind` (0..255) is opaque here; `project` has at most 255 bytes of UTF-8. */
export interface JournalInput {
  kind: number
  project: string
  receivedMs: number
  /** Not copied when large: must not change until `durable` settles. */
  bytes: Uint8Array
}

/** A record as read back; `bytes` stays valid for as long as it is held. */
export interface JournalRecord extends JournalInput {
  seq: number
}

/** One batch of a seal: `day` is whatever integer the store partitions by (i32). */
export interface SealedBatch {
  table: string
  day: number
  rows: number
}

/** What `seal` is told: records `first`..`last`, without the spans whose ordinals are `dropped`, make these batches. */
export interface SealInput {
  first: number
  last: number
  dropped: Uint32Array
  batches: SealedBatch[]
  /** 32 hex digits that follow from the records: of a range that may have been sealed before, in the journal that this one is a copy of. */
  origin?: string | undefined
}

/** A fixed batch boundary. `id` is never given twice in one journal, so (journal id, seal id, batch index) names a batch for good. */
export interface Seal extends SealInput {
  id: number
  codec: string
}

/** A closed range of sequence numbers. */
export interface SeqRange {
  first: number
  last: number
}

/** What a start (or `reopen`) found. */
export interface Recovered {
  /** Every seal of retained segments, oldest first; `committed` has one entry per batch. */
  seals: (Seal & { committed: boolean[] })[]
  /** Oldest retained data record, or `lastSeq + 1` when there is none. */
  firstSeq: number
  unsealedFrom: number
  lastSeq: number
  /** The last process did not close the journal: it was killed, or the machine lost power, and the store may lack what it had confirmed. */
  unclean: boolean
  /** Bytes of a torn write cut off the end: never acknowledged, nothing lost. */
  truncatedBytes: number
  /** Damaged places moved or copied to `quarantine/`. */
  quarantined: number
  /** Records that were acknowledged, are not committed, and cannot be read any more. */
  lost: SeqRange[]
}

/** A cheap look at the journal. */
export interface JournalUsage {
  bytes: number
  maxBytes: number
  segments: number
  /** Bytes appended but not yet on disk; the caller bounds them. */
  queuedBytes: number
  /** Records of which no committed seal knows. */
  pendingRecords: number
  /** Age of the oldest of them (to about a second, by wall clock). */
  oldestUncommittedMs?: number
  state: 'ok' | 'failed'
}

/** The write-ahead log: append, wait for `durable`, acknowledge; seal, insert, commit. Single writer. */
export interface Journal {
  /** 32 hex characters, made with the directory and stable over restarts. */
  readonly id: string
  /** State at open, or at the last `reopen`. */
  readonly recovered: Recovered
  /**
   * Queues a record; numbers go up by one from 1. Throws INSIGHTS_JOURNAL_FULL, INSIGHTS_JOURNAL_IO or INSIGHTS_JOURNAL_CLOSED.
   * `durable` is shared by the commit group and rejects with INSIGHTS_JOURNAL_IO; those records are gone and their numbers are given again.
   */
  append(record: JournalInput): { seq: number; durable: Promise<void> }
  /** Fixes a batch boundary, durably. `first` must be the first unsealed number. */
  seal(seal: SealInput): Promise<Seal>
  /** Notes that a batch is in the store; written within about a second, and losing it only means a second look. */
  commit(sealId: number, batchIndex: number): void
  /** Durable data records `first`..`last`, in order; rejects with INSIGHTS_JOURNAL_CORRUPT rather than give altered bytes. */
  read(first: number, last: number): AsyncIterable<JournalRecord>
  /** Every seal of retained segments, oldest first, and which of its batches are committed. */
  seals(): (Seal & { committed: boolean[] })[]
  /** Records that the store may not have, oldest first. */
  owed(): SeqRange[]
  usage(): JournalUsage
  /** Deletes now what the store has, without the time that it is otherwise kept for: its bytes are to be nowhere. */
  expire(): Promise<void>
  /** Used share of the budget (0..1 and a little over); from 0.8 on the caller should slow down. */
  pressure(): number
  /** True when appends are refused because the budget is used up. */
  isFull(): boolean
  /** After INSIGHTS_JOURNAL_IO: leaves the failed segment as it is, goes on in a new one, and refreshes `recovered`. Rejects while the disk still fails. */
  reopen(): Promise<void>
  /** Writes what is queued, syncs, releases the lock. Calling it again is fine. */
  close(): Promise<void>
}
