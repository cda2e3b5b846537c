// LangSmith's OpenTelemetry export: runs of LangChain and of traceable functions, inputs and outputs as one JSON each.
import { defineDialect } from '../dialect.ts'
import { PARAMETERS } from '../parameters.ts'

export const langsmith = defineDialect({
  name: 'langsmith',
  source: 'langsmith JS 0.12, Python 0.4',
  scopes: ['langsmith'],
  marks: ['langsmith.'],
  spanNameIs: ['tool'],
  inputIncludesCache: true,
  keys: [
    { key: 'langsmith.metadata.session_id', field: 'session_id' },
    { key: 'langsmith.metadata.thread_id', field: 'session_id' },
    { key: 'langsmith.metadata.conversation_id', field: 'session_id' },
    { key: 'langsmith.metadata.user_id', field: 'user_id' },
    { key: 'langsmith.metadata.userId', field: 'user_id' },
    { key: 'langsmith.span.tags', field: 'tags', type: 'comma_names' },
    { key: 'langsmith.metadata.ls_provider', field: 'provider' },
    { key: 'langsmith.metadata.ls_model_name', field: 'request_model' },
    { key: 'langsmith.metadata.ls_temperature', field: 'temperature' },
    { key: 'langsmith.metadata.ls_max_tokens', field: 'max_tokens' },
    { key: 'langsmith.metadata.lc_hub_repo', field: 'prompt_name' },
    { key: 'langsmith.metadata.lc_hub_commit_hash', field: 'prompt_version' },
    { key: 'langsmith.request.streaming', field: 'stream' },
  ],
  blobs: [
    {
      key: 'langsmith.usage_metadata',
      members: {
        input_tokens: 'input_tokens',
        output_tokens: 'output_tokens',
        total_tokens: 'total_tokens',
        'input_token_details.cache_read': 'cache_read_tokens',
        'input_token_details.cache_creation': 'cache_write_tokens',
        'input_token_details.audio': 'input_audio_tokens',
        'output_token_details.reasoning': 'reasoning_tokens',
        'output_token_details.audio': 'output_audio_tokens',
        total_cost: 'reported_cost',
      },
    },
    {
      key: 'gen_ai.usage.input_token_details',
      members: { cache_read: 'cache_read_tokens', cache_creation: 'cache_write_tokens', audio: 'input_audio_tokens' },
    },
    {
      key: 'gen_ai.usage.output_token_details',
      members: { reasoning: 'reasoning_tokens', audio: 'output_audio_tokens' },
    },
    { key: 'langsmith.metadata.ls_invocation_params', members: PARAMETERS },
  ],
  metadata: ['langsmith.metadata.'],
  kinds: {},
  kindKeys: [
    {
      key: 'langsmith.span.kind',
      strength: 'strong',
      kinds: {
        llm: 'generation',
        chain: 'chain',
        tool: 'tool',
        retriever: 'retrieval',
        embedding: 'embedding',
        prompt: 'chain',
        parser: 'chain',
      },
    },
  ],
  refine(span) {
    // one that exports its own environment would show it to every reader
    for (const [key] of span.withPrefix('langsmith.metadata.LANGSMITH_')) span.metadata(`LANGSMITH_${key}`, undefined)
  },
})
