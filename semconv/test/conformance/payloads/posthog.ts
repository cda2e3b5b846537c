// PostHog.
import { payloads } from '../payload.ts'

export const posthog = payloads('posthog', [
  {
    source: '@posthog/ai event properties 2026',
    scope: '@posthog/ai',
    spans: [
      {
        name: '$ai_generation',
        attributes: {
          $ai_event: '$ai_generation',
          $ai_provider: 'anthropic',
          $ai_model: 'claude-sonnet-4-5',
          $ai_input: [{ role: 'user', content: 'Score?' }],
          $ai_output_choices: [{ role: 'assistant', content: '3:2' }],
          $ai_input_tokens: 10,
          $ai_output_tokens: 4,
          $ai_cache_read_input_tokens: 100,
          $ai_cache_creation_input_tokens: 50,
          $ai_total_cost_usd: 0.0003,
          $ai_session_id: 'match-1',
          $ai_stream: true,
          $ai_time_to_first_token: 0.2,
          $ai_stop_reason: 'end_turn',
        },
        facts: {
          kind: 'chat',
          provider: 'anthropic',
          inputTokens: 160,
          cacheReadTokens: 100,
          cacheCreationTokens: 50,
          outputTokens: 4,
          costGivenTotal: 0.0003,
          sessionId: 'match-1',
          streaming: true,
          ttftMs: 200,
          finishReasons: ['end_turn'],
          inputTextContains: 'Score?',
          outputText: '3:2',
        },
      },
      // The sender says what its counts include, against what its provider counts by itself.
      {
        name: '$ai_generation',
        attributes: {
          $ai_event: '$ai_generation',
          $ai_provider: 'anthropic',
          $ai_model: 'claude-sonnet-4-5',
          $ai_input_tokens: 1000,
          $ai_output_tokens: 40,
          $ai_cache_read_input_tokens: 600,
          $ai_cache_reporting_exclusive: false,
        },
        facts: { kind: 'chat', inputTokens: 1000, cacheReadTokens: 600, outputTokens: 40 },
      },
      {
        name: '$ai_generation',
        attributes: {
          $ai_event: '$ai_generation',
          $ai_provider: 'openai',
          $ai_model: 'gpt-4o',
          $ai_input_tokens: 1000,
          $ai_output_tokens: 40,
          $ai_cache_read_input_tokens: 600,
          $ai_cache_reporting_exclusive: 'true',
        },
        facts: { kind: 'chat', inputTokens: 1600, cacheReadTokens: 600, outputTokens: 40 },
      },
      {
        name: '$ai_generation',
        attributes: {
          $ai_event: '$ai_generation',
          $ai_provider: 'anthropic',
          $ai_model: 'claude-sonnet-4-5',
          $ai_input_tokens: 1000,
          $ai_output_tokens: 40,
          $ai_cache_read_input_tokens: 600,
        },
        facts: { kind: 'chat', inputTokens: 1600, cacheReadTokens: 600, outputTokens: 40 },
      },
    ],
  },
])
