// Names that the gen_ai conventions have left behind (1.26 to 1.36) and that instrumentations still send by default.
import { defineDialect } from '../dialect.ts'

const MESSAGE_PARTS = {
  role: 'role',
  content: 'content',
  finish_reason: 'finish_reason',
  tool_call_id: 'tool_call_id',
  'tool_calls.*.id': 'tool_call.id',
  'tool_calls.*.name': 'tool_call.name',
  'tool_calls.*.arguments': 'tool_call.arguments',
} as const

export const otelGenAiDeprecated = defineDialect({
  name: 'otel-gen-ai-deprecated',
  source: 'semantic-conventions 1.26 to 1.36',
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.system', field: 'provider' },
    { key: 'gen_ai.usage.prompt_tokens', field: 'input_tokens' },
    { key: 'gen_ai.usage.completion_tokens', field: 'output_tokens' },
    { key: 'gen_ai.usage.cache_read_input_tokens', field: 'cache_read_tokens' },
    { key: 'gen_ai.usage.cache_creation_input_tokens', field: 'cache_write_tokens' },
    { key: 'gen_ai.usage.cache_write_input_tokens', field: 'cache_write_tokens' },
    { key: 'gen_ai.usage.reasoning_tokens', field: 'reasoning_tokens' },
    { key: 'llm.usage.total_tokens', field: 'total_tokens' },
    { key: 'gen_ai.response.finish_reason', field: 'finish_reasons' },
    { key: 'gen_ai.openai.response.service_tier', field: 'service_tier' },
    { key: 'gen_ai.openai.request.service_tier', field: 'service_tier' },
    { key: 'gen_ai.openai.request.seed', field: 'seed' },
    { key: 'gen_ai.prompt', field: 'input' },
    { key: 'gen_ai.completion', field: 'output' },
    { key: 'deployment.environment', field: 'environment' },
  ],
  indexed: [
    { prefix: 'gen_ai.prompt.', field: 'input', suffixes: MESSAGE_PARTS },
    { prefix: 'gen_ai.completion.', field: 'output', suffixes: MESSAGE_PARTS },
  ],
  events: [
    { event: 'gen_ai.content.prompt', form: 'content', field: 'input', key: 'gen_ai.prompt' },
    { event: 'gen_ai.content.completion', form: 'content', field: 'output', key: 'gen_ai.completion' },
    { event: 'gen_ai.system.message', form: 'message', field: 'system_instructions', role: 'system' },
    { event: 'gen_ai.user.message', form: 'message', field: 'input', role: 'user' },
    { event: 'gen_ai.assistant.message', form: 'message', field: 'input', role: 'assistant' },
    { event: 'gen_ai.tool.message', form: 'message', field: 'input', role: 'tool' },
    { event: 'gen_ai.choice', form: 'message', field: 'output', role: 'assistant' },
  ],
  kinds: {},
})
