// Google's Agent Development Kit, TypeScript and Python.
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
