// The gen_ai conventions before 1.37, as the OpenTelemetry project's own instrumentations send them by default.
import { payloads } from '../payload.ts'

export const otelDeprecated = payloads('otel-gen-ai-deprecated', [
  {
    source: 'opentelemetry-instrumentation-botocore 0.5x (Bedrock Converse)',
    scope: 'opentelemetry.instrumentation.botocore.bedrock-runtime',
    spans: [
      {
        name: 'chat amazon.nova-lite-v1:0',
        attributes: {
          'rpc.system': 'aws-api',
          'gen_ai.system': 'aws.bedrock',
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'amazon.nova-lite-v1:0',
          'gen_ai.request.max_tokens': 40,
          'gen_ai.request.temperature': 0.4,
          'gen_ai.request.stop_sequences': ['|'],
          'gen_ai.usage.input_tokens': 22,
          'gen_ai.usage.output_tokens': 13,
          'gen_ai.response.finish_reasons': ['max_tokens'],
        },
        facts: {
          kind: 'chat',
          provider: 'aws.bedrock',
          requestModel: 'amazon.nova-lite-v1:0',
          params: { maxTokens: 40, temperature: 0.4, stop: ['|'] },
          inputTokens: 22,
          outputTokens: 13,
          finishReasons: ['max_tokens'],
          countsTokens: true,
        },
      },
    ],
  },
  {
    source: 'conventions 1.26: prompt_tokens, content in span events',
    scope: 'opentelemetry.instrumentation.openai_v2',
    version: '2.0b0',
    spans: [
      {
        name: 'chat gpt-4o',
        attributes: {
          'gen_ai.system': 'az.ai.openai',
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.openai.request.seed': 4,
          'gen_ai.openai.request.service_tier': 'auto',
          'gen_ai.openai.response.service_tier': 'default',
          'gen_ai.usage.prompt_tokens': 75,
          'gen_ai.usage.completion_tokens': 9,
          'gen_ai.response.finish_reasons': ['tool_calls'],
        },
        events: [
          { name: 'gen_ai.system.message', attributes: { content: 'Be short.', 'gen_ai.system': 'openai' } },
          { name: 'gen_ai.user.message', attributes: { content: 'Weather in Oslo?' } },
          {
            name: 'gen_ai.choice',
            attributes: {
              index: 0,
              finish_reason: 'tool_calls',
              message: {
                role: 'assistant',
                tool_calls: [
                  { id: 'call_w1', type: 'function', function: { name: 'weather', arguments: '{"place":"Oslo"}' } },
                ],
              },
            },
          },
        ],
        facts: {
          kind: 'chat',
          providerCanonical: 'azure.ai.openai',
          params: { seed: 4 },
          serviceTier: 'default',
          inputTokens: 75,
          outputTokens: 9,
          systemContains: 'Be short.',
          inputTextContains: 'Weather in Oslo?',
          toolCalls: [{ name: 'weather', id: 'call_w1', args: { place: 'Oslo' } }],
          finishReasons: ['tool_calls'],
        },
      },
      {
        name: 'chat gpt-4o',
        attributes: {
          'gen_ai.system': 'openai',
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.response.finish_reason': 'stop',
        },
        events: [
          { name: 'gen_ai.content.prompt', attributes: { 'gen_ai.prompt': '[{"role":"user","content":"Hi Ada"}]' } },
          {
            name: 'gen_ai.content.completion',
            attributes: { 'gen_ai.completion': '[{"role":"assistant","content":"Hi!"}]' },
          },
        ],
        facts: {
          inputTextContains: 'Hi Ada',
          outputText: 'Hi!',
          finishReasons: ['stop'],
          inputTokens: null,
        },
      },
    ],
  },
  {
    source: 'instrumentation-vertexai (Python) 2.1, instrumentation-google-genai 0.4',
    scope: 'opentelemetry.instrumentation.vertexai',
    spans: [
      {
        name: 'chat gemini-2.5-flash',
        attributes: {
          'gen_ai.system': 'vertex_ai',
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'gemini-2.5-flash',
          'gen_ai.usage.input_tokens': 41,
          'gen_ai.usage.output_tokens': 3,
          'gen_ai.response.finish_reasons': ['STOP'],
        },
        facts: {
          kind: 'chat',
          providerCanonical: 'gcp.vertex_ai',
          inputTokens: 41,
          outputTokens: 3,
          finishReasons: ['stop'],
        },
      },
    ],
  },
  {
    source: 'conventions 1.41: a retrieval, an evaluation, a stream',
    scope: 'my.app',
    spans: [
      {
        name: 'retrieval wiki',
        attributes: {
          'gen_ai.operation.name': 'retrieval',
          'gen_ai.data_source.id': 'wiki',
          'gen_ai.request.top_k': 2,
          'gen_ai.retrieval.query.text': 'tall ships',
          'gen_ai.retrieval.documents': '[{"id":"w1","score":0.9},{"id":"w2","score":0.4}]',
        },
        facts: {
          kind: 'retrieval',
          queryContains: 'tall ships',
          documentIds: ['w1', 'w2'],
          documentScores: [0.9, 0.4],
        },
      },
      {
        name: 'evaluate',
        attributes: {
          'gen_ai.evaluation.name': 'tone',
          'gen_ai.evaluation.score.value': 0.5,
          'gen_ai.evaluation.score.label': 'flat',
          'gen_ai.evaluation.explanation': 'no warmth',
        },
        facts: {
          kind: 'evaluation',
          scoreName: 'tone',
          scoreValue: 0.5,
          scoreLabel: 'flat',
          scoreComment: 'no warmth',
        },
      },
      {
        name: 'chat with its score',
        attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' },
        events: [
          {
            name: 'gen_ai.evaluation.result',
            attributes: { 'gen_ai.evaluation.name': 'tone', 'gen_ai.evaluation.score.value': 1 },
          },
          { name: 'gen_ai.content.completion.chunk', afterMs: 90, attributes: {} },
          { name: 'gen_ai.content.completion.chunk', afterMs: 190, attributes: {} },
        ],
        facts: { kind: 'chat', scoreName: 'tone', scoreValue: 1, ttftMs: 90 },
      },
    ],
  },
  {
    source: 'Azure AI inference, projects and agents SDKs (Python)',
    scope: 'azure.ai.inference',
    spans: [
      {
        name: 'chat Phi-4',
        attributes: {
          'az.namespace': 'Microsoft.CognitiveServices',
          'gen_ai.system': 'az.ai.inference',
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'Phi-4',
          'gen_ai.usage.input_tokens': 30,
          'gen_ai.usage.output_tokens': 12,
          'gen_ai.response.finish_reasons': ['stop'],
        },
        events: [
          {
            name: 'gen_ai.user.message',
            attributes: {
              'gen_ai.system': 'az.ai.inference',
              'gen_ai.event.content': '{"role":"user","content":"Name a moon."}',
            },
          },
          {
            name: 'gen_ai.choice',
            attributes: {
              'gen_ai.event.content': '{"message":{"content":"Europa."},"finish_reason":"stop","index":0}',
            },
          },
        ],
        facts: {
          kind: 'chat',
          providerCanonical: 'azure.ai.inference',
          inputTextContains: 'Name a moon.',
          outputText: 'Europa.',
          inputTokens: 30,
        },
      },
      {
        name: 'process_thread_run',
        attributes: {
          'az.namespace': 'Microsoft.CognitiveServices',
          'gen_ai.system': 'az.ai.agents',
          'gen_ai.operation.name': 'process_thread_run',
          'gen_ai.thread.id': 'thread_abc1',
          'gen_ai.thread.run.id': 'run_9',
          'gen_ai.agent.id': 'asst_1',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.response.model': 'gpt-4o',
          'gen_ai.usage.input_tokens': 310,
          'gen_ai.usage.output_tokens': 44,
        },
        facts: { sessionId: 'thread_abc1', agentId: 'asst_1', inputTokens: 310, outputTokens: 44 },
      },
    ],
  },
])
