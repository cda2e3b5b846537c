// Agent frameworks: Strands, Mastra, VoltAgent, Haystack, LlamaIndex, AgentOps, voice agents.
import { double, payloads } from '../payload.ts'

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
        facts: { kind: 'execute_tool', isError: false, inputTextContains: '"nr": 2', toolResultContains: 'calm' },
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

export const mastra = payloads('mastra', [
  {
    source: '@mastra/otel-exporter 1.4 (mastra 1.71)',
    scope: '@mastra/otel-exporter',
    version: '1.4.0',
    spans: [
      {
        name: 'invoke_agent mason',
        attributes: {
          'mastra.span.type': 'agent_run',
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.name': 'mason',
          'gen_ai.agent.id': 'mason-id',
          'gen_ai.conversation.id': 'wall-1',
          'gen_ai.system_instructions': 'You build walls.',
          'gen_ai.tool.definitions': '["trowel"]',
          'mastra.agent_run.input': '[{"role":"user","content":"Build a wall"}]',
          'mastra.agent_run.output': '{"text":"Built.","files":[]}',
          'mastra.metadata.userId': 'client-1',
          'mastra.metadata.threadId': 'wall-1',
          'mastra.tags': '["brick","dry"]',
        },
        facts: {
          kind: 'invoke_agent',
          agentName: 'mason',
          agentId: 'mason-id',
          sessionId: 'wall-1',
          userId: 'client-1',
          tags: ['brick', 'dry'],
          systemContains: 'You build walls.',
          inputTextContains: 'Build a wall',
          outputTextContains: 'Built.',
          countsTokens: false,
        },
      },
      {
        name: 'model_generation gpt-5-mini',
        parent: 0,
        attributes: {
          'mastra.span.type': 'model_generation',
          'gen_ai.operation.name': 'model_generation',
          'mastra.model_generation.input': '{"messages":[]}',
          'gen_ai.usage.input_tokens': 640,
          'gen_ai.usage.output_tokens': 50,
        },
        facts: { kind: 'wrapper', countsTokens: false, usageRole: 'repeat' },
      },
      {
        name: 'agent_step mason',
        parent: 1,
        attributes: {
          'mastra.span.type': 'model_step',
          'gen_ai.operation.name': 'agent_step',
          'mastra.model_step.step_index': 0,
          'mastra.metadata.body': '{"huge":true}',
        },
        facts: { kind: 'step', countsTokens: false },
      },
      {
        name: 'chat gpt-5-mini',
        parent: 2,
        attributes: {
          'mastra.span.type': 'model_inference',
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai.responses',
          'gen_ai.request.model': 'gpt-5-mini',
          'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
          'gen_ai.request.temperature': 0.5,
          'gen_ai.request.max_tokens': 99,
          'gen_ai.response.finish_reasons': '["tool-calls"]',
          'gen_ai.usage.input_tokens': 640,
          'gen_ai.usage.output_tokens': 50,
          'gen_ai.usage.cache_read.input_tokens': 512,
          'gen_ai.usage.reasoning_tokens': 32,
          'mastra.completion_start_time': '2026-06-15T12:00:00.300Z',
          'mastra.metadata.sessionId': 'wall-1',
          'mastra.metadata.runId': 'run-9',
          'gen_ai.output.messages':
            '[{"role":"assistant","parts":[{"type":"tool_call","id":"call_tr","name":"trowel","arguments":"{\\"size\\":3}"}]}]',
        },
        facts: {
          kind: 'chat',
          provider: 'openai',
          requestModel: 'gpt-5-mini',
          responseModel: 'gpt-5-mini-2025-08-07',
          params: { temperature: 0.5, maxTokens: 99 },
          finishReasons: ['tool_calls'],
          inputTokens: 640,
          outputTokens: 50,
          cacheReadTokens: 512,
          reasoningTokens: 32,
          ttftMs: 300,
          sessionId: 'wall-1',
          metadata: { runId: 'run-9' },
          toolCalls: [{ name: 'trowel', id: 'call_tr' }],
          countsTokens: true,
        },
      },
      {
        name: 'model_chunk mason',
        parent: 2,
        attributes: {
          'mastra.span.type': 'model_chunk',
          'gen_ai.operation.name': 'model_chunk',
          'mastra.model_chunk.output': '{"text":"x"}',
        },
        facts: { kind: 'span', countsTokens: false },
      },
      {
        name: 'execute_tool trowel',
        parent: 0,
        attributes: {
          'mastra.span.type': 'tool_call',
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'trowel',
          'gen_ai.tool.call.id': 'call_tr',
          'gen_ai.tool.call.arguments': '{"size":3}',
          'gen_ai.tool.call.result': '{"ok":1}',
        },
        facts: { kind: 'execute_tool', toolName: 'trowel', toolCallId: 'call_tr', toolArgs: { size: 3 } },
      },
      {
        name: 'invoke_workflow wall-wf',
        attributes: {
          'mastra.span.type': 'workflow_run',
          'gen_ai.operation.name': 'invoke_workflow',
          'mastra.workflow_run.input': '{"m":2}',
          'mastra.workflow_run.output': '{"done":true}',
          'mastra.workflow_run.status': 'success',
        },
        facts: { kind: 'workflow', inputTextContains: '"m":2', outputTextContains: 'done' },
      },
      {
        name: 'workflow_step s1',
        attributes: { 'mastra.span.type': 'workflow_step', 'mastra.workflow_step.input': '{"m":2}' },
        facts: { kind: 'step', inputTextContains: '"m":2' },
      },
    ],
    totals: { calls: 1, inputTokens: 640, outputTokens: 50 },
  },
])

export const voltagent = payloads('voltagent', [
  {
    source: '@voltagent/core 2.10',
    scope: '@voltagent/core',
    version: '1.0.0',
    spans: [
      {
        name: 'baker-agent',
        attributes: {
          'entity.type': 'agent',
          'entity.name': 'baker-agent',
          'entity.id': 'b1',
          'agent.instructions': 'You bake.',
          'ai.model.name': 'gpt-4o',
          'ai.model.temperature': 0.5,
          'voltagent.conversation_id': 'oven-1',
          'conversation.id': 'oven-1',
          'user.id': 'eater-1',
          input: 'Rye?',
          output: 'Rye.',
          'usage.prompt_tokens': 400,
          'usage.completion_tokens': 20,
          'usage.total_tokens': 420,
          'usage.cached_tokens': 256,
        },
        facts: {
          kind: 'invoke_agent',
          agentName: 'baker-agent',
          sessionId: 'oven-1',
          userId: 'eater-1',
          systemContains: 'You bake.',
          inputTextContains: 'Rye?',
          outputTextContains: 'Rye.',
          countsTokens: false,
        },
      },
      {
        name: 'llm:streamText',
        parent: 0,
        attributes: {
          'span.type': 'llm',
          'llm.model': 'gpt-4o',
          'llm.operation': 'streamText',
          'llm.stream': true,
          'llm.temperature': 0.5,
          'llm.finish_reason': 'stop',
          'llm.messages': '[{"role":"system","content":"You bake."},{"role":"user","content":"Rye?"}]',
          'llm.tools': '[{"name":"oven"}]',
          'llm.usage.prompt_tokens': 400,
          'llm.usage.completion_tokens': 20,
          'llm.usage.total_tokens': 420,
          'llm.usage.cached_tokens': 256,
          'llm.usage.reasoning_tokens': 8,
          'usage.prompt_context.total_tokens_estimated': 377,
          'conversation.id': 'oven-1',
          output: 'Rye.',
        },
        facts: {
          kind: 'chat',
          requestModel: 'gpt-4o',
          streaming: true,
          params: { temperature: 0.5 },
          inputTokens: 400,
          outputTokens: 20,
          cacheReadTokens: 256,
          reasoningTokens: 8,
          finishReasons: ['stop'],
          toolDefinitionNames: ['oven'],
          inputTextContains: 'Rye?',
          outputTextContains: 'Rye.',
          countsTokens: true,
        },
      },
      {
        name: 'tool.execution:oven',
        parent: 0,
        attributes: {
          'span.type': 'tool',
          'tool.name': 'oven',
          'tool.call.id': 'call_ov',
          'tool.parameters': '{"type":"object"}',
          input: '{"temp":230}',
          output: '{"hot":true}',
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'oven',
          toolCallId: 'call_ov',
          toolArgs: { temp: 230 },
          toolResultContains: 'hot',
        },
      },
      {
        name: 'memory.read',
        parent: 0,
        attributes: { 'span.type': 'memory', 'memory.operation': 'read' },
        facts: { kind: 'memory' },
      },
    ],
  },
])

export const haystack = payloads('haystack', [
  {
    source: 'haystack 2.x tracing',
    scope: 'haystack',
    spans: [
      {
        name: 'haystack.pipeline.run',
        attributes: {
          'haystack.pipeline.input_data': '{"q":"moss"}',
          'haystack.pipeline.output_data': '{"a":"green"}',
        },
        facts: { kind: 'workflow', inputTextContains: 'moss', countsTokens: false },
      },
      {
        name: 'haystack.component.run',
        parent: 0,
        attributes: {
          'haystack.component.name': 'llm',
          'haystack.component.type': 'OpenAIChatGenerator',
          'haystack.component.input': '{"messages":[{"role":"user","content":[{"text":"moss?"}]}]}',
          'haystack.component.output': JSON.stringify({
            replies: [
              {
                role: 'assistant',
                content: [{ text: 'Green.' }],
                meta: {
                  model: 'gpt-4o-2024-08-06',
                  finish_reason: 'stop',
                  usage: {
                    prompt_tokens: 21,
                    completion_tokens: 3,
                    total_tokens: 24,
                    prompt_tokens_details: { cached_tokens: 0 },
                  },
                },
              },
            ],
          }),
        },
        facts: {
          kind: 'chat',
          responseModel: 'gpt-4o-2024-08-06',
          inputTokens: 21,
          outputTokens: 3,
          finishReasons: ['stop'],
          inputTextContains: 'moss?',
          outputText: 'Green.',
        },
      },
      ...(
        [
          ['SentenceTransformersTextEmbedder', 'embeddings'],
          ['InMemoryBM25Retriever', 'retrieval'],
          ['TransformersSimilarityRanker', 'rerank'],
          ['ToolInvoker', 'execute_tool'],
          ['PromptBuilder', 'prompt'],
        ] as const
      ).map(([type, kind]) => ({
        name: 'haystack.component.run',
        parent: 0,
        attributes: {
          'haystack.component.name': 'c',
          'haystack.component.type': type,
          'haystack.component.input': '{"x":1}',
        },
        facts: { kind, inputTextContains: '"x":1' },
      })),
      {
        name: 'haystack.agent.run',
        attributes: { 'haystack.agent.name': 'digger', 'haystack.agent.input': '{"m":1}' },
        facts: { kind: 'invoke_agent', agentName: 'digger' },
      },
    ],
  },
])

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

export const llamaIndex = payloads('llama-index', [
  {
    source: 'llama-index-observability-otel 0.2',
    scope: 'llamaindex.opentelemetry.tracer',
    spans: [
      {
        name: '3f1c6c1e-7a54-4a43-9a29-6b1df5c3f0d2',
        attributes: {},
        events: [{ name: 'LLMChatStartEvent', attributes: { messages: '[]' } }],
        facts: { kind: 'span' },
      },
    ],
  },
])

export const voice = payloads('voice', [
  {
    source: 'livekit-agents 1.x, pipecat 0.0.9x',
    scope: 'livekit-agents',
    spans: [
      {
        name: 'agent_turn',
        attributes: { 'lk.user_input': 'Turn left?', 'lk.response.text': 'Yes, left.' },
        facts: {
          kind: 'invoke_agent',
          inputTextContains: 'Turn left?',
          outputTextContains: 'Yes, left.',
          countsTokens: false,
        },
      },
      {
        name: 'llm_node',
        attributes: {
          'lk.chat_ctx': '{"items":[{"role":"user","content":["Turn left?"]}]}',
          'lk.response.text': 'Yes, left.',
        },
        facts: { kind: 'chat', inputTextContains: 'Turn left?', outputText: 'Yes, left.' },
      },
      {
        name: 'function_tool',
        attributes: {
          'lk.function_tool.name': 'steer',
          'lk.function_tool.id': 'call_st',
          'lk.function_tool.arguments': '{"deg":20}',
          'lk.function_tool.output': 'ok',
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'steer',
          toolCallId: 'call_st',
          toolArgs: { deg: 20 },
          toolResultContains: 'ok',
        },
      },
      {
        name: 'llm',
        scope: 'pipecat',
        attributes: {
          'gen_ai.system': 'openai',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.operation.name': 'chat',
          'gen_ai.output.type': 'text',
          'gen_ai.usage.input_tokens': 300,
          'gen_ai.usage.output_tokens': 12,
          cache_read_input_tokens: 256,
          'metrics.ttfb': 0.25,
          stream: true,
          input: '[{"role":"user","content":"Turn left?"}]',
          output: 'Yes, left.',
        },
        facts: {
          kind: 'chat',
          inputTokens: 300,
          cacheReadTokens: 256,
          ttftMs: 250,
          inputTextContains: 'Turn left?',
          outputText: 'Yes, left.',
        },
      },
      {
        name: 'tts',
        scope: 'pipecat',
        attributes: {
          'gen_ai.system': 'cartesia',
          'gen_ai.request.model': 'sonic-2',
          'gen_ai.output.type': 'speech',
          'metrics.ttfb': double(1),
        },
        facts: { kind: 'span', countsTokens: false },
      },
    ],
  },
])
