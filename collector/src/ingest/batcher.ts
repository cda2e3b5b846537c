// Accepted telemetry -> rows in the open batch -> a durable seal -> the loader. Owns which records are in which batch.
import { createHash, type Hash } from 'node:crypto'
import type { Clock } from '../telemetry/clock.ts'
import type { Account } from './account.ts'
import { ledgerBatches } from './ledger-batches.ts'
import type { Loader } from './loader.ts'
import { takeBlocks } from './rebuild.ts'
import { type Journal, KIND_LOGS, type Normalizer, type OpenBatch, type Telemetry, type Written } from './types.ts'

export interface BatchLimits {
  maxRows: number
  maxBytes: number
  /** A batch is sealed at this age, once the store can take it. */
  maxDelayMs: number
}

export interface BatcherDeps<Batch extends OpenBatch> {
  journal: Journal
  normalizer: Normalizer<Batch>
  createBatch(): Batch
  loader: Loader
  account: Account
  limits: BatchLimits
  clock: Clock
  isMemoryShort(): boolean
  /** Batches with rows in memory: one that fills, others that wait for their seal. More of them are only counted. */
  maxBuilt: number
  /** The journal could not keep a seal: everything after the last durable one has to be built again. */
  onJournalFailure(error: unknown): void
  /** Our own code threw on so many records of this request; its other records are kept. */
  onUnreadable(seq: number, telemetry: Telemetry, records: number): void
}

export interface Batcher {
  /** Writes the rows of a record that the journal has under `seq`. */
  write(seq: number, kind: number, telemetry: Telemetry): Written
  /** Seals what is open, however little it is. */
  flush(): Promise<void>
  /** Throws the open rows away and starts at `seq`, with records that are read again: their batches depend on nothing but them. */
  restart(seq: number): void
  /** From now on records are new. */
  live(): void
  start(): void
  stop(): void
}

export function createBatcher<Batch extends OpenBatch>(deps: BatcherDeps<Batch>): Batcher {
  const { journal, normalizer, limits, clock } = deps
  const spare: Batch[] = []
  let batch = deps.createBatch()
  let beingSealed = 0
  let first = 1
  let last = 0
  let openedAt = 0
  let generation = 0
  /** Of the records in the open batch, and their bytes, while they are read again. */
  let again: Again | undefined
  let sealing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const sealRange = async (taken: Batch, { from, to, born, origin }: Range): Promise<void> => {
    if (born !== generation) return
    const ledger = taken.tally.rows()
    const seal = await journal.seal({
      first: from,
      last: to,
      dropped: Uint32Array.from(taken.dropped),
      batches: [...taken.contents(), ...ledgerBatches(ledger)],
      origin,
    })
    // A restart in the meantime built these rows again.
    if (born !== generation) return taken.clear()
    deps.account.seal(ledger)
    // What a copy of this journal may have sealed and sent has to be looked up.
    const first = origin === undefined
    if (taken.counting || taken.unreadable.length > 0) {
      deps.loader.add(seal, { ledger, first })
      taken.clear()
    } else deps.loader.add(seal, { blocks: takeBlocks(taken, journal.id, seal), ledger, first })
    if (deps.isMemoryShort()) spare.length = 0
    else if (spare.length < deps.maxBuilt - 1) spare.push(taken)
  }

  const seal = (): Promise<void> => {
    if (last < first) return sealing
    const [taken, range] = [batch, { from: first, to: last, born: generation, origin: originOf(again) }]
    if (again) again = newDigest()
    batch = spare.pop() ?? deps.createBatch()
    first = last + 1
    beingSealed++
    // One after the other: a seal's first record is the one after the seal before.
    sealing = sealing
      .then(() => sealRange(taken, range))
      .catch((error: unknown) => {
        if (range.born === generation) deps.onJournalFailure(error)
      })
      .finally(() => beingSealed--)
    return sealing
  }

  const tick = (): void => {
    if (last >= first && deps.loader.isIdle && clock.monotonicMs() - openedAt >= limits.maxDelayMs) void seal()
  }

  return {
    write(seq, kind, telemetry) {
      if (last < first) {
        openedAt = clock.monotonicMs()
        // Overload: why build a block now that memory would drop at once? Accepting stays cheap.
        batch.counting = deps.loader.isBehind || beingSealed >= deps.maxBuilt
      }
      last = seq
      if (again) addTo(again, kind, telemetry)
      const written =
        kind === KIND_LOGS ? normalizer.writeLogs(telemetry, batch) : normalizer.writeTraces(telemetry, batch)
      deps.account.receive(telemetry, kind === KIND_LOGS ? 'logs' : 'traces', recordsOf(written))
      const unreadable = written.rejected.get('unreadable')
      if (unreadable) deps.onUnreadable(seq, telemetry, unreadable)
      // Whether rows are built or counted depends on the moment, and so does what they take.
      const bytes = again ? again.bytes : batch.sizeBytes()
      if (batch.rows >= limits.maxRows || bytes >= limits.maxBytes) void seal()
      return written
    },
    flush: seal,
    restart(seq) {
      generation++
      again = newDigest()
      deps.account.withdraw()
      batch.clear()
      first = seq
      last = seq - 1
    },
    live() {
      again = undefined
    },
    start() {
      timer = setInterval(tick, Math.max(5, limits.maxDelayMs / 8))
    },
    stop() {
      clearInterval(timer)
    },
  }
}

function recordsOf({ stored, resent, rejected }: Written): number {
  let records = stored + resent
  for (const n of rejected.values()) records += n
  return records
}

interface Range {
  from: number
  to: number
  /** The generation that it is of. */
  born: number
  origin: string | undefined
}

interface Again {
  digest: Hash
  bytes: number
}

const newDigest = (): Again => ({ digest: createHash('sha256'), bytes: 0 })

const ORIGIN_DIGITS = 32

const originOf = (again: Again | undefined): string | undefined => again?.digest.digest('hex').slice(0, ORIGIN_DIGITS)

function addTo(again: Again, kind: number, { project, receivedMs, bytes }: Telemetry): void {
  // Lengths first: two records must not look like two others.
  again.digest.update(`${kind}/${receivedMs}/${bytes.length}/${project.length}/${project}`).update(bytes)
  again.bytes += bytes.length
}
