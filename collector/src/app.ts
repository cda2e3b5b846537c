// The collector, wired: reads top to bottom as a span travels, sinks first.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createOperatorKey } from './access/operator-key.ts'
import { openDoors } from './app-doors.ts'
import { openErased } from './app-erase.ts'
import { tokenCounterOf } from './app-explain.ts'
import { openKeys } from './app-keys.ts'
import { type MemoryWatch, watchMemory } from './app-memory.ts'
import { openPrices, type PriceBook } from './app-prices.ts'
import { createProcess, type Process, stageOf } from './app-process.ts'
import { recheckStored } from './app-recheck.ts'
import { openRedaction, type Redaction } from './app-redact.ts'
import { createRepricer } from './app-reprice.ts'
import { openScores } from './app-scores.ts'
import { connectSql, connectStore, migrateUntilDone, startCounting, startEmbedded, startSettler } from './app-store.ts'
import { createUpkeep } from './app-upkeep.ts'
import type { RunningApp } from './cli/app-interface.ts'
import { type MemoryShares, shareMemory } from './config/memory.ts'
import type { Config } from './config/schema.ts'
import { createIngest, type Ingest } from './ingest/ingest.ts'
import { createKeepUnreadable } from './ingest/keep-unreadable.ts'
import { openJournal } from './journal/journal.ts'
import type { Journal } from './journal/types.ts'
import { BlockMemory } from './normalize/block.ts'
import type { ErasedTraces } from './normalize/erased-traces.ts'
import { Normalizer } from './normalize/normalizer.ts'
import { OpenBatch } from './normalize/open-batch.ts'
import type { CountTokens } from './price/token-counter.ts'
import { jsonToOtlp } from './receive/json-to-otlp.ts'
import type { Store } from './store/client.ts'
import { createDayGate } from './store/day-gate.ts'
import { encodeLedger } from './store/ledger.ts'
import { createLoader, type Loader } from './store/load.ts'
import { InsightsError } from './telemetry/errors.ts'

export { explainApp, withApi } from './app-offline.ts'
export { repriceApp } from './app-reprice.ts'
export { migrateApp, rebuildApp } from './app-store.ts'
export { withUpkeep } from './app-upkeep.ts'

/** Goes up when the same journal bytes would become other rows. */
const ROWS_VERSION = 8
const INSERTS_AT_ONCE = 2
/** How long a stop waits for accepted spans to reach the store; the rest stays in the journal. */
const DRAIN_MS = 10_000

type Closers = (() => Promise<void>)[]

/** Starts everything; resolves when the doors are open. What was opened is closed again when a later step fails. */
export async function startApp(config: Config, options: { version: string }): Promise<RunningApp> {
  const closers: Closers = []
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    const app = await open(createProcess(config), options.version, closers)
    return { ...app, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function open(self: Process, version: string, closers: Closers): Promise<Omit<RunningApp, 'stop'>> {
  const { config } = self
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const blocks = new BlockMemory(shareMemory(config).keptBytes)
  const memory = { ...shareMemory(config), watch: watchMemory(self, () => blocks.clear()), blocks }
  closers.push(async () => memory.watch.stop())
  const prices = await openPrices(self)
  const countTokens = await tokenCounterOf(config)
  closers.push(() => prices.stop())
  const operatorKey = await createOperatorKey(config.dataDir)
  const keys = await openKeys(self, operatorKey)
  const redaction = await openRedaction(self)
  const scores = openScores(self)
  closers.push(async () => scores.stop())
  const erased = openErased(self)
  closers.push(async () => erased.stop())

  const journal = await openJournal({
    dir: join(config.dataDir, 'journal'),
    ...config.journal,
    codec: () => rowsCodec(prices),
    ...stageOf(self, 'journal'),
  })
  closers.push(() => journal.close())
  const engine = await startEmbedded(self)
  if (engine) closers.push(() => engine.stop())
  const store = connectStore(self, engine)
  closers.push(() => store.close())
  closers.push(() => keys.stop())
  const migration = migrateUntilDone(store, self, {
    once: engine !== undefined,
    after: () =>
      Promise.all([prices.connect(store), keys.connect(store), scores.connect(store), erased.connect(store)]),
  })
  closers.push(migration.stop)
  // Embedded, schema, prices and keys are there before the first request; a remote server may come later.
  if (engine) await migration.done
  redaction.connect(store)
  closers.push(() => redaction.stop())
  const gate = createDayGate()
  const settler = startSettler(self, { store, gate, prepared: migration.done })
  closers.push(() => settler.stop())
  const counter = startCounting(self, { store, gate, prepared: migration.done, settler })
  closers.push(() => counter.stop())
  const retentionDays = Math.max(config.retentionDays, ...config.retention.values())
  const loader = createLoader({ store, dataDir: config.dataDir, gate, retentionDays })
  closers.push(() => loader.stop())
  const ingest = joinStages(self, {
    journal,
    prices,
    countTokens,
    redaction,
    erased: erased.traces,
    loader,
    memory,
    prepared: migration.done,
    onStored: settler.wake,
  })
  closers.push(() => ingest.stop(DRAIN_MS))
  await ingest.start()
  void recheckStored(self, { journal, ingest, store, prepared: migration.done })

  const repricer = createRepricer(self, { store, gate, prices }, operatorKey)
  closers.push(() => repricer.stop())
  const reader = connectSql(self, store)
  closers.push(reader.close)
  const upkeep = createUpkeep(
    self,
    {
      store,
      gate,
      live: { ingest, journal, erased: erased.traces },
      prepared: migration.done,
      leads: settler.isLeading,
    },
    operatorKey,
  )
  closers.push(() => upkeep.stop())
  const read = { store, sql: reader.sql, isMigrated: migration.isDone, version }
  const behind = { ingest, journal, memory, prices, countTokens, repricer, upkeep, keys, scores, ...read }
  const doors = await openDoors(self, behind, (close) => closers.push(close))
  const clickhouse = engine && config.engineListen !== 'off' ? { clickhouse: engine.publicUrl } : {}
  return {
    ready: { ...doors, ...clickhouse, store: engine ? 'embedded' : 'remote', version },
    isEmpty: () => isEmpty(store),
  }
}

/** False also while ClickHouse does not answer: an empty store is only worth a hint, and an absent one no reason to stop. */
async function isEmpty(store: Store): Promise<boolean> {
  try {
    const rows = await store.select<{ n: number }>('SELECT count() AS n FROM (SELECT 1 FROM spans LIMIT 1)')
    return rows[0]?.n === 0
  } catch (error) {
    if (error instanceof InsightsError && error.retryable) return false
    throw error
  }
}

/** The name of all that turns journal bytes into rows: a seal says which it was made by. */
const rowsCodec = (prices: PriceBook): string => `rows/${ROWS_VERSION} ${prices.codec()}`

interface Memory extends MemoryShares {
  watch: MemoryWatch
  blocks: BlockMemory
}

interface WriteSide {
  journal: Journal
  prices: PriceBook
  countTokens: CountTokens | undefined
  redaction: Redaction
  erased: ErasedTraces
  loader: Loader
  memory: Memory
  prepared: Promise<void>
  onStored(): void
}

function joinStages(
  self: Process,
  { journal, prices, countTokens, redaction, erased, loader, memory, prepared, onStored }: WriteSide,
): Ingest {
  const { config } = self
  const retentionDays = (project: string): number => config.retention.get(project) ?? config.retentionDays
  return createIngest<OpenBatch>({
    journal,
    createNormalizer: () =>
      new Normalizer({
        pricing: prices.pricing,
        maxAttributes: config.limits.maxAttributesPerSpan,
        retentionDays,
        erased,
        ...(countTokens ? { countTokens } : {}),
      }),
    createBatch: () => new OpenBatch(memory.blocks),
    async load(batch) {
      await prepared
      const { columns, bytes } = await batch.block()
      const loaded = await loader.load({ ...batch, columns, bytes: async () => bytes })
      if (batch.table !== 'ingest_ledger') onStored()
      return loaded
    },
    encodeLedger,
    codec: () => rowsCodec(prices),
    canBuild: prices.isKnown,
    jsonToOtlp,
    keepUnreadable: createKeepUnreadable(config.dataDir),
    redact: redaction.redact,
    limits: config.batch,
    concurrency: INSERTS_AT_ONCE,
    maxWaitingBytes: memory.waitingBytes,
    maxBuiltBatches: memory.builtBatches,
    isMemoryShort: memory.watch.isShort,
    ...stageOf(self, 'ingest'),
  })
}
