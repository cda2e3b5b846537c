// Braintrust.
import { payloads } from '../payload.ts'

export const braintrust = payloads('braintrust', [
  {
    source: 'braintrust OpenTelemetry documentation 2026',
    scope: 'braintrust',
    spans: [
      {
        name: 'Chat Completion',
        attributes: {
          'braintrust.span_attributes': '{"type":"llm","name":"Chat Completion"}',
          'braintrust.input_json': '[{"role":"user","content":"Rope length?"}]',
          'braintrust.output_json':
            '[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"60 m."}}]',
          'braintrust.metadata': '{"model":"gpt-4o","temperature":0.25,"provider":"openai","crag":"north"}',
          'braintrust.metrics':
            '{"prompt_tokens":500,"completion_tokens":20,"tokens":520,"prompt_cached_tokens":448,"completion_reasoning_tokens":8,"start":1.5,"end":2.5,"time_to_first_token":0.2}',
          'braintrust.tags': ['climb'],
        },
        facts: {
          kind: 'chat',
          provider: 'openai',
          requestModel: 'gpt-4o',
          params: { temperature: 0.25 },
          inputTokens: 500,
          outputTokens: 20,
          cacheReadTokens: 448,
          reasoningTokens: 8,
          ttftMs: 200,
          tags: ['climb'],
          metadata: { crag: 'north' },
          inputTextContains: 'Rope length?',
          outputText: '60 m.',
          finishReasons: ['stop'],
        },
      },
      {
        name: 'anthropic',
        attributes: {
          'braintrust.span_attributes': '{"type":"llm"}',
          'braintrust.metadata': '{"model":"claude-sonnet-4-5"}',
          'braintrust.metrics':
            '{"prompt_tokens":1000,"completion_tokens":5,"tokens":1005,"prompt_cached_tokens":800,"prompt_cache_creation_tokens":100}',
        },
        facts: { inputTokens: 1000, uncachedInputTokens: 100, cacheReadTokens: 800, cacheCreationTokens: 100 },
      },
      {
        name: 'belay',
        attributes: {
          'braintrust.span_attributes': '{"type":"tool","name":"belay"}',
          'braintrust.input': '{"m":60}',
          'braintrust.output': 'safe',
        },
        facts: { kind: 'execute_tool', toolName: 'belay', toolArgs: { m: 60 }, toolResultContains: 'safe' },
      },
      {
        name: 'Factuality',
        attributes: { 'braintrust.span_attributes': '{"type":"score"}', 'braintrust.scores': '{"Factuality":0.6}' },
        facts: { kind: 'evaluation', scoreName: 'Factuality', scoreValue: 0.6 },
      },
      {
        name: 'task',
        attributes: { 'braintrust.span_attributes': '{"type":"task"}', 'braintrust.input': 'x' },
        facts: { kind: 'task' },
      },
    ],
  },
])
