// Sealed batches -> the store, oldest first, a few at a time; then the journal is told. Memory is bounded: blocks that
// would wait too long are dropped here and rebuilt from the journal when their turn comes.
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { batchId } from './batch-id.ts'
import type { DayBlock, Journal, Load, Seal, Table } from './types.ts'

export interface LoaderDeps {
  journal: Journal
  load: Load
  rebuild(seal: Seal): Promise<DayBlock[]>
  /** What turns records into rows just now, as a seal would name it. */
  codec(): string
  /** False while something that rows are made of is not known yet: then batches are only counted, and built when their turn comes. */
  canBuild(): boolean
  concurrency: number
  /** Blocks of waiting batches kept in memory, over all of them. */
  maxWaitingBytes: number
  log: Log
  metrics: Metrics
}

interface Waiting {
  seal: Seal
  index: number
  first: boolean
  block: DayBlock | undefined
}

export interface Loader {
  /** Queues the batches of a seal. Without blocks they are rebuilt from the journal. */
  add(seal: Seal, options: { blocks?: DayBlock[]; first: boolean; committed?: readonly boolean[] }): void
  /** Fewer than `concurrency` inserts are under way, so a new batch would start at once. */
  readonly isIdle: boolean
  readonly waiting: number
  /** A new batch's block would hardly be kept in memory, so many wait, or cannot be built yet. */
  readonly isBehind: boolean
  /** Resolves when nothing is queued or under way. */
  drained(): Promise<void>
}

export function createLoader(deps: LoaderDeps): Loader {
  const queue: Waiting[] = []
  let active = 0
  let heldBytes = 0
  let waiters: (() => void)[] = []
  const gauge = deps.metrics.gauge('insights_ingest_waiting_batches', 'Sealed batches that are not in the store yet')
  const stored = deps.metrics.counter('insights_ingest_stored_rows_total', 'Rows in the store', ['table'])
  const poisoned = deps.metrics.counter('insights_ingest_dead_letter_rows_total', 'Rows the store refused for good', [
    'table',
  ])
  const rebuilt = deps.metrics.counter('insights_ingest_rebuilt_batches_total', 'Batches built again from the journal')

  const blockOf = async (item: Waiting): Promise<DayBlock> => {
    if (item.block) return item.block
    rebuilt.add()
    const blocks = await deps.rebuild(item.seal)
    const block = blocks[item.index]
    if (!block) throw new Error(`cannot rebuild batch ${item.index} of seal ${item.seal.id}`)
    for (const other of blocks) if (other !== block) other.release()
    heldBytes += block.bytes.length
    item.block = block
    return block
  }

  const run = async (item: Waiting): Promise<void> => {
    const { table, day, rows } = item.seal.batches[item.index]!
    const result = await deps.load({
      id: batchId(deps.journal.id, item.seal.id, item.index).toString('hex'),
      table: table as Table,
      day,
      rows,
      first: item.first,
      sameRows: item.first || item.seal.codec === deps.codec(),
      block: () => blockOf(item),
    })
    deps.journal.commit(item.seal.id, item.index)
    stored.add(result.stored, table)
    if (result.poisoned > 0) poisoned.add(result.poisoned, table)
  }

  const next = (): void => {
    while (active < deps.concurrency && queue.length > 0) {
      const item = queue.shift()!
      active++
      run(item)
        // Only a stopping store rejects: the batch stays in the journal for the next start.
        .catch((error: unknown) => deps.log.warn({ err: error, seal: item.seal.id }, 'batch left in the journal'))
        .finally(() => {
          active--
          if (item.block) heldBytes -= item.block.bytes.length
          item.block?.release()
          next()
        })
    }
    gauge.set(queue.length + active)
    if (active === 0 && queue.length === 0) {
      for (const resolve of waiters) resolve()
      waiters = []
    }
  }

  return {
    add(seal, { blocks, first, committed }) {
      seal.batches.forEach((_, index) => {
        if (committed?.[index]) return
        let block = blocks?.[index]
        if (block && heldBytes + block.bytes.length > deps.maxWaitingBytes) {
          block.release()
          block = undefined
        }
        heldBytes += block?.bytes.length ?? 0
        queue.push({ seal, index, first, block })
      })
      next()
    },
    get isIdle() {
      return active < deps.concurrency && queue.length === 0
    },
    get isBehind() {
      return heldBytes > deps.maxWaitingBytes / 2 || !deps.canBuild()
    },
    get waiting() {
      return queue.length + active
    },
    drained: () =>
      active === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve)),
  }
}
