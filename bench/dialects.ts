// What another dialect costs: the same call of 2.6 KB as the conventions write it and as others do, from bytes to priced Native blocks.
import { race, thousands } from './measure.ts'
import { attribute, encodeSpans, makePayload, text } from './payloads.ts'
import { toBlocks } from './to-blocks.ts'

const SPANS = 256
const USER = text(1200)
const REPLY = text(420)
const SYSTEM = 'You are a helpful support agent.'
const json = JSON.stringify

interface Form {
  scope: string
  attributes: (i: number) => ReturnType<typeof attribute>[]
}

const FORMS: Readonly<Record<string, Form>> = {
  'vercel-ai': {
    scope: 'ai',
    attributes: (i) => [
      attribute('operation.name', 'ai.generateText.doGenerate support'),
      attribute('ai.operationId', 'ai.generateText.doGenerate'),
      attribute('ai.model.id', 'gpt-4o'),
      attribute('ai.model.provider', 'openai.chat'),
      attribute('ai.telemetry.metadata.userId', `user-${i % 20}`),
      attribute('ai.telemetry.metadata.sessionId', `conv-${i % 50}`),
      attribute(
        'ai.prompt.messages',
        json([
          { role: 'system', content: SYSTEM },
          { role: 'user', content: [{ type: 'text', text: USER }] },
        ]),
      ),
      attribute('ai.response.text', REPLY),
      attribute('ai.response.finishReason', 'stop'),
      attribute('ai.response.model', 'gpt-4o'),
      attribute('ai.response.id', `chatcmpl-${i}`),
      attribute('ai.response.providerMetadata', '{"openai":{"cachedPromptTokens":1024,"reasoningTokens":64}}'),
      attribute('ai.usage.inputTokens', 1200 + (i % 100)),
      attribute('ai.usage.outputTokens', 85),
      attribute('ai.usage.inputTokenDetails.cacheReadTokens', 1024),
      attribute('gen_ai.system', 'openai.chat'),
      attribute('gen_ai.request.model', 'gpt-4o'),
      attribute('gen_ai.usage.input_tokens', 1200 + (i % 100)),
      attribute('gen_ai.usage.output_tokens', 85),
    ],
  },
  openinference: {
    scope: '@arizeai/openinference-instrumentation-openai',
    attributes: (i) => [
      attribute('openinference.span.kind', 'LLM'),
      attribute('llm.system', 'openai'),
      attribute('llm.model_name', 'gpt-4o'),
      attribute('llm.invocation_parameters', '{"model":"gpt-4o","temperature":0.7,"max_tokens":1024}'),
      attribute('llm.input_messages.0.message.role', 'system'),
      attribute('llm.input_messages.0.message.content', SYSTEM),
      attribute('llm.input_messages.1.message.role', 'user'),
      attribute('llm.input_messages.1.message.content', USER),
      attribute('llm.output_messages.0.message.role', 'assistant'),
      attribute('llm.output_messages.0.message.content', REPLY),
      attribute('llm.token_count.prompt', 1200 + (i % 100)),
      attribute('llm.token_count.completion', 85),
      attribute('llm.token_count.total', 1285 + (i % 100)),
      attribute('llm.token_count.prompt_details.cache_read', 1024),
      attribute('llm.token_count.completion_details.reasoning', 64),
      attribute('session.id', `conv-${i % 50}`),
      attribute('user.id', `user-${i % 20}`),
      attribute('metadata', '{"tier":"pro"}'),
    ],
  },
  traceloop: {
    scope: '@traceloop/instrumentation-openai',
    attributes: (i) => [
      attribute('gen_ai.system', 'OpenAI'),
      attribute('llm.request.type', 'chat'),
      attribute('gen_ai.request.model', 'gpt-4o'),
      attribute('gen_ai.response.model', 'gpt-4o'),
      attribute('gen_ai.request.temperature', 0.7),
      attribute('gen_ai.prompt.0.role', 'system'),
      attribute('gen_ai.prompt.0.content', SYSTEM),
      attribute('gen_ai.prompt.1.role', 'user'),
      attribute('gen_ai.prompt.1.content', USER),
      attribute('gen_ai.completion.0.role', 'assistant'),
      attribute('gen_ai.completion.0.content', REPLY),
      attribute('gen_ai.completion.0.finish_reason', 'stop'),
      attribute('gen_ai.usage.prompt_tokens', 1200 + (i % 100)),
      attribute('gen_ai.usage.completion_tokens', 85),
      attribute('llm.usage.total_tokens', 1285 + (i % 100)),
      attribute('traceloop.association.properties.user_id', `user-${i % 20}`),
    ],
  },
  langfuse: {
    scope: 'langfuse-sdk',
    attributes: (i) => [
      attribute('langfuse.observation.type', 'generation'),
      attribute('langfuse.observation.model.name', 'gpt-4o'),
      attribute('langfuse.observation.model.parameters', '{"temperature":0.7,"max_tokens":1024}'),
      attribute(
        'langfuse.observation.input',
        json([
          { role: 'system', content: SYSTEM },
          { role: 'user', content: USER },
        ]),
      ),
      attribute('langfuse.observation.output', json({ role: 'assistant', content: REPLY })),
      attribute(
        'langfuse.observation.usage_details',
        '{"input":176,"input_cached_tokens":1024,"output":21,"output_reasoning_tokens":64,"total":1285}',
      ),
      attribute('langfuse.observation.metadata.tier', '"pro"'),
      attribute('session.id', `conv-${i % 50}`),
      attribute('user.id', `user-${i % 20}`),
      attribute('langfuse.environment', 'production'),
    ],
  },
}

export function benchDialects(): void {
  const payloads = [
    { name: 'otel gen_ai', payload: makePayload('gen_ai', SPANS) },
    ...Object.entries(FORMS).map(([name, { scope, attributes }]) => ({
      name,
      payload: encodeSpans('gen_ai', SPANS, scope, attributes),
    })),
  ]
  const results = race(payloads.map(({ name, payload }) => ({ name, run: toBlocks(payload) })))
  const own = results[0]!.rate
  console.log(
    '\nOTLP bytes in memory -> priced Native blocks, spans per CPU-second, by dialect (at least a third of the first)',
  )
  for (const [i, { name, rate }] of results.entries()) {
    const size = Math.round(payloads[i]!.payload.bytes.length / SPANS)
    console.log(
      `  ${name.padEnd(14)} ${String(size).padStart(5)} B/span  ${thousands(rate).padStart(7)}  ${(rate / own).toFixed(2)}x`,
    )
  }
}

if (import.meta.main) benchDialects()
