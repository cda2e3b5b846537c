// Frameworks with few keys of their own: Haystack, LlamaIndex, MCP, loongsuite, LiveKit, Pipecat, Inngest's and Flue's agents.
import { defineDialect } from '../dialect.ts'
import { jsonOfValue, type Value } from '../value.ts'

export const haystack = defineDialect({
  name: 'haystack',
  source: 'haystack 2.x',
  scopes: ['haystack*'],
  marks: ['haystack.'],
  inputIncludesCache: true,
  keys: [
    { key: 'haystack.tool.name', field: 'tool_name' },
    { key: 'haystack.agent.name', field: 'agent_name' },
    { key: 'haystack.component.input', field: 'input' },
    { key: 'haystack.component.output', field: 'output' },
    { key: 'haystack.pipeline.input_data', field: 'input' },
    { key: 'haystack.pipeline.output_data', field: 'output' },
    { key: 'haystack.tool.input', field: 'input' },
    { key: 'haystack.tool.output', field: 'output' },
    { key: 'haystack.agent.input', field: 'input' },
    { key: 'haystack.agent.output', field: 'output' },
  ],
  blobs: [
    {
      key: 'haystack.component.output',
      members: {
        'replies.0.meta.model': 'response_model',
        'replies.0._meta.model': 'response_model',
        'meta.0.model': 'response_model',
        'replies.0.meta.finish_reason': 'finish_reasons',
        'replies.0._meta.finish_reason': 'finish_reasons',
        'meta.0.finish_reason': 'finish_reasons',
        'replies.0.meta.id': 'response_id',
      },
      rawUsage: ['replies.0.meta.usage', 'replies.0._meta.usage', 'meta.0.usage', 'meta.usage'],
    },
  ],
  kinds: {},
  spanNames: {
    'haystack.pipeline.run': 'chain',
    'haystack.async_pipeline.run': 'chain',
    'haystack.agent.run': 'agent',
    'haystack.agent.step': 'chain',
    'haystack.agent.step.llm': 'chain',
    'haystack.agent.step.tool': 'tool',
    'haystack.tool.run': 'tool',
  },
  refine(span) {
    const type = span.text('haystack.component.type') ?? ''
    const found = COMPONENTS.find(([pattern]) => pattern.test(type))
    if (found) span.setKind(found[1])
    else if (type !== '') span.setKind('chain')
  },
})

const COMPONENTS: readonly (readonly [
  RegExp,
  'generation' | 'embedding' | 'rerank' | 'retrieval' | 'tool' | 'agent',
])[] = [
  [/Generator$/, 'generation'],
  [/Embedder$/, 'embedding'],
  [/Ranker$/, 'rerank'],
  [/Retriever$/, 'retrieval'],
  [/^ToolInvoker$/, 'tool'],
  [/^Agent$/, 'agent'],
]

export const llamaIndex = defineDialect({
  name: 'llama-index',
  source: 'llama-index-observability-otel 0.2',
  scopes: ['llamaindex*', 'llama_index*', 'llama-index*'],
  inputIncludesCache: true,
  keys: [
    { key: 'model_name', field: 'request_model', scoped: true },
    { key: 'query', field: 'input', scoped: true, fallback: true },
    { key: 'messages', field: 'input', scoped: true, fallback: true },
    { key: 'response', field: 'output', scoped: true, fallback: true },
    { key: 'nodes', field: 'output', scoped: true, fallback: true },
  ],
  kinds: {},
})

export const mcp = defineDialect({
  name: 'mcp',
  source: 'semantic-conventions 1.39 (MCP)',
  scopes: ['mcp*', '@modelcontextprotocol/*'],
  marks: ['mcp.'],
  inputIncludesCache: true,
  keys: [],
  kinds: {},
  kindKeys: [
    {
      key: 'mcp.method.name',
      strength: 'weak',
      kinds: {
        'tools/call': 'tool',
        'resources/read': 'retrieval',
        'prompts/get': 'chain',
        'completion/complete': 'chain',
        'sampling/createMessage': 'chain',
      },
    },
  ],
})

export const loongsuite = defineDialect({
  name: 'loongsuite',
  source: 'loongsuite-python-agent 2026',
  scopes: ['loongsuite*', 'aliyun*'],
  inputIncludesCache: true,
  keys: [],
  kinds: {},
  kindKeys: [
    {
      key: 'gen_ai.span.kind',
      strength: 'weak',
      kinds: {
        llm: 'generation',
        embedding: 'embedding',
        chain: 'chain',
        tool: 'tool',
        agent: 'agent',
        retriever: 'retrieval',
        reranker: 'rerank',
        task: 'chain',
        workflow: 'chain',
        step: 'chain',
        entry: 'chain',
      },
    },
  ],
})

export const voice = defineDialect({
  name: 'voice',
  source: 'livekit-agents 1.x, pipecat 0.0.9x',
  scopes: ['livekit*', 'pipecat*'],
  marks: ['lk.', 'metrics.ttfb'],
  inputIncludesCache: true,
  keys: [
    { key: 'lk.chat_ctx', field: 'input', fallback: true },
    { key: 'lk.user_input', field: 'input', fallback: true },
    { key: 'lk.input_text', field: 'input', fallback: true },
    { key: 'lk.user_transcript', field: 'input', fallback: true },
    { key: 'lk.response.text', field: 'output_text' },
    { key: 'lk.response.function_calls', field: 'output_tool_calls' },
    { key: 'lk.function_tools', field: 'tool_definitions', fallback: true },
    { key: 'lk.instructions', field: 'system_instructions', fallback: true },
    { key: 'lk.agent_name', field: 'agent_name' },
    { key: 'lk.room_name', field: 'session_id', fallback: true },
    { key: 'lk.function_tool.name', field: 'tool_name' },
    { key: 'lk.function_tool.id', field: 'tool_call_id' },
    { key: 'lk.function_tool.arguments', field: 'input' },
    { key: 'lk.function_tool.output', field: 'output' },
    { key: 'metrics.ttfb', field: 'time_to_first_token', type: 'seconds' },
    { key: 'cache_read_input_tokens', field: 'cache_read_tokens', scoped: true },
    { key: 'cache_creation_input_tokens', field: 'cache_write_tokens', scoped: true },
  ],
  kinds: {},
  spanNames: {
    agent_turn: 'agent',
    agent_session: 'chain',
    function_tool: 'tool',
    llm_node: 'generation',
    llm_request: 'generation',
    start_agent_activity: 'chain',
  },
})

export const googleGenAi = defineDialect({
  name: 'otel-google-genai',
  source: 'opentelemetry-instrumentation-google-genai (Python) 0.4',
  scopes: ['opentelemetry.instrumentation.google_genai'],
  marks: ['code.function.'],
  inputIncludesCache: true,
  keys: [],
  kinds: {},
  refine(span) {
    // each argument of a call as an attribute of its own
    const args = new Map<string, Value>()
    for (const [rest, value] of span.withPrefix('code.function.parameters.')) {
      if (rest.endsWith('.value')) args.set(rest.slice(0, -'.value'.length), value)
    }
    if (args.size > 0) span.give('input', jsonOfValue(args), 'code.function.parameters')
    span.give('output', span.text('code.function.return.value'), 'code.function.return.value')
  },
})
