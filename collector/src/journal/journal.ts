// Accepted requests in; durable, numbered records out, with the seals and commits that say which of them the store has.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { DiskJournal } from './disk-journal.ts'
import { ioError } from './errors.ts'
import { nodeFiles } from './files.ts'
import { ChunkPool } from './group.ts'
import { createJournalMetrics, type JournalMetrics } from './journal-metrics.ts'
import { Ledger } from './ledger.ts'
import { type Recovery, recover } from './recover.ts'
import { Segments } from './segments.ts'
import type { Journal, JournalOptions } from './types.ts'

const DEFAULTS = {
  segmentBytes: 64 * 1024 * 1024,
  maxBytes: 10 * 1024 ** 3,
  commitDelayMs: 2,
  retainMs: 60_000,
}

/** Of 2^53 ids each start may use up this many, which is good for two million starts. */
const ID_LEAP = 2 ** 32

/**
 * Opens the journal of a directory, makes it when there is none, and recovers what the last process left.
 * Throws INSIGHTS_DATA_DIR_LOCKED (another process has it), INSIGHTS_JOURNAL_CORRUPT (a newer build wrote it) or INSIGHTS_JOURNAL_IO.
 *
 * @example
 * const journal = await openJournal({ dir, codec: () => '1', log, metrics, clock: systemClock })
 * const { seq, durable } = journal.append({ kind: 1, project: 'default', receivedMs: Date.now(), bytes })
 * await durable // now it may be acknowledged
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { dir, files = nodeFiles } = options
  const limits = { ...DEFAULTS, ...definedOf(options) }
  // An active segment is never deleted, so it must stay a small part of the budget.
  const segmentBytes = Math.min(limits.segmentBytes, Math.floor(limits.maxBytes / 8))
  const metrics = createJournalMetrics(options.metrics)
  let unlock: (() => void) | undefined
  try {
    await files.makeDir(dir)
    unlock = await files.lock(join(dir, 'lock'))
    const ledger = new Ledger(options.codec)
    const recovery = await recover(dir, { ...options, files, ledger })
    // Ids name batches in the store for good: a directory restored from a backup must not give those again that its original gave since.
    ledger.skipIds(randomInt(ID_LEAP))
    countRecovery(metrics, recovery)
    const pool = new ChunkPool()
    const { identity, epoch, segments: closed } = recovery
    const nextSeq = recovery.lastSeq + 1
    const segments = new Segments({ ...options, files, ledger, identity, epoch, pool, closed, nextSeq })
    await segments.advance()
    return new DiskJournal({
      ...options,
      ...limits,
      segmentBytes,
      files,
      metrics,
      ledger,
      recovery,
      segments,
      pool,
      unlock,
    })
  } catch (cause) {
    unlock?.()
    throw ioError('open the journal', cause)
  }
}

type Limits = typeof DEFAULTS

/** Options given as undefined must not hide a default. */
function definedOf({ segmentBytes, maxBytes, commitDelayMs, retainMs }: JournalOptions): Partial<Limits> {
  return {
    ...(segmentBytes !== undefined && { segmentBytes }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(commitDelayMs !== undefined && { commitDelayMs }),
    ...(retainMs !== undefined && { retainMs }),
  }
}

function countRecovery(metrics: JournalMetrics, recovery: Recovery): void {
  metrics.truncatedBytes.add(recovery.truncatedBytes)
  metrics.quarantined.add(recovery.quarantined)
  metrics.lostRecords.add(recovery.lost.reduce((sum, range) => sum + range.last - range.first + 1, 0))
}
