// What OpenAI answered, and the gen_ai attributes of it.
import type { PlainAttributes } from '../../../../semconv/test/conformance/payload.ts'

export const MODEL = 'gpt-5-mini'
export const RAW = {
  prompt_tokens: 1200,
  completion_tokens: 85,
  total_tokens: 1285,
  prompt_tokens_details: { cached_tokens: 1024, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 64, audio_tokens: 0 },
}

export const conventions = (more: PlainAttributes = {}): PlainAttributes => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': MODEL,
  'gen_ai.usage.input_tokens': 1200,
  'gen_ai.usage.output_tokens': 85,
  'gen_ai.usage.cache_read.input_tokens': 1024,
  ...more,
})
