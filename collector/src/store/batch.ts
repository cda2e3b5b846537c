// The words that the parts of loading share.

export type LoadTable = 'spans' | 'log_events' | 'ingest_ledger'

/** One sealed batch: rows of one table and one day, as one Native block. */
export interface Batch {
  /** 32 hex digits; the bytes of `batch_id` in every row. */
  id: string
  table: LoadTable
  /** Days since 1970; `day` in every row, so the block touches one partition. */
  day: number
  rows: number
  /** Names in the block, in order; columns left out take their defaults. */
  columns: readonly string[]
  /** The block. The same bytes each time: a token stands for them. Asked again after a wait, so the caller need not keep them. */
  bytes: () => Promise<Uint8Array>
  /** False = it may have been sent before, by a process that is gone. */
  first: boolean
  /** False = as many rows as were sent before, but perhaps not the same ones: priced anew. Default true. */
  sameRows?: boolean
  /** True = it was stored and is gone: a token that is on record for it would keep it out. */
  gone?: boolean
}

export interface LoadResult {
  stored: number
  /** Rows that ClickHouse will never take; they are in the dead-letter folder. */
  poisoned: number
  /** Records of the journal that the poison rows stand for, by whose they are; a row that is no record of its own is not among them. */
  dead: readonly DeadRecords[]
}

/** Dead letters of one project, minute of receipt and error. */
export interface DeadRecords {
  project: string
  /** Minutes since 1970. */
  minute: number
  signal: 'traces' | 'logs'
  reason: string
  records: number
}

export const SECONDS_PER_DAY = 86_400
