// AgentOps and agent-lightning.
import { payloads } from '../payload.ts'

export const agentops = payloads('agentops', [
  {
    source: 'agentops 0.4, agent-lightning',
    scope: 'agentops',
    spans: [
      {
        name: 'trip.session',
        attributes: { 'agentops.span.kind': 'session' },
        facts: { kind: 'span', countsTokens: false },
      },
      {
        name: 'openai.chat.completion',
        parent: 0,
        attributes: {
          'gen_ai.request.type': 'chat',
          'gen_ai.system': 'OpenAI',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.request.streaming': true,
          'gen_ai.usage.prompt_tokens': 12,
          'gen_ai.usage.completion_tokens': 4,
          'gen_ai.usage.total_tokens': 16,
          'gen_ai.prompt.0.role': 'user',
          'gen_ai.prompt.0.content': 'Book a room',
          'gen_ai.completion.0.role': 'assistant',
          'gen_ai.completion.0.content': 'Booked.',
          'gen_ai.completion.0.finish_reason': 'stop',
          'gen_ai.request.functions.0.name': 'rooms',
        },
        facts: {
          kind: 'chat',
          provider: 'openai',
          streaming: true,
          inputTokens: 12,
          inputTextContains: 'Book a room',
          outputText: 'Booked.',
          toolDefinitionNames: ['rooms'],
          finishReasons: ['stop'],
        },
      },
      {
        name: 'rooms.tool',
        parent: 0,
        attributes: {
          'agentops.span.kind': 'tool',
          'tool.name': 'rooms',
          'tool.parameters': '{"beds":2}',
          'tool.result': '[101]',
          'tool.call.id': 'c9',
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'rooms',
          toolCallId: 'c9',
          toolArgs: { beds: 2 },
          toolResultContains: '101',
        },
      },
      {
        name: 'agentlightning.reward',
        attributes: { 'agentlightning.reward.0.name': 'comfort', 'agentlightning.reward.0.value': 0.75 },
        facts: { kind: 'score', scoreName: 'comfort', scoreValue: 0.75 },
      },
    ],
  },
])
