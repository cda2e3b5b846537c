// Microsoft's clients: Extensions.AI, Semantic Kernel, Agent Framework, AutoGen.
import { payloads } from '../payload.ts'

export const microsoft = payloads('microsoft', [
  {
    source: 'Microsoft.Extensions.AI 10, Semantic Kernel 1.x, Agent Framework 1.x, AutoGen 0.7',
    scope: 'Experimental.Microsoft.Extensions.AI',
    spans: [
      {
        name: 'chat gpt-4o-mini',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt-4o-mini',
          'gen_ai.request.stop_sequences': '["END","---"]',
          'gen_ai.response.finish_reasons': '["tool_calls"]',
          'gen_ai.request.top_k': 5,
          'gen_ai.usage.input_tokens': 12,
          'gen_ai.usage.output_tokens': 9,
          service_tier: 'flex',
          'gen_ai.output.messages':
            '[{"role":"assistant","parts":[{"type":"tool_call","id":"call_net","name":"lookup","arguments":{"k":1}}],"finish_reason":"tool_call"}]',
        },
        facts: {
          kind: 'chat',
          params: { stop: ['END', '---'], topK: 5 },
          finishReasons: ['tool_calls'],
          serviceTier: 'flex',
          toolCalls: [{ name: 'lookup', id: 'call_net', args: { k: 1 } }],
        },
      },
      {
        name: 'chat.completions gpt-4o',
        scope: 'Microsoft.SemanticKernel.Diagnostics',
        attributes: {
          'gen_ai.operation.name': 'chat.completions',
          'gen_ai.system': 'openai',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.response.finish_reason': 'Stop',
          'gen_ai.response.id': 'chatcmpl-sk1',
          'gen_ai.usage.input_tokens': 16,
          'gen_ai.usage.output_tokens': 4,
        },
        events: [
          { name: 'gen_ai.user.message', attributes: { 'gen_ai.event.content': '{"role":"user","content":"Ping?"}' } },
          {
            name: 'gen_ai.choice',
            attributes: {
              'gen_ai.event.content':
                '{"index":0,"message":{"role":"assistant","content":"Pong."},"finish_reason":"Stop"}',
            },
          },
        ],
        facts: {
          kind: 'chat',
          responseId: 'chatcmpl-sk1',
          finishReasons: ['stop'],
          inputTokens: 16,
          inputTextContains: 'Ping?',
          outputText: 'Pong.',
        },
      },
      {
        name: 'text.completions davinci',
        scope: 'semantic_kernel.utils.telemetry.model_diagnostics.decorators',
        attributes: {
          'gen_ai.operation.name': 'text.completions',
          'gen_ai.system': 'openai',
          'gen_ai.request.model': 'davinci-002',
        },
        facts: { kind: 'text_completion' },
      },
      {
        name: 'invoke_agent Scribe',
        scope: 'agent_framework',
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.provider.name': 'microsoft.agent_framework',
          'gen_ai.agent.name': 'Scribe',
          'gen_ai.agent.id': 'ag-1',
          'gen_ai.conversation.id': 'af-1',
          'gen_ai.usage.input_tokens': 40,
          'gen_ai.usage.output_tokens': 6,
        },
        facts: { kind: 'invoke_agent', agentName: 'Scribe', agentId: 'ag-1', sessionId: 'af-1', usageRole: 'summary' },
      },
      {
        name: 'executor.process scribe',
        scope: 'agent_framework',
        attributes: { 'executor.id': 'scribe', 'executor.type': 'AgentExecutor', 'message.type': 'standard' },
        facts: { kind: 'step', countsTokens: false },
      },
      {
        name: 'workflow.run',
        scope: 'agent_framework',
        attributes: { 'workflow.id': 'w1', 'workflow.name': 'letters' },
        facts: { kind: 'workflow', workflowName: 'letters' },
      },
      {
        name: 'message.send',
        scope: 'agent_framework',
        attributes: { 'message.source_id': 'a' },
        facts: { kind: 'span' },
      },
      {
        name: 'create_agent Critic',
        scope: 'autogen-core',
        attributes: {
          'gen_ai.operation.name': 'create_agent',
          'gen_ai.system': 'autogen',
          'gen_ai.agent.name': 'Critic',
        },
        facts: { kind: 'create_agent', agentName: 'Critic', countsTokens: false },
      },
    ],
  },
])
