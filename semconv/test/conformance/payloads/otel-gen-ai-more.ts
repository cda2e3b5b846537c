// The gen_ai conventions as their own instrumentations send them, current names.
import { payloads } from '../payload.ts'

export const otelGenAiMore = payloads('otel-gen-ai', [
  {
    source: 'conventions 1.41: an error and a failed tool',
    scope: 'my.app',
    spans: [
      {
        name: 'chat gpt-4o',
        error: '429 Rate limit reached for gpt-4o',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'azure.ai.openai',
          'gen_ai.request.model': 'gpt-4o',
          'error.type': 'RateLimitError',
        },
        events: [
          {
            name: 'gen_ai.client.operation.exception',
            attributes: {
              'exception.type': 'openai.RateLimitError',
              'exception.message': 'Rate limit reached for gpt-4o',
            },
          },
        ],
        facts: {
          kind: 'chat',
          providerCanonical: 'azure.ai.openai',
          isError: true,
          errorType: 'RateLimitError',
          errorClass: 'rate_limit',
          statusMessageContains: 'Rate limit reached',
          inputTokens: null,
          outputTokens: null,
        },
      },
      {
        name: 'execute_tool divide',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'divide',
          'gen_ai.tool.type': 'function',
          'error.type': 'ZeroDivisionError',
        },
        facts: { kind: 'execute_tool', toolName: 'divide', isError: true, errorClass: 'tool_error' },
      },
    ],
  },
])
