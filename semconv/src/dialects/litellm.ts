// LiteLLM proxy and SDK: older gen_ai names, costs, and the proxy's own metadata.
import { defineDialect } from '../dialect.ts'

export const litellm = defineDialect({
  name: 'litellm',
  source: 'litellm 1.7x to 1.8x (v1 and v2 of its OpenTelemetry export)',
  scopes: ['litellm*'],
  marks: ['litellm.', 'metadata.user_api_key', 'hidden_params', 'gen_ai.cost.'],
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.cost.total_cost', field: 'reported_cost' },
    { key: 'litellm.cost.total', field: 'reported_cost' },
    { key: 'gen_ai.cost.input_cost', field: 'reported_input_cost' },
    { key: 'gen_ai.cost.output_cost', field: 'reported_output_cost' },
    { key: 'metadata.user_api_key_end_user_id', field: 'user_id' },
    { key: 'metadata.user_api_key_user_id', field: 'user_id' },
    { key: 'metadata.custom_llm_provider', field: 'provider' },
    { key: 'custom_llm_provider', field: 'provider', scoped: true },
    { key: 'metadata.session_id', field: 'session_id', scoped: true },
    { key: 'metadata.trace_user_id', field: 'user_id', scoped: true },
    { key: 'llm.user', field: 'user_id' },
  ],
  blobs: [{ key: 'hidden_params', members: { litellm_model_name: 'response_model', api_base: 'server_address' } }],
  metadata: ['metadata.'],
  kinds: {
    acompletion: 'generation',
    atext_completion: 'generation',
    aembedding: 'embedding',
    aresponses: 'generation',
    arerank: 'rerank',
  },
  spanNames: {
    raw_gen_ai_request: 'wrapper',
    litellm_request: 'generation',
    proxy_pre_call: 'span',
    self: 'span',
    redis: 'span',
  },
  refine(span) {
    const hidden = span.json('hidden_params')
    const key = typeof hidden === 'object' && hidden !== null && 'cache_key' in hidden ? hidden.cache_key : undefined
    const isHit =
      span.text('metadata.cache_hit')?.toLowerCase() === 'true' ||
      (typeof key === 'string' && key !== '' && key !== 'None')
    // nothing was paid for it, whatever the cost beside it says
    if (isHit) span.give('response_cache', 'exact', 'hidden_params.cache_key')
  },
})
