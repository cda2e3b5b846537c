// Sealed batches -> the store, oldest first, a few at a time; then the journal is told. Memory is bounded: blocks that
// would wait too long are dropped here and rebuilt from the journal when their turn comes. A seal's counts go in when all of its rows are in.
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Account } from './account.ts'
import { batchId } from './batch-id.ts'
import { isLedger, rowsOfDay } from './ledger-batches.ts'
import type { Rebuilt } from './rebuild.ts'
import type {
  DayBlock,
  DeadRecords,
  EncodeLedger,
  Journal,
  LedgerRow,
  Load,
  LoadBatch,
  Seal,
  SealedBatch,
} from './types.ts'

export interface LoaderDeps {
  journal: Journal
  load: Load
  rebuild(seal: Seal): Promise<Rebuilt>
  encodeLedger: EncodeLedger
  account: Account
  /** What turns records into rows just now, as a seal would name it. */
  codec(): string
  /** False while something that rows are made of is not known yet: then batches are only counted, and built when their turn comes. */
  canBuild(): boolean
  concurrency: number
  isMemoryShort(): boolean
  /** Blocks of waiting batches kept in memory, over all of them. */
  maxWaitingBytes: number
  log: Log
  metrics: Metrics
}

/** Every record of the batch turned out to be one that cannot be read: there is nothing to insert, now or later. */
const NOTHING_LEFT = new Error('no row is left of the batch')

/** What the batches of one seal share while they are on their way. */
interface SealInHand {
  seal: Seal
  first: boolean
  /** Batches of rows that are not in the store yet. */
  rowsLeft: number
  /** Batches of rows, of which a rebuild makes all at once. */
  parts: Waiting[]
  /** Batches of the ledger, which wait for those. */
  counts: Waiting[]
  /** Small, so it is kept; undefined until the seal is built from the journal. */
  ledger: LedgerRow[] | undefined
  dead: DeadRecords[]
}

interface Waiting {
  of: SealInHand
  index: number
  block: DayBlock | undefined
}

export interface AddOptions {
  /** In the order of the seal's batches; without them they are rebuilt from the journal. */
  blocks?: DayBlock[]
  ledger?: LedgerRow[]
  first: boolean
  committed?: readonly boolean[]
}

export interface Loader {
  /** Queues the batches of a seal. */
  add(seal: Seal, options: AddOptions): void
  /** Fewer than `concurrency` inserts are under way, so a new batch would start at once. */
  readonly isIdle: boolean
  readonly waiting: number
  /** Stores a batch again that was stored and is gone. Rejects when the journal does not have it any more. */
  reload(seal: Seal, index: number): Promise<void>
  /** A new batch's block would hardly be kept in memory, so many wait, or cannot be built yet. */
  readonly isBehind: boolean
  /** Resolves when nothing is queued or under way. */
  drained(): Promise<void>
}

export function createLoader(deps: LoaderDeps): Loader {
  const queue: Waiting[] = []
  let active = 0
  let heldBytes = 0
  let heldCounts = 0
  let waiters: (() => void)[] = []
  const count = counters(deps.metrics)

  const rebuild = async (of: SealInHand): Promise<DayBlock[]> => {
    count.rebuilt.add()
    const { blocks, ledger } = await deps.rebuild(of.seal)
    of.ledger ??= ledger
    return blocks
  }

  // One rebuild at a time: each takes the memory of a batch.
  let rebuilding: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = rebuilding.then(task)
    rebuilding = done.catch(() => undefined)
    return done
  }

  const fits = ({ bytes }: DayBlock): boolean =>
    !deps.isMemoryShort() && heldBytes + bytes.length <= deps.maxWaitingBytes

  const hold = (item: Waiting, block: DayBlock): void => {
    heldBytes += block.bytes.length
    item.block = block
  }

  const letGo = (item: Waiting): void => {
    if (!item.block) return
    heldBytes -= item.block.bytes.length
    item.block.release()
    item.block = undefined
  }

  /** Builds the block, and keeps those of the same seal that wait for their turn, where there is room. */
  const buildBlock = async (item: Waiting): Promise<DayBlock> => {
    // The turn before may have been that of another batch of the seal.
    if (item.block) return item.block
    for (const block of await rebuild(item.of)) {
      const { batches } = item.of.seal
      const isOf = ({ index }: Waiting): boolean =>
        batches[index]?.table === block.table && batches[index].day === block.day
      const wanted = isOf(item) ? item : item.of.parts.find((part) => isOf(part) && !part.block && fits(block))
      if (wanted) hold(wanted, block)
      else block.release()
    }
    if (!item.block) throw NOTHING_LEFT
    return item.block
  }

  const blockOf = async (item: Waiting): Promise<DayBlock> => item.block ?? (await inTurn(() => buildBlock(item)))

  const countsOf = async ({ of }: Waiting, day: number): Promise<LedgerRow[]> => {
    if (!of.ledger) {
      await inTurn(async () => {
        for (const block of of.ledger ? [] : await rebuild(of)) block.release()
      })
    }
    return rowsOfDay(of.ledger ?? [], day)
  }

  const batchOf = (item: Waiting, { day, rows }: SealedBatch): Omit<LoadBatch, 'table' | 'block'> => ({
    id: idOf(item),
    day,
    rows,
    first: item.of.first,
    sameRows: item.of.first || item.of.seal.codec === deps.codec(),
  })

  const idOf = ({ of, index }: Waiting): string => batchId(deps.journal.id, of.seal, index).toString('hex')

  const loadRows = async (item: Waiting, sealed: SealedBatch): Promise<void> => {
    const table = sealed.table as DayBlock['table']
    const batch = { ...batchOf(item, sealed), table, block: () => blockOf(item) }
    const result = await deps.load(batch).catch((error: unknown) => {
      if (error === NOTHING_LEFT) return { stored: 0, poisoned: 0, dead: [] }
      throw error
    })
    item.of.dead.push(...result.dead)
    count.stored.add(result.stored, table)
    if (result.poisoned > 0) count.poisoned.add(result.poisoned, table)
  }

  const loadCounts = async (item: Waiting, sealed: SealedBatch): Promise<void> => {
    const { day } = sealed
    const rows = await countsOf(item, day)
    const block = deps.encodeLedger(rows, idOf(item), day)
    if (rows.length > 0) {
      const batch = batchOf(item, sealed)
      await deps.load({ ...batch, rows: rows.length, table: 'ingest_ledger', block: async () => block })
    }
    const dead = item.of.dead.filter(({ minute }) => Math.floor(minute / MINUTES_PER_DAY) === day)
    deps.account.settle(rows, dead)
  }

  const run = async (item: Waiting): Promise<void> => {
    const { seal } = item.of
    const sealed = seal.batches[item.index]!
    await (isLedger(sealed) ? loadCounts(item, sealed) : loadRows(item, sealed))
    deps.journal.commit(seal.id, item.index)
    if (!isLedger(sealed) && --item.of.rowsLeft === 0) release(item.of)
  }

  /** Every row is in the store: its counts may follow, before newer rows. */
  const release = (of: SealInHand): void => {
    heldCounts -= of.counts.length
    queue.unshift(...of.counts.splice(0))
  }

  const next = (): void => {
    while (active < deps.concurrency && queue.length > 0) {
      const item = queue.shift()!
      active++
      run(item)
        .catch((error: unknown) => {
          // Only a stopping store rejects: the batch stays in the journal for the next start, and so do the seal's counts.
          heldCounts -= item.of.counts.splice(0).length
          deps.log.warn({ err: error, seal: item.of.seal.id }, 'batch left in the journal')
        })
        .finally(() => {
          active--
          item.of.parts = item.of.parts.filter((part) => part !== item)
          letGo(item)
          next()
        })
    }
    count.waiting.set(queue.length + active + heldCounts)
    if (active === 0 && queue.length === 0) {
      for (const resolve of waiters) resolve()
      waiters = []
    }
  }

  return {
    add(seal, { blocks, ledger, first, committed }) {
      const of: SealInHand = { seal, first, rowsLeft: 0, parts: [], counts: [], ledger, dead: [] }
      seal.batches.forEach((sealed, index) => {
        if (committed?.[index]) return
        if (isLedger(sealed)) {
          of.counts.push({ of, index, block: undefined })
          heldCounts++
          return
        }
        const item: Waiting = { of, index, block: undefined }
        const block = blocks?.[index]
        if (block && fits(block)) hold(item, block)
        else block?.release()
        of.rowsLeft++
        of.parts.push(item)
        queue.push(item)
      })
      if (of.rowsLeft === 0) {
        heldCounts -= of.counts.length
        queue.push(...of.counts.splice(0))
      }
      next()
    },
    get isIdle() {
      return active < deps.concurrency && queue.length === 0
    },
    async reload(seal, index) {
      const sealed = seal.batches[index]
      if (!sealed) throw new RangeError(`seal ${seal.id} has no batch ${index}`)
      const of: SealInHand = { seal, first: false, rowsLeft: 0, parts: [], counts: [], ledger: undefined, dead: [] }
      const item: Waiting = { of, index, block: undefined }
      const batch = { ...batchOf(item, sealed), gone: true }
      if (isLedger(sealed)) {
        const rows = await countsOf(item, sealed.day)
        const block = deps.encodeLedger(rows, batch.id, sealed.day)
        await deps.load({ ...batch, rows: rows.length, table: 'ingest_ledger', block: async () => block })
        return
      }
      try {
        const table = sealed.table as DayBlock['table']
        await deps.load({ ...batch, table, block: () => blockOf(item) })
      } finally {
        letGo(item)
      }
    },
    get isBehind() {
      return heldBytes > deps.maxWaitingBytes / 2 || deps.isMemoryShort() || !deps.canBuild()
    },
    get waiting() {
      return queue.length + active + heldCounts
    },
    drained: () =>
      active === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve)),
  }
}

const MINUTES_PER_DAY = 1440

function counters(metrics: Metrics) {
  return {
    waiting: metrics.gauge('insights_ingest_waiting_batches', 'Sealed batches that are not in the store yet'),
    stored: metrics.counter('insights_ingest_stored_rows_total', 'Rows in the store', ['table']),
    poisoned: metrics.counter('insights_ingest_dead_letter_rows_total', 'Rows the store refused for good', ['table']),
    rebuilt: metrics.counter('insights_ingest_rebuilt_batches_total', 'Batches built again from the journal'),
  }
}
