// Codex CLI.
import { payloads } from '../payload.ts'

export const codex = payloads('codex', [
  {
    source: 'Codex CLI 0.169',
    scope: 'codex_exec',
    spans: [
      {
        name: 'session_task.turn',
        attributes: {
          'conversation.id': 'cx-1',
          'codex.turn.token_usage.input_tokens': 2600,
          'codex.turn.token_usage.output_tokens': 90,
          'codex.turn.token_usage.cached_input_tokens': 2048,
        },
        facts: { kind: 'wrapper', sessionId: 'cx-1', countsTokens: false, usageRole: 'repeat' },
      },
      {
        name: 'run_turn',
        parent: 0,
        attributes: { 'conversation.id': 'cx-1', 'turn.id': 't1', busy_ns: 12, target: 'codex_core' },
        facts: { countsTokens: false },
      },
      {
        name: 'handle_responses',
        parent: 1,
        attributes: {
          busy_ns: 10,
          idle_ns: 20,
          'thread.id': 4,
          'code.file.path': 'core/src/client.rs',
          'gen_ai.usage.input_tokens': 1300,
          'gen_ai.usage.output_tokens': 45,
          'gen_ai.usage.cache_read.input_tokens': 1024,
          'gen_ai.usage.cache_write.input_tokens': 0,
          'codex.usage.reasoning_output_tokens': 20,
          'codex.usage.total_tokens': 1345,
          'codex.request.reasoning_effort': 'medium',
          'codex.response.receive_wait_ms': 4.5,
        },
        facts: {
          kind: 'chat',
          provider: 'openai',
          inputTokens: 1300,
          outputTokens: 45,
          cacheReadTokens: 1024,
          cacheCreationTokens: 0,
          reasoningTokens: 20,
          countsTokens: true,
        },
      },
      {
        name: 'codex.tool_blocking',
        parent: 1,
        attributes: { 'codex.turn.phase': 'tool' },
        facts: { countsTokens: false },
      },
      {
        name: 'handle_responses',
        parent: 1,
        attributes: { 'codex.request.reasoning_effort': 'low', busy_ns: 3 },
        facts: { countsTokens: false },
      },
    ],
    totals: { calls: 1, inputTokens: 1300, outputTokens: 45 },
  },
])
