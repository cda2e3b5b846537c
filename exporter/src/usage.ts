// Token counts as the app or a provider's SDK has them in, gen_ai attributes out. Input includes cached tokens, output includes reasoning.
import { GEN_AI } from './names.ts'

/** Counts of one call. Leave out what is not known: unknown is never 0. */
export interface TokenUsage {
  /** All input tokens, cached ones among them. */
  readonly input?: number | undefined
  /** All output tokens, reasoning among them. */
  readonly output?: number | undefined
  readonly cacheRead?: number | undefined
  readonly cacheWrite?: number | undefined
  readonly reasoning?: number | undefined
}

/** The `usage` of an OpenAI or Anthropic response, as it came. */
export type ProviderUsage = object

/** Name of an attribute -> where the count may lie in a usage object; the first one that is there wins. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  [GEN_AI.inputTokens]: ['input', 'prompt_tokens', 'input_tokens'],
  [GEN_AI.outputTokens]: ['output', 'completion_tokens', 'output_tokens'],
  [GEN_AI.cacheReadTokens]: [
    'cacheRead',
    'prompt_tokens_details.cached_tokens',
    'input_tokens_details.cached_tokens',
    'cache_read_input_tokens',
  ],
  [GEN_AI.cacheCreationTokens]: ['cacheWrite', 'cache_creation_input_tokens'],
  [GEN_AI.cacheCreation5mTokens]: ['cache_creation.ephemeral_5m_input_tokens'],
  [GEN_AI.cacheCreation1hTokens]: ['cache_creation.ephemeral_1h_input_tokens'],
  [GEN_AI.reasoningTokens]: [
    'reasoning',
    'completion_tokens_details.reasoning_tokens',
    'output_tokens_details.reasoning_tokens',
  ],
  [GEN_AI.audioInputTokens]: ['prompt_tokens_details.audio_tokens'],
  [GEN_AI.audioOutputTokens]: ['completion_tokens_details.audio_tokens'],
}

/** Anthropic counts cached tokens beside its input tokens, the conventions inside. */
const BESIDE_INPUT = ['cache_read_input_tokens', 'cache_creation_input_tokens'] as const

export function usageAttributes(usage: TokenUsage | ProviderUsage): Record<string, number> {
  const attributes: Record<string, number> = {}
  for (const key in PLACES) {
    const count = PLACES[key]?.map((path) => at(usage, path)).find((value) => value !== undefined)
    if (count !== undefined) attributes[key] = count
  }
  const beside = BESIDE_INPUT.reduce((sum, path) => sum + (at(usage, path) ?? 0), 0)
  const input = attributes[GEN_AI.inputTokens]
  if (input !== undefined && beside > 0) attributes[GEN_AI.inputTokens] = input + beside
  return attributes
}

function at(usage: object, path: string): number | undefined {
  let value: unknown = usage
  for (const name of path.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof value === 'number' && value >= 0 ? value : undefined
}
