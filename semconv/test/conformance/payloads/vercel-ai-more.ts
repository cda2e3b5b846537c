// Vercel AI SDK, versions 4 to 7.
import { double, payloads } from '../payload.ts'

const asked = '[{"role":"user","content":[{"type":"text","text":"Plan a picnic"}]}]'
const base = (operation: string, provider: string, model: string) => ({
  'operation.name': `${operation} picnic`,
  'resource.name': 'picnic',
  'ai.operationId': operation,
  'ai.model.provider': provider,
  'ai.model.id': model,
  'ai.telemetry.functionId': 'picnic',
})

export const vercelAiMore = payloads('vercel-ai', [
  {
    source: 'ai 4.x: NaN, maxTokens, Google and gateway metadata',
    scope: 'ai',
    spans: [
      {
        name: 'ai.streamText.doStream',
        attributes: {
          ...base('ai.streamText.doStream', 'openai.chat', 'gpt-4o-mini'),
          'ai.usage.promptTokens': double(Number.NaN),
          'ai.usage.completionTokens': double(Number.NaN),
          'gen_ai.usage.input_tokens': double(Number.NaN),
          'gen_ai.usage.output_tokens': double(Number.NaN),
          'ai.settings.maxTokens': 55,
          'ai.response.msToFirstChunk': double(120),
        },
        facts: {
          inputTokens: null,
          outputTokens: null,
          totalTokens: null,
          params: { maxTokens: 55 },
          ttftMs: 120,
          countsTokens: true,
        },
      },
      {
        name: 'ai.generateText.doGenerate',
        attributes: {
          ...base('ai.generateText.doGenerate', 'google.generative-ai', 'gemini-2.5-flash'),
          'ai.usage.promptTokens': 600,
          'ai.usage.completionTokens': 20,
          'ai.response.providerMetadata': JSON.stringify({
            google: {
              usageMetadata: {
                promptTokenCount: 600,
                cachedContentTokenCount: 500,
                candidatesTokenCount: 20,
                thoughtsTokenCount: 70,
                totalTokenCount: 690,
              },
            },
          }),
        },
        facts: {
          providerCanonical: 'gcp.gemini',
          inputTokens: 600,
          cacheReadTokens: 500,
          outputTokens: 90,
          reasoningTokens: 70,
          usageRule: 'raw_usage',
        },
      },
      {
        name: 'ai.generateText.doGenerate',
        attributes: {
          ...base('ai.generateText.doGenerate', 'gateway', 'anthropic/claude-sonnet-4'),
          'ai.usage.promptTokens': 44,
          'ai.usage.completionTokens': 11,
          'ai.response.providerMetadata': '{"gateway":{"cost":"0.000297","generationId":"gen_77"}}',
        },
        facts: { requestModel: 'anthropic/claude-sonnet-4', costGivenTotal: 0.000297, inputTokens: 44 },
      },
    ],
  },
  {
    source: 'ai 6.x: details beside the counts',
    scope: 'ai',
    spans: [
      {
        name: 'ai.streamText.doStream',
        attributes: {
          ...base('ai.streamText.doStream', 'anthropic.messages', 'claude-sonnet-4-5'),
          'ai.usage.inputTokens': 902,
          'ai.usage.outputTokens': 30,
          'ai.usage.cachedInputTokens': 800,
          'ai.usage.inputTokenDetails.noCacheTokens': 12,
          'ai.usage.inputTokenDetails.cacheReadTokens': 800,
          'ai.usage.inputTokenDetails.cacheWriteTokens': 90,
          'ai.usage.outputTokenDetails.textTokens': 30,
          'ai.usage.outputTokenDetails.reasoningTokens': 0,
          'gen_ai.usage.input_tokens': 902,
          'gen_ai.usage.output_tokens': 30,
        },
        facts: {
          inputTokens: 902,
          cacheReadTokens: 800,
          cacheCreationTokens: 90,
          uncachedInputTokens: 12,
          usageRule: 'declared_inclusive',
        },
      },
    ],
  },
  {
    source: '@ai-sdk/otel 7.0 (OpenTelemetry)',
    scope: 'gen_ai',
    spans: [
      {
        name: 'invoke_agent gpt-4o',
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.agent.name': 'picnic',
          'gen_ai.usage.input_tokens': 300,
          'gen_ai.usage.output_tokens': 44,
          'gen_ai.response.finish_reasons': ['stop'],
        },
        facts: { kind: 'invoke_agent', countsTokens: false, functionId: 'picnic', agentName: 'picnic' },
      },
      {
        name: 'step 1',
        parent: 0,
        attributes: {
          'gen_ai.operation.name': 'agent_step',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.usage.input_tokens': 300,
          'gen_ai.usage.output_tokens': 44,
        },
        facts: { kind: 'step', countsTokens: false },
      },
      {
        name: 'chat gpt-4o',
        parent: 1,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.response.id': 'chatcmpl-picnic7',
          'gen_ai.response.finish_reasons': ['tool-calls'],
          'gen_ai.usage.input_tokens': 300,
          'gen_ai.usage.output_tokens': 44,
          'gen_ai.usage.cache_read.input_tokens': 256,
          'gen_ai.client.operation.duration': 0.75,
          'gen_ai.client.operation.time_to_first_chunk': 0.125,
          'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Plan a picnic"}]}]',
          'gen_ai.output.messages':
            '[{"role":"assistant","parts":[{"type":"tool_call","id":"call_v7","name":"basket","arguments":{"size":"M"}}],"finish_reason":"tool_call"}]',
        },
        facts: {
          kind: 'chat',
          responseId: 'chatcmpl-picnic7',
          inputTokens: 300,
          outputTokens: 44,
          cacheReadTokens: 256,
          ttftMs: 125,
          finishReasons: ['tool_calls'],
          toolCalls: [{ name: 'basket', id: 'call_v7', args: { size: 'M' } }],
          countsTokens: true,
        },
      },
      {
        name: 'chat claude-sonnet-4-5',
        parent: 1,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'anthropic',
          'gen_ai.request.model': 'claude-sonnet-4-5',
          'gen_ai.usage.input_tokens': 902,
          'gen_ai.usage.output_tokens': 30,
          'gen_ai.usage.cache_read.input_tokens': 800,
          'gen_ai.usage.cache_creation.input_tokens': 90,
        },
        facts: { inputTokens: 902, uncachedInputTokens: 12, cacheReadTokens: 800, cacheCreationTokens: 90 },
      },
      {
        name: 'chat does-not-exist',
        parent: 1,
        error: 'The model does not exist',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'does-not-exist',
          'http.response.status_code': 404,
        },
        events: [
          { name: 'exception', attributes: { 'exception.type': 'AI_APICallError', 'exception.message': 'nope' } },
        ],
        facts: { isError: true, errorClass: 'invalid_request', errorType: 'AI_APICallError' },
      },
      {
        name: 'embeddings text-embedding-3-small',
        attributes: {
          'gen_ai.operation.name': 'embeddings',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'text-embedding-3-small',
          'gen_ai.usage.input_tokens': 8,
        },
        facts: { kind: 'embeddings', inputTokens: 8 },
      },
    ],
  },
  {
    source: 'ai 7.0 with LegacyOpenTelemetry',
    scope: 'ai',
    spans: [
      {
        name: 'ai.generateText.doGenerate',
        attributes: {
          ...base('ai.generateText.doGenerate', 'anthropic.messages', 'claude-sonnet-4-5'),
          'ai.settings.context.sessionId': 'park-2',
          'ai.settings.context.userId': 'walker-8',
          'ai.prompt.messages': asked,
          'ai.prompt.tools': ['{"type":"function","name":"basket","inputSchema":{}}'],
          'ai.prompt.toolChoice': '{"type":"auto"}',
          'ai.response.text': '',
          'ai.response.reasoning': 'They want food.',
          'ai.response.toolCalls': '[{"toolCallId":"call_l7","toolName":"basket","input":{"size":"S"}}]',
          'ai.response.finishReason': 'tool-calls',
          'ai.usage.inputTokens': 902,
          'ai.usage.outputTokens': 30,
          'ai.usage.inputTokenDetails.noCacheTokens': 12,
          'ai.usage.inputTokenDetails.cacheReadTokens': 800,
          'ai.usage.inputTokenDetails.cacheWriteTokens': 90,
          'gen_ai.system': 'anthropic.messages',
          'gen_ai.usage.input_tokens': 902,
          'gen_ai.usage.output_tokens': 30,
        },
        facts: {
          kind: 'chat',
          sessionId: 'park-2',
          userId: 'walker-8',
          inputTokens: 902,
          cacheCreationTokens: 90,
          toolDefinitionNames: ['basket'],
          toolCalls: [{ name: 'basket', id: 'call_l7', args: { size: 'S' } }],
          finishReasons: ['tool_calls'],
        },
      },
      {
        name: 'ai.generateText.doGenerate',
        attributes: {
          ...base('ai.generateText.doGenerate', 'anthropic.messages', 'claude-sonnet-4-5'),
          'gen_ai.usage.input_tokens': 902,
          'gen_ai.usage.output_tokens': 30,
          'gen_ai.usage.cache_read.input_tokens': 800,
          'gen_ai.usage.cache_creation.input_tokens': 90,
        },
        facts: { inputTokens: 902, uncachedInputTokens: 12 },
      },
    ],
  },
  {
    source: 'ai 5.x through a tracer of the app',
    scope: 'picnic-app',
    spans: [
      {
        name: 'ai.streamText.doStream',
        attributes: {
          ...base('ai.streamText.doStream', 'anthropic.messages', 'claude-sonnet-4-5'),
          'ai.usage.inputTokens': 500,
          'ai.usage.outputTokens': 9,
          'ai.usage.cachedInputTokens': 300,
          'ai.telemetry.metadata.langfusePrompt': '{"name":"picnic","version":5}',
        },
        facts: { inputTokens: 800, cacheReadTokens: 300, promptName: 'picnic', promptVersion: '5' },
      },
    ],
  },
])
