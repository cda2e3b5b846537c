// Alibaba's loongsuite.
import { payloads } from '../payload.ts'

export const loongsuite = payloads('loongsuite', [
  {
    source: 'loongsuite-python-agent 2026',
    scope: 'loongsuite.instrumentation.agentscope',
    spans: (
      [
        ['LLM', 'chat'],
        ['CHAIN', 'chain'],
        ['TOOL', 'execute_tool'],
        ['AGENT', 'invoke_agent'],
        ['RETRIEVER', 'retrieval'],
        ['RERANKER', 'rerank'],
        ['EMBEDDING', 'embeddings'],
        ['TASK', 'task'],
      ] as const
    ).map(([kind, expected]) => ({
      name: kind,
      attributes: {
        'gen_ai.span.kind': kind,
        'gen_ai.request.model': 'qwen-max',
        'gen_ai.usage.total_tokens': 9,
        'gen_ai.usage.input_tokens': 7,
        'gen_ai.usage.output_tokens': 2,
      },
      facts: { kind: expected, inputTokens: 7 },
    })),
  },
])
