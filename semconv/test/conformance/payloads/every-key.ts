// Field by field every key that can fill it, each alone on a span: what a client sends under any of these names must not be lost.
import type { Facts } from '../facts.ts'
import { double, type Payload, type PayloadSpan, type Plain } from '../payload.ts'

/** Where a key means this only in spans of its dialect. */
const SCOPES: Readonly<Record<string, string>> = {
  'claude-code': 'com.anthropic.claude_code.tracing',
  codex: 'codex_exec',
  'gemini-cli': 'gemini-cli',
  voltagent: '@voltagent/core',
  openlit: 'openlit',
  litellm: 'litellm',
  strands: 'strands-agents',
  logfire: 'logfire.openai',
  traceloop: '@traceloop/node-server-sdk',
  posthog: '@posthog/ai',
  voice: 'pipecat',
  'vercel-ai': 'ai',
}

interface Field {
  facts: Facts
  /** As the key's clients send it; the fact's own value where nothing is said. */
  value?: Plain
  /** What else the span needs to have. */
  beside?: Readonly<Record<string, Plain>>
  keys: Readonly<Record<string, readonly string[]>>
}

const FIELDS: readonly Field[] = [
  {
    facts: { sessionId: 'sess-1' },
    keys: {
      langfuse: ['langfuse.session.id', 'langfuse.trace.metadata.langfuse_session_id'],
      'otel-gen-ai': ['session.id', 'gen_ai.conversation.id'],
      laminar: ['lmnr.association.properties.session_id'],
      traceloop: ['session_id', 'sessionId', 'thread_id', 'chat_id', 'conversation_id'].map(
        (name) => `traceloop.association.properties.${name}`,
      ),
      'vercel-ai': [
        ...['sessionId', 'session_id', 'threadId', '$ai_session_id'].map((name) => `ai.telemetry.metadata.${name}`),
        'ai.settings.context.sessionId',
        'ai.settings.context.session_id',
      ],
      langsmith: ['session_id', 'thread_id', 'conversation_id'].map((name) => `langsmith.metadata.${name}`),
      mastra: ['mastra.metadata.sessionId', 'mastra.metadata.threadId'],
      'google-adk': ['gcp.vertex.agent.session_id'],
      weave: ['wandb.thread_id'],
      'spring-ai': ['spring.ai.chat.client.conversation.id'],
      codex: ['conversation.id'],
      voltagent: ['conversation.id', 'voltagent.conversation_id', 'conversationId'],
      openlit: ['gen_ai.session.id', 'gen_ai.agent.session_id'],
      opik: ['opik.thread_id'],
      genkit: ['genkit:sessionId', 'genkit:metadata:sessionId'],
      posthog: ['$ai_session_id'],
      voice: ['lk.room_name'],
      litellm: ['metadata.session_id'],
      microsoft: ['gen_ai.thread.id'],
    },
  },
  { facts: { sessionId: 'sess-1' }, value: '"sess-1"', keys: { mlflow: ['mlflow.trace.session'] } },
  {
    facts: { userId: 'user-1' },
    keys: {
      langfuse: ['langfuse.user.id', 'langfuse.trace.metadata.langfuse_user_id'],
      'otel-gen-ai': ['user.id', 'enduser.id'],
      laminar: ['lmnr.association.properties.user_id'],
      traceloop: ['traceloop.association.properties.user_id', 'traceloop.association.properties.userId', 'llm.user'],
      'vercel-ai': [
        'ai.telemetry.metadata.userId',
        'ai.telemetry.metadata.user_id',
        'ai.settings.context.userId',
        'ai.settings.context.user_id',
      ],
      langsmith: ['langsmith.metadata.user_id', 'langsmith.metadata.userId'],
      mastra: ['mastra.metadata.userId', 'mastra.metadata.resourceId'],
      litellm: ['metadata.user_api_key_end_user_id', 'metadata.user_api_key_user_id', 'metadata.trace_user_id'],
      openlit: ['gen_ai.request.user', 'gen_ai.user', 'gen_ai.user.id'],
      voltagent: ['userId'],
    },
  },
  { facts: { userId: 'user-1' }, value: '"user-1"', keys: { mlflow: ['mlflow.trace.user'] } },
  {
    facts: { requestModel: 'gpt-4o' },
    keys: {
      langfuse: ['langfuse.observation.model.name', 'langfuse.observation.model'],
      'otel-gen-ai': ['gen_ai.request.model'],
      openinference: ['llm.request.model_name', 'embedding.model_name', 'reranker.model_name'],
      'vercel-ai': ['ai.model.id', 'aisdk.model.id'],
      langsmith: ['langsmith.metadata.ls_model_name'],
      'claude-code': ['model'],
      voltagent: ['llm.model', 'ai.model.name'],
      posthog: ['$ai_model'],
    },
  },
  {
    facts: { responseModel: 'gpt-4o' },
    keys: {
      'otel-gen-ai': ['gen_ai.response.model'],
      openinference: ['llm.response.model_name', 'llm.model_name'],
      'vercel-ai': ['ai.response.model'],
    },
  },
  {
    facts: { provider: 'openai' },
    keys: {
      'otel-gen-ai': ['gen_ai.provider.name'],
      'otel-gen-ai-deprecated': ['gen_ai.system'],
      openinference: ['llm.provider', 'llm.system'],
      'vercel-ai': ['ai.model.provider'],
      langsmith: ['langsmith.metadata.ls_provider'],
      'cloudflare-ai-gateway': ['gen_ai.model.provider'],
      'vercel-ai-gateway': ['vercel.ai_gateway.provider'],
      litellm: ['metadata.custom_llm_provider', 'custom_llm_provider'],
      posthog: ['$ai_provider'],
    },
  },
  {
    facts: { inputTokens: 12 },
    keys: {
      'otel-gen-ai': ['gen_ai.usage.input_tokens'],
      'otel-gen-ai-deprecated': ['gen_ai.usage.prompt_tokens'],
      openinference: ['llm.token_count.prompt'],
      'vercel-ai': ['ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.tokens'],
      traceloop: ['llm.usage.prompt_tokens'],
      'claude-code': ['input_tokens'],
      posthog: ['$ai_input_tokens'],
    },
  },
  {
    facts: { outputTokens: 12 },
    keys: {
      'otel-gen-ai': ['gen_ai.usage.output_tokens'],
      'otel-gen-ai-deprecated': ['gen_ai.usage.completion_tokens'],
      openinference: ['llm.token_count.completion'],
      'vercel-ai': ['ai.usage.outputTokens', 'ai.usage.completionTokens'],
      traceloop: ['llm.usage.completion_tokens'],
      'claude-code': ['output_tokens'],
      posthog: ['$ai_output_tokens'],
    },
  },
  {
    facts: { cacheReadTokens: 8, inputTokens: 12 },
    value: 8,
    beside: { 'gen_ai.usage.input_tokens': 12 },
    keys: {
      'otel-gen-ai': ['gen_ai.usage.cache_read.input_tokens'],
      'otel-gen-ai-deprecated': [
        'gen_ai.usage.cache_read_input_tokens',
        'gen_ai.usage.cached_tokens',
        'gen_ai.usage.prompt_details.cache_read',
        'gen_ai.usage.prompt_tokens_details.cached_tokens',
        'gen_ai.usage.input_tokens_details.cached_tokens',
      ],
      openinference: ['llm.token_count.prompt_details.cache_read', 'llm.token_count.prompt_details.cache_input'],
      'vercel-ai': ['ai.usage.cachedInputTokens', 'ai.usage.inputTokenDetails.cacheReadTokens'],
      logfire: ['cache_read_tokens', 'cached_tokens', 'cache_read_input_tokens'].map(
        (n) => `gen_ai.usage.details.${n}`,
      ),
      traceloop: ['llm.usage.cache_read_input_tokens'],
      openlit: ['gen_ai.usage.prompt_tokens_details.cache_read'],
      voltagent: ['llm.usage.cached_tokens'],
      sentry: ['gen_ai.usage.input_tokens.cached'],
      voice: ['cache_read_input_tokens'],
      posthog: ['$ai_cache_read_input_tokens'],
    },
  },
  {
    facts: { cacheCreationTokens: 8, inputTokens: 12 },
    value: 8,
    beside: { 'gen_ai.usage.input_tokens': 12 },
    keys: {
      'otel-gen-ai': ['gen_ai.usage.cache_write.input_tokens', 'gen_ai.usage.cache_creation.input_tokens'],
      'otel-gen-ai-deprecated': [
        'gen_ai.usage.cache_creation_input_tokens',
        'gen_ai.usage.cache_write_input_tokens',
        'gen_ai.usage.prompt_details.cache_write',
      ],
      openinference: ['llm.token_count.prompt_details.cache_write'],
      'vercel-ai': ['ai.usage.inputTokenDetails.cacheWriteTokens'],
      logfire: ['gen_ai.usage.details.cache_write_tokens', 'gen_ai.usage.details.cache_creation_input_tokens'],
      traceloop: ['llm.usage.cache_creation_input_tokens'],
      openlit: ['gen_ai.usage.prompt_tokens_details.cache_write'],
      sentry: ['gen_ai.usage.input_tokens.cache_write'],
      voice: ['cache_creation_input_tokens'],
      posthog: ['$ai_cache_creation_input_tokens'],
    },
  },
  {
    facts: { reasoningTokens: 8, outputTokens: 12 },
    value: 8,
    beside: { 'gen_ai.usage.output_tokens': 12 },
    keys: {
      'otel-gen-ai': ['gen_ai.usage.reasoning.output_tokens'],
      'otel-gen-ai-deprecated': [
        'gen_ai.usage.reasoning_tokens',
        'gen_ai.usage.thoughts_tokens',
        'gen_ai.usage.completion_details.reasoning',
        'gen_ai.usage.completion_tokens_details.reasoning_tokens',
        'gen_ai.usage.output_tokens_details.reasoning_tokens',
      ],
      openinference: ['llm.token_count.completion_details.reasoning', 'llm.token_count.reasoning_tokens'],
      'vercel-ai': ['ai.usage.reasoningTokens', 'ai.usage.outputTokenDetails.reasoningTokens'],
      logfire: ['gen_ai.usage.details.reasoning_tokens', 'gen_ai.usage.details.thoughts_tokens'],
      openlit: ['gen_ai.usage.completion_tokens_details.reasoning'],
      voltagent: ['llm.usage.reasoning_tokens', 'usage.reasoning_tokens'],
      codex: ['codex.usage.reasoning_output_tokens'],
      sentry: ['gen_ai.usage.output_tokens.reasoning'],
      posthog: ['$ai_reasoning_tokens'],
    },
  },
  {
    facts: { audioInputTokens: 8 },
    keys: {
      'otel-gen-ai': ['gen_ai.usage.audio.input_tokens'],
      'otel-gen-ai-deprecated': ['gen_ai.usage.audio_input_tokens', 'gen_ai.usage.input_audio_tokens'],
      openinference: ['llm.token_count.prompt_details.audio'],
      logfire: ['gen_ai.usage.details.input_audio_tokens'],
    },
  },
  {
    facts: { audioOutputTokens: 8 },
    keys: {
      'otel-gen-ai': ['gen_ai.usage.audio.output_tokens'],
      'otel-gen-ai-deprecated': ['gen_ai.usage.audio_output_tokens', 'gen_ai.usage.output_audio_tokens'],
      openinference: ['llm.token_count.completion_details.audio'],
      logfire: ['gen_ai.usage.details.output_audio_tokens'],
      openlit: ['gen_ai.usage.completion_tokens_details.audio'],
    },
  },
  { facts: { imageInputTokens: 8 }, keys: { 'otel-gen-ai': ['gen_ai.usage.image.input_tokens'] } },
  { facts: { imageOutputTokens: 8 }, keys: { 'otel-gen-ai': ['gen_ai.usage.image.output_tokens'] } },
  { facts: { searches: 2 }, keys: { posthog: ['$ai_web_search_count'] } },
  {
    facts: { costGivenTotal: 0.125 },
    keys: {
      'otel-gen-ai': ['gen_ai.usage.cost'],
      openrouter: ['gen_ai.usage.total_cost'],
      litellm: ['gen_ai.cost.total_cost', 'litellm.cost.total'],
      openinference: ['llm.cost.total'],
      logfire: ['operation.cost'],
      'claude-code': ['cost_usd'],
      'vercel-ai-gateway': ['vercel.ai_gateway.cost.total'],
      posthog: ['$ai_total_cost_usd'],
      sentry: ['gen_ai.cost.total_tokens'],
    },
  },
  {
    facts: { costGivenInput: 0.125 },
    keys: {
      laminar: ['gen_ai.usage.input_cost'],
      litellm: ['gen_ai.cost.input_cost'],
      openinference: ['llm.cost.prompt'],
      posthog: ['$ai_input_cost_usd'],
    },
  },
  {
    facts: { costGivenOutput: 0.125 },
    keys: {
      laminar: ['gen_ai.usage.output_cost'],
      litellm: ['gen_ai.cost.output_cost'],
      openinference: ['llm.cost.completion'],
      posthog: ['$ai_output_cost_usd'],
    },
  },
  {
    facts: { ttftMs: 250 },
    value: 0.25,
    keys: {
      'otel-gen-ai': ['gen_ai.response.time_to_first_chunk', 'gen_ai.client.operation.time_to_first_chunk'],
      openlit: ['gen_ai.server.time_to_first_token', 'gen_ai.server.ttft', 'gen_ai.client.time_to_first_token'],
      posthog: ['$ai_time_to_first_token'],
      voice: ['metrics.ttfb'],
    },
  },
  {
    facts: { ttftMs: 250 },
    value: 250,
    keys: {
      'vercel-ai': ['ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'],
      strands: ['gen_ai.server.time_to_first_token'],
      'claude-code': ['ttft_ms'],
    },
  },
  {
    facts: { streaming: true },
    value: 'True',
    keys: {
      'otel-gen-ai': ['gen_ai.request.stream'],
      traceloop: ['gen_ai.is_streaming', 'llm.is_streaming'],
      openlit: ['gen_ai.request.is_stream'],
      agentops: ['gen_ai.request.streaming'],
      langsmith: ['langsmith.request.streaming'],
      sentry: ['gen_ai.response.streaming'],
      'spring-ai': ['spring.ai.chat.client.stream'],
      voltagent: ['llm.stream'],
      posthog: ['$ai_stream'],
    },
  },
  {
    facts: { finishReasons: ['length'] },
    value: 'length',
    keys: {
      'otel-gen-ai': ['gen_ai.response.finish_reasons'],
      'otel-gen-ai-deprecated': ['gen_ai.response.finish_reason'],
      openinference: ['llm.finish_reason', 'llm.response.finish_reason'],
      traceloop: ['llm.response.stop_reason'],
      'vercel-ai': ['ai.response.finishReason', 'ai.finishReason', 'gen_ai.finishReason'],
      'claude-code': ['stop_reason'],
      voltagent: ['ai.response.finish_reason'],
      posthog: ['$ai_stop_reason'],
    },
  },
  {
    facts: { tags: ['red', 'blue'] },
    value: ['red', 'blue'],
    keys: {
      langfuse: ['langfuse.trace.tags', 'langfuse.tags'],
      openinference: ['tag.tags'],
      laminar: ['lmnr.association.properties.tags'],
      'vercel-ai': ['ai.telemetry.metadata.tags', 'ai.settings.context.tags'],
      logfire: ['logfire.tags'],
      braintrust: ['braintrust.tags'],
      strands: ['tags'],
      opik: ['opik.tags'],
    },
  },
  {
    facts: { tags: ['red', 'blue'] },
    value: '["red","blue"]',
    keys: { mastra: ['mastra.tags'], openinference: ['tag.tags'], mlflow: ['mlflow.trace.tags'] },
  },
  { facts: { tags: ['red', 'blue'] }, value: 'red, blue', keys: { langsmith: ['langsmith.span.tags'] } },
  {
    facts: { promptName: 'greet' },
    keys: {
      langfuse: ['langfuse.observation.prompt.name', 'langfuse.prompt.name'],
      'otel-gen-ai': ['gen_ai.prompt.name'],
      traceloop: ['traceloop.prompt.key'],
      langsmith: ['langsmith.metadata.lc_hub_repo'],
      posthog: ['$ai_prompt_name'],
    },
  },
  {
    facts: { promptVersion: '7' },
    value: 7,
    keys: {
      langfuse: ['langfuse.observation.prompt.version', 'langfuse.prompt.version'],
      'otel-gen-ai': ['gen_ai.prompt.version'],
      traceloop: ['traceloop.prompt.version', 'traceloop.prompt.version_name'],
      openinference: ['llm.prompt_template.version'],
      laminar: ['lmnr.span.prompt_hash'],
      posthog: ['$ai_prompt_version'],
    },
  },
  {
    facts: { serviceTier: 'flex' },
    keys: {
      'otel-gen-ai': ['openai.response.service_tier', 'openai.request.service_tier'],
      'otel-gen-ai-deprecated': [
        'gen_ai.openai.response.service_tier',
        'gen_ai.openai.request.service_tier',
        'gen_ai.response.service_tier',
        'gen_ai.request.service_tier',
      ],
      openinference: ['llm.invocation_parameters.service_tier'],
    },
  },
  {
    facts: { toolName: 'lookup' },
    keys: {
      'otel-gen-ai': ['gen_ai.tool.name'],
      openinference: ['tool.name', 'tool_call.function.name'],
      'vercel-ai': ['ai.toolCall.name'],
      'claude-code': ['tool_name'],
      'gemini-cli': ['function_name'],
      'spring-ai': ['spring.ai.tool.definition.name'],
      haystack: ['haystack.tool.name'],
      voice: ['lk.function_tool.name'],
    },
  },
  {
    facts: { toolCallId: 'call_1' },
    keys: {
      'otel-gen-ai': ['gen_ai.tool.call.id'],
      'otel-gen-ai-deprecated': ['gen_ai.tool.call_id'],
      'vercel-ai': ['ai.toolCall.id'],
      openinference: ['tool_call.id', 'tool.id'],
      'claude-code': ['tool_use_id'],
      codex: ['call_id'],
      agentops: ['tool.call.id'],
      voice: ['lk.function_tool.id'],
    },
  },
  {
    facts: { toolArgs: { city: 'Rome' } },
    value: '{"city":"Rome"}',
    beside: { 'gen_ai.operation.name': 'execute_tool' },
    keys: {
      'otel-gen-ai': ['gen_ai.tool.call.arguments'],
      'vercel-ai': ['ai.toolCall.args'],
      openinference: ['tool.parameters', 'input.value'],
      logfire: ['tool_arguments'],
      'google-adk': ['gcp.vertex.agent.tool_call_args'],
      'spring-ai': ['spring.ai.tool.call.arguments'],
      traceloop: ['traceloop.entity.input', 'mcp.request.argument'],
      openlit: ['gen_ai.tool.args'],
      sentry: ['gen_ai.tool.input'],
      'claude-code': ['tool_input'],
      'gemini-cli': ['function_args'],
      haystack: ['haystack.tool.input'],
      agentops: ['agentops.entity.input'],
    },
  },
  {
    facts: { toolResultContains: 'sunny' },
    value: '{"sky":"sunny"}',
    beside: { 'gen_ai.operation.name': 'execute_tool' },
    keys: {
      'otel-gen-ai': ['gen_ai.tool.call.result'],
      'vercel-ai': ['ai.toolCall.result'],
      openinference: ['output.value'],
      logfire: ['tool_response'],
      'google-adk': ['gcp.vertex.agent.tool_response'],
      'spring-ai': ['spring.ai.tool.call.result'],
      traceloop: ['traceloop.entity.output', 'mcp.response.value'],
      sentry: ['gen_ai.tool.output'],
      haystack: ['haystack.tool.output'],
      agentops: ['tool.result', 'agentops.entity.output'],
    },
  },
  {
    facts: { inputTextContains: 'Where is it?' },
    value: '{"question":"Where is it?"}',
    keys: {
      langfuse: ['langfuse.observation.input', 'langfuse.trace.input'],
      openinference: ['input.value'],
      traceloop: ['traceloop.entity.input'],
      mlflow: ['mlflow.spanInputs', 'mlflow.chat.messages'],
      laminar: ['lmnr.span.input'],
      genkit: ['genkit:input'],
      braintrust: ['braintrust.input_json', 'braintrust.input'],
      'cloudflare-ai-gateway': ['gen_ai.prompt_json'],
      'otel-gen-ai-deprecated': ['gen_ai.prompt'],
      logfire: ['pydantic_ai.all_messages', 'request_data'],
      voltagent: ['input'],
      'claude-code': ['user_prompt'],
      posthog: ['$ai_input', '$ai_input_state'],
      voice: ['lk.input_text', 'lk.user_input', 'lk.user_transcript', 'lk.chat_ctx'],
      mastra: ['agent_run', 'model_generation', 'model_step', 'workflow_run', 'workflow_step'].map(
        (n) => `mastra.${n}.input`,
      ),
      sentry: ['gen_ai.request.messages'],
    },
  },
  {
    facts: { outputTextContains: 'Over there.' },
    value: '{"answer":"Over there."}',
    keys: {
      langfuse: ['langfuse.observation.output', 'langfuse.trace.output'],
      openinference: ['output.value'],
      traceloop: ['traceloop.entity.output'],
      mlflow: ['mlflow.spanOutputs'],
      laminar: ['lmnr.span.output'],
      genkit: ['genkit:output'],
      braintrust: ['braintrust.output_json', 'braintrust.output'],
      'cloudflare-ai-gateway': ['gen_ai.completion_json'],
      'otel-gen-ai-deprecated': ['gen_ai.completion'],
      logfire: ['final_result'],
      voltagent: ['output'],
      posthog: ['$ai_output_choices', '$ai_output_state'],
      voice: ['lk.response.text'],
      mastra: ['agent_run', 'model_generation', 'model_step', 'workflow_run', 'workflow_step'].map(
        (n) => `mastra.${n}.output`,
      ),
      sentry: ['gen_ai.response.text'],
      'vercel-ai': ['ai.response.text', 'ai.response.object', 'ai.result.object', 'ai.response.reasoning'],
    },
  },
  {
    facts: { agentName: 'scout' },
    keys: {
      'otel-gen-ai': ['gen_ai.agent.name'],
      openinference: ['agent.name', 'graph.node.name'],
      haystack: ['haystack.agent.name'],
      voice: ['lk.agent_name'],
      logfire: ['agent_name'],
    },
  },
  {
    facts: { workflowName: 'nightly' },
    keys: {
      'otel-gen-ai': ['gen_ai.workflow.name'],
      traceloop: ['traceloop.workflow.name'],
      'vercel-ai': ['ai.telemetry.functionId'],
      sentry: ['gen_ai.pipeline.name'],
    },
  },
  {
    facts: { environment: 'staging' },
    keys: {
      langfuse: ['langfuse.environment'],
      'otel-gen-ai': ['deployment.environment.name'],
      'otel-gen-ai-deprecated': ['deployment.environment'],
      openlit: ['gen_ai.environment'],
    },
  },
  {
    facts: { isError: true, errorType: 'Timeout', errorClass: 'timeout' },
    value: 'Timeout',
    keys: { 'otel-gen-ai': ['error.type'], posthog: ['$ai_error_type'] },
  },
  { facts: { isError: true }, value: false, keys: { 'claude-code': ['success'] } },
  { facts: { isError: true }, value: true, keys: { genkit: ['genkit:isFailureSource'], posthog: ['$ai_is_error'] } },
  { facts: { isError: true }, value: 'ERROR', keys: { langfuse: ['langfuse.observation.level'] } },
  { facts: { isError: true }, value: 'error', keys: { strands: ['gen_ai.tool.status'] } },
]

const PARAMETERS: readonly (readonly [
  facts: Facts,
  value: Plain,
  keys: Readonly<Record<string, readonly string[]>>,
])[] = [
  [
    { params: { temperature: 0.5 } },
    0.5,
    {
      'otel-gen-ai': ['gen_ai.request.temperature'],
      'vercel-ai': ['ai.settings.temperature'],
      traceloop: ['llm.temperature'],
      posthog: ['$ai_temperature'],
    },
  ],
  [
    { params: { topP: 1 } },
    double(1),
    { 'otel-gen-ai': ['gen_ai.request.top_p'], 'vercel-ai': ['ai.settings.topP'], traceloop: ['llm.top_p'] },
  ],
  [
    { params: { topK: 4 } },
    4,
    { 'otel-gen-ai': ['gen_ai.request.top_k'], 'vercel-ai': ['ai.settings.topK'], traceloop: ['llm.top_k'] },
  ],
  [
    { params: { maxTokens: 64 } },
    64,
    {
      'otel-gen-ai': ['gen_ai.request.max_tokens'],
      'otel-gen-ai-deprecated': ['gen_ai.request.max_completion_tokens'],
      'vercel-ai': ['ai.settings.maxTokens', 'ai.settings.maxOutputTokens'],
      posthog: ['$ai_max_tokens'],
    },
  ],
  [
    { params: { choiceCount: 3 } },
    3,
    { 'otel-gen-ai': ['gen_ai.request.choice.count'], 'otel-gen-ai-deprecated': ['gen_ai.request.n'] },
  ],
  [
    { params: { stop: ['END'] } },
    ['END'],
    { 'otel-gen-ai': ['gen_ai.request.stop_sequences'], traceloop: ['llm.chat.stop_sequences'] },
  ],
  [
    { params: { temperature: 0.5, maxTokens: 64 } },
    '{"temperature":0.5,"max_tokens":64}',
    {
      langfuse: ['langfuse.observation.model.parameters', 'langfuse.observation.model_parameters'],
      openinference: ['llm.invocation_parameters'],
      langsmith: ['langsmith.metadata.ls_invocation_params'],
      braintrust: ['braintrust.metadata'],
      posthog: ['$ai_model_parameters'],
    },
  ],
]

const ALL: readonly Field[] = [...FIELDS, ...PARAMETERS.map(([facts, value, keys]) => ({ facts, value, keys }))]

const spansOf = (dialect: string): PayloadSpan[] =>
  ALL.flatMap(({ facts, value, beside, keys }) =>
    (keys[dialect] ?? []).map((key) => ({
      name: key,
      attributes: { ...beside, [key]: value ?? (Object.values(facts)[0] as Plain) },
      facts,
    })),
  )

const DIALECTS = [...new Set(ALL.flatMap(({ keys }) => Object.keys(keys)))]

export const everyKey: readonly Payload[] = DIALECTS.map((dialect) => ({
  dialect,
  source: 'each key alone',
  scope: SCOPES[dialect] ?? 'my.app',
  spans: spansOf(dialect),
}))
