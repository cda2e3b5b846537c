// Voice agents: LiveKit, Pipecat.
import { double, payloads } from '../payload.ts'

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
