// Field by field every key that can fill it, each alone on a span: what a client sends under any of these names must not be lost.
import type { Facts } from '../facts.ts'
import { double, type Payload, type PayloadSpan, type Plain } from '../payload.ts'
import { CONTENT } from './every-key-content.ts'
import { NAMES } from './every-key-names.ts'
import { USAGE } from './every-key-usage.ts'
import type { Field } from './field.ts'

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

const ALL: readonly Field[] = [
  ...NAMES,
  ...USAGE,
  ...CONTENT,
  ...PARAMETERS.map(([facts, value, keys]) => ({ facts, value, keys })),
]

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
