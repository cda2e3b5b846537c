// OpenLIT: gen_ai attributes with costs from its own price file and a few names of its own.
import { defineDialect } from '../dialect.ts'

export const openlit = defineDialect({
  name: 'openlit',
  source: 'openlit JS 1.15, Python 1.3x',
  scopes: ['openlit*', '@openlit/*'],
  marks: ['openlit.'],
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.request.is_stream', field: 'stream' },
    { key: 'gen_ai.server.time_to_first_token', field: 'time_to_first_token', type: 'auto_latency' },
    { key: 'gen_ai.server.ttft', field: 'time_to_first_token', type: 'auto_latency' },
    { key: 'gen_ai.client.time_to_first_token', field: 'time_to_first_token', type: 'auto_latency' },
    { key: 'gen_ai.request.user', field: 'user_id' },
    { key: 'gen_ai.user', field: 'user_id' },
    { key: 'gen_ai.user.id', field: 'user_id' },
    { key: 'gen_ai.session.id', field: 'session_id' },
    { key: 'gen_ai.agent.session_id', field: 'session_id' },
    { key: 'gen_ai.environment', field: 'environment' },
    { key: 'gen_ai.usage.prompt_tokens_details.cache_read', field: 'cache_read_tokens' },
    { key: 'gen_ai.usage.prompt_tokens_details.cache_write', field: 'cache_write_tokens' },
    { key: 'gen_ai.usage.completion_tokens_details.reasoning', field: 'reasoning_tokens' },
    { key: 'gen_ai.usage.completion_tokens_details.audio', field: 'output_audio_tokens' },
    { key: 'gen_ai.tool.args', field: 'input', fallback: true },
  ],
  kinds: {},
  usage: ['openlit', '@openlit/'].map((scope) => ({
    providers: ['anthropic', 'aws.bedrock'],
    scope,
    input: 'exclusive',
  })),
})
