// Haystack.
import { payloads } from '../payload.ts'

export const haystack = payloads('haystack', [
  {
    source: 'haystack 2.x tracing',
    scope: 'haystack',
    spans: [
      {
        name: 'haystack.pipeline.run',
        attributes: {
          'haystack.pipeline.input_data': '{"q":"moss"}',
          'haystack.pipeline.output_data': '{"a":"green"}',
        },
        facts: { kind: 'workflow', inputTextContains: 'moss', countsTokens: false },
      },
      {
        name: 'haystack.component.run',
        parent: 0,
        attributes: {
          'haystack.component.name': 'llm',
          'haystack.component.type': 'OpenAIChatGenerator',
          'haystack.component.input': '{"messages":[{"role":"user","content":[{"text":"moss?"}]}]}',
          'haystack.component.output': JSON.stringify({
            replies: [
              {
                role: 'assistant',
                content: [{ text: 'Green.' }],
                meta: {
                  model: 'gpt-4o-2024-08-06',
                  finish_reason: 'stop',
                  usage: {
                    prompt_tokens: 21,
                    completion_tokens: 3,
                    total_tokens: 24,
                    prompt_tokens_details: { cached_tokens: 0 },
                  },
                },
              },
            ],
          }),
        },
        facts: {
          kind: 'chat',
          responseModel: 'gpt-4o-2024-08-06',
          inputTokens: 21,
          outputTokens: 3,
          finishReasons: ['stop'],
          inputTextContains: 'moss?',
          outputText: 'Green.',
        },
      },
      ...(
        [
          ['SentenceTransformersTextEmbedder', 'embeddings'],
          ['InMemoryBM25Retriever', 'retrieval'],
          ['TransformersSimilarityRanker', 'rerank'],
          ['ToolInvoker', 'execute_tool'],
          ['PromptBuilder', 'prompt'],
        ] as const
      ).map(([type, kind]) => ({
        name: 'haystack.component.run',
        parent: 0,
        attributes: {
          'haystack.component.name': 'c',
          'haystack.component.type': type,
          'haystack.component.input': '{"x":1}',
        },
        facts: { kind, inputTextContains: '"x":1' },
      })),
      {
        name: 'haystack.agent.run',
        attributes: { 'haystack.agent.name': 'digger', 'haystack.agent.input': '{"m":1}' },
        facts: { kind: 'invoke_agent', agentName: 'digger' },
      },
    ],
  },
])
