// Published prices that the price list lacks or has for another model of like name. Each entry names the page it was read from;
// raise OWN_PRICES_VERSION with any change.
import type { ModelPrice } from '@pydantic/genai-prices'

export const OWN_PRICES_VERSION = 2

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

/** A model that the price list does not know, or takes for another. Asked before the list. */
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
  own('openai', 'ft:o4-mini-2025', 'starts_with', { input_mtok: 4, cache_read_mtok: 1, output_mtok: 16 }),
  own('openai', 'ft:davinci-002', 'starts_with', { input_mtok: 12, output_mtok: 12 }),
  own('openai', 'ft:babbage-002', 'starts_with', { input_mtok: 1.6, output_mtok: 1.6 }),
  // platform.openai.com/docs/pricing. The list takes davinci-002 for its namesake of 2020, at ten times the price.
  own('openai', 'computer-use-preview', 'starts_with', { input_mtok: 3, output_mtok: 12 }),
  own('openai', 'davinci-002', 'equals', { input_mtok: 2, output_mtok: 2 }),
  own('openai', 'babbage-002', 'equals', { input_mtok: 0.4, output_mtok: 0.4 }),
  // ai.google.dev/pricing. The list takes it for gemini-1.5-flash.
  own('google', 'gemini-1.5-flash-8b', 'starts_with', {
    input_mtok: { base: 0.0375, tiers: [{ start: 128_000, price: 0.075 }] },
    cache_read_mtok: { base: 0.01, tiers: [{ start: 128_000, price: 0.02 }] },
    output_mtok: { base: 0.15, tiers: [{ start: 128_000, price: 0.3 }] },
  }),
  // mistral.ai/pricing, Mistral Small 3.2.
  own('mistral', 'mistral-small-2506', 'equals', { input_mtok: 0.1, output_mtok: 0.3 }),
  // anthropic.com/pricing, legacy models.
  own('anthropic', 'claude-instant', 'starts_with', { input_mtok: 0.8, output_mtok: 2.4 }),
  // aws.amazon.com/bedrock/pricing. The list takes the second Titan for the first.
  own('aws', 'amazon.titan-embed-text-v2', 'starts_with', { input_mtok: 0.02 }),
  own('aws', 'cohere.embed-english-v3', 'starts_with', { input_mtok: 0.1 }),
  own('aws', 'cohere.embed-multilingual-v3', 'starts_with', { input_mtok: 0.1 }),
  own('aws', 'cohere.rerank-v3-5', 'starts_with', perRequest(2)),
  own('aws', 'amazon.rerank-v1', 'starts_with', perRequest(1)),
  // cohere.com/pricing: a search ranks up to a hundred documents.
  own('cohere', 'embed-english-', 'starts_with', { input_mtok: 0.1 }),
  own('cohere', 'embed-multilingual-', 'starts_with', { input_mtok: 0.1 }),
  own('cohere', 'rerank-v3.5', 'equals', perRequest(2)),
  own('cohere', 'rerank-english-v3.0', 'equals', perRequest(2)),
  own('cohere', 'rerank-multilingual-v3.0', 'equals', perRequest(2)),
  // docs.voyageai.com/docs/pricing, rerankers: by the token.
  own('voyageai', 'rerank-2.5', 'equals', { input_mtok: 0.05 }),
  own('voyageai', 'rerank-2.5-lite', 'equals', { input_mtok: 0.02 }),
  own('voyageai', 'rerank-2', 'equals', { input_mtok: 0.05 }),
  own('voyageai', 'rerank-2-lite', 'equals', { input_mtok: 0.02 }),
  // fireworks.ai/pricing: one rate by size of model, and a few of their own.
  ...['llama-v3p3-70b-instruct', 'llama-v3p1-70b-instruct', 'qwen2p5-72b-instruct', 'deepseek-v3'].map((model) =>
    own('fireworks', model, 'equals', { input_mtok: 0.9, output_mtok: 0.9 }),
  ),
  own('fireworks', 'llama-v3p1-405b-instruct', 'equals', { input_mtok: 3, output_mtok: 3 }),
  own('fireworks', 'mixtral-8x7b-instruct', 'equals', { input_mtok: 0.5, output_mtok: 0.5 }),
  own('fireworks', 'mixtral-8x22b-instruct', 'equals', { input_mtok: 1.2, output_mtok: 1.2 }),
  own('fireworks', 'deepseek-r1', 'equals', { input_mtok: 3, output_mtok: 8 }),
  own('fireworks', 'deepseek-v3p1', 'equals', { input_mtok: 0.56, output_mtok: 1.68 }),
  own('fireworks', 'kimi-k2-instruct', 'equals', { input_mtok: 0.6, output_mtok: 2.5 }),
  own('fireworks', 'kimi-k2-instruct-0905', 'equals', { input_mtok: 0.6, output_mtok: 2.5 }),
]

/**
 * Anthropic's one-hour cache writes cost twice the plain input rate on every platform that sells its models
 * (docs.anthropic.com, prompt caching); the list has that rate for Anthropic's own API only.
 */
export const CLAUDE_1H_WRITE_FACTOR = 2n

/** OpenRouter serves models whose name ends so for nothing. */
export const FREE_SUFFIX = ':free'

/** USD for a thousand calls, whatever their tokens. */
function perRequest(kcount: number): ModelPrice {
  return { input_mtok: 0, output_mtok: 0, requests_kcount: kcount }
}

function own(provider: string, model: string, match: OwnPrice['match'], price: ModelPrice): OwnPrice {
  return { provider, model, match, price }
}
