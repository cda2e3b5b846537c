// What the commands need of the rest of the collector. `app.ts` and `demo/demo.ts` must fit: main.ts is where that is checked.
import type { Config } from '../config/schema.ts'
import type { LocalUpkeep } from './upkeep-interface.ts'

/** Addresses as they are printed: grpc is `host:port`, the others are URLs; a door that is off is absent. */
export interface ReadyDoors {
  readonly grpc?: string
  readonly http?: string
  readonly api?: string
  readonly clickhouse?: string
  readonly store: 'embedded' | 'remote'
  readonly version: string
}

/** A collector that accepts spans. */
export interface RunningApp {
  readonly ready: ReadyDoors
  /** Closes the doors, lets accepted work reach the store, releases the data directory. */
  stop(): Promise<void>
  /** Whether the store holds no span at all. */
  isEmpty(): Promise<boolean>
}

/** One rollup partition compared with a recount of the base table. */
export interface RebuiltPartition {
  readonly table: string
  readonly day: string
  /** Whether the rollup already said what the recount says. */
  readonly equal: boolean
  readonly rebuilt: boolean
}

/** What `insights reprice` asks for; days are YYYY-MM-DD, both included. */
export interface RepriceRequest {
  readonly from: string
  readonly to: string
  readonly project: string | undefined
  readonly dryRun: boolean
}

export interface RepricedDay {
  readonly day: string
  readonly changed: number
  readonly rewritten: boolean
}

/** Money as exact text. */
export interface RepriceResult {
  readonly days: readonly RepricedDay[]
  readonly models: readonly {
    readonly project: string
    readonly provider: string
    readonly model: string
    readonly changed: number
    readonly old_usd: string
    readonly new_usd: string
    readonly delta_usd: string
    readonly now_priced: number
    readonly now_unpriced: number
  }[]
  readonly changed: number
  readonly old_usd: string
  readonly new_usd: string
  readonly delta_usd: string
}

export interface AppModule {
  startApp(config: Config, options: { version: string }): Promise<RunningApp>
  /** The SQL that was run or, with `plan`, that would be. */
  migrateApp(config: Config, options: { plan: boolean }): Promise<readonly string[]>
  /** Runs `use` with the query API over the configured store, in this process; no collector may run on its data directory. */
  withApi<T>(
    config: Config,
    options: { project: string; version: string },
    use: (request: (path: string, init?: RequestInit) => Promise<Response>) => Promise<T>,
  ): Promise<T>
  /** Prices stored spans anew, in this process; no collector may run on its data directory. */
  repriceApp(
    config: Config,
    request: RepriceRequest,
    onDay: (day: RepricedDay, done: number, total: number) => void,
  ): Promise<RepriceResult>
  /** Dead letters on the configured store, in this process; no collector may run on its data directory. */
  withUpkeep<T>(config: Config, use: (upkeep: LocalUpkeep) => Promise<T>): Promise<T>
  /** What OTLP/JSON spans would become, `{data: […]}`; opens no store. @throws InsightsError INSIGHTS_REQUEST_INVALID */
  explainApp(config: Config, options: { project: string; body: Uint8Array }): Promise<object>
  /** @param options `day` is YYYY-MM-DD; without it every day. */
  rebuildApp(config: Config, options: { day?: string }): Promise<readonly RebuiltPartition[]>
}

export interface DemoOptions {
  /** OTLP HTTP address of a running collector. */
  readonly host: string
  readonly apiKey?: string
  readonly traces: number
  readonly seed: number
  /** The workload is spread over the last so many minutes. */
  readonly spanMinutes: number
  readonly onProgress?: (sent: number, total: number) => void
}

export interface DemoModule {
  runDemo(options: DemoOptions): Promise<unknown>
}
