// One answer of OpenAI (1200 tokens in, 1024 of them cached; 85 out, 64 of them reasoning) as each dialect that can tell all of it writes it.
import type { PlainAttributes } from '../../../../semconv/test/conformance/payload.ts'
import type { Telling } from './telling.ts'

const MODEL = 'gpt-5-mini'
const RAW = {
  prompt_tokens: 1200,
  completion_tokens: 85,
  total_tokens: 1285,
  prompt_tokens_details: { cached_tokens: 1024, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 64, audio_tokens: 0 },
}
const RESPONSES = {
  input_tokens: 1200,
  input_tokens_details: { cached_tokens: 1024 },
  output_tokens: 85,
  output_tokens_details: { reasoning_tokens: 64 },
  total_tokens: 1285,
}
const json = JSON.stringify

const conventions = (more: PlainAttributes = {}): PlainAttributes => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': MODEL,
  'gen_ai.usage.input_tokens': 1200,
  'gen_ai.usage.output_tokens': 85,
  'gen_ai.usage.cache_read.input_tokens': 1024,
  ...more,
})

const aiSdk = (more: PlainAttributes): PlainAttributes => ({
  'ai.operationId': 'ai.generateText.doGenerate',
  'ai.model.provider': 'openai.chat',
  'ai.model.id': MODEL,
  'gen_ai.system': 'openai.chat',
  'gen_ai.request.model': MODEL,
  'gen_ai.usage.input_tokens': 1200,
  'gen_ai.usage.output_tokens': 85,
  ...more,
})

export const OPENAI: readonly Telling[] = [
  { dialect: 'otel-gen-ai', attributes: conventions({ 'gen_ai.usage.reasoning.output_tokens': 64 }) },
  {
    dialect: 'otel-gen-ai-deprecated',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.prompt_tokens': 1200,
      'gen_ai.usage.completion_tokens': 85,
      'gen_ai.usage.cache_read_input_tokens': 1024,
      'gen_ai.usage.reasoning_tokens': 64,
    },
  },
  {
    dialect: 'openinference',
    scope: '@arizeai/openinference-instrumentation-openai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.system': 'openai',
      'llm.model_name': MODEL,
      'llm.token_count.prompt': 1200,
      'llm.token_count.completion': 85,
      'llm.token_count.total': 1285,
      'llm.token_count.prompt_details.cache_read': 1024,
      'llm.token_count.completion_details.reasoning': 64,
    },
  },
  {
    dialect: 'traceloop',
    scope: 'opentelemetry.instrumentation.openai.v1',
    attributes: {
      'llm.request.type': 'chat',
      'gen_ai.system': 'OpenAI',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.prompt_tokens': 1200,
      'gen_ai.usage.completion_tokens': 85,
      'llm.usage.total_tokens': 1285,
      'gen_ai.usage.cache_read_input_tokens': 1024,
      'gen_ai.usage.reasoning_tokens': 64,
    },
  },
  {
    dialect: 'vercel-ai',
    note: '4',
    scope: 'ai',
    attributes: aiSdk({
      'ai.usage.promptTokens': 1200,
      'ai.usage.completionTokens': 85,
      'ai.response.providerMetadata': json({ openai: { reasoningTokens: 64, cachedPromptTokens: 1024 } }),
    }),
  },
  {
    dialect: 'vercel-ai',
    note: '6',
    scope: 'ai',
    attributes: aiSdk({
      'ai.usage.inputTokens': 1200,
      'ai.usage.outputTokens': 85,
      'ai.usage.inputTokenDetails.cacheReadTokens': 1024,
      'ai.usage.inputTokenDetails.noCacheTokens': 176,
      'ai.usage.outputTokenDetails.reasoningTokens': 64,
    }),
  },
  { dialect: 'vercel-ai', note: '7', scope: 'gen_ai', attributes: conventions() },
  {
    dialect: 'langsmith',
    scope: 'langsmith',
    attributes: {
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': MODEL,
      'langsmith.usage_metadata': json({
        input_tokens: 1200,
        output_tokens: 85,
        total_tokens: 1285,
        input_token_details: { cache_read: 1024 },
        output_token_details: { reasoning: 64 },
      }),
    },
  },
  ...[
    { input: 176, input_cached_tokens: 1024, output: 21, output_reasoning_tokens: 64, total: 1285 },
    { input: 176, input_cache_read: 1024, output: 21, output_reasoning: 64, total: 1285 },
    RAW,
    RESPONSES,
  ].map((usage, i) => ({
    dialect: 'langfuse',
    note: `form ${i}`,
    scope: 'langfuse-sdk',
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': MODEL,
      'langfuse.observation.usage_details': json(usage),
    },
  })),
  {
    dialect: 'logfire',
    scope: 'logfire.openai',
    attributes: {
      'gen_ai.system': 'openai',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.input_tokens': 1200,
      'gen_ai.usage.output_tokens': 85,
      'gen_ai.usage.raw': json(RESPONSES),
    },
  },
  {
    dialect: 'logfire',
    note: 'pydantic-ai',
    scope: 'pydantic-ai',
    attributes: conventions({
      'gen_ai.usage.details.cached_tokens': 1024,
      'gen_ai.usage.details.reasoning_tokens': 64,
      'gen_ai.usage.details.input_tokens': 1200,
    }),
  },
  {
    dialect: 'mastra',
    scope: '@mastra/otel-exporter',
    attributes: conventions({
      'mastra.span.type': 'model_inference',
      'gen_ai.provider.name': 'openai.chat',
      'gen_ai.usage.reasoning_tokens': 64,
    }),
  },
  {
    dialect: 'codex',
    scope: 'codex_exec',
    name: 'handle_responses',
    attributes: {
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.input_tokens': 1200,
      'gen_ai.usage.output_tokens': 85,
      'gen_ai.usage.cache_read.input_tokens': 1024,
      'codex.usage.reasoning_output_tokens': 64,
      'codex.usage.total_tokens': 1285,
    },
  },
  {
    dialect: 'copilot',
    scope: 'github.copilot',
    attributes: conventions({ 'github.copilot.cost': 2, 'gen_ai.usage.reasoning.output_tokens': 64 }),
  },
  {
    dialect: 'strands',
    scope: 'strands-agents',
    attributes: conventions({
      'gen_ai.provider.name': 'strands-agents',
      'gen_ai.system': 'strands-agents',
      'gen_ai.usage.prompt_tokens': 1200,
      'gen_ai.usage.completion_tokens': 85,
      'gen_ai.usage.total_tokens': 1285,
      'gen_ai.usage.cache_read_input_tokens': 1024,
    }),
  },
  {
    dialect: 'genkit',
    scope: 'genkit-tracer',
    attributes: {
      'genkit:metadata:subtype': 'model',
      'genkit:name': `openai/${MODEL}`,
      'genkit:output': json({ usage: { inputTokens: 1200, outputTokens: 85, totalTokens: 1285 }, raw: { usage: RAW } }),
    },
  },
  {
    dialect: 'openlit',
    scope: '@openlit/instrumentation-openai',
    attributes: conventions({ 'gen_ai.usage.cost': 0, 'gen_ai.usage.reasoning_tokens': 64 }),
  },
  {
    dialect: 'litellm',
    scope: 'litellm',
    attributes: {
      'llm.request.type': 'acompletion',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.prompt_tokens': 1200,
      'gen_ai.usage.completion_tokens': 85,
      'gen_ai.usage.cache_read_input_tokens': 1024,
    },
  },
  {
    dialect: 'mlflow',
    attributes: {
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.llm.model': `"${MODEL}"`,
      'mlflow.llm.provider': '"openai"',
      'mlflow.chat.tokenUsage': json({
        input_tokens: 1200,
        output_tokens: 85,
        total_tokens: 1285,
        cache_read_input_tokens: 1024,
      }),
    },
  },
  {
    dialect: 'voltagent',
    scope: '@voltagent/core',
    attributes: {
      'span.type': 'llm',
      'llm.model': MODEL,
      'llm.usage.prompt_tokens': 1200,
      'llm.usage.completion_tokens': 85,
      'llm.usage.cached_tokens': 1024,
      'llm.usage.reasoning_tokens': 64,
    },
  },
  {
    dialect: 'braintrust',
    attributes: {
      'braintrust.span_attributes': '{"type":"llm"}',
      'braintrust.metadata': json({ model: MODEL, provider: 'openai' }),
      'braintrust.metrics': json({
        prompt_tokens: 1200,
        completion_tokens: 85,
        tokens: 1285,
        prompt_cached_tokens: 1024,
        completion_reasoning_tokens: 64,
      }),
    },
  },
  {
    dialect: 'sentry',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.input_tokens': 1200,
      'gen_ai.usage.input_tokens.cached': 1024,
      'gen_ai.usage.output_tokens': 85,
      'gen_ai.usage.output_tokens.reasoning': 64,
    },
  },
  {
    dialect: 'posthog',
    scope: '@posthog/ai',
    attributes: {
      $ai_event: '$ai_generation',
      $ai_provider: 'openai',
      $ai_model: MODEL,
      $ai_input_tokens: 1200,
      $ai_output_tokens: 85,
      $ai_cache_read_input_tokens: 1024,
      $ai_reasoning_tokens: 64,
    },
  },
  {
    dialect: 'haystack',
    scope: 'haystack',
    name: 'haystack.component.run',
    attributes: {
      'haystack.component.type': 'OpenAIChatGenerator',
      'haystack.component.output': json({
        replies: [{ role: 'assistant', content: [], meta: { model: MODEL, usage: RAW } }],
      }),
    },
  },
  {
    dialect: 'voice',
    scope: 'pipecat',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.input_tokens': 1200,
      'gen_ai.usage.output_tokens': 85,
      cache_read_input_tokens: 1024,
    },
  },
  { dialect: 'microsoft', scope: 'Experimental.Microsoft.Extensions.AI', attributes: conventions() },
  { dialect: 'laminar', scope: 'lmnr.tracer', attributes: conventions({ 'lmnr.span.type': 'LLM' }) },
]
