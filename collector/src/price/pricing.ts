// The price stage as the other stages use it: names in, handles out; handle and usage in, cost out. No I/O.
import { normaliseProvider } from '@hanzo/insights-semconv'
import { type Catalog, createCatalog, pickModel } from './catalog.ts'
import { toPico } from './money.ts'
import { type Overrides, parseOverrides } from './overrides.ts'
import type { PriceRow, Unpriced } from './price-row.ts'
import { createPricer, type PriceResult } from './pricer.ts'

/** Names of one call; `''` is unknown. */
export interface CallNames {
  /** Whose own prices hold. */
  readonly project: string
  readonly provider: string
  readonly responseModel: string
  readonly requestModel: string
}

export interface Pricing {
  /** Goes up whenever an answer of `find` may have changed: whoever keeps answers drops them then. */
  readonly version: number
  /** Canonical provider value; '' for a framework that is no provider. */
  providerOf(raw: string): string
  /** The price for a call, by response model or else request model; holds until the next multiple of PRICE_STEP_MS after `atMs`. */
  find(names: CallNames, atMs: number): PriceRow | Unpriced
  /** `usage` in the layout of semconv U. The result is reused by the next call. */
  price(row: PriceRow | Unpriced, usage: Float64Array, serviceTier: string): PriceResult
  /** Reported USD -> picodollars, rounded half to even; NaN when it is no amount. */
  toPico(usd: number | string): number
  /**
   * Replaces a project's own prices from now on; undefined or an empty document: it has none.
   * @throws InsightsError INSIGHTS_PRICES_INVALID, and nothing is changed
   */
  setProject(project: string, document: unknown): void
}

/**
 * @param options.overrides parsed content of the overrides file
 * @throws InsightsError INSIGHTS_PRICES_INVALID
 */
export function createPricing(options: { overrides?: unknown } = {}): Pricing {
  const file = parseOverrides(options.overrides)
  const everyone = createCatalog([file])
  const projects = new Map<string, Catalog>()
  const pricer = createPricer()
  let version = 1
  return {
    get version() {
      return version
    },
    providerOf: normaliseProvider,
    find: (names, atMs) => pickModel(projects.get(names.project) ?? everyone, names, atMs),
    price: pricer.price,
    toPico,
    setProject(project, document) {
      const own = parseOverrides(document, 'project')
      if (isEmpty(own)) projects.delete(project)
      else projects.set(project, createCatalog([file, own]))
      version++
    },
  }
}

const isEmpty = ({ rules, aliases }: Overrides): boolean => rules.length === 0 && aliases.length === 0
