// The heart of the write path: request -> journal -> rows -> acknowledgement, and the same again from the journal after a crash.

import type { Clock } from '../telemetry/clock.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { createAccount, type Pending } from './account.ts'
import { batchId } from './batch-id.ts'
import { type BatchLimits, createBatcher } from './batcher.ts'
import type { KeepUnreadable, UnreadableRequest } from './keep-unreadable.ts'
import { isLedger } from './ledger-batches.ts'
import { createLoader } from './loader.ts'
import { createCounters, type Outcome } from './outcome.ts'
import { rebuildBlocks } from './rebuild.ts'
import {
  type EncodeLedger,
  type Journal,
  KIND_LOGS,
  KIND_TRACES,
  type Load,
  type LoadBatch,
  type Normalizer,
  type OpenBatch,
  type Seal,
} from './types.ts'

/** As the doors say it (receive/contract.ts). */
export interface IncomingRequest {
  project: string
  signal: 'traces' | 'logs' | 'metrics'
  encoding: 'protobuf' | 'json'
  bytes: Uint8Array
}

export interface IngestDeps<Batch extends OpenBatch> {
  journal: Journal
  createNormalizer(): Normalizer<Batch>
  createBatch(): Batch
  load: Load
  encodeLedger: EncodeLedger
  /** What turns records into rows just now, as the journal names it in a seal. */
  codec(): string
  /** False while prices are not known yet: requests are accepted, and their rows made later from the journal. */
  canBuild(): boolean
  /** OTLP/JSON -> OTLP protobuf bytes; throws INSIGHTS_REQUEST_INVALID. */
  jsonToOtlp(signal: 'traces' | 'logs', json: Uint8Array): Uint8Array
  /** Takes out what the project wants kept nowhere; undefined = not a request. Absent: nothing is. */
  redact?: ((project: string, signal: 'traces' | 'logs', bytes: Uint8Array) => Uint8Array | undefined) | undefined
  limits: BatchLimits
  /** Inserts under way at the same time. */
  concurrency: number
  /** Memory for blocks that wait for their insert; what is beyond it waits in the journal alone. Default 64 MiB. */
  maxWaitingBytes?: number
  /** Batches with rows in memory at once, at least two; a slow disk needs more. Default 4. */
  maxBuiltBatches?: number
  /** True while the process is near its limit: then rows are not built before their insert is due, and nothing is kept for later. */
  isMemoryShort?: () => boolean
  /** Keeps a copy of a request on which our own code threw; without it only a log line tells. */
  keepUnreadable?: KeepUnreadable
  clock: Clock
  log: Log
  metrics: Metrics
}

export interface Ingest {
  accept(request: IncomingRequest): Promise<Outcome>
  /** Builds again what the journal holds and the store does not; resolves when new requests may come. */
  start(): Promise<void>
  /** Seals what is open and waits for the store, at most so long; the rest stays in the journal. */
  stop(deadlineMs: number): Promise<void>
  /** Seals what is open and waits until the store has everything. False = not within the time. */
  settle(deadlineMs: number): Promise<boolean>
  isReady(): boolean
  /** What every request would be answered just now, whatever is in it; undefined = that depends on it. */
  refuses(): Unavailable | undefined
  waiting(): number
  /** Records that the journal holds and the ledger in the store does not tell of yet. */
  pending(): Pending[]
  /** Batches that the journal still has and that were stored. */
  storedBatches(): StoredBatch[]
  /** Stores such a batch again: its rows are gone. */
  reload(batch: StoredBatch): Promise<void>
}

export interface StoredBatch {
  /** 32 hex digits: the batch_id of its rows. */
  id: string
  table: LoadBatch['table']
  day: number
  seal: Seal
  index: number
}

const MAX_WAITING_BYTES = 64 << 20
const MAX_BUILT_BATCHES = 4
const RETRY_AFTER_MS = 1000
const REOPEN_AFTER_MS = 500

export function createIngest<Batch extends OpenBatch>(deps: IngestDeps<Batch>): Ingest {
  const { journal, clock, log } = deps
  const count = createCounters(deps.metrics)
  const normalizer = deps.createNormalizer()
  const rebuilder = deps.createNormalizer()
  const rebuilt = deps.createBatch()
  const isMemoryShort = deps.isMemoryShort ?? (() => false)
  const account = createAccount(deps.metrics)
  const loader = createLoader({
    journal,
    load: deps.load,
    encodeLedger: deps.encodeLedger,
    account,
    codec: deps.codec,
    canBuild: deps.canBuild,
    rebuild: (seal) => rebuildBlocks(seal, { journal, normalizer: rebuilder, batch: rebuilt }),
    concurrency: deps.concurrency,
    isMemoryShort,
    maxWaitingBytes: deps.maxWaitingBytes ?? MAX_WAITING_BYTES,
    log,
    metrics: deps.metrics,
  })
  let state: 'starting' | 'ready' | 'failed' | 'stopped' = 'starting'
  let reopenTimer: NodeJS.Timeout | undefined

  const fail = (error: unknown): void => {
    if (state !== 'ready') return
    state = 'failed'
    log.error({ err: error }, 'the journal cannot be written: requests are answered unavailable until it can')
    reopenTimer = setTimeout(reopen, REOPEN_AFTER_MS)
  }
  const batcher = createBatcher<Batch>({
    ...deps,
    normalizer,
    loader,
    account,
    isMemoryShort,
    maxBuilt: deps.maxBuiltBatches ?? MAX_BUILT_BATCHES,
    onJournalFailure: fail,
    onUnreadable: (seq, { bytes }, records) =>
      void tellUnreadable({ journalId: journal.id, seq, bytes }, records, deps),
  })

  // What is read a second time after a failure of the journal is on the books already.
  const replay = async (owed: readonly Owed[] = []): Promise<void> => {
    const { firstSeq, unsealedFrom, lastSeq } = journal.recovered
    normalizer.forget()
    batcher.restart(unsealedFrom)
    let place = 0
    for await (const record of journal.read(firstSeq, lastSeq)) {
      while (place < owed.length && owed[place]!.last < record.seq) place++
      if (owed[place]?.owes(record)) {
        const signal = record.kind === KIND_LOGS ? 'logs' : 'traces'
        account.receive(record, signal, Math.max(0, normalizer.count(record.bytes)), true)
      }
      if (record.seq >= unsealedFrom) batcher.write(record.seq, record.kind, record)
      else if (record.kind === KIND_LOGS) normalizer.learnLogs(record)
      else normalizer.learnTraces(record)
    }
    await batcher.flush()
    batcher.live()
  }

  const reopen = (): void => {
    journal
      .reopen()
      .then(() => replay())
      .then(() => {
        state = 'ready'
        log.info('the journal can be written again')
      })
      .catch(() => {
        reopenTimer = setTimeout(reopen, REOPEN_AFTER_MS)
      })
  }

  const refuses = (): Unavailable | undefined => {
    if (state !== 'ready') return unavailable(`the collector is ${state}`)
    return journal.isFull() ? unavailable('the journal is full: the store is behind') : undefined
  }

  const accept = async (request: IncomingRequest): Promise<Outcome> => {
    if (request.signal === 'metrics') return count.unstoredMetrics()
    const sent = request.encoding === 'json' ? deps.jsonToOtlp(request.signal, request.bytes) : request.bytes
    // Before the journal: what is taken out is never on a disk.
    const bytes = deps.redact ? deps.redact(request.project, request.signal, sent) : sent
    const records = bytes === undefined ? -1 : normalizer.count(bytes)
    if (bytes === undefined || records < 0)
      return { status: 'invalid', message: 'cannot read the body as an OTLP export request' }
    if (records === 0) return { status: 'stored', rejected: 0, message: '' }
    const refused = refuses()
    if (refused) return refused
    const kind = request.signal === 'logs' ? KIND_LOGS : KIND_TRACES
    const telemetry = { project: request.project, receivedMs: clock.nowMs(), bytes }
    // The journal first: what it refuses has touched no row.
    const { seq, durable } = journal.append({ ...telemetry, kind })
    const written = capture(() => batcher.write(seq, kind, telemetry))
    count.repaired(normalizer.repairedStrings)
    // Whatever came of the rows, the bytes are the journal's until it has written them.
    await durable.catch((error: unknown) => {
      fail(error)
      throw error
    })
    return count.written(request.signal, written())
  }

  return {
    accept: (request) => accept(request).catch(toOutcome),
    async start() {
      for (const seal of journal.recovered.seals) loader.add(seal, { first: false, committed: seal.committed })
      await replay(journal.recovered.seals.flatMap(owedOf))
      batcher.start()
      state = 'ready'
    },
    async stop(deadlineMs) {
      const wasReady = state === 'ready'
      state = 'stopped'
      clearTimeout(reopenTimer)
      batcher.stop()
      if (wasReady) await batcher.flush()
      let timer: NodeJS.Timeout | undefined
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, deadlineMs)
      })
      await Promise.race([loader.drained(), deadline])
      clearTimeout(timer)
    },
    async settle(deadlineMs) {
      await batcher.flush()
      const late = Promise.withResolvers<boolean>()
      const timer = setTimeout(() => late.resolve(false), deadlineMs)
      const done = loader.drained().then(() => true)
      return await Promise.race([done, late.promise]).finally(() => clearTimeout(timer))
    },
    isReady: () => state === 'ready',
    refuses,
    waiting: () => loader.waiting,
    pending: () => account.pending(),
    storedBatches: () => journal.seals().flatMap((seal) => storedOf(journal.id, seal)),
    reload: ({ seal, index }) => loader.reload(seal, index),
  }
}

function storedOf(journalId: string, seal: Seal & { committed: boolean[] }): StoredBatch[] {
  return seal.batches.flatMap(({ table, day }, index) => {
    if (!seal.committed[index]) return []
    const id = batchId(journalId, seal, index).toString('hex')
    return [{ id, table: table as LoadBatch['table'], day, seal, index }]
  })
}

/** A seal whose counts the store does not have, of one day or more. */
interface Owed {
  last: number
  owes(record: { seq: number; receivedMs: number }): boolean
}

const MS_PER_DAY = 86_400_000

function owedOf({ first, last, batches, committed }: Seal & { committed: boolean[] }): Owed[] {
  const days = new Set(batches.flatMap((batch, i) => (isLedger(batch) && !committed[i] ? [batch.day] : [])))
  if (days.size === 0) return []
  return [{ last, owes: ({ seq, receivedMs }) => seq >= first && days.has(Math.floor(receivedMs / MS_PER_DAY)) }]
}

/** Never rejects. */
async function tellUnreadable(
  request: UnreadableRequest,
  records: number,
  { log, keepUnreadable }: Pick<IngestDeps<OpenBatch>, 'log' | 'keepUnreadable'>,
): Promise<void> {
  const kept = await keepUnreadable?.(request).catch((error: unknown) => {
    log.warn({ err: error }, 'cannot keep a copy of a request with unreadable records')
    return undefined
  })
  const fields = { seq: request.seq, records, ...(kept === undefined ? {} : { path: kept }) }
  log.error(fields, 'records on which the collector itself fails were left out; this is a defect, please report it')
}

/** Runs `task` now; its result or its error comes out when asked for. */
function capture<T>(task: () => T): () => T {
  try {
    const result = task()
    return () => result
  } catch (error) {
    return () => {
      throw error
    }
  }
}

type Unavailable = Extract<Outcome, { status: 'unavailable' }>

const unavailable = (message: string): Unavailable => ({ status: 'unavailable', message, retryAfterMs: RETRY_AFTER_MS })

function toOutcome(error: unknown): Outcome {
  if (!(error instanceof InsightsError)) throw error
  if (error.code === 'INSIGHTS_REQUEST_INVALID') return { status: 'invalid', message: error.message }
  if (error.retryable) return unavailable(error.message)
  throw error
}
