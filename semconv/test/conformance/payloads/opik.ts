// Opik.
import { payloads } from '../payload.ts'

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
