// Genkit for JavaScript.
import { payloads } from '../payload.ts'

export const genkit = payloads('genkit', [
  {
    source: 'genkit JS 1.42: openai, googleai and anthropic plugins',
    scope: 'genkit-tracer',
    version: 'v1',
    spans: [
      {
        name: 'peakFlow',
        attributes: {
          'genkit:type': 'action',
          'genkit:metadata:subtype': 'flow',
          'genkit:name': 'peakFlow',
          'genkit:isRoot': true,
          'genkit:input': '{"range":"Alps"}',
          'genkit:output': '"Mont Blanc"',
          'genkit:state': 'success',
        },
        facts: { kind: 'workflow', inputTextContains: 'Alps', outputTextContains: 'Mont Blanc', countsTokens: false },
      },
      {
        name: 'generate',
        parent: 0,
        attributes: {
          'genkit:type': 'util',
          'genkit:name': 'generate',
          'genkit:output':
            '{"message":{"role":"model","content":[{"text":"x"}]},"usage":{"inputTokens":88,"outputTokens":5}}',
        },
        facts: { kind: 'wrapper', countsTokens: false, usageRole: 'repeat' },
      },
      {
        name: 'openai/gpt-4o',
        parent: 1,
        attributes: {
          'genkit:type': 'action',
          'genkit:metadata:subtype': 'model',
          'genkit:name': 'openai/gpt-4o',
          'genkit:input':
            '{"messages":[{"role":"system","content":[{"text":"You climb."}]},{"role":"user","content":[{"text":"Tallest?"}]}],"config":{"temperature":0.25,"maxOutputTokens":33},"tools":[{"name":"find_peak","inputSchema":{}}]}',
          'genkit:output': JSON.stringify({
            message: {
              role: 'model',
              content: [{ toolRequest: { name: 'find_peak', ref: 'call_gk', input: { range: 'Alps' } } }],
            },
            finishReason: 'stop',
            usage: { inputTokens: 88, outputTokens: 5, totalTokens: 93 },
            raw: {
              id: 'chatcmpl-peak1',
              model: 'gpt-4o-2024-08-06',
              usage: {
                prompt_tokens: 88,
                completion_tokens: 5,
                total_tokens: 93,
                prompt_tokens_details: { cached_tokens: 64 },
              },
            },
          }),
          'genkit:state': 'success',
        },
        facts: {
          kind: 'chat',
          provider: 'openai',
          requestModel: 'gpt-4o',
          responseModel: 'gpt-4o-2024-08-06',
          responseId: 'chatcmpl-peak1',
          params: { temperature: 0.25, maxTokens: 33 },
          inputTokens: 88,
          cacheReadTokens: 64,
          outputTokens: 5,
          finishReasons: ['stop'],
          systemContains: 'You climb.',
          inputTextContains: 'Tallest?',
          toolCalls: [{ name: 'find_peak', args: { range: 'Alps' } }],
          toolDefinitionNames: ['find_peak'],
        },
      },
      {
        name: 'vertexai/gemini-2.5-pro',
        parent: 1,
        attributes: {
          'genkit:type': 'action',
          'genkit:metadata:subtype': 'model',
          'genkit:name': 'vertexai/gemini-2.5-pro',
          'genkit:output': JSON.stringify({
            message: { role: 'model', content: [{ text: 'Mont Blanc' }] },
            usage: {
              inputTokens: 700,
              outputTokens: 9,
              thoughtsTokens: 41,
              totalTokens: 750,
              cachedContentTokens: 512,
            },
          }),
        },
        facts: {
          providerCanonical: 'gcp.vertex_ai',
          requestModel: 'gemini-2.5-pro',
          inputTokens: 700,
          cacheReadTokens: 512,
          outputTokens: 50,
          reasoningTokens: 41,
          outputText: 'Mont Blanc',
        },
      },
      {
        name: 'anthropic/claude-sonnet-4-5',
        parent: 1,
        attributes: {
          'genkit:type': 'action',
          'genkit:metadata:subtype': 'model',
          'genkit:name': 'anthropic/claude-sonnet-4-5',
          'genkit:output': JSON.stringify({
            message: { role: 'model', content: [{ text: 'Eiger' }] },
            custom: {
              id: 'msg_gk1',
              model: 'claude-sonnet-4-5-20250929',
              usage: {
                input_tokens: 10,
                output_tokens: 4,
                cache_read_input_tokens: 90,
                cache_creation_input_tokens: 20,
              },
            },
            usage: { inputTokens: 10, outputTokens: 4 },
          }),
        },
        facts: {
          provider: 'anthropic',
          responseId: 'msg_gk1',
          inputTokens: 120,
          cacheReadTokens: 90,
          cacheCreationTokens: 20,
        },
      },
      {
        name: 'find_peak',
        parent: 0,
        attributes: {
          'genkit:type': 'action',
          'genkit:metadata:subtype': 'tool',
          'genkit:name': 'find_peak',
          'genkit:input': '{"range":"Alps"}',
          'genkit:output': '{"m":4806}',
        },
        facts: { kind: 'execute_tool', toolName: 'find_peak', toolArgs: { range: 'Alps' }, toolResultContains: '4806' },
      },
      {
        name: 'googleai/text-embedding-004',
        parent: 0,
        attributes: {
          'genkit:type': 'action',
          'genkit:metadata:subtype': 'embedder',
          'genkit:name': 'googleai/text-embedding-004',
          'genkit:input': '{"input":[{"content":[{"text":"glacier"}]}]}',
        },
        facts: {
          kind: 'embeddings',
          requestModel: 'text-embedding-004',
          providerCanonical: 'gcp.gemini',
          inputTextContains: 'glacier',
        },
      },
      {
        name: 'openai/nope',
        parent: 0,
        error: '404 model not found',
        attributes: {
          'genkit:type': 'action',
          'genkit:metadata:subtype': 'model',
          'genkit:name': 'openai/nope',
          'genkit:state': 'error',
          'genkit:isFailureSource': true,
        },
        facts: { kind: 'chat', isError: true, errorClass: 'invalid_request', statusMessageContains: 'model not found' },
      },
      ...(
        [
          ['retriever', 'retrieval'],
          ['reranker', 'rerank'],
          ['evaluator', 'evaluation'],
          ['prompt', 'prompt'],
          ['background-model', 'chat'],
          ['tool.v2', 'execute_tool'],
        ] as const
      ).map(([subtype, kind]) => ({
        name: `my-${subtype}`,
        parent: 0,
        attributes: { 'genkit:type': 'action', 'genkit:metadata:subtype': subtype, 'genkit:name': `my/${subtype}` },
        facts: { kind },
      })),
    ],
  },
])
