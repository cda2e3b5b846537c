// LlamaIndex' own spans.
import { payloads } from '../payload.ts'

export const llamaIndex = payloads('llama-index', [
  {
    source: 'llama-index-observability-otel 0.2',
    scope: 'llamaindex.opentelemetry.tracer',
    spans: [
      {
        name: '3f1c6c1e-7a54-4a43-9a29-6b1df5c3f0d2',
        attributes: {},
        events: [{ name: 'LLMChatStartEvent', attributes: { messages: '[]' } }],
        facts: { kind: 'span' },
      },
    ],
  },
])
