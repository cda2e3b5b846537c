// GitHub Copilot CLI.
import { double, payloads } from '../payload.ts'

export const copilot = payloads('copilot', [
  {
    source: 'GitHub Copilot CLI 1.0.102',
    scope: 'github.copilot',
    version: '1.0.102',
    spans: [
      {
        name: 'invoke_agent',
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.provider.name': 'openai',
          'gen_ai.conversation.id': 'cp-1',
          'gen_ai.usage.input_tokens': 1800,
          'gen_ai.usage.output_tokens': 60,
          'github.copilot.turn_count': 2,
          'github.copilot.agent.type': 'default',
          'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"List files"}]}]',
          'gen_ai.output.messages':
            '[{"role":"assistant","parts":[{"type":"text","content":"Two files."}],"finish_reason":"stop"}]',
        },
        facts: { kind: 'invoke_agent', sessionId: 'cp-1', usageRole: 'summary', outputTextContains: 'Two files.' },
      },
      {
        name: 'chat gpt-4o',
        parent: 0,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.response.model': 'gpt-4o-2024-08-06',
          'gen_ai.response.id': 'chatcmpl-cop1',
          'gen_ai.conversation.id': 'cp-1',
          'gen_ai.request.stream': true,
          'gen_ai.request.reasoning.level': 'medium',
          'gen_ai.response.time_to_first_chunk': 0.5,
          'gen_ai.response.finish_reasons': ['tool_calls'],
          'gen_ai.usage.input_tokens': 1800,
          'gen_ai.usage.output_tokens': 60,
          'gen_ai.usage.cache_read.input_tokens': 1024,
          'gen_ai.usage.reasoning.output_tokens': 16,
          'github.copilot.cost': double(1),
          'github.copilot.server_duration': 650.5,
          'github.copilot.interaction_id': 'i-1',
          'gen_ai.output.messages':
            '[{"role":"assistant","parts":[{"type":"tool_call","id":"call_ls","name":"bash","arguments":{"command":"ls"}}],"finish_reason":"tool_call"}]',
        },
        facts: {
          kind: 'chat',
          responseId: 'chatcmpl-cop1',
          inputTokens: 1800,
          outputTokens: 60,
          cacheReadTokens: 1024,
          reasoningTokens: 16,
          ttftMs: 500,
          streaming: true,
          costGivenTotal: null,
          finishReasons: ['tool_calls'],
          toolCalls: [{ name: 'bash', id: 'call_ls', args: { command: 'ls' } }],
          countsTokens: true,
        },
      },
      {
        name: 'execute_tool bash',
        parent: 0,
        error: 'denied',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'bash',
          'gen_ai.tool.type': 'function',
          'gen_ai.tool.call.id': 'call_ls',
          'gen_ai.tool.call.arguments': '{"command":"ls"}',
          'error.type': 'denied',
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'bash',
          toolCallId: 'call_ls',
          toolArgs: { command: 'ls' },
          isError: true,
          errorType: 'denied',
        },
      },
    ],
    totals: { calls: 1, inputTokens: 1800, outputTokens: 60 },
  },
])
