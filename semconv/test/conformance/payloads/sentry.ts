// Sentry.
import { payloads } from '../payload.ts'

export const sentry = payloads('sentry', [
  {
    source: 'sentry AI agents module 2026',
    scope: 'sentry.python',
    spans: [
      {
        name: 'chat gpt-4o',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.system': 'openai',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.request.messages': '[{"role":"user","content":"Crash?"}]',
          'gen_ai.request.available_tools': '[{"name":"trace"}]',
          'gen_ai.response.text': 'In main().',
          'gen_ai.response.tool_calls':
            '[{"id":"call_s","name":"trace","arguments":"{\\"d\\":1}","type":"function_call"}]',
          'gen_ai.response.streaming': false,
          'gen_ai.usage.input_tokens': 90,
          'gen_ai.usage.input_tokens.cached': 64,
          'gen_ai.usage.input_tokens.cache_write': 8,
          'gen_ai.usage.output_tokens': 12,
          'gen_ai.usage.output_tokens.reasoning': 5,
          'gen_ai.usage.total_tokens': 102,
        },
        facts: {
          kind: 'chat',
          inputTokens: 90,
          cacheReadTokens: 64,
          cacheCreationTokens: 8,
          reasoningTokens: 5,
          inputTextContains: 'Crash?',
          outputTextContains: 'In main().',
          toolCalls: [{ name: 'trace', id: 'call_s', args: { d: 1 } }],
          toolDefinitionNames: ['trace'],
          streaming: false,
        },
      },
      {
        name: 'execute_tool trace',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'trace',
          'gen_ai.tool.input': '{"d":1}',
          'gen_ai.tool.output': 'stack',
        },
        facts: { kind: 'execute_tool', toolArgs: { d: 1 }, toolResultContains: 'stack' },
      },
    ],
  },
])
