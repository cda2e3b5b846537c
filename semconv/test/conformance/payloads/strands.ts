// AWS Strands Agents, TypeScript and Python.
import { payloads } from '../payload.ts'

const strandsUsage = (input: number, output: number, total: number) => ({
  'gen_ai.usage.prompt_tokens': input,
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.completion_tokens': output,
  'gen_ai.usage.output_tokens': output,
  'gen_ai.usage.total_tokens': total,
})

export const strands = payloads('strands', [
  {
    source: 'strands-agents TypeScript 1.19 (opt-in: details as span events)',
    scope: 'strands-agents',
    spans: [
      {
        name: 'invoke_agent bee-agent',
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.provider.name': 'strands-agents',
          'gen_ai.agent.name': 'bee-agent',
          'gen_ai.agent.id': 'bee-1',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.agent.tools': '["hive"]',
          system_prompt: 'You keep bees.',
          name: 'bee-agent',
          'session.id': 'hive-1',
          'user.id': 'keeper-1',
          tags: ['apiary'],
          ...strandsUsage(900, 70, 970),
          'gen_ai.usage.cache_read.input_tokens': 512,
        },
        facts: {
          kind: 'invoke_agent',
          agentName: 'bee-agent',
          agentId: 'bee-1',
          sessionId: 'hive-1',
          userId: 'keeper-1',
          tags: ['apiary'],
          systemContains: 'You keep bees.',
          countsTokens: false,
        },
      },
      {
        name: 'execute_agent_loop_cycle',
        parent: 0,
        attributes: { 'gen_ai.operation.name': 'execute_agent_loop_cycle', 'agent_loop.cycle_id': 'c1' },
        facts: { kind: 'step', countsTokens: false },
      },
      {
        name: 'chat',
        parent: 1,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'strands-agents',
          'gen_ai.request.model': 'gpt-4o',
          ...strandsUsage(900, 70, 970),
          'gen_ai.usage.cache_read.input_tokens': 512,
          'gen_ai.usage.cache_read_input_tokens': 512,
          'gen_ai.event.start_time': '2026-06-15T12:00:00Z',
        },
        events: [
          {
            name: 'gen_ai.client.inference.operation.details',
            attributes: {
              'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Swarming?"}]}]',
            },
          },
          {
            name: 'gen_ai.client.inference.operation.details',
            attributes: { 'gen_ai.system_instructions': '[{"type":"text","content":"You keep bees."}]' },
          },
          {
            name: 'gen_ai.client.inference.operation.details',
            attributes: {
              'gen_ai.output.messages':
                '[{"role":"assistant","parts":[{"type":"tool_call","id":"call_h1","name":"hive","arguments":{"nr":2}}],"finish_reason":"toolUse"}]',
            },
          },
        ],
        facts: {
          kind: 'chat',
          requestModel: 'gpt-4o',
          inputTokens: 900,
          cacheReadTokens: 512,
          outputTokens: 70,
          inputTextContains: 'Swarming?',
          systemContains: 'You keep bees.',
          toolCalls: [{ name: 'hive', id: 'call_h1', args: { nr: 2 } }],
          countsTokens: true,
        },
      },
      {
        name: 'execute_tool hive',
        parent: 1,
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'hive',
          'gen_ai.tool.call.id': 'call_h1',
          'gen_ai.tool.status': 'error',
          'gen_ai.tool.call.arguments': '{"nr":2}',
          'gen_ai.tool.call.result': '[{"text":"no such hive"}]',
        },
        facts: {
          kind: 'execute_tool',
          toolArgs: { nr: 2 },
          toolResultContains: 'no such hive',
          isError: true,
          errorClass: 'tool_error',
        },
      },
    ],
    totals: { calls: 1, inputTokens: 900, outputTokens: 70 },
  },
  {
    source: 'strands-agents Python 1.x with Bedrock: milliseconds, input without the cache, messages as events',
    scope: 'strands.telemetry.tracer',
    spans: [
      {
        name: 'chat',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.system': 'strands-agents',
          'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-20250514-v1:0',
          ...strandsUsage(400, 60, 1260),
          'gen_ai.usage.cache_read_input_tokens': 700,
          'gen_ai.usage.cache_write_input_tokens': 100,
          'gen_ai.server.time_to_first_token': 320,
          'gen_ai.server.request.duration': 900,
        },
        events: [
          { name: 'gen_ai.user.message', attributes: { content: '[{"text":"Swarming?"}]' } },
          {
            name: 'gen_ai.choice',
            attributes: {
              finish_reason: 'tool_use',
              message: '[{"text":"Let me look."},{"toolUse":{"toolUseId":"tooluse_1","name":"hive","input":{"nr":2}}}]',
            },
          },
        ],
        facts: {
          kind: 'chat',
          requestModel: 'us.anthropic.claude-sonnet-4-20250514-v1:0',
          inputTokens: 1200,
          uncachedInputTokens: 400,
          cacheReadTokens: 700,
          cacheCreationTokens: 100,
          outputTokens: 60,
          usageRule: 'total_says_exclusive',
          ttftMs: 320,
          inputTextContains: 'Swarming?',
          outputText: 'Let me look.',
          toolCalls: [{ name: 'hive', id: 'tooluse_1', args: { nr: 2 } }],
          finishReasons: ['tool_use'],
        },
      },
      {
        name: 'execute_tool hive',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'hive',
          'gen_ai.tool.call.id': 'tooluse_1',
          'gen_ai.tool.status': 'success',
        },
        events: [
          { name: 'gen_ai.tool.message', attributes: { role: 'tool', content: '{"nr": 2}', id: 'tooluse_1' } },
          { name: 'gen_ai.choice', attributes: { message: '[{"text":"calm"}]', id: 'tooluse_1' } },
        ],
        facts: { kind: 'execute_tool', isError: false, toolArgs: { nr: 2 }, toolResultContains: 'calm' },
      },
      {
        name: 'execute_event_loop_cycle',
        attributes: { 'event_loop.cycle_id': 'e1' },
        facts: { kind: 'step', countsTokens: false },
      },
      {
        name: 'invoke_graph',
        attributes: {
          'gen_ai.operation.name': 'invoke_graph',
          'gen_ai.agent.name': 'graph',
          'gen_ai.system': 'strands-agents',
        },
        facts: { kind: 'invoke_agent', agentName: 'graph' },
      },
    ],
  },
])
