// The same answer of OpenAI as frameworks, gateways and other back ends write it.

import { conventions, MODEL, RAW } from './openai-answer.ts'
import type { Telling } from './telling.ts'

const json = JSON.stringify

export const OPENAI_BY_OTHERS: readonly Telling[] = [
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
