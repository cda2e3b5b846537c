// Configuration in; the query API over its store out, without a door: what commands ask when no collector runs.
import { openExplainer, tokenCounterOf } from './app-explain.ts'
import { openKeys } from './app-keys.ts'
import { openPrices } from './app-prices.ts'
import { createProcess, stageOf } from './app-process.ts'
import { connectSql, withStore } from './app-store.ts'
import { createUpkeep } from './app-upkeep.ts'
import type { Config } from './config/schema.ts'
import { createQueryApp } from './query/create-query-app.ts'
import { createDayGate } from './store/day-gate.ts'
import { migrate } from './store/migrate.ts'

/** Asks the API as a project would, in this process. */
export type LocalRequest = (path: string, init?: RequestInit) => Promise<Response>

/** What pasted spans would become, by the price list and the prices file: projects' own prices are in the store, which is not opened. */
export async function explainApp(config: Config, options: { project: string; body: Uint8Array }): Promise<object> {
  const self = createProcess(config)
  const prices = await openPrices(self)
  try {
    const explainer = openExplainer({ ...self, pricing: prices.pricing, countTokens: await tokenCounterOf(config) })
    return { data: explainer.sent(options.project, options.body) }
  } finally {
    await prices.stop()
  }
}

/** Runs `use` with an API over the configured store. @throws InsightsError INSIGHTS_DATA_DIR_LOCKED when a collector uses the directory */
export function withApi<T>(
  config: Config,
  options: { project: string; version: string },
  use: (request: LocalRequest) => Promise<T>,
): Promise<T> {
  return withStore(config, async (store) => {
    const self = createProcess(config)
    await migrate(store)
    const prices = await openPrices(self)
    const upkeep = createUpkeep(self, { store, gate: createDayGate(), prepared: Promise.resolve() }, '')
    const keys = await openKeys(self)
    try {
      await prices.connect(store)
      await keys.connect(store)
      const app = createQueryApp({
        select: (sql, params, limits) => store.select(sql, params, limits),
        auth: () => ({ project: options.project, scopes: new Set(['ingest', 'read', 'admin']) }),
        health: () => ({ live: true, ready: true, checks: {} }),
        sql: connectSql(self, store).sql,
        prices: prices.projects,
        where: upkeep.where,
        keys: keys.projects,
        explainer: openExplainer({ ...self, pricing: prices.pricing, countTokens: await tokenCounterOf(config) }),
        version: options.version,
        ...stageOf(self, 'query'),
      })
      return await use(async (path, init) => app.request(path, init))
    } finally {
      await upkeep.stop()
      await keys.stop()
      await prices.stop()
    }
  })
}
