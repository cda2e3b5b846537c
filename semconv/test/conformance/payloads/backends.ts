// Keys of other back ends, gateways, MCP, loongsuite.
import { payloads } from '../payload.ts'

export const braintrust = payloads('braintrust', [
  {
    source: 'braintrust OpenTelemetry documentation 2026',
    scope: 'braintrust',
    spans: [
      {
        name: 'Chat Completion',
        attributes: {
          'braintrust.span_attributes': '{"type":"llm","name":"Chat Completion"}',
          'braintrust.input_json': '[{"role":"user","content":"Rope length?"}]',
          'braintrust.output_json':
            '[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"60 m."}}]',
          'braintrust.metadata': '{"model":"gpt-4o","temperature":0.25,"provider":"openai","crag":"north"}',
          'braintrust.metrics':
            '{"prompt_tokens":500,"completion_tokens":20,"tokens":520,"prompt_cached_tokens":448,"completion_reasoning_tokens":8,"start":1.5,"end":2.5,"time_to_first_token":0.2}',
          'braintrust.tags': ['climb'],
        },
        facts: {
          kind: 'chat',
          provider: 'openai',
          requestModel: 'gpt-4o',
          params: { temperature: 0.25 },
          inputTokens: 500,
          outputTokens: 20,
          cacheReadTokens: 448,
          reasoningTokens: 8,
          ttftMs: 200,
          tags: ['climb'],
          metadata: { crag: 'north' },
          inputTextContains: 'Rope length?',
          outputText: '60 m.',
          finishReasons: ['stop'],
        },
      },
      {
        name: 'anthropic',
        attributes: {
          'braintrust.span_attributes': '{"type":"llm"}',
          'braintrust.metadata': '{"model":"claude-sonnet-4-5"}',
          'braintrust.metrics':
            '{"prompt_tokens":1000,"completion_tokens":5,"tokens":1005,"prompt_cached_tokens":800,"prompt_cache_creation_tokens":100}',
        },
        facts: { inputTokens: 1000, uncachedInputTokens: 100, cacheReadTokens: 800, cacheCreationTokens: 100 },
      },
      {
        name: 'belay',
        attributes: {
          'braintrust.span_attributes': '{"type":"tool","name":"belay"}',
          'braintrust.input': '{"m":60}',
          'braintrust.output': 'safe',
        },
        facts: { kind: 'execute_tool', toolName: 'belay', toolArgs: { m: 60 }, toolResultContains: 'safe' },
      },
      {
        name: 'Factuality',
        attributes: { 'braintrust.span_attributes': '{"type":"score"}', 'braintrust.scores': '{"Factuality":0.6}' },
        facts: { kind: 'evaluation', scoreName: 'Factuality', scoreValue: 0.6 },
      },
      {
        name: 'task',
        attributes: { 'braintrust.span_attributes': '{"type":"task"}', 'braintrust.input': 'x' },
        facts: { kind: 'task' },
      },
    ],
  },
])

export const weave = payloads('weave', [
  {
    source: 'weave OpenTelemetry documentation 2026',
    scope: 'weave',
    spans: [
      {
        name: 'turn',
        attributes: {
          'weave.span.kind': 'agent',
          'wandb.thread_id': 'th-1',
          'wandb.is_turn': true,
          'wandb.display_name': 'turn',
          'wandb.attributes': '{"fold":2}',
        },
        facts: { kind: 'invoke_agent', sessionId: 'th-1', metadata: { fold: 2 } },
      },
      {
        name: 'llm',
        attributes: {
          'weave.span.kind': 'llm',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.usage.input_tokens': 3,
          input: 'Hi',
          output: 'Ho',
        },
        facts: { kind: 'chat', inputTokens: 3, inputTextContains: 'Hi', outputTextContains: 'Ho' },
      },
    ],
  },
])

export const posthog = payloads('posthog', [
  {
    source: '@posthog/ai event properties 2026',
    scope: '@posthog/ai',
    spans: [
      {
        name: '$ai_generation',
        attributes: {
          $ai_event: '$ai_generation',
          $ai_provider: 'anthropic',
          $ai_model: 'claude-sonnet-4-5',
          $ai_input: [{ role: 'user', content: 'Score?' }],
          $ai_output_choices: [{ role: 'assistant', content: '3:2' }],
          $ai_input_tokens: 10,
          $ai_output_tokens: 4,
          $ai_cache_read_input_tokens: 100,
          $ai_cache_creation_input_tokens: 50,
          $ai_total_cost_usd: 0.0003,
          $ai_session_id: 'match-1',
          $ai_stream: true,
          $ai_time_to_first_token: 0.2,
          $ai_stop_reason: 'end_turn',
        },
        facts: {
          kind: 'chat',
          provider: 'anthropic',
          inputTokens: 160,
          cacheReadTokens: 100,
          cacheCreationTokens: 50,
          outputTokens: 4,
          costGivenTotal: 0.0003,
          sessionId: 'match-1',
          streaming: true,
          ttftMs: 200,
          finishReasons: ['end_turn'],
          inputTextContains: 'Score?',
          outputText: '3:2',
        },
      },
    ],
  },
])

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

export const opik = payloads('opik', [
  {
    source: 'opik OpenTelemetry documentation 2026',
    scope: 'opik',
    spans: [
      {
        name: 'chat',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'gpt-4o',
          'opik.thread_id': 'op-1',
          'opik.tags': ['x', 'y'],
          'opik.metadata': '{"lap":3}',
        },
        facts: { kind: 'chat', sessionId: 'op-1', tags: ['x', 'y'], metadata: { lap: 3 } },
      },
    ],
  },
])

export const gateways = [
  ...payloads('openrouter', [
    {
      source: 'OpenRouter Broadcast 2026',
      scope: 'openrouter',
      spans: [
        {
          name: 'chat anthropic/claude-sonnet-4.5',
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': 'Google AI Studio',
            'gen_ai.request.model': 'google/gemini-2.5-flash',
            'gen_ai.response.model': 'google/gemini-2.5-flash',
            'gen_ai.response.id': 'gen-or1',
            'gen_ai.response.finish_reason': 'stop',
            'gen_ai.usage.input_tokens': 50,
            'gen_ai.usage.output_tokens': 7,
            'gen_ai.usage.total_tokens': 57,
            'gen_ai.usage.input_cost': 0.00001,
            'gen_ai.usage.output_cost': 0.00002,
            'gen_ai.usage.total_cost': 0.00003,
            'gen_ai.prompt': '{"messages":[{"role":"user","content":"Moon phase?"}]}',
            'gen_ai.completion': '{"completion":"Waxing.","rawRequest":{}}',
            'user.id': 'or-user',
            'session.id': 'or-sess',
            'trace.metadata.openrouter.api_key_name': 'k1',
            'trace.metadata.team': 'sky',
          },
          facts: {
            kind: 'chat',
            providerCanonical: 'gcp.gemini',
            responseId: 'gen-or1',
            inputTokens: 50,
            outputTokens: 7,
            costGivenTotal: 0.00003,
            costGivenInput: 0.00001,
            costGivenOutput: 0.00002,
            userId: 'or-user',
            sessionId: 'or-sess',
            metadata: { team: 'sky' },
            finishReasons: ['stop'],
            inputTextContains: 'Moon phase?',
            outputTextContains: 'Waxing.',
          },
        },
      ],
    },
  ]),
  ...payloads('cloudflare-ai-gateway', [
    {
      source: 'Cloudflare AI Gateway OpenTelemetry export 2026',
      scope: 'ai-gateway',
      spans: [
        {
          name: 'ai-gateway',
          attributes: {
            'gen_ai.request.model': 'gpt-4o-mini',
            'gen_ai.model.provider': 'openai',
            'gen_ai.usage.input_tokens': 8,
            'gen_ai.usage.output_tokens': 3,
            'gen_ai.usage.cost': 0.000003,
            'gen_ai.prompt_json': '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Wind?"}]}',
            'gen_ai.completion_json':
              '{"id":"chatcmpl-cf1","choices":[{"index":0,"message":{"role":"assistant","content":"West."},"finish_reason":"stop"}]}',
            team: 'kites',
          },
          facts: {
            kind: 'chat',
            provider: 'openai',
            inputTokens: 8,
            costGivenTotal: 0.000003,
            inputTextContains: 'Wind?',
            outputText: 'West.',
            finishReasons: ['stop'],
          },
        },
      ],
    },
  ]),
  ...payloads('vercel-ai-gateway', [
    {
      source: 'Vercel AI Gateway 2026',
      spans: [
        {
          name: 'chat openai/gpt-4o',
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': 'gateway',
            'gen_ai.request.model': 'openai/gpt-4o',
            'gen_ai.usage.input_tokens': 8,
            'gen_ai.usage.output_tokens': 3,
            'vercel.ai_gateway.provider': 'azure',
            'vercel.ai_gateway.generation.id': 'gen_vg1',
            'vercel.ai_gateway.cost.total': 0.00005,
          },
          facts: { kind: 'chat', providerCanonical: 'azure.ai.openai', costGivenTotal: 0.00005, responseId: 'gen_vg1' },
        },
      ],
    },
  ]),
]

export const mcp = payloads('mcp', [
  {
    source: 'semantic-conventions 1.39 (MCP): one tool call seen three times',
    scope: 'my.app',
    spans: [
      {
        name: 'execute_tool forecast',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'forecast',
          'gen_ai.tool.call.id': 'call_f',
        },
        facts: { kind: 'execute_tool', toolName: 'forecast', sessionId: null },
      },
      {
        name: 'tools/call forecast',
        parent: 0,
        scope: 'mcp.client',
        attributes: {
          'mcp.method.name': 'tools/call',
          'mcp.session.id': 'transport-1',
          'mcp.protocol.version': '2025-06-18',
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'forecast',
          'jsonrpc.request.id': '7',
          'gen_ai.tool.call.arguments': { day: 'Monday' },
          'gen_ai.tool.call.result': { content: [{ type: 'text', text: 'rain' }] },
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'forecast',
          toolArgs: { day: 'Monday' },
          toolResultContains: 'rain',
          sessionId: null,
          countsTokens: false,
        },
      },
      {
        name: 'resources/read',
        parent: 0,
        attributes: { 'mcp.method.name': 'resources/read', 'mcp.resource.uri': 'file:///a.md' },
        facts: { kind: 'retrieval' },
      },
      {
        name: 'initialize',
        attributes: { 'mcp.method.name': 'initialize', 'mcp.session.id': 't' },
        facts: { kind: 'span', sessionId: null },
      },
      {
        name: 'prompts/get plan',
        attributes: { 'mcp.method.name': 'prompts/get', 'gen_ai.prompt.name': 'plan' },
        facts: { kind: 'prompt', promptName: 'plan' },
      },
    ],
  },
])

export const loongsuite = payloads('loongsuite', [
  {
    source: 'loongsuite-python-agent 2026',
    scope: 'loongsuite.instrumentation.agentscope',
    spans: (
      [
        ['LLM', 'chat'],
        ['CHAIN', 'chain'],
        ['TOOL', 'execute_tool'],
        ['AGENT', 'invoke_agent'],
        ['RETRIEVER', 'retrieval'],
        ['RERANKER', 'rerank'],
        ['EMBEDDING', 'embeddings'],
        ['TASK', 'task'],
      ] as const
    ).map(([kind, expected]) => ({
      name: kind,
      attributes: {
        'gen_ai.span.kind': kind,
        'gen_ai.request.model': 'qwen-max',
        'gen_ai.usage.total_tokens': 9,
        'gen_ai.usage.input_tokens': 7,
        'gen_ai.usage.output_tokens': 2,
      },
      facts: { kind: expected, inputTokens: 7 },
    })),
  },
])
