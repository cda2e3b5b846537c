// Google's Agent Development Kit, Genkit, and the google-genai instrumentation.
import { payloads } from '../payload.ts'

const adkRequest = (snake: boolean): string =>
  JSON.stringify({
    model: 'gemini-2.5-flash',
    config: snake
      ? {
          system_instruction: 'You read maps.',
          temperature: 0.5,
          max_output_tokens: 70,
          tools: [{ function_declarations: [{ name: 'find_peak' }] }],
        }
      : {
          systemInstruction: 'You read maps.',
          temperature: 0.5,
          maxOutputTokens: 70,
          tools: [{ functionDeclarations: [{ name: 'find_peak' }] }],
        },
    contents: [{ role: 'user', parts: [{ text: 'Tallest peak?' }] }],
  })

export const googleAdk = payloads('google-adk', [
  {
    source: '@google/adk (TypeScript) 2.0: output without thoughts',
    scope: 'gcp.vertex.agent',
    version: '2.0.0',
    spans: [
      { name: 'invocation', attributes: {}, facts: { kind: 'workflow', countsTokens: false } },
      {
        name: 'invoke_agent map_agent',
        parent: 0,
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.name': 'map_agent',
          'gen_ai.agent.description': 'maps',
          'gen_ai.conversation.id': 'adk-s1',
        },
        facts: { kind: 'invoke_agent', agentName: 'map_agent', sessionId: 'adk-s1', countsTokens: false },
      },
      {
        name: 'call_llm',
        parent: 1,
        attributes: {
          'gen_ai.system': 'gcp.vertex.agent',
          'gen_ai.request.model': 'gemini-2.5-flash',
          'gen_ai.agent.name': 'map_agent',
          'gcp.vertex.agent.invocation_id': 'e-1',
          'gcp.vertex.agent.session_id': 'adk-s1',
          'gcp.vertex.agent.event_id': 'ev-1',
          'gcp.vertex.agent.llm_request': adkRequest(false),
          'gcp.vertex.agent.llm_response': JSON.stringify({
            content: {
              role: 'model',
              parts: [{ functionCall: { id: 'fc-1', name: 'find_peak', args: { range: 'Alps' } } }],
            },
            usageMetadata: {
              promptTokenCount: 500,
              cachedContentTokenCount: 400,
              candidatesTokenCount: 11,
              thoughtsTokenCount: 39,
              totalTokenCount: 550,
            },
            finishReason: 'STOP',
          }),
          'gen_ai.usage.input_tokens': 500,
          'gen_ai.usage.output_tokens': 11,
          'gen_ai.response.finish_reasons': ['stop'],
        },
        facts: {
          kind: 'chat',
          requestModel: 'gemini-2.5-flash',
          sessionId: 'adk-s1',
          params: { temperature: 0.5, maxTokens: 70 },
          inputTokens: 500,
          cacheReadTokens: 400,
          outputTokens: 50,
          reasoningTokens: 39,
          finishReasons: ['stop'],
          systemContains: 'You read maps.',
          inputTextContains: 'Tallest peak?',
          toolCalls: [{ name: 'find_peak', args: { range: 'Alps' } }],
          toolDefinitionNames: ['find_peak'],
          countsTokens: true,
        },
      },
      {
        name: 'execute_tool find_peak',
        parent: 2,
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'find_peak',
          'gen_ai.tool.call.id': 'fc-1',
          'gcp.vertex.agent.tool_call_args': '{"range":"Alps"}',
          'gcp.vertex.agent.tool_response': '{"peak":"Mont Blanc"}',
          'gcp.vertex.agent.llm_request': '{}',
          'gcp.vertex.agent.llm_response': '{}',
        },
        facts: {
          kind: 'execute_tool',
          toolCallId: 'fc-1',
          toolArgs: { range: 'Alps' },
          toolResultContains: 'Mont Blanc',
        },
      },
    ],
    totals: { calls: 1, inputTokens: 500, outputTokens: 50 },
  },
  {
    source: 'adk-python 1.0 to 1.4: usage only in the response, placeholders',
    scope: 'gcp.vertex.agent',
    version: '1.4.1',
    spans: [
      {
        name: 'call_llm',
        attributes: {
          'gen_ai.system': 'gcp.vertex.agent',
          'gen_ai.request.model': 'gemini-2.0-flash',
          'gcp.vertex.agent.llm_request': adkRequest(true),
          'gcp.vertex.agent.llm_response': JSON.stringify({
            content: { role: 'model', parts: [{ text: 'Mont Blanc.' }] },
            usage_metadata: {
              prompt_token_count: 90,
              candidates_token_count: 4,
              thoughts_token_count: 6,
              total_token_count: 100,
            },
          }),
          'gcp.vertex.agent.session_id': 'adk-s2',
        },
        facts: {
          inputTokens: 90,
          outputTokens: 10,
          reasoningTokens: 6,
          outputText: 'Mont Blanc.',
          systemContains: 'You read maps.',
        },
      },
      {
        name: 'call_llm',
        attributes: {
          'gen_ai.system': 'gcp.vertex.agent',
          'gen_ai.request.model': 'gemini-2.0-flash',
          'gcp.vertex.agent.llm_request': '{}',
          'gcp.vertex.agent.llm_response': '{}',
        },
        facts: { kind: 'chat', inputTokens: null, outputTokens: null, countsTokens: true },
      },
      { name: 'agent_run [map_agent]', attributes: {}, facts: { kind: 'invoke_agent', countsTokens: false } },
      {
        name: 'execute_tool (merged)',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': '(merged tools)',
          'gcp.vertex.agent.tool_call_args': 'N/A',
          'gcp.vertex.agent.tool_response': '<not serializable>',
        },
        facts: { kind: 'execute_tool' },
      },
      { name: 'send_data', attributes: { 'gcp.vertex.agent.data': '[]' }, facts: { kind: 'span' } },
    ],
  },
  {
    source: 'adk-python 2.3: output with thoughts',
    scope: 'gcp.vertex.agent',
    version: '2.3.0',
    spans: [
      {
        name: 'call_llm',
        attributes: {
          'gen_ai.system': 'gcp.vertex.agent',
          'gen_ai.request.model': 'gemini-2.5-pro',
          'gen_ai.usage.input_tokens': 60,
          'gen_ai.usage.output_tokens': 100,
          'gen_ai.usage.reasoning.output_tokens': 80,
        },
        facts: { inputTokens: 60, outputTokens: 100, reasoningTokens: 80 },
      },
    ],
  },
])

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

export const googleGenAi = payloads('otel-google-genai', [
  {
    source: 'opentelemetry-instrumentation-google-genai 0.4',
    scope: 'opentelemetry.instrumentation.google_genai',
    spans: [
      {
        name: 'generate_content gemini-2.5-flash',
        attributes: {
          'gen_ai.system': 'gemini',
          'gen_ai.operation.name': 'generate_content',
          'gen_ai.request.model': 'gemini-2.5-flash',
          'code.function.name': 'google.genai.Models.generate_content',
          'gen_ai.usage.input_tokens': 31,
          'gen_ai.usage.output_tokens': 6,
          'gen_ai.response.finish_reasons': ['stop'],
        },
        facts: { kind: 'chat', providerCanonical: 'gcp.gemini', inputTokens: 31, outputTokens: 6 },
      },
      {
        name: 'execute_tool altitude',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'altitude',
          'code.function.name': 'altitude',
          'code.function.parameters.peak.type': 'str',
          'code.function.parameters.peak.value': 'Eiger',
          'code.function.return.value': '3967',
        },
        facts: { kind: 'execute_tool', toolName: 'altitude', toolArgs: { peak: 'Eiger' }, toolResultContains: '3967' },
      },
    ],
  },
])
