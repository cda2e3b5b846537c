// The batch that is being filled: blocks by table and day, and how much is in them.
import { type Block, BlockMemory } from './block.ts'
import { LogBlock } from './log-columns.ts'
import { SpanBlock } from './span-block.ts'
import { Tally } from './tally.ts'

export type Table = 'spans' | 'log_events'

/** A block taken out of a batch, with the partition that all of its rows belong to. */
export interface DayBlock extends Block {
  table: Table
  /** Days since 1970 (UTC). */
  day: number
}

/** Makes the 16-byte batch id of one block; a pure function of what the batch is made of. */
export type BatchIdOf = (table: Table, day: number) => Buffer

/** Sizes are looked at every so many spans only: adding up ninety columns is not free. */
const SIZE_EVERY = 64

export class OpenBatch {
  /** Spans and log records written, and spans passed over as resends; numbers every well-formed record of the range. */
  ordinal = 0
  readonly dropped: number[] = []
  /** Marks of records on which our own code threw: the blocks may hold half a row and must not be taken. `contents` is right all the same. */
  readonly unreadable: number[] = []
  rows = 0
  /** What became of every record of the range, also of those that made no row. */
  readonly tally = new Tally()
  /**
   * Set on an empty batch: rows are only counted, not written. For a batch whose block would not be kept in memory
   * anyway; it is built from the journal when its turn comes.
   */
  counting = false
  private readonly counted: Readonly<Record<Table, Map<number, number>>> = { spans: new Map(), log_events: new Map() }
  private countedBytes = 0
  private readonly spans = new Map<number, SpanBlock>()
  private readonly logs = new Map<number, LogBlock>()
  private readonly memory: BlockMemory
  private readonly spareSpans: SpanBlock[] = []
  private readonly spareLogs: LogBlock[] = []
  private size = 0
  private sizedAt = 0

  /** @param memory shared by the batches of a process */
  constructor(memory = new BlockMemory()) {
    this.memory = memory
  }

  spansOf(day: number): SpanBlock {
    const found = this.spans.get(day)
    if (found) return found
    const block = this.spareSpans.pop() ?? new SpanBlock()
    this.spans.set(day, block)
    return block
  }

  logsOf(day: number): LogBlock {
    const found = this.logs.get(day)
    if (found) return found
    const block = this.spareLogs.pop() ?? new LogBlock()
    this.logs.set(day, block)
    return block
  }

  /** One row of a counting batch; `sizeBytes` is that of its record on the wire. */
  count(table: Table, day: number, sizeBytes: number, rows = 1): void {
    const counts = this.counted[table]
    counts.set(day, (counts.get(day) ?? 0) + rows)
    this.countedBytes += sizeBytes
  }

  /** Takes the last row of a day back: it was whole, but does not stand alone. */
  uncount(table: Table, day: number): void {
    if (this.counting) this.count(table, day, 0, -1)
    else (table === 'spans' ? this.spansOf(day) : this.logsOf(day)).rows--
  }

  /** Bytes in the blocks, roughly. */
  sizeBytes(): number {
    if (this.counting) return this.countedBytes
    if (this.rows - this.sizedAt >= SIZE_EVERY || this.sizedAt > this.rows) {
      this.size = 0
      for (const block of this.spans.values()) this.size += block.sizeBytes()
      for (const block of this.logs.values()) this.size += block.sizeBytes()
      this.sizedAt = this.rows
    }
    return this.size
  }

  /** What `take` would give, for the journal's seal record. */
  contents(): { table: Table; day: number; rows: number }[] {
    if (this.counting) return this.countedContents()
    return [
      ...[...this.spans].map(([day, { rows }]) => ({ table: 'spans' as const, day, rows })),
      ...[...this.logs].map(([day, { rows }]) => ({ table: 'log_events' as const, day, rows })),
    ].filter(hasRows)
  }

  // In the order in which a batch that is built would name them: spans before logs, the days of each table as they first came.
  private countedContents(): { table: Table; day: number; rows: number }[] {
    const { spans, log_events } = this.counted
    return [
      ...[...spans].map(([day, rows]) => ({ table: 'spans' as const, day, rows })),
      ...[...log_events].map(([day, rows]) => ({ table: 'log_events' as const, day, rows })),
    ].filter(hasRows)
  }

  /** Takes every block out, in the order of `contents`, and leaves the batch empty. */
  take(batchId: BatchIdOf): DayBlock[] {
    const blocks: DayBlock[] = []
    for (const [day, block] of this.spans) {
      blocks.push({ table: 'spans', day, ...block.take(batchId('spans', day), dayBytes(day), this.memory) })
      this.spareSpans.push(block)
    }
    for (const [day, block] of this.logs) {
      blocks.push({ table: 'log_events', day, ...block.take(batchId('log_events', day), dayBytes(day), this.memory) })
      this.spareLogs.push(block)
    }
    this.reset()
    return blocks
  }

  /** Throws the rows away: the journal could not keep them. */
  clear(): void {
    for (const block of this.spans.values()) {
      block.clear()
      this.spareSpans.push(block)
    }
    for (const block of this.logs.values()) {
      block.clear()
      this.spareLogs.push(block)
    }
    this.reset()
  }

  private reset(): void {
    this.spans.clear()
    this.logs.clear()
    // Days far apart come in bursts; two sets of builders are all that is worth keeping.
    this.spareSpans.length = Math.min(this.spareSpans.length, 2)
    this.spareLogs.length = Math.min(this.spareLogs.length, 2)
    this.ordinal = this.rows = this.size = this.sizedAt = 0
    this.dropped.length = this.unreadable.length = 0
    this.tally.clear()
    this.counting = false
    this.counted.spans.clear()
    this.counted.log_events.clear()
    this.countedBytes = 0
  }
}

// A day whose only record could not be read has a block and no row.
const hasRows = ({ rows }: { rows: number }): boolean => rows > 0

function dayBytes(day: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(day)
  return bytes
}
