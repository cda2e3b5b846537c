// Configuration in; the ClickHouse that keeps the spans, embedded or remote, connected and migrated, out.
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectionsOf, createProcess, listenText, type Process, stageOf } from './app-process.ts'
import { readTls } from './app-tls.ts'
import type { RebuiltPartition } from './cli/app-interface.ts'
import { isLoopback } from './config/rules.ts'
import type { Config } from './config/schema.ts'
import { type Engine, startEngine } from './engine/supervise.ts'
import type { SqlDeps } from './query/deps.ts'
import { createStore, type Store } from './store/client.ts'
import { startTraceCounter, type TraceCounter } from './store/count-traces/trace-counter.ts'
import type { DayGate } from './store/day-gate.ts'
import { migrate, planMigrations } from './store/migrate.ts'
import { compareRollups, ROLLUPS, rebuildRollups } from './store/rebuild.ts'
import { createSettler, type Settler } from './store/settle/settler.ts'
import { InsightsError } from './telemetry/errors.ts'

const MIGRATE_RETRY_MS = 2_000
const DAY_MS = 86_400_000

/** Starts the embedded engine; undefined when the configuration names a ClickHouse. */
export async function startEmbedded(self: Process): Promise<Engine | undefined> {
  const { config } = self
  if (config.clickhouse.url !== undefined) return undefined
  const { memoryLimitBytes, maxThreads } = config.engine
  // On loopback nobody listens in, and what attaches there speaks plain HTTP.
  const isOutside = config.engineListen !== 'off' && !isLoopback(config.engineListen)
  const tls = isOutside ? await readTls(config) : undefined
  return await startEngine({
    dataDir: config.dataDir,
    // The store needs the engine's door even when nobody else should find it.
    listen: config.engineListen === 'off' ? '127.0.0.1:0' : listenText(config.engineListen),
    allowedHosts: config.allowedHosts,
    connections: connectionsOf(config),
    ...(tls === undefined ? {} : { tls }),
    ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
    ...(maxThreads === undefined ? {} : { maxThreads }),
    ...stageOf(self, 'engine'),
  })
}

export function connectStore(self: Process, engine: Engine | undefined): Store {
  const { clickhouse } = self.config
  const address = engine
    ? { url: engine.url, username: engine.username, password: engine.password, generation: () => engine.generation() }
    : {
        url: clickhouse.url ?? '',
        username: clickhouse.username ?? 'default',
        password: clickhouse.password?.reveal() ?? '',
        cluster: clickhouse.cluster,
      }
  return createStore({ ...address, database: clickhouse.database, ...stageOf(self, 'store') })
}

/**
 * How SQL of users reaches the store. With a user of its own on a server it is held by rights, row policies on SQL_insights_project and a
 * settings profile (deploy/clickhouse); else by the parser, and in the embedded engine by readonly=1, which closes its files too.
 */
export function connectSql(self: Process, store: Store): { sql: SqlDeps; close(): Promise<void> } {
  const { clickhouse, sql: limits } = self.config
  const own = clickhouse.url !== undefined && limits.username !== undefined
  const reader = own
    ? createStore({
        url: clickhouse.url ?? '',
        username: limits.username ?? '',
        password: limits.password?.reveal() ?? '',
        database: clickhouse.database,
        ...stageOf(self, 'store'),
      })
    : store
  const sql: SqlDeps = {
    limits,
    readonly: own ? 2 : 1,
    selectSql: async (statement, params, { project, settings, ...rest }) =>
      await reader.selectTable(statement, params, {
        ...rest,
        settings: own ? { ...settings, SQL_insights_project: `'${project}'` } : settings,
      }),
  }
  return { sql, close: async () => (own ? await reader.close() : undefined) }
}

export interface Migration {
  done: Promise<void>
  isDone(): boolean
  stop(): Promise<void>
}

/**
 * A remote ClickHouse may be away at the start: requests are journaled meanwhile, and the tables made when it answers.
 * @param after what else has to be read before the first row is made
 */
export function migrateUntilDone(
  store: Store,
  { log }: Process,
  { once, after }: { once: boolean; after: () => Promise<unknown> },
): Migration {
  const stopping = new AbortController()
  let isDone = false
  const attempt = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await migrate(store)
        await after()
        isDone = true
        return
      } catch (error) {
        if (once || !(error instanceof InsightsError) || !error.retryable) throw error
        log.warn({ err: error }, 'cannot prepare ClickHouse yet; trying again')
        await sleep(MIGRATE_RETRY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }
  const done = attempt()
  // Whoever waits for it sees the failure; without a waiter it must not end the process.
  done.catch((error: unknown) => log.error({ err: error }, 'cannot prepare ClickHouse'))
  return { done, isDone: () => isDone, stop: async () => stopping.abort() }
}

export interface SettlerParts {
  store: Store
  gate: DayGate
  prepared: Promise<void>
}

/** The background work that makes each call count once. */
export function startSettler({ config, log }: Process, { store, gate, prepared }: SettlerParts): Settler {
  if (config.settle === 'off') return { wake: () => undefined, isLeading: () => false, stop: async () => undefined }
  return createSettler({
    store: { ...store, log: log.child({ stage: 'settle' }) },
    gate,
    idleMs: config.settleIdleMs,
    ready: prepared,
  })
}

/** The background work that counts traces of days that are over. With an embedded engine there is no other collector to leave it to. */
export function startCounting(
  { log }: Process,
  { store, gate, prepared, settler }: SettlerParts & { settler: Settler },
): TraceCounter {
  const leads = (): boolean => store.generation !== undefined || settler.isLeading()
  return startTraceCounter({ store: { ...store, log: log.child({ stage: 'count' }) }, gate, ready: prepared, leads })
}

/** Runs `use` against the configured store without opening a door. */
export async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  // On a port of its own: a collector with another data directory may run beside.
  const self = createProcess({ ...config, engineListen: 'off' })
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const engine = await startEmbedded(self)
  const store = connectStore(self, engine)
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
    const only = options.day === undefined ? {} : { day: dayNumber(options.day) }
    const result: RebuiltPartition[] = []
    for (const { day, equal } of await compareRollups(store, only)) {
      if (!equal) await rebuildRollups(store, dayNumber(day))
      for (const table of ROLLUPS) result.push({ table, day, equal, rebuilt: !equal })
    }
    return result
  })
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS
