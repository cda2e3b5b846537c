// Records that make no row, by their number in the batch: how they are counted, marked for the seal, and left out of a rebuild.
import type { OpenBatch } from './open-batch.ts'

/** What became of the records of one request. */
export interface Written {
  stored: number
  /** Resends of spans that are stored already. */
  resent: number
  /** reason -> how many */
  rejected: Map<string, number>
}

/** Ordinals of spans to leave out, when a sealed batch is rebuilt: the filter's answers of then, not of now. */
export type Dropped = ReadonlySet<number>

export function reject(written: Written, reason: string): void {
  written.rejected.set(reason, (written.rejected.get(reason) ?? 0) + 1)
}

/** Added to the number of a record that is left out because our own code throws on it; a resend is left out by its bare number. */
const UNREADABLE = 2 ** 31

/**
 * A record on which our own code throws must not be tried for ever: its number is sealed, so that a rebuild leaves it out too, and the
 * half-written blocks are given up for ones that are built from the journal.
 */
export function leaveOut(batch: OpenBatch, written: Written, ordinal: number, dropped: Dropped | undefined): void {
  batch.ordinal = ordinal + 1
  batch.unreadable.push(ordinal + UNREADABLE)
  if (!dropped) batch.dropped.push(ordinal + UNREADABLE)
  reject(written, 'unreadable')
}

const LEFT_OUT_BEFORE = new Error('this record was left out when its batch was sealed')

// Each well-formed record has a number in its batch. A rebuilt batch repeats the answers that its seal recorded.
export function isResend(seen: boolean, batch: OpenBatch, dropped: Dropped | undefined): boolean {
  const ordinal = batch.ordinal++
  if (dropped?.has(ordinal + UNREADABLE)) throw LEFT_OUT_BEFORE
  if (dropped) return dropped.has(ordinal)
  if (seen) batch.dropped.push(ordinal)
  return seen
}
