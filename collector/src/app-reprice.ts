// The price stage and the store, joined for pricing stored spans anew: in the running collector, or on its store when none runs.
import { openPrices, type PriceBook } from './app-prices.ts'
import { createProcess, type Process } from './app-process.ts'
import { withStore } from './app-store.ts'
import type { Config } from './config/schema.ts'
import { tablePrice } from './price/price-table.ts'
import type { Pricing } from './price/pricing.ts'
import type { Operator } from './query/deps.ts'
import type { Store } from './store/client.ts'
import { createDayGate, type DayGate } from './store/day-gate.ts'
import { migrate } from './store/migrate.ts'
import type { FindPrice, TabledPrice } from './store/reprice/plan-tables.ts'
import { type RepricedDay, type RepriceResult, reprice } from './store/reprice/reprice.ts'
import { InsightsError } from './telemetry/errors.ts'

const DAY_MS = 86_400_000
/** Days as they are asked for, `2026-01-31`; both are included. */
export interface RepriceRequest {
  readonly from: string
  readonly to: string
  readonly project: string | undefined
  readonly dryRun: boolean
}

export type OnDay = (day: RepricedDay, done: number, total: number) => void

interface Parts {
  readonly store: Store
  readonly gate: DayGate
  readonly prices: PriceBook
}

/** Prices of now as figures; the same price is the same object, as the store expects. */
export function tablePrices(pricing: Pricing): FindPrice {
  const tabled = new WeakMap<object, Map<string, TabledPrice>>()
  return (names, atMs) => {
    const row = pricing.find(names, atMs)
    const tiers = tabled.get(row) ?? new Map<string, TabledPrice>()
    tabled.set(row, tiers)
    const price = tiers.get(names.serviceTier) ?? tablePrice(row, names.serviceTier)
    tiers.set(names.serviceTier, price)
    return price
  }
}

async function run(
  { store, gate, prices }: Parts,
  { from, to, project, dryRun }: RepriceRequest,
  { onDay, signal }: { onDay: OnDay; signal?: AbortSignal },
): Promise<RepriceResult> {
  await prices.refresh()
  const range = { from: dayNumber(from), to: dayNumber(to) }
  const options = { ...range, project, dryRun, onDay, ...(signal ? { signal } : {}) }
  return await reprice(options, { store, gate, findPrice: tablePrices(prices.pricing) })
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS

export interface Repricer extends Operator {
  /** Ends the run in hand after its day. */
  stop(): Promise<void>
}

/** How long a stop waits for the day in hand; a day that was not swapped then is as it was. */
const STOP_MS = 10_000

/** For the running collector: one run at a time. @param key what an operator shows, see `operator-key` in the data directory */
export function createRepricer({ log }: Process, parts: Parts, key: string): Repricer {
  const stopping = new AbortController()
  let running: Promise<unknown> | undefined
  return {
    key,
    async reprice(request, onDay, signal) {
      if (running) {
        throw new InsightsError('INSIGHTS_CONFLICT', 'cannot reprice: another run is under way', {
          hint: 'wait until it has ended',
        })
      }
      if (!parts.prices.isKnown())
        throw new InsightsError('INSIGHTS_STORE_UNREACHABLE', 'cannot reprice: ClickHouse does not answer yet')
      const task = run(parts, request, { onDay, signal: AbortSignal.any([signal, stopping.signal]) })
      running = task
      try {
        const result = await task
        log.info({ ...request, changed: result.changed, delta_usd: result.delta_usd }, 'repriced stored spans')
        return result
      } finally {
        running = undefined
      }
    },
    async stop() {
      stopping.abort()
      const late = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())
      await Promise.race([Promise.allSettled([running]), late])
    },
  }
}

/** On the configured store, in this process. @throws InsightsError INSIGHTS_DATA_DIR_LOCKED when a collector uses the data directory */
export function repriceApp(config: Config, request: RepriceRequest, onDay: OnDay): Promise<RepriceResult> {
  return withStore(config, async (store) => {
    await migrate(store)
    const prices = await openPrices(createProcess(config))
    try {
      await prices.connect(store)
      return await run({ store, gate: createDayGate(), prices }, request, { onDay })
    } finally {
      await prices.stop()
    }
  })
}
