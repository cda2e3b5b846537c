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
      // Prices of the event's own, per token; cached input at half of it where the event does not say.
      {
        name: '$ai_generation',
        attributes: {
          $ai_event: '$ai_generation',
          $ai_provider: 'house',
          $ai_model: 'house-1',
          $ai_input_tokens: 1000,
          $ai_output_tokens: 40,
          $ai_cache_read_input_tokens: 600,
          $ai_input_token_price: 0.000002,
          $ai_output_token_price: '0.00001',
          $ai_request_price: 0.01,
        },
        // 400 x 2e-6 + 600 x 1e-6; 40 x 1e-5; a request
        facts: { kind: 'chat', costGivenInput: 0.0014, costGivenOutput: 0.0004, costGivenTotal: 0.0118 },
      },
      {
        name: '$ai_generation',
        attributes: {
          $ai_event: '$ai_generation',
          $ai_provider: 'anthropic',
          $ai_model: 'claude-sonnet-4-5',
          $ai_input_tokens: 400,
          $ai_output_tokens: 40,
          $ai_cache_read_input_tokens: 600,
          $ai_cache_creation_input_tokens: 100,
          $ai_input_token_price: 0.000002,
          $ai_output_token_price: 0.00001,
          $ai_cache_write_token_price: 0.000003,
          $ai_web_search_count: 2,
          $ai_web_search_price: 0.01,
        },
        // 400 x 2e-6 + 600 x 2e-7 + 100 x 3e-6; 40 x 1e-5; two searches
        facts: { kind: 'chat', costGivenInput: 0.00122, costGivenOutput: 0.0004, costGivenTotal: 0.02162 },
      },
      // A cost that the event tells wins over its prices.
      {
        name: '$ai_generation',
        attributes: {
          $ai_event: '$ai_generation',
          $ai_model: 'house-1',
          $ai_input_tokens: 1000,
          $ai_output_tokens: 40,
          $ai_input_token_price: 0.000002,
          $ai_output_token_price: 0.00001,
          $ai_total_cost_usd: 0.5,
        },
        facts: { kind: 'chat', costGivenTotal: 0.5 },
      },
    ],
  },
])
