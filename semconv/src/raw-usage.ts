// A provider's own usage object, in the form of its API -> canonical counts. The form tells what includes what.
import { own } from './messages.ts'
import type { Usage } from './model.ts'

const MAX_COUNT = 0xffff_ffff

/** A count at the first path that holds one. */
function count(value: unknown, ...paths: readonly string[]): number | undefined {
  for (const path of paths) {
    let found: unknown = value
    for (const name of path.split('.')) found = own(found, name)
    const number = typeof found === 'string' && /^\d{1,10}$/.test(found) ? Number(found) : found
    if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= MAX_COUNT) return number
  }
  return undefined
}

const plus = (...parts: readonly (number | undefined)[]): number | undefined =>
  parts.every((part) => part === undefined) ? undefined : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)

type Counts = { [K in keyof Usage | 'searches']?: number | undefined }
type Reader = (usage: unknown) => Counts

const openAiChat: Reader = (u) => ({
  input: count(u, 'prompt_tokens'),
  output: count(u, 'completion_tokens'),
  cacheRead: count(u, 'prompt_tokens_details.cached_tokens', 'prompt_cache_hit_tokens', 'cached_tokens'),
  cacheWrite: count(u, 'prompt_tokens_details.cache_write_tokens'),
  reasoning: count(u, 'completion_tokens_details.reasoning_tokens', 'reasoning_tokens'),
  inputAudio: count(u, 'prompt_tokens_details.audio_tokens'),
  outputAudio: count(u, 'completion_tokens_details.audio_tokens'),
  inputImage: count(u, 'prompt_tokens_details.image_tokens'),
})

const openAiResponses: Reader = (u) => ({
  input: count(u, 'input_tokens'),
  output: count(u, 'output_tokens'),
  cacheRead: count(u, 'input_tokens_details.cached_tokens'),
  reasoning: count(u, 'output_tokens_details.reasoning_tokens'),
  inputAudio: count(u, 'input_tokens_details.audio_tokens'),
  inputImage: count(u, 'input_tokens_details.image_tokens'),
  outputAudio: count(u, 'output_tokens_details.audio_tokens'),
})

const anthropic: Reader = (u) => {
  const cacheRead = count(u, 'cache_read_input_tokens')
  const parts = [
    count(u, 'cache_creation.ephemeral_5m_input_tokens'),
    count(u, 'cache_creation.ephemeral_1h_input_tokens'),
  ]
  const cacheWrite = count(u, 'cache_creation_input_tokens') ?? plus(...parts)
  const input = count(u, 'input_tokens')
  return {
    input: input === undefined ? undefined : plus(input, cacheRead, cacheWrite),
    output: count(u, 'output_tokens'),
    cacheRead,
    cacheWrite,
    cacheWrite1h: parts[1],
    searches: count(u, 'server_tool_use.web_search_requests'),
  }
}

const gemini: Reader = (u) => {
  const reasoning = count(u, 'thoughtsTokenCount', 'thoughts_token_count')
  const candidates = count(u, 'candidatesTokenCount', 'candidates_token_count', 'responseTokenCount')
  return {
    input: plus(
      count(u, 'promptTokenCount', 'prompt_token_count'),
      count(u, 'toolUsePromptTokenCount', 'tool_use_prompt_token_count'),
    ),
    // candidates alone leave the thoughts out
    output: candidates === undefined && reasoning === undefined ? undefined : plus(candidates, reasoning),
    cacheRead: count(u, 'cachedContentTokenCount', 'cached_content_token_count'),
    reasoning,
  }
}

const bedrock: Reader = (u) => {
  const cacheRead = count(u, 'cacheReadInputTokens', 'cacheReadInputTokenCount')
  const cacheWrite = count(u, 'cacheWriteInputTokens', 'cacheWriteInputTokenCount')
  const input = count(u, 'inputTokens')
  return {
    input: input === undefined ? undefined : plus(input, cacheRead, cacheWrite),
    output: count(u, 'outputTokens'),
    cacheRead,
    cacheWrite,
  }
}

const cohere: Reader = (u) => ({
  input: count(u, 'tokens.input_tokens', 'billed_units.input_tokens'),
  output: count(u, 'tokens.output_tokens', 'billed_units.output_tokens'),
})

/** Member that only this form has -> how to read it. The order is that of how telling the member is. */
const FORMS: readonly (readonly [member: string, read: Reader])[] = [
  ['promptTokenCount', gemini],
  ['prompt_token_count', gemini],
  ['cache_creation_input_tokens', anthropic],
  ['cache_read_input_tokens', anthropic],
  ['cache_creation', anthropic],
  ['server_tool_use', anthropic],
  ['input_tokens_details', openAiResponses],
  ['output_tokens_details', openAiResponses],
  ['prompt_tokens', openAiChat],
  ['cacheReadInputTokens', bedrock],
  ['cacheWriteInputTokens', bedrock],
  ['billed_units', cohere],
]

/**
 * Canonical counts of a usage object as the API of a provider gives it: input includes cached tokens, output includes reasoning.
 * @returns undefined when no form is recognised for sure
 * @example readRawUsage({ input_tokens: 20, cache_read_input_tokens: 3000, output_tokens: 60 })?.input // 3020
 */
export function readRawUsage(usage: unknown): (Usage & { searches?: number }) | undefined {
  const form = FORMS.find(([member]) => own(usage, member) !== undefined)
  if (!form) return undefined
  const counts = Object.fromEntries(Object.entries(form[1](usage)).filter(([, value]) => value !== undefined))
  return Object.hasOwn(counts, 'input') || Object.hasOwn(counts, 'output') ? counts : undefined
}
