// Published prices that the price list lacks. Each entry names the page it was read from; raise OWN_PRICES_VERSION with any change.
import type { ModelPrice } from '@pydantic/genai-prices'

export const OWN_PRICES_VERSION = 1

/** Rates added to rows of the price list that lack them, by `provider/model` of the list and in its form (USD per million tokens). */
export const PATCHES: Readonly<Record<string, ModelPrice>> = {
  // platform.openai.com/docs/pricing, audio tokens: the list has their text rates only.
  'openai/gpt-4o-audio-preview': { input_audio_mtok: 40, output_audio_mtok: 80 },
  'openai/gpt-4o-mini-audio-preview': { input_audio_mtok: 10, output_audio_mtok: 20 },
  // The same page: what these models put out is images only, at the rate that the list calls output.
  'openai/gpt-image-1': { output_image_mtok: 40 },
  'openai/gpt-image-1-mini': { output_image_mtok: 8 },
  'openai/gpt-image-2': { output_image_mtok: 30 },
  // The same page, fine-tuned models: cached input is half of input.
  'openai/ft:gpt-4o': { cache_read_mtok: 1.875 },
  'openai/ft:gpt-4o-mini': { cache_read_mtok: 0.15 },
}

/** A model the price list does not know at all. */
export interface OwnPrice {
  readonly provider: string
  readonly model: string
  /** How names are compared with `model`. */
  readonly match: 'equals' | 'starts_with'
  readonly price: ModelPrice
}

export const OWN_PRICES: readonly OwnPrice[] = [
  // platform.openai.com/docs/pricing, fine-tuning.
  own('openai', 'ft:gpt-4.1-nano-', 'starts_with', { input_mtok: 0.2, cache_read_mtok: 0.05, output_mtok: 0.8 }),
  own('openai', 'ft:gpt-4.1-mini-', 'starts_with', { input_mtok: 0.8, cache_read_mtok: 0.2, output_mtok: 3.2 }),
  own('openai', 'ft:gpt-4.1-2025', 'starts_with', { input_mtok: 3, cache_read_mtok: 0.75, output_mtok: 12 }),
  // platform.openai.com/docs/pricing.
  own('openai', 'computer-use-preview', 'starts_with', { input_mtok: 3, output_mtok: 12 }),
  // mistral.ai/pricing, Mistral Small 3.2.
  own('mistral', 'mistral-small-2506', 'equals', { input_mtok: 0.1, output_mtok: 0.3 }),
]

/**
 * Anthropic's one-hour cache writes cost twice the plain input rate on every platform that sells its models
 * (docs.anthropic.com, prompt caching); the list has that rate for Anthropic's own API only.
 */
export const CLAUDE_1H_WRITE_FACTOR = 2n

/** OpenRouter serves models whose name ends so for nothing. */
export const FREE_SUFFIX = ':free'

function own(provider: string, model: string, match: OwnPrice['match'], price: ModelPrice): OwnPrice {
  return { provider, model, match, price }
}
