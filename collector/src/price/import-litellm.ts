// model_prices_and_context_window.json of LiteLLM, parsed -> rules. Amounts are USD per token, per query, per request.
import { normaliseProvider, splitVendor } from '@hanzo/insights-semconv'
import type { Bucket } from './buckets.ts'
import { type ImportSink, isPlaceholder, times } from './import-entry.ts'
import type { PerUnit, PriceRuleInput } from './overrides-schema.ts'

/** Key without its suffixes -> bucket; the factor makes USD per million tokens, or per thousand. */
const KEYS: Readonly<Record<string, readonly [Bucket, bigint]>> = {
  input_cost_per_token: ['input', 1_000_000n],
  output_cost_per_token: ['output', 1_000_000n],
  cache_read_input_token_cost: ['cache_read', 1_000_000n],
  cache_creation_input_token_cost: ['cache_write_5m', 1_000_000n],
  cache_creation_input_token_cost_above_1hr: ['cache_write_1h', 1_000_000n],
  input_cost_per_audio_token: ['input_audio', 1_000_000n],
  output_cost_per_audio_token: ['output_audio', 1_000_000n],
  input_cost_per_image_token: ['input_image', 1_000_000n],
  output_cost_per_image_token: ['output_image', 1_000_000n],
  output_cost_per_reasoning_token: ['reasoning', 1_000_000n],
  input_cost_per_query: ['requests', 1_000n],
  input_cost_per_request: ['requests', 1_000n],
}

/** Suffixes, in either order: from how many tokens on, and in which service tier. */
const ABOVE = /_above_(\d{1,7})k_tokens/
const TIER = /_(batches|flex|priority)(?=$|_above)/
const TIERS: Readonly<Record<string, 'batch' | 'flex' | 'priority'>> = {
  batches: 'batch',
  flex: 'flex',
  priority: 'priority',
}

/** `vertex_ai-anthropic_models`, `bedrock_converse`, `cohere_chat` … are one provider each. */
const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/^vertex_ai/, 'gcp.vertex_ai'],
  [/^bedrock/, 'aws.bedrock'],
  [/^cohere/, 'cohere'],
  [/^azure_text/, 'azure.ai.openai'],
  [/^text-completion-openai/, 'openai'],
  [/^fireworks_ai/, 'fireworks'],
]

interface Entry {
  readonly litellm_provider?: unknown
  readonly search_context_cost_per_query?: unknown
}

/** Rates by service tier ('' is the standard one) and by the tokens above which they hold (-1: always). */
type Rates = Map<string, Map<number, PerUnit>>

export function readLiteLlm(content: object, sink: ImportSink): void {
  for (const [name, entry] of Object.entries(content) as [string, unknown][]) {
    // An example of every key, with made-up values.
    if (name === 'sample_spec' || typeof entry !== 'object' || entry === null) continue
    readEntry(name, entry, sink)
  }
}

function readEntry(name: string, entry: Entry, sink: ImportSink): void {
  const rates = readRates(entry)
  const base = rates.get('')?.get(-1)
  if (!base || isPlaceholder(base)) {
    sink.skip(base ? 'placeholder' : 'no_token_price')
    return
  }
  const provider = providerOf(String(entry.litellm_provider ?? ''))
  const vendor = splitVendor(name)
  const match = vendor && (provider === '' || vendor.provider === provider) ? vendor.model : name
  sink.add(`litellm/${name}`, {
    match,
    ...(provider === '' ? {} : { provider }),
    ...levelsOf(rates.get('')!),
    ...serviceTiersOf(rates),
  })
}

function providerOf(name: string): string {
  return PROVIDERS.find(([pattern]) => pattern.test(name))?.[1] ?? normaliseProvider(name)
}

function readRates(entry: Entry): Rates {
  const rates: Rates = new Map()
  for (const [key, amount] of Object.entries(entry)) {
    const above = ABOVE.exec(key)?.[1]
    const tier = TIER.exec(key)?.[1]
    const found = KEYS[key.replace(ABOVE, '').replace(TIER, '')]
    if (!found || (above !== undefined && !key.includes('token'))) continue
    put(rates, found[0], times(amount, found[1]), {
      tier: tier ? TIERS[tier]! : '',
      above: above ? Number(above) * 1000 : -1,
    })
  }
  const search = entry.search_context_cost_per_query
  if (typeof search === 'object' && search !== null && 'search_context_size_medium' in search) {
    put(rates, 'searches', times(search.search_context_size_medium, 1_000n), { tier: '', above: -1 })
  }
  return rates
}

function put(rates: Rates, bucket: Bucket, usd: string | undefined, at: { tier: string; above: number }): void {
  if (usd === undefined) return
  const levels = rates.get(at.tier) ?? new Map<number, PerUnit>()
  rates.set(at.tier, levels)
  levels.set(at.above, { ...levels.get(at.above), [bucket]: usd })
}

function levelsOf(levels: ReadonlyMap<number, PerUnit>): Pick<PriceRuleInput, 'per_million' | 'tiers'> {
  const tiers = [...levels]
    .filter(([above]) => above >= 0)
    .sort(([a], [b]) => a - b)
    .map(([above_input_tokens, per_million]) => ({ above_input_tokens, per_million }))
  return { per_million: levels.get(-1) ?? {}, ...(tiers.length > 0 ? { tiers } : {}) }
}

function serviceTiersOf(rates: Rates): Pick<PriceRuleInput, 'service_tiers'> {
  const tiers = [...rates].flatMap(([tier, levels]) => {
    if (tier === '' || [...levels.values()].every(isPlaceholder)) return []
    const { per_million = {}, tiers: contextTiers } = levelsOf(levels)
    return [[tier, { per_million, ...(contextTiers ? { tiers: contextTiers } : {}) }] as const]
  })
  return tiers.length > 0 ? { service_tiers: Object.fromEntries(tiers) } : {}
}
