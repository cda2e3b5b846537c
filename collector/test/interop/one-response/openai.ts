// One answer of OpenAI (1200 tokens in, 1024 of them cached; 85 out, 64 of them reasoning) as each dialect that can tell all of it writes it.
import type { PlainAttributes } from '../../../../semconv/test/conformance/payload.ts'
import { conventions, MODEL, RAW } from './openai-answer.ts'
import type { Telling } from './telling.ts'

const RESPONSES = {
  input_tokens: 1200,
  input_tokens_details: { cached_tokens: 1024 },
  output_tokens: 85,
  output_tokens_details: { reasoning_tokens: 64 },
  total_tokens: 1285,
}
const json = JSON.stringify

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
]
