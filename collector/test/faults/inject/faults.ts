// What can be made to go wrong inside a collector under test, and how it is told: a variable at its start, messages later.

/** Places on a span's way at which the process can be killed, in order. */
export const FAILPOINTS = [
  'journal-written',
  'journal-synced',
  'acknowledged',
  'sealed',
  'insert-sent',
  'inserted',
  'committed',
] as const

export type Failpoint = (typeof FAILPOINTS)[number]

export interface Injection {
  /** kill -9 of itself at the `pass`th time that it comes by. */
  failpoint?: { at: Failpoint; pass: number }
  /** The journal's disk: each named operation fails with this errno; undefined mends it. */
  disk?: { write?: string; datasync?: string }
  /** Each sync of the journal takes so much longer. */
  syncDelayMs?: number
  /** Added to the wall clock. */
  clockShiftMs?: number
  /** The wall clock stands still. */
  clockFrozen?: boolean
  /** How long an INSERT may go without an answer, instead of two minutes. */
  insertTimeoutMs?: number
}

/** Not `INSIGHTS_`: it is no setting. */
export const FAULTS_VARIABLE = 'COLLECTOR_TEST_FAULTS'
