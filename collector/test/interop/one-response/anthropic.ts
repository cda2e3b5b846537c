// One answer of Anthropic (20 in besides 3000 read and 500 written; 60 out) as each dialect that can tell all of it writes it. `split`: 400 of
// the 500 were written for five minutes and 100 for an hour; who cannot say so means five minutes.
import type { PlainAttributes } from '../../../../semconv/test/conformance/payload.ts'
import type { Telling } from './telling.ts'

const MODEL = 'claude-sonnet-4-5'
const json = JSON.stringify
const raw = (forAnHour: number) => ({
  input_tokens: 20,
  output_tokens: 60,
  cache_read_input_tokens: 3000,
  cache_creation_input_tokens: 500,
  cache_creation: { ephemeral_5m_input_tokens: 500 - forAnHour, ephemeral_1h_input_tokens: forAnHour },
})

/** By the conventions, of which some leave the cached tokens out of the input. */
const conventions = (input: 20 | 3520, more: PlainAttributes = {}): PlainAttributes => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'anthropic',
  'gen_ai.request.model': MODEL,
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': 60,
  'gen_ai.usage.cache_read.input_tokens': 3000,
  'gen_ai.usage.cache_creation.input_tokens': 500,
  ...more,
})

const aiSdk = (input: 20 | 3520, more: PlainAttributes): PlainAttributes => ({
  'ai.operationId': 'ai.generateText.doGenerate',
  'ai.model.provider': 'anthropic.messages',
  'ai.model.id': MODEL,
  'gen_ai.system': 'anthropic.messages',
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': 60,
  ...more,
})

/** Those that cannot tell for how long. */
export const ANTHROPIC: readonly Telling[] = [
  { dialect: 'otel-gen-ai', attributes: conventions(3520) },
  {
    dialect: 'otel-gen-ai',
    note: '2026',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.input_tokens': 3520,
      'gen_ai.usage.output_tokens': 60,
      'gen_ai.usage.cache_read.input_tokens': 3000,
      'gen_ai.usage.cache_write.input_tokens': 500,
    },
  },
  { dialect: 'traceloop', note: 'JS', scope: '@traceloop/instrumentation-anthropic', attributes: conventions(20) },
  {
    dialect: 'traceloop',
    note: 'Python',
    scope: 'opentelemetry.instrumentation.anthropic',
    attributes: conventions(3520),
  },
  {
    dialect: 'laminar',
    scope: '@traceloop/instrumentation-anthropic',
    attributes: conventions(20, { 'lmnr.span.type': 'LLM', 'gen_ai.usage.total_tokens': 80 }),
  },
  { dialect: 'openlit', scope: 'openlit', attributes: conventions(20) },
  { dialect: 'vercel-ai', note: '7', scope: 'gen_ai', attributes: conventions(3520) },
  {
    dialect: 'vercel-ai',
    note: '6',
    scope: 'ai',
    attributes: aiSdk(3520, {
      'ai.usage.inputTokens': 3520,
      'ai.usage.inputTokenDetails.noCacheTokens': 20,
      'ai.usage.inputTokenDetails.cacheReadTokens': 3000,
      'ai.usage.inputTokenDetails.cacheWriteTokens': 500,
    }),
  },
  {
    dialect: 'vercel-ai',
    note: '5, without the raw usage',
    scope: 'ai',
    attributes: aiSdk(20, {
      'ai.usage.inputTokens': 20,
      'ai.usage.cachedInputTokens': 3000,
      'ai.response.providerMetadata': json({ anthropic: { cacheCreationInputTokens: 500 } }),
    }),
  },
  {
    dialect: 'openinference',
    scope: '@arizeai/openinference-instrumentation-anthropic',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'anthropic',
      'llm.model_name': MODEL,
      'llm.token_count.prompt': 3520,
      'llm.token_count.completion': 60,
      'llm.token_count.total': 3580,
      'llm.token_count.prompt_details.cache_read': 3000,
      'llm.token_count.prompt_details.cache_write': 500,
    },
  },
  {
    dialect: 'openinference',
    note: 'agno',
    scope: 'openinference.instrumentation.agno',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'anthropic',
      'llm.model_name': MODEL,
      'llm.token_count.prompt': 20,
      'llm.token_count.completion': 60,
      'llm.token_count.prompt_details.cache_read': 3000,
      'llm.token_count.prompt_details.cache_write': 500,
    },
  },
  {
    dialect: 'langsmith',
    scope: 'langsmith',
    attributes: {
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.input_tokens': 3520,
      'gen_ai.usage.output_tokens': 60,
      'gen_ai.usage.input_token_details': json({ cache_read: 3000, cache_creation: 500 }),
    },
  },
  {
    dialect: 'langfuse',
    scope: 'langfuse-sdk',
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': MODEL,
      'langfuse.observation.usage_details': json({
        input: 20,
        output: 60,
        cache_read_input_tokens: 3000,
        cache_creation_input_tokens: 500,
      }),
    },
  },
  {
    dialect: 'claude-code',
    scope: 'com.anthropic.claude_code.tracing',
    name: 'claude_code.llm_request',
    attributes: {
      'span.type': 'llm_request',
      model: MODEL,
      input_tokens: 20,
      output_tokens: 60,
      cache_read_tokens: 3000,
      cache_creation_tokens: 500,
      speed: 'normal',
    },
  },
  {
    dialect: 'litellm',
    scope: 'litellm',
    attributes: {
      'llm.request.type': 'acompletion',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.prompt_tokens': 3520,
      'gen_ai.usage.completion_tokens': 60,
      'gen_ai.usage.cache_read_input_tokens': 3000,
      'gen_ai.usage.cache_creation_input_tokens': 500,
    },
  },
  {
    dialect: 'mlflow',
    attributes: {
      'mlflow.spanType': '"LLM"',
      'mlflow.llm.model': `"${MODEL}"`,
      'mlflow.llm.provider': '"anthropic"',
      'mlflow.chat.tokenUsage': json({
        input_tokens: 3520,
        output_tokens: 60,
        cache_read_input_tokens: 3000,
        cache_creation_input_tokens: 500,
      }),
    },
  },
  {
    dialect: 'logfire',
    note: 'pydantic-ai',
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': MODEL,
      'gen_ai.usage.input_tokens': 3520,
      'gen_ai.usage.output_tokens': 60,
      'gen_ai.usage.details.cache_read_tokens': 3000,
      'gen_ai.usage.details.cache_write_tokens': 500,
      'gen_ai.usage.details.input_tokens': 20,
    },
  },
]

/** Those that can; also told as 500 for five minutes they cost what the others do. */
export const anthropicWithSplit = (forAnHour: number): readonly Telling[] => [
  {
    dialect: 'otel-gen-ai',
    note: 'ephemeral keys',
    attributes: conventions(3520, {
      'gen_ai.usage.cache_creation.input_tokens.ephemeral_5m': 500 - forAnHour,
      'gen_ai.usage.cache_creation.input_tokens.ephemeral_1h': forAnHour,
    }),
  },
  {
    dialect: 'vercel-ai',
    note: '4 and 5',
    scope: 'ai',
    attributes: aiSdk(20, { 'ai.response.providerMetadata': json({ anthropic: { usage: raw(forAnHour) } }) }),
  },
  {
    dialect: 'vercel-ai',
    note: '6 with raw usage',
    scope: 'ai',
    attributes: aiSdk(3520, {
      'ai.usage.inputTokens': 3520,
      'ai.usage.inputTokenDetails.cacheReadTokens': 3000,
      'ai.usage.inputTokenDetails.cacheWriteTokens': 500,
      'ai.response.providerMetadata': json({ anthropic: { usage: raw(forAnHour) } }),
    }),
  },
  {
    dialect: 'vercel-ai',
    note: '7 with supplements',
    scope: 'gen_ai',
    attributes: conventions(3520, { 'ai.response.providerMetadata': json({ anthropic: { usage: raw(forAnHour) } }) }),
  },
  {
    dialect: 'langfuse',
    note: 'raw',
    scope: 'langfuse-sdk',
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': MODEL,
      'langfuse.observation.usage_details': json(raw(forAnHour)),
    },
  },
  {
    dialect: 'logfire',
    scope: 'logfire.anthropic',
    attributes: conventions(3520, { 'gen_ai.usage.raw': json(raw(forAnHour)) }),
  },
  {
    dialect: 'genkit',
    scope: 'genkit-tracer',
    attributes: {
      'genkit:metadata:subtype': 'model',
      'genkit:name': `anthropic/${MODEL}`,
      'genkit:output': json({ usage: { inputTokens: 20, outputTokens: 60 }, raw: { usage: raw(forAnHour) } }),
    },
  },
]
