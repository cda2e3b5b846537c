// Gemini CLI.
import { payloads } from '../payload.ts'

export const geminiCli = payloads('gemini-cli', [
  {
    source: 'Gemini CLI 0.61',
    scope: 'gemini-cli',
    version: 'v1',
    spans: [
      {
        name: 'llm_call',
        attributes: {
          'gen_ai.operation.name': 'llm_call',
          'gen_ai.agent.name': 'gemini-cli',
          'gen_ai.agent.description': 'd',
          'gen_ai.conversation.id': 'gc-1',
          'gen_ai.prompt.name': '4ecdc8e2-8a0b-4a68-9a12-3f3a5e8fb1aa########0',
          'gen_ai.request.model': 'gemini-2.5-pro',
          'gen_ai.input.messages': '[{"role":"user","parts":[{"text":"Paint the fence"}]}]',
          'gen_ai.output.messages':
            '[{"role":"model","parts":[{"text":"First "}]},{"role":"model","parts":[{"text":"sand it."}]},{"role":"model","parts":[{"functionCall":{"id":"f1","name":"shell","args":{"cmd":"sand"}}}]}]',
          'gen_ai.system_instructions': 'You are a painter.',
          'gen_ai.tool.definitions': '[{"functionDeclarations":[{"name":"shell"}]}]',
          'gen_ai.usage.input_tokens': 900,
          'gen_ai.usage.output_tokens': 12,
        },
        facts: {
          kind: 'chat',
          providerCanonical: 'gcp.gemini',
          requestModel: 'gemini-2.5-pro',
          sessionId: 'gc-1',
          promptName: null,
          inputTokens: 900,
          outputTokens: 12,
          systemContains: 'You are a painter.',
          inputTextContains: 'Paint the fence',
          outputText: 'First sand it.',
          toolCalls: [{ name: 'shell', args: { cmd: 'sand' } }],
          toolDefinitionNames: ['shell'],
          countsTokens: true,
        },
      },
      {
        name: 'tool_call',
        attributes: {
          'gen_ai.operation.name': 'tool_call',
          'gen_ai.agent.name': 'gemini-cli',
          'gen_ai.tool.name': 'shell',
          'gen_ai.tool.call_id': 'f1',
          'gen_ai.tool.description': 'd',
          'gen_ai.input.messages': '{"callId":"f1","name":"shell","args":{"cmd":"sand"},"isClientInitiated":false}',
          'gen_ai.output.messages': '{"llmContent":"sanded"}',
        },
        facts: {
          kind: 'execute_tool',
          toolName: 'shell',
          toolCallId: 'f1',
          toolResultContains: 'sanded',
          toolArgs: { cmd: 'sand' },
          inputTextContains: 'sand',
        },
      },
      {
        name: 'schedule_tool_calls',
        attributes: {
          'gen_ai.operation.name': 'schedule_tool_calls',
          'gen_ai.agent.name': 'gemini-cli',
          'gen_ai.input.messages': '[]',
        },
        facts: { kind: 'span', countsTokens: false },
      },
    ],
    totals: { calls: 1, inputTokens: 900, outputTokens: 12 },
  },
])
