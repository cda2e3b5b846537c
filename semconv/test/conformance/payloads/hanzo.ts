// The manual SDK of this repository (`HanzoInsights`).
import { payloads } from '../payload.ts'

export const hanzo = payloads('hanzo', [
  {
    source: '@hanzo/insights 0.1',
    scope: '@hanzo/insights',
    version: '0.1.0',
    spans: [
      {
        name: 'plan-trip',
        attributes: {
          'hanzo.input': '{"to":"Oslo"}',
          'hanzo.output': 'Take the night train.',
          'hanzo.tags': ['travel', 'beta'],
          'hanzo.metadata.shop': 'north',
          'hanzo.metadata.seats': 2,
          'session.id': 'trip-9',
          'user.id': 'traveller-3',
        },
        facts: {
          kind: 'span',
          sessionId: 'trip-9',
          userId: 'traveller-3',
          tags: ['travel', 'beta'],
          metadata: { shop: 'north', seats: 2 },
          inputTextContains: '"to":"Oslo"',
          outputTextContains: 'night train',
          countsTokens: false,
        },
      },
      {
        name: 'check-rules',
        parent: 0,
        attributes: { 'hanzo.kind': 'guardrail', 'hanzo.input': 'May I?', 'hanzo.output': 'true' },
        facts: { kind: 'guardrail', inputTextContains: 'May I?', countsTokens: false },
      },
      {
        name: 'answer',
        parent: 0,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.usage.input_tokens': 30,
          'gen_ai.usage.output_tokens': 8,
          'gen_ai.input.messages': '[{"role":"user","content":"To Oslo?"}]',
        },
        facts: { kind: 'chat', requestModel: 'gpt-4o', inputTextContains: 'To Oslo?', countsTokens: true },
      },
    ],
  },
])
