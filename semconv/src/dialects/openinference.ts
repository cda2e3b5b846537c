// OpenInference (Arize): LLM, CHAIN, TOOL … spans with indexed messages. LangChain, LlamaIndex, CrewAI, DSPy, OpenAI Agents and others send it.
import { defineDialect } from '../dialect.ts'
import { PARAMETERS } from '../parameters.ts'

export const openInference = defineDialect({
  name: 'openinference',
  source:
    'openinference semantic conventions 2026-08; JS instrumentations openai 4.2, anthropic 0.2, langchain 4.1, openai-agents 0.2',
  scopes: ['openinference.*', '@arizeai/*'],
  marks: ['openinference.', 'llm.input_messages.', 'llm.output_messages.', 'llm.token_count.'],
  inputIncludesCache: true,
  keys: [
    { key: 'llm.provider', field: 'provider' },
    { key: 'llm.system', field: 'provider' },
    { key: 'llm.request.model_name', field: 'request_model' },
    { key: 'llm.response.model_name', field: 'response_model' },
    // the answer's model in practice; asked for when nothing else is
    { key: 'llm.model_name', field: 'response_model' },
    { key: 'llm.model_name', field: 'request_model', fallback: true },
    { key: 'embedding.model_name', field: 'request_model' },
    { key: 'reranker.model_name', field: 'request_model' },
    { key: 'llm.finish_reason', field: 'finish_reasons' },
    { key: 'llm.response.finish_reason', field: 'finish_reasons' },
    { key: 'llm.token_count.prompt', field: 'input_tokens' },
    { key: 'llm.token_count.completion', field: 'output_tokens' },
    { key: 'llm.token_count.total', field: 'total_tokens' },
    { key: 'llm.token_count.prompt_details.cache_read', field: 'cache_read_tokens' },
    { key: 'llm.token_count.prompt_details.cache_input', field: 'cache_read_tokens' },
    { key: 'llm.token_count.prompt_details.cache_write', field: 'cache_write_tokens' },
    { key: 'llm.token_count.prompt_details.audio', field: 'input_audio_tokens' },
    { key: 'llm.token_count.completion_details.reasoning', field: 'reasoning_tokens' },
    { key: 'llm.token_count.completion_details.audio', field: 'output_audio_tokens' },
    { key: 'llm.cost.total', field: 'reported_cost' },
    { key: 'llm.cost.prompt', field: 'reported_input_cost' },
    { key: 'llm.cost.completion', field: 'reported_output_cost' },
    { key: 'tag.tags', field: 'tags' },
    { key: 'agent.name', field: 'agent_name' },
    { key: 'graph.node.name', field: 'agent_name', fallback: true },
    { key: 'tool.name', field: 'tool_name' },
    { key: 'tool.id', field: 'tool_call_id' },
    { key: 'tool_call.id', field: 'tool_call_id' },
    { key: 'tool_call.function.name', field: 'tool_name', fallback: true },
    { key: 'tool.parameters', field: 'input', fallback: true },
    { key: 'input.value', field: 'input', fallback: true },
    { key: 'output.value', field: 'output', fallback: true },
    { key: 'reranker.query', field: 'input', fallback: true },
    { key: 'prompt.id', field: 'prompt_name', fallback: true, scoped: true },
    { key: 'llm.prompt_template.version', field: 'prompt_version' },
  ],
  blobs: [
    {
      key: 'llm.invocation_parameters',
      members: { ...PARAMETERS, model: 'request_model', model_name: 'request_model' },
    },
    { key: 'metadata', members: {}, form: 'metadata', scoped: true },
    // the only place of the response id: the body that the provider sent, or LangChain's wrapping of it
    {
      key: 'output.value',
      members: {
        id: 'response_id',
        'generations.0.0.message.kwargs.id': 'response_id',
        'generations.0.0.message.kwargs.response_metadata.id': 'response_id',
        'generations.0.0.message.id': 'response_id',
        'generations.0.0.message.response_metadata.id': 'response_id',
      },
      scoped: true,
    },
  ],
  kinds: {},
  kindKeys: [
    {
      key: 'openinference.span.kind',
      strength: 'strong',
      kinds: {
        llm: 'generation',
        embedding: 'embedding',
        chain: 'chain',
        tool: 'tool',
        agent: 'agent',
        retriever: 'retrieval',
        reranker: 'rerank',
        guardrail: 'guardrail',
        evaluator: 'evaluator',
        prompt: 'chain',
      },
    },
  ],
  metadata: ['metadata.'],
  usage: [
    { scope: 'openinference.instrumentation.bedrock', input: 'exclusive' },
    { scope: '@arizeai/openinference-instrumentation-bedrock', input: 'exclusive' },
    { scope: 'openinference.instrumentation.agno', input: 'exclusive' },
    { scope: 'openinference.instrumentation.claude_agent_sdk', input: 'exclusive' },
    { scope: '@arizeai/openinference-instrumentation-claude-agent-sdk', input: 'exclusive' },
  ],
  refine(span) {
    // a response id is the provider's: other bodies have ids that say nothing of the call
    if (span.kind !== 'generation' && span.kind !== 'embedding') span.drop('response_id')
    for (const list of ['annotations', 'evaluations', 'trace.annotations', 'session.annotations']) {
      for (const [rest, value] of span.withPrefix(`${list}.0.`)) {
        const part = rest.replace(/^(?:annotation|evaluation)\./, '')
        if (part === 'name' && typeof value === 'string') span.give('evaluation_name', value, `${list}.0.${rest}`)
        if (part === 'score') span.give('score_value', Number(value), `${list}.0.${rest}`)
        if (part === 'label' && typeof value === 'string') span.give('score_label', value, `${list}.0.${rest}`)
        if (part === 'explanation' && typeof value === 'string') span.give('explanation', value, `${list}.0.${rest}`)
      }
    }
  },
})
