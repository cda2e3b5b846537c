// A sealed batch -> its block once more, from the journal: after a restart, or when memory was needed for newer batches.
import { InsightsError } from '../telemetry/errors.ts'
import { batchId } from './batch-id.ts'
import { isLedger } from './ledger-batches.ts'
import {
  type DayBlock,
  type Journal,
  KIND_LOGS,
  type LedgerRow,
  type Normalizer,
  type OpenBatch,
  type Seal,
  type SealedBatch,
} from './types.ts'

export interface RebuildDeps<Batch extends OpenBatch> {
  journal: Journal
  /** One of its own: rebuilding must not disturb the batch that is being filled. */
  normalizer: Normalizer<Batch>
  /** One of its own as well, whose memory goes from one rebuild to the next: two at once would share it. */
  batch: Batch
}

/** The blocks in the order of the seal, and what became of all of its records. */
export interface Rebuilt {
  blocks: DayBlock[]
  ledger: LedgerRow[]
}

/**
 * Reads the seal's records again and writes as many rows in the same order; what the resend filter left out then is left
 * out now. Which rows there are does not depend on prices; what they cost is by the prices of now. @throws INSIGHTS_STORE_MISMATCH when the blocks are not those that were sealed
 */
export async function rebuildBlocks<Batch extends OpenBatch>(seal: Seal, deps: RebuildDeps<Batch>): Promise<Rebuilt> {
  const { journal } = deps
  let batch = await writeSealed(seal, new Set(seal.dropped), deps)
  // Records that threw only now (the seal had counted them unread, or another version made it): again, without them.
  const unreadable = batch.unreadable.filter((mark) => !seal.dropped.includes(mark))
  if (unreadable.length > 0) batch = await writeSealed(seal, new Set([...seal.dropped, ...unreadable]), deps)
  // Counts are not compared: a seal of an earlier version has none, and another reason for a rejection is no reason to keep rows back.
  const wanted = seal.batches.filter((sealed) => !isLedger(sealed))
  const same = isSame(batch.contents(), wanted, unreadable.length)
  if (!same) {
    throw new InsightsError(
      'INSIGHTS_STORE_MISMATCH',
      `cannot rebuild seal ${seal.id}: the journal gives other batches than were sealed`,
      {
        hint: `the seal was made by ${seal.codec}; start that version once to drain the journal`,
      },
    )
  }
  const ledger = batch.tally.rows()
  return { blocks: takeBlocks(batch, journal.id, seal), ledger }
}

async function writeSealed<Batch extends OpenBatch>(
  seal: Seal,
  dropped: ReadonlySet<number>,
  { journal, normalizer, batch }: RebuildDeps<Batch>,
): Promise<Batch> {
  // What an earlier one that failed left behind.
  batch.clear()
  for await (const record of journal.read(seal.first, seal.last)) {
    if (record.kind === KIND_LOGS) normalizer.writeLogs(record, batch, dropped)
    else normalizer.writeTraces(record, batch, dropped)
  }
  return batch
}

/** @param missing rows (of one record at most two) that may be fewer than were sealed */
function isSame(built: readonly SealedBatch[], sealed: readonly SealedBatch[], unreadable: number): boolean {
  let missing = 2 * unreadable
  for (const { table, day, rows } of sealed) {
    missing -= rows - (built.find((one) => one.table === table && one.day === day)?.rows ?? 0)
  }
  const places = built.map((one) => sealed.findIndex(({ table, day }) => one.table === table && one.day === day))
  const inOrder = places.every((place, i) => place > (places[i - 1] ?? -1))
  const noMore = built.every(({ rows }, i) => rows <= (sealed[places[i]!]?.rows ?? -1))
  return inOrder && noMore && missing >= 0 && (unreadable > 0 || built.length === sealed.length)
}

/** Takes the blocks of a batch under the names that its seal gives them. */
export function takeBlocks(batch: OpenBatch, journalId: string, seal: Seal): DayBlock[] {
  return batch.take((table, day) => {
    const index = seal.batches.findIndex((sealed) => sealed.table === table && sealed.day === day)
    return batchId(journalId, seal, index)
  })
}
