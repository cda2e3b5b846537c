// Model names as instrumentations write them -> the spellings under which a price list may know them, most exact first.
import { isKnownProvider, isSelfHosted, normaliseProvider } from './providers.ts'

/** Longer names are no model's. */
export const MAX_MODEL_CHARS = 256

const NO_MODEL: ReadonlySet<string> = new Set(['', 'none', 'null', 'undefined', 'unknown', 'default', 'n/a', 'nan'])

/** False for the words that instrumentations write when they do not know the model. */
export function isModelName(raw: string): boolean {
  return raw.length > MAX_MODEL_CHARS || !NO_MODEL.has(raw.trim().toLowerCase())
}

/** Resource paths in front of the name, by platform. */
const RESOURCE_PATH = /^(?:projects\/.*\/models\/|publishers\/[^/]+\/models\/|accounts\/[^/]+\/models\/|models\/)/

/** LiteLLM puts the API or the region that a call takes between the provider and the model; neither changes what it costs. */
const ROUTE = /^(?:(?:converse|converse_like|invoke|responses|o_series|gpt5_series|[a-z]{2}(?:-gov)?-[a-z]+-\d)\/)+/

/** An application profile is opaque: it does not tell which model it points to. */
const BEDROCK_ARN = /^arn:aws[a-z-]*:bedrock:[^/]*:(?:inference-profile|foundation-model)\/(.+)$/

const FIREWORKS_PATH = 'accounts/fireworks/models/'

/** OpenRouter's routing variants do not change the price; `:free`, `:batch` and `:extended` do, so they stay. */
const ROUTING_VARIANT = /:(?:thinking|beta|nitro|online|floor|exacto)$/

/** Endings that pick a snapshot, in the order in which they are given up. */
const SNAPSHOTS: readonly RegExp[] = [
  /@(?:default|latest)$/,
  /[@-]20\d{2}-?\d{2}-?\d{2}$/,
  /-preview-\d{2}-\d{2,4}$/,
  /-latest$/,
  /-\d{2}-20\d{2}$/,
  /-00[1-9]$/,
]

/**
 * Every spelling worth looking up for a model of `provider` (canonical or ''), the name as sent first. Later ones know less:
 * without the path, without the provider's own prefix, without the routing variant, without the snapshot date.
 * @example modelSpellings('models/gemini-2.5-pro-preview-05-06', 'gcp.gemini') // [..., 'gemini-2.5-pro']
 */
export function modelSpellings(model: string, provider: string): readonly string[] {
  if (model.length > MAX_MODEL_CHARS) return []
  const spellings = new Set<string>()
  const add = (name: string): string => {
    if (name !== '') spellings.add(name)
    return name
  }
  let name = add(model.trim())
  name = add(BEDROCK_ARN.exec(name)?.[1] ?? name.replace(RESOURCE_PATH, ''))
  const vendor = splitVendor(name)
  if (vendor && vendor.provider === provider) name = add(vendor.model)
  name = add(name.replace(ROUTE, ''))
  // Fireworks' list names its models in full, its users seldom do.
  if (provider === 'fireworks' && !name.includes('/')) add(`${FIREWORKS_PATH}${name}`)
  name = add(name.replace(ROUTING_VARIANT, ''))
  // A fine-tune's base has another price: its name is never cut down to it.
  if (name.startsWith('ft:')) return [...spellings]
  for (const snapshot of SNAPSHOTS) name = add(name.replace(snapshot, ''))
  return [...spellings]
}

/**
 * The provider and model of a LiteLLM or gateway name.
 * @returns undefined when the part before the first slash is no known provider
 * @example splitVendor('bedrock/us.amazon.nova-pro-v1:0') // { provider: 'aws.bedrock', model: 'us.amazon.nova-pro-v1:0' }
 */
export function splitVendor(model: string): { provider: string; model: string } | undefined {
  const slash = model.indexOf('/')
  if (slash <= 0 || slash === model.length - 1) return undefined
  const prefix = model.slice(0, slash)
  if (!isKnownProvider(prefix) && !isSelfHosted(prefix)) return undefined
  return { provider: normaliseProvider(prefix), model: model.slice(slash + 1) }
}

const BEDROCK_NAME =
  /^(?:[a-z-]{2,8}\.)?(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen|stability|twelvelabs|writer)\.[a-z0-9]/

/** The only provider that names models this way, or '' when the name alone does not tell. */
export function providerOfModelName(model: string): string {
  if (model.length > MAX_MODEL_CHARS) return ''
  if (model.startsWith('ft:')) return 'openai'
  if (model.startsWith('arn:aws') || BEDROCK_NAME.test(model)) return 'aws.bedrock'
  if (model.endsWith(':free')) return 'openrouter'
  return ''
}
