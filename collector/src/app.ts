// The collector, wired: reads top to bottom as a span travels. The only file that imports every stage.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { ReadyDoors, RebuiltPartition, RunningApp } from './cli/app-interface.ts'
import { formatAddress, type ListenAddress } from './config/kinds.ts'
import type { Config } from './config/schema.ts'
import { type Engine, startEngine } from './engine/supervise.ts'
import { createIngest, type Ingest } from './ingest/ingest.ts'
import { openJournal } from './journal/journal.ts'
import type { Journal } from './journal/types.ts'
import { Normalizer } from './normalize/normalizer.ts'
import { OpenBatch } from './normalize/open-batch.ts'
import { CATALOG_VERSION } from './price/catalog.ts'
import { createPricing, type Pricing } from './price/pricing.ts'
import { startQueryApi } from './query/start-query-api.ts'
import { type Auth, createAuth } from './receive/auth.ts'
import { createBudget } from './receive/budget.ts'
import type { Door, TlsOptions } from './receive/contract.ts'
import { jsonToOtlp } from './receive/json-to-otlp.ts'
import { startOtlpGrpc } from './receive/otlp-grpc.ts'
import { startOtlpHttp } from './receive/otlp-http.ts'
import { createStore, type Store } from './store/client.ts'
import { createLoader, type Loader } from './store/load.ts'
import { migrate, planMigrations } from './store/migrate.ts'
import { compareRollups, rebuildRollups } from './store/rebuild.ts'
import { systemClock } from './telemetry/clock.ts'
import { InsightsError } from './telemetry/errors.ts'
import { createLog, type Log } from './telemetry/log.ts'
import { createMetrics, type Metrics } from './telemetry/metrics.ts'

/** Goes up when the same journal bytes would become other rows. */
const ROWS_VERSION = 1
const INSERTS_AT_ONCE = 2
const DRAIN_MS = 10_000
const MIGRATE_RETRY_MS = 2_000

interface Process {
  config: Config
  log: Log
  metrics: Metrics
  clock: typeof systemClock
}

/** Starts everything; resolves when the doors are open. What was opened is closed again when a later step fails. */
export async function startApp(config: Config, options: { version: string }): Promise<RunningApp> {
  const self: Process = { config, log: createLog(config.logLevel), metrics: createMetrics(), clock: systemClock }
  const opened: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close()
  }
  try {
    return await open(self, options.version, opened, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function open(self: Process, version: string, opened: (() => Promise<void>)[], stop: () => Promise<void>): Promise<RunningApp> {
  const { config } = self
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const pricing = await readPricing(config)

  // The sinks first: a door opens when everything behind it is there.
  const journal = await openJournal({ dir: join(config.dataDir, 'journal'), ...journalOptions(config), ...self })
  opened.push(() => journal.close())
  const engine = config.clickhouse.url === undefined ? await startEmbedded(self) : undefined
  if (engine) opened.push(() => engine.stop())
  const store = connect(self, engine)
  opened.push(() => store.close())
  const migrated = migrateUntilDone(store, self, engine !== undefined)
  if (engine) await migrated.done
  opened.push(migrated.stop)
  const loader = createLoader({ store, dataDir: config.dataDir })
  opened.push(() => loader.stop())
  const ingest = startIngest(self, { journal, pricing, loader, migrated: migrated.done })
  opened.push(() => ingest.stop(DRAIN_MS))
  await ingest.start()

  const auth = createAuth({ keys: config.apiKeys.map(({ project, key }) => ({ project, key: key.reveal() })) })
  const ready: { -readonly [K in keyof ReadyDoors]: ReadyDoors[K] } = { store: engine ? 'embedded' : 'remote', version }
  if (engine && config.engineListen !== 'off') ready.clickhouse = engine.url
  await openDoors(self, { ingest, auth, store, journal, version, migrated: migrated.isDone }, ready, opened)
  return {
    ready,
    stop,
    isEmpty: async () => (await store.select<{ n: number }>('SELECT count() AS n FROM (SELECT 1 FROM spans LIMIT 1)'))[0]?.n === 0,
  }
}

async function readPricing(config: Config): Promise<Pricing> {
  if (config.prices === undefined) return createPricing()
  const text = await readFile(config.prices, 'utf8').catch((cause: unknown) => {
    throw new InsightsError('INSIGHTS_PRICES_INVALID', `cannot read the prices file ${config.prices}`, { cause })
  })
  return createPricing({ overrides: parse(text) })
}

function journalOptions({ journal }: Config) {
  const { maxBytes, segmentBytes, commitDelayMs, retainMs } = journal
  return { maxBytes, segmentBytes, commitDelayMs, retainMs, codec: `rows/${ROWS_VERSION} ${CATALOG_VERSION}` }
}

function startEmbedded({ config, log, metrics, clock }: Process): Promise<Engine> {
  const { memoryLimitBytes, maxThreads } = config.engine
  return startEngine({
    dataDir: config.dataDir,
    // The store needs the engine's door even when nobody else should find it.
    listen: config.engineListen === 'off' ? '127.0.0.1:0' : text(config.engineListen),
    ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
    ...(maxThreads === undefined ? {} : { maxThreads }),
    log: log.child({ stage: 'engine' }),
    metrics,
    clock,
  })
}

function connect({ config, log, metrics, clock }: Process, engine: Engine | undefined): Store {
  const { clickhouse } = config
  const address = engine
    ? { url: engine.url, username: engine.username, password: engine.password, generation: () => engine.generation() }
    : {
        url: clickhouse.url ?? '',
        username: clickhouse.username ?? 'default',
        password: clickhouse.password?.reveal() ?? '',
        cluster: clickhouse.cluster,
      }
  return createStore({ ...address, database: clickhouse.database, log: log.child({ stage: 'store' }), metrics, clock })
}

/** A remote ClickHouse may be away at the start: requests are journaled meanwhile, and the tables made when it answers. */
function migrateUntilDone(store: Store, { log }: Process, once: boolean) {
  let stopped = false
  let done = false
  const attempt = async (): Promise<void> => {
    while (!stopped) {
      try {
        await migrate(store)
        done = true
        return
      } catch (error) {
        if (once || !(error instanceof InsightsError) || !error.retryable) throw error
        log.warn({ err: error }, 'cannot prepare ClickHouse yet; trying again')
        await new Promise((resolve) => setTimeout(resolve, MIGRATE_RETRY_MS).unref())
      }
    }
  }
  const promise = attempt()
  // Whoever waits for it sees the failure; without a waiter it must not end the process.
  promise.catch((error: unknown) => log.error({ err: error }, 'cannot prepare ClickHouse'))
  return {
    done: promise,
    isDone: () => done,
    stop: async () => {
      stopped = true
    },
  }
}

interface WriteSide {
  journal: Journal
  pricing: Pricing
  loader: Loader
  migrated: Promise<void>
}

function startIngest({ config, log, metrics, clock }: Process, { journal, pricing, loader, migrated }: WriteSide): Ingest {
  const retentionDays = (project: string): number => config.retention.get(project) ?? config.retentionDays
  return createIngest<OpenBatch>({
    journal,
    createNormalizer: () => new Normalizer({ pricing, maxAttributes: config.limits.maxAttributesPerSpan, retentionDays }),
    createBatch: () => new OpenBatch(),
    async load(batch) {
      await migrated
      const { columns, bytes } = await batch.block()
      return loader.load({ ...batch, columns, bytes: async () => bytes })
    },
    jsonToOtlp,
    limits: config.batch,
    concurrency: INSERTS_AT_ONCE,
    clock,
    log: log.child({ stage: 'ingest' }),
    metrics,
  })
}

interface ReadSide {
  ingest: Ingest
  auth: Auth
  store: Store
  journal: Journal
  version: string
  migrated: () => boolean
}

async function openDoors(
  self: Process,
  inside: ReadSide,
  ready: { -readonly [K in keyof ReadyDoors]: ReadyDoors[K] },
  opened: (() => Promise<void>)[],
): Promise<void> {
  const { config, log, metrics, clock } = self
  const { ingest, auth, store } = inside
  const tls = await readTls(config)
  const scheme = tls ? 'https' : 'http'
  const shared = {
    accept: ingest.accept,
    auth,
    limits: { maxBodyBytes: config.limits.maxBodyBytes, budget: createBudget(config.limits.maxInFlightBytes) },
    log: log.child({ stage: 'receive' }),
    metrics,
    clock,
    ...(tls ? { tls } : {}),
  }
  const add = (door: Door): string => {
    opened.push(() => door.stop(DRAIN_MS))
    return door.address
  }
  if (config.apiListen !== 'off') {
    const api = await startQueryApi({
      listen: config.apiListen,
      select: (sql, params, options) => store.select(sql, params, options),
      auth: (headers) => projectOf(auth, headers),
      health: () => health(inside),
      doors: () => ({
        ...(ready.grpc ? { grpc: ready.grpc } : {}),
        ...(ready.http ? { http: ready.http } : {}),
        ...(ready.clickhouse ? { clickhouse: ready.clickhouse } : {}),
      }),
      metrics,
      log: log.child({ stage: 'query' }),
      clock,
      version: inside.version,
      ...(tls ? { tls } : {}),
    })
    opened.push(() => api.stop())
    ready.api = `${scheme}://${api.address}`
  }
  if (config.grpcListen !== 'off') ready.grpc = add(await startOtlpGrpc({ ...shared, listen: text(config.grpcListen) }))
  if (config.httpListen !== 'off') ready.http = `${scheme}://${add(await startOtlpHttp({ ...shared, listen: text(config.httpListen) }))}`
}

async function readTls(config: Config): Promise<TlsOptions | undefined> {
  if (!config.tls) return undefined
  const [cert, key] = await Promise.all([readFile(config.tls.certFile, 'utf8'), readFile(config.tls.keyFile, 'utf8')])
  return { cert, key }
}

const text = (address: ListenAddress): string => formatAddress(address.host, address.port)

function projectOf(auth: Auth, headers: Headers): { project: string } | undefined {
  const project = auth.projectOf({
    authorization: headers.get('authorization') ?? undefined,
    apiKey: headers.get('x-api-key') ?? undefined,
  })
  return project === undefined ? undefined : { project }
}

/** Ready = what is sent now will be kept. A store that is away is shown, but the journal covers for it. */
function health({ ingest, journal, migrated }: ReadSide) {
  const { state, bytes, maxBytes } = journal.usage()
  const waiting = ingest.waiting()
  return {
    live: true,
    ready: ingest.isReady() && state === 'ok',
    checks: {
      ingest: { ok: ingest.isReady(), detail: `${waiting} batches on their way to the store` },
      journal: { ok: state === 'ok', detail: `${bytes} of ${maxBytes} bytes` },
      schema: { ok: migrated() },
    },
  }
}

/** Runs `use` against the configured store without opening a door. */
async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  const self: Process = { config, log: createLog(config.logLevel), metrics: createMetrics(), clock: systemClock }
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const engine = config.clickhouse.url === undefined ? await startEmbedded(self) : undefined
  const store = connect(self, engine)
  try {
    return await use(store)
  } finally {
    await store.close()
    await engine?.stop()
  }
}

/** The SQL that was run or, with `plan`, that would be. */
export function migrateApp(config: Config, options: { plan: boolean }): Promise<readonly string[]> {
  return withStore(config, async (store) => {
    const files = options.plan ? await planMigrations(store) : await migrate(store)
    return files.flatMap(({ file, statements }) => statements.map((statement) => `-- ${file}\n${statement}`))
  })
}

/** Compares the rollups of a day, or of all, with a recount of the base table, and rebuilds those that differ. */
export function rebuildApp(config: Config, options: { day?: string }): Promise<readonly RebuiltPartition[]> {
  return withStore(config, async (store) => {
    const only = options.day === undefined ? {} : { day: Date.parse(`${options.day}T00:00:00Z`) / 86_400_000 }
    const result: RebuiltPartition[] = []
    for (const { day, equal } of await compareRollups(store, only)) {
      if (!equal) await rebuildRollups(store, Date.parse(`${day}T00:00:00Z`) / 86_400_000)
      for (const table of ['traces', 'metrics_minute']) result.push({ table, day, equal, rebuilt: !equal })
    }
    return result
  })
}
