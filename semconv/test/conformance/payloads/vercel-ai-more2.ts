// Vercel AI SDK, versions 4 to 7.
import { payloads } from '../payload.ts'

const base = (operation: string, provider: string, model: string) => ({
  'operation.name': `${operation} picnic`,
  'resource.name': 'picnic',
  'ai.operationId': operation,
  'ai.model.provider': provider,
  'ai.model.id': model,
  'ai.telemetry.functionId': 'picnic',
})

export const vercelAiMore2 = payloads('vercel-ai', [
  {
    source: 'ai 3.x names',
    scope: 'ai',
    spans: [
      {
        name: 'ai.generateText.doGenerate',
        attributes: {
          ...base('ai.generateText.doGenerate', 'openai.chat', 'gpt-4o'),
          'ai.result.text': 'Grapes.',
          'ai.finishReason': 'stop',
          'gen_ai.usage.prompt_tokens': 7,
          'gen_ai.usage.completion_tokens': 2,
        },
        facts: { outputText: 'Grapes.', finishReasons: ['stop'], inputTokens: 7, outputTokens: 2 },
      },
    ],
  },
])
