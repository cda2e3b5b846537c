// Names of request parameters, as SDKs pass them in one JSON object -> canonical fields.

export const PARAMETERS = {
  temperature: 'temperature',
  top_p: 'top_p',
  topP: 'top_p',
  top_k: 'top_k',
  topK: 'top_k',
  max_tokens: 'max_tokens',
  maxTokens: 'max_tokens',
  max_completion_tokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  maxOutputTokens: 'max_tokens',
  frequency_penalty: 'frequency_penalty',
  frequencyPenalty: 'frequency_penalty',
  presence_penalty: 'presence_penalty',
  presencePenalty: 'presence_penalty',
  seed: 'seed',
  n: 'choice_count',
  stop: 'stop_sequences',
  stop_sequences: 'stop_sequences',
  stopSequences: 'stop_sequences',
  service_tier: 'service_tier',
  stream: 'stream',
} as const

/** The same under a path: `parametersUnder('config')` names `config.temperature` and so on. */
export function parametersUnder(path: string): Record<string, (typeof PARAMETERS)[keyof typeof PARAMETERS]> {
  return Object.fromEntries(Object.entries(PARAMETERS).map(([name, field]) => [`${path}.${name}`, field]))
}
