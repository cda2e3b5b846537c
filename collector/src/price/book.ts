// Provider + model name -> the entry of the open price list (@pydantic/genai-prices) or of our own table, and its rows.
import { type ConditionalPrice, calcPrice, findProvider, type ModelPrice } from '@pydantic/genai-prices'
import { FREE_SUFFIX, OWN_PRICES, OWN_PRICES_VERSION, PATCHES } from './own-prices.ts'
import type { PriceRow, Unpriced } from './price-row.ts'
import { FREE, toLevels } from './rate-card.ts'
import type { DatedPrice } from './schedule.ts'
import { bookMultiplier, scaleLevels } from './service-tiers.ts'

/** Version of the price list that package.json pins (a test compares them). */
export const BOOK_VERSION = '0.1.8'

const OWN_SOURCE = `own/${OWN_PRICES_VERSION}`
const FINE_TUNE = /^ft:/i

/** Where our canonical provider values differ from the list's ids. Azure sells OpenAI's models at OpenAI's prices. */
const BOOK_PROVIDERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['azure.ai.openai', ['openai', 'azure']],
  ['azure.ai.inference', ['azure']],
  ['aws.bedrock', ['aws']],
  ['gcp.vertex_ai', ['google']],
  ['gcp.gemini', ['google']],
  ['gcp.gen_ai', ['google']],
  ['mistral_ai', ['mistral']],
  ['x_ai', ['x-ai']],
  ['moonshot_ai', ['moonshotai']],
])

/** One model of the list with all the prices it ever had. */
export interface BookEntry {
  /** Of the list, e.g. `aws`. */
  readonly provider: string
  readonly model: string
  /** `genai-prices/0.1.8` or `own/2`. */
  readonly source: string
  readonly prices: readonly ConditionalPrice[] | ModelPrice
}

/** Looks a name up among the models of a provider: a canonical value, or an id of the list. */
export function findInBook(provider: string, model: string): BookEntry | undefined {
  for (const id of bookProviders(provider)) {
    const entry = findOwn(id, model) ?? matchInBook(id, model) ?? findFree(id, model)
    if (entry) return entry
  }
  return undefined
}

/** The provider of the list whose names look like this one (`claude…`, `gpt-…`); undefined when none or already asked for. */
export function guessProvider(model: string, asked: string): string | undefined {
  const guess = findProvider({ modelId: model })?.id
  return guess === undefined || (asked !== '' && bookProviders(asked).includes(guess)) ? undefined : guess
}

/** The row of one of an entry's prices. */
export function toRow(entry: BookEntry, dated: DatedPrice, matchedBy: PriceRow['matchedBy']): PriceRow | Unpriced {
  const { price, since } = dated
  const key = `${entry.provider}/${entry.model}`
  const patch = Object.hasOwn(PATCHES, key) ? PATCHES[key] : undefined
  const id = `${entry.source}/${key}${since && `@${since}`}${patch ? `+own.${OWN_PRICES_VERSION}` : ''}`
  const isFree = entry.model.endsWith(FREE_SUFFIX)
  const levels = isFree ? [{ aboveInputTokens: -1, rates: FREE }] : toLevels({ ...price, ...patch }, entry.model)
  // An empty price in the list means included in a plan, or billed in units that spans do not carry: not nothing.
  if (!levels[0]?.rates.input && !levels[0]?.rates.output) return { isPriced: false, id, reason: 'unpriced_unit' }
  const levelsOf: PriceRow['levelsOf'] = (tier) => {
    const factor = bookMultiplier(entry, tier)
    return factor && scaleLevels(levels, factor, 'tokens')
  }
  return {
    isPriced: true,
    id,
    matchedBy,
    levels,
    mediaAtTextRate: entry.provider === 'google',
    levelsOf,
    plans: [],
  }
}

function bookProviders(provider: string): readonly string[] {
  const ids = BOOK_PROVIDERS.get(provider)
  if (ids) return ids
  const known = findProvider({ providerId: provider })
  return known ? [known.id] : []
}

function matchInBook(providerId: string, model: string): BookEntry | undefined {
  const found = calcPrice({}, model, { providerId })
  if (!found) return undefined
  const { provider, model: info } = found
  // Some patterns of the list take a fine-tune for its base, which has another price.
  if (FINE_TUNE.test(model) && !FINE_TUNE.test(info.id)) return undefined
  return { provider: provider.id, model: info.id, source: `genai-prices/${BOOK_VERSION}`, prices: info.prices }
}

function findOwn(providerId: string, model: string): BookEntry | undefined {
  const name = model.toLowerCase()
  const own = OWN_PRICES.find((price) => {
    if (price.provider !== providerId) return false
    return price.match === 'equals' ? name === price.model : name.startsWith(price.model)
  })
  return own && { provider: own.provider, model: own.model, source: OWN_SOURCE, prices: own.price }
}

function findFree(providerId: string, model: string): BookEntry | undefined {
  const name = model.toLowerCase()
  if (providerId !== 'openrouter' || !name.endsWith(FREE_SUFFIX)) return undefined
  return { provider: providerId, model: name, source: OWN_SOURCE, prices: {} }
}
