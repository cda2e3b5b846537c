// W&B Weave.
import { payloads } from '../payload.ts'

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
