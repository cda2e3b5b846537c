// What ingest asks of the stages that it joins. Structural, so that no stage is imported; app.ts passes the real ones.

/** Tables of telemetry. */
export type Table = 'spans' | 'log_events'
/** Where the counts of a sealed range go: batches of it stand last in a seal, one a day of receipt. */
export const LEDGER_TABLE = 'ingest_ledger'

/** What became of some records. */
export interface LedgerRow {
  project: string
  /** Minutes since 1970, of receipt. */
  minute: number
  signal: 'traces' | 'logs'
  outcome: 'stored' | 'rejected' | 'filtered' | 'deduplicated'
  reason: string
  records: number
}

/** Records that were counted as stored and that the store will never take. */
export interface DeadRecords {
  project: string
  minute: number
  signal: 'traces' | 'logs'
  reason: string
  records: number
}

/** Requests in the journal: the kind says how to read their bytes. */
export const KIND_TRACES = 1
export const KIND_LOGS = 2

export interface Telemetry {
  project: string
  receivedMs: number
  bytes: Uint8Array
}

export interface Written {
  stored: number
  resent: number
  rejected: Map<string, number>
}

/** One Native block: one partition of one table, one INSERT. */
export interface DayBlock {
  table: Table
  day: number
  rows: number
  columns: string[]
  /** Valid until `release`, which gives the memory to the next block. */
  bytes: Uint8Array
  release(): void
}

export interface OpenBatch {
  readonly rows: number
  readonly ordinal: number
  readonly dropped: readonly number[]
  /** Marks of records on which the code threw: then the blocks are not to be taken, but built from the journal. */
  readonly unreadable: readonly number[]
  /** Set on an empty batch: its rows are only counted, and built from the journal later. */
  counting: boolean
  /** What became of every record so far. */
  readonly tally: { rows(): LedgerRow[] }
  sizeBytes(): number
  contents(): { table: Table; day: number; rows: number }[]
  take(batchId: (table: Table, day: number) => Buffer): DayBlock[]
  clear(): void
}

export interface Normalizer<Batch extends OpenBatch> {
  /** Strings repaired since the start because they were not UTF-8. */
  readonly repairedStrings: number
  count(bytes: Uint8Array): number
  writeTraces(telemetry: Telemetry, batch: Batch, dropped?: ReadonlySet<number>): Written
  writeLogs(telemetry: Telemetry, batch: Batch, dropped?: ReadonlySet<number>): Written
  learnTraces(telemetry: Telemetry): void
  learnLogs(telemetry: Telemetry): void
  forget(): void
}

export interface SealedBatch {
  table: string
  day: number
  rows: number
}

export interface Seal {
  id: number
  first: number
  last: number
  dropped: Uint32Array
  batches: SealedBatch[]
  codec: string
  /** Of records that were read again: names the batches by their content. */
  origin?: string | undefined
}

export interface JournalRecord extends Telemetry {
  seq: number
  kind: number
}

export interface Journal {
  readonly id: string
  readonly recovered: {
    seals: (Seal & { committed: boolean[] })[]
    firstSeq: number
    unsealedFrom: number
    lastSeq: number
  }
  append(record: Telemetry & { kind: number }): { seq: number; durable: Promise<void> }
  seal(seal: Omit<Seal, 'id' | 'codec'>): Promise<Seal>
  commit(sealId: number, batchIndex: number): void
  /** Every seal of retained segments. */
  seals(): (Seal & { committed: boolean[] })[]
  read(first: number, last: number): AsyncIterable<JournalRecord>
  /** True when an append of a usual size would be refused: the budget on disk is used up. */
  isFull(): boolean
  reopen(): Promise<void>
}

/** A batch on its way to the store; `bytes` may have to be rebuilt from the journal. */
export interface LoadBatch {
  /** 32 hex characters: the batch_id of every row. */
  id: string
  table: Table | typeof LEDGER_TABLE
  day: number
  rows: number
  /** The block and the names of its columns. */
  block(): Promise<{ columns: string[]; bytes: Uint8Array }>
  /** False when the batch may have been sent before this process started. */
  first: boolean
  /** False when its rows were sealed by another version or under other prices: as many, but perhaps not the same, as were sent then. */
  sameRows: boolean
  /** True when it was stored and is gone. */
  gone?: boolean
}

export type Load = (batch: LoadBatch) => Promise<{ stored: number; poisoned: number; dead: readonly DeadRecords[] }>

/** Ledger rows of one day as a block. @param batchId 32 hex digits */
export type EncodeLedger = (
  rows: readonly LedgerRow[],
  batchId: string,
  day: number,
) => { columns: string[]; bytes: Uint8Array }
