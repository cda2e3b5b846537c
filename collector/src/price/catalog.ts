// Provider, model and time -> the price row in force, or why there is none. Pure but for its bounded memory of names.
import { isModelName, MAX_MODEL_CHARS, modelSpellings, normaliseProvider } from '@hanzo/insights-semconv'
import { BOOK_VERSION, toRow } from './book.ts'
import { matchesGlob } from './glob.ts'
import { type Found, isOwnServer, lookUp } from './look-up.ts'
import { matchingRules, overrideRow, ruleAt } from './override-rows.ts'
import type { OverrideRule, Overrides } from './overrides.ts'
import { OWN_PRICES_VERSION } from './own-prices.ts'
import type { PriceRow, Unpriced } from './price-row.ts'
import { priceAt } from './schedule.ts'

/** Changes whenever the same usage could cost something else without a change of anyone's own prices. */
export const CATALOG_VERSION = `genai-prices/${BOOK_VERSION}+own.${OWN_PRICES_VERSION}`

/** Names are remembered up to this many; a sender of ever new ones makes look-ups slow, never memory grow. */
const MAX_NAMES = 4096

const NO_MODEL: Unpriced = { isPriced: false, id: '', reason: 'no_model' }
const UNKNOWN_MODEL: Unpriced = { isPriced: false, id: '', reason: 'unknown_model' }
const SELF_HOSTED: Unpriced = { isPriced: false, id: '', reason: 'self_hosted' }

/** What is known of a pair of names at any time. */
interface Known {
  readonly found: Found | undefined
  /** The answer when neither the list nor a rule has a price. */
  readonly otherwise: Unpriced
  /** The rules of each layer that match, weakest layer first. */
  readonly layers: readonly (readonly OverrideRule[])[]
  /** Made rows by rules and dated price, so that equal look-ups share one object and its compiled plans. */
  readonly rows: Map<string, PriceRow | Unpriced>
}

export interface Catalog {
  /**
   * The price of a model at a time; `provider` in any spelling or ''. The answer holds until the next multiple of
   * PRICE_STEP_MS, and the same names and prices give the same object.
   */
  find(provider: string, model: string, atMs: number): PriceRow | Unpriced
}

/** The price list under layers of own prices: each layer wins over, or multiplies, what those before it say. */
export function createCatalog(layers: readonly Overrides[] = []): Catalog {
  const names = new Map<string, Known>()
  return {
    find(provider, model, atMs) {
      if (!isModelName(model)) return NO_MODEL
      if (model.length > MAX_MODEL_CHARS) return UNKNOWN_MODEL
      const host = provider.length > MAX_MODEL_CHARS ? '' : provider
      const key = `${host}\0${model}`
      let known = names.get(key)
      if (!known) {
        if (names.size >= MAX_NAMES) names.clear()
        known = resolve(normaliseProvider(host), model, layers)
        names.set(key, known)
      }
      return inForce(known, atMs)
    },
  }
}

/** The response's model is what was billed; the request's is asked when that one is a gateway's or a deployment's own name. */
export function pickModel(
  catalog: Catalog,
  call: { provider: string; responseModel: string; requestModel: string },
  atMs: number,
): PriceRow | Unpriced {
  const byResponse = catalog.find(call.provider, call.responseModel, atMs)
  if (byResponse.isPriced || call.requestModel === call.responseModel) return byResponse
  const byRequest = catalog.find(call.provider, call.requestModel, atMs)
  return byRequest.isPriced || byResponse.reason === 'no_model' ? byRequest : byResponse
}

function resolve(provider: string, sent: string, layers: readonly Overrides[]): Known {
  const lower = sent.trim().toLowerCase()
  const alias = layers.findLast(({ aliases }) => aliases.some(({ match }) => matchesGlob(match, lower)))
  const model = alias?.aliases.find(({ match }) => matchesGlob(match, lower))?.model ?? sent
  const names = [lower, ...modelSpellings(model, provider).map((name) => name.toLowerCase())]
  return {
    found: lookUp(provider, model),
    otherwise: isOwnServer(provider, model) ? SELF_HOSTED : UNKNOWN_MODEL,
    layers: layers.map((overrides) => matchingRules(overrides, provider, names)).filter((rules) => rules.length > 0),
    rows: new Map(),
  }
}

function inForce(known: Known, atMs: number): PriceRow | Unpriced {
  const { found, layers } = known
  if (!found && layers.length === 0) return known.otherwise
  const rules = layers.map((layer) => ruleAt(layer, atMs)).filter((rule) => rule !== undefined)
  const dated = found && priceAt(found.entry.prices, atMs)
  const key = `${dated?.index ?? ''}\0${rules.map((rule) => rule.id).join('\0')}`
  let row = known.rows.get(key)
  if (!row) {
    row = found && dated ? toRow(found.entry, dated, found.matchedBy) : known.otherwise
    for (const rule of rules) row = overrideRow(rule, row.isPriced ? row : undefined) ?? row
    known.rows.set(key, row)
  }
  return row
}
