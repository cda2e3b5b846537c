// The price stage as the other stages use it: names in, handles out; handle and usage in, cost out. Pure, no I/O.
import { normaliseProvider } from '@hanzo/insights-semconv'
import { createCatalog, pickModel } from './catalog.ts'
import { toPico } from './money.ts'
import type { PriceRow, Unpriced } from './price-row.ts'
import { createPricer, type PriceResult } from './pricer.ts'

export interface Pricing {
  /** Canonical provider value; '' for a framework that is no provider. */
  providerOf(raw: string): string
  /** The price for a call, by response model or else request model; holds until the next multiple of PRICE_STEP_MS after `atMs`. */
  find(provider: string, responseModel: string, requestModel: string, atMs: number): PriceRow | Unpriced
  /** `usage` in the layout of semconv U. The result is reused by the next call. */
  price(row: PriceRow | Unpriced, usage: Float64Array, serviceTier: string): PriceResult
  /** Reported USD -> picodollars, rounded half to even; NaN when it is no amount. */
  toPico(usd: number | string): number
}

/**
 * @param options.overrides parsed content of the overrides file
 * @throws InsightsError INSIGHTS_PRICES_INVALID
 */
export function createPricing(options: { overrides?: unknown } = {}): Pricing {
  const catalog = createCatalog(options)
  const pricer = createPricer()
  return {
    providerOf: normaliseProvider,
    find: (provider, responseModel, requestModel, atMs) =>
      pickModel(catalog, { provider, responseModel, requestModel }, atMs),
    price: pricer.price,
    toPico,
  }
}
