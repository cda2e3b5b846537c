// api.json of models.dev, parsed: provider -> models -> cost -> rules. Amounts are USD per million tokens.
import { normaliseProvider } from '@hanzo/insights-semconv'
import type { Bucket } from './buckets.ts'
import { type ImportSink, isPlaceholder, times } from './import-entry.ts'
import type { ContextTier, PerUnit } from './overrides-schema.ts'

const KEYS: Readonly<Record<string, Bucket>> = {
  input: 'input',
  output: 'output',
  cache_read: 'cache_read',
  cache_write: 'cache_write_5m',
  reasoning: 'reasoning',
  input_audio: 'input_audio',
  output_audio: 'output_audio',
}

/** Their ids that are no spelling which `normaliseProvider` knows. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'google-vertex-anthropic': 'gcp.vertex_ai',
  'azure-cognitive-services': 'azure.ai.inference',
}

export function readModelsDev(content: object, sink: ImportSink): void {
  for (const [id, provider] of Object.entries(content) as [string, unknown][]) {
    const models = member(provider, 'models')
    if (typeof models !== 'object' || models === null) continue
    for (const [model, entry] of Object.entries(models) as [string, unknown][]) readModel({ id, model }, entry, sink)
  }
}

function readModel({ id, model }: { id: string; model: string }, entry: unknown, sink: ImportSink): void {
  const cost = member(entry, 'cost')
  const per_million = ratesOf(cost)
  if (isPlaceholder(per_million)) {
    sink.skip(Object.keys(per_million).length === 0 ? 'no_token_price' : 'placeholder')
    return
  }
  const tiers = tiersOf(cost)
  sink.add(`models.dev/${id}/${model}`, {
    match: model,
    provider: PROVIDERS[id] ?? normaliseProvider(id),
    per_million,
    ...(tiers.length > 0 ? { tiers } : {}),
  })
}

function ratesOf(cost: unknown): PerUnit {
  const rates: { -readonly [bucket in Bucket]?: string } = {}
  for (const [key, bucket] of Object.entries(KEYS)) {
    const usd = times(member(cost, key), 1n)
    if (usd !== undefined) rates[bucket] = usd
  }
  return rates
}

/** `tiers` says from which context on; the older `context_over_200k` says so by its name, and is read where there are none. */
function tiersOf(cost: unknown): ContextTier[] {
  const tiers = member(cost, 'tiers')
  const found = Array.isArray(tiers)
    ? tiers.map((tier: unknown) => [member(member(tier, 'tier'), 'size'), tier] as const)
    : [[200_000, member(cost, 'context_over_200k')] as const]
  return found.flatMap(([size, rates]) => {
    const per_million = ratesOf(rates)
    const isTier = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
    return isTier && Object.keys(per_million).length > 0 ? [{ above_input_tokens: size, per_million }] : []
  })
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
