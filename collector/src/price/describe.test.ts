import { expect, test } from 'vitest'
import { createCatalog } from './catalog.ts'
import { describePrice } from './describe.ts'

const AT = Date.parse('2026-06-15')
const of = (provider: string, model: string, tier = '') =>
  describePrice(createCatalog().find(provider, model, AT), tier)

test('rates are told in the units of a prices file, level by level, with those that stand in', () => {
  expect(of('gcp.gemini', 'gemini-2.5-pro', 'batch')).toMatchObject({
    price_id: 'genai-prices/0.1.8/google/gemini-2.5-pro',
    rule: 'provider+model',
    reason: '',
    levels: [
      { per_million: { input: '0.625', cache_read: '0.0625', output: '5', reasoning: '5' } },
      { above_input_tokens: 200_000, per_million: { input: '1.25', output: '7.5' } },
    ],
  })
  expect(of('perplexity', 'sonar').levels[0]?.per_million).toMatchObject({ input: '1', requests: '12' })
})

test('without a price there is a reason', () => {
  expect(of('openai', 'of-ours')).toEqual({ price_id: '', rule: '', reason: 'unknown_model', levels: [] })
  expect(of('anthropic', 'claude-sonnet-4-5', 'priority')).toMatchObject({
    rule: '',
    reason: 'unpriced_tier:priority',
    levels: [],
  })
})
