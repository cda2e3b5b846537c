// One answer of Gemini (1200 tokens in, 1024 of them cached; 21 in the answer and 64 in thoughts) as each dialect that can tell all of it writes it.
import type { Telling } from './telling.ts'

const MODEL = 'gemini-2.5-flash'
const json = JSON.stringify
const RAW = {
  promptTokenCount: 1200,
  cachedContentTokenCount: 1024,
  candidatesTokenCount: 21,
  thoughtsTokenCount: 64,
  totalTokenCount: 1285,
}
const RAW_PYTHON = {
  prompt_token_count: 1200,
  cached_content_token_count: 1024,
  candidates_token_count: 21,
  thoughts_token_count: 64,
  total_token_count: 1285,
}

const conventions = (provider: string, more: object = {}): Telling['attributes'] => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': provider,
  'gen_ai.request.model': MODEL,
  'gen_ai.usage.input_tokens': 1200,
  'gen_ai.usage.output_tokens': 85,
  'gen_ai.usage.cache_read.input_tokens': 1024,
  'gen_ai.usage.reasoning.output_tokens': 64,
  ...more,
})

export const GEMINI: readonly Telling[] = [
  { dialect: 'otel-gen-ai', attributes: conventions('gcp.gemini') },
  {
    dialect: 'otel-gen-ai',
    note: 'with its path',
    attributes: conventions('gcp.gemini', { 'gen_ai.request.model': `models/${MODEL}` }),
  },
  {
    dialect: 'google-adk',
    note: 'TypeScript',
    scope: 'gcp.vertex.agent',
    version: '2.0.0',
    name: 'call_llm',
    attributes: {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': MODEL,
      'gcp.vertex.agent.llm_response': json({ usageMetadata: RAW }),
      'gen_ai.usage.input_tokens': 1200,
      'gen_ai.usage.output_tokens': 21,
    },
  },
  {
    dialect: 'google-adk',
    note: 'Python 1.0',
    scope: 'gcp.vertex.agent',
    version: '1.0.0',
    name: 'call_llm',
    attributes: {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': MODEL,
      'gcp.vertex.agent.llm_response': json({ usage_metadata: RAW_PYTHON }),
    },
  },
  {
    dialect: 'genkit',
    note: 'counts without thoughts',
    scope: 'genkit-tracer',
    attributes: {
      'genkit:metadata:subtype': 'model',
      'genkit:name': `googleai/${MODEL}`,
      'genkit:output': json({
        usage: {
          inputTokens: 1200,
          outputTokens: 21,
          totalTokens: 1285,
          thoughtsTokens: 64,
          cachedContentTokens: 1024,
        },
      }),
    },
  },
  {
    dialect: 'genkit',
    note: 'raw',
    scope: 'genkit-tracer',
    attributes: {
      'genkit:metadata:subtype': 'model',
      'genkit:name': `googleai/${MODEL}`,
      'genkit:output': json({ usage: { inputTokens: 1200, outputTokens: 21 }, raw: { usageMetadata: RAW } }),
    },
  },
  {
    dialect: 'vercel-ai',
    scope: 'ai',
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'google.generative-ai',
      'ai.model.id': MODEL,
      'ai.usage.promptTokens': 1200,
      'ai.usage.completionTokens': 21,
      'ai.response.providerMetadata': json({ google: { usageMetadata: RAW } }),
    },
  },
  {
    dialect: 'openinference',
    scope: 'openinference.instrumentation.google_genai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'google',
      'llm.model_name': MODEL,
      'llm.token_count.prompt': 1200,
      'llm.token_count.completion': 85,
      'llm.token_count.total': 1285,
      'llm.token_count.prompt_details.cache_read': 1024,
      'llm.token_count.completion_details.reasoning': 64,
    },
  },
  {
    dialect: 'langfuse',
    scope: 'langfuse-sdk',
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': MODEL,
      'langfuse.observation.usage_details': json(RAW),
    },
  },
  {
    dialect: 'langsmith',
    scope: 'langsmith',
    attributes: {
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'google_genai',
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
  {
    dialect: 'logfire',
    note: 'pydantic-ai',
    scope: 'pydantic-ai',
    attributes: conventions('google-gla', {
      'gen_ai.usage.details.cached_content_tokens': 1024,
      'gen_ai.usage.details.thoughts_tokens': 64,
    }),
  },
  {
    dialect: 'openrouter',
    scope: 'openrouter',
    attributes: conventions('Google AI Studio', { 'gen_ai.request.model': `google/${MODEL}` }),
  },
]
