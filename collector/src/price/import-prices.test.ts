import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCatalog } from './catalog.ts'
import { importPrices } from './import-prices.ts'
import { parseOverrides } from './overrides.ts'
import { createPricer } from './pricer.ts'
import { usageOf } from './usage-of.test-helper.ts'

const AT = Date.parse('2026-06-15')

/** A file in the form of LiteLLM's, with made-up models. */
const LITELLM = {
  sample_spec: { litellm_provider: 'one of …', input_cost_per_token: 9 },
  'harbor-large': {
    litellm_provider: 'openai',
    mode: 'chat',
    input_cost_per_token: 1.5e-7,
    output_cost_per_token: 6e-7,
    cache_read_input_token_cost: 7.5e-8,
    cache_creation_input_token_cost: 2e-7,
    cache_creation_input_token_cost_above_1hr: 3e-7,
    input_cost_per_audio_token: 1e-6,
    output_cost_per_reasoning_token: 7e-7,
    input_cost_per_token_above_200k_tokens: 3e-7,
    output_cost_per_token_above_200k_tokens: 9e-7,
    input_cost_per_token_batches: 5e-8,
    output_cost_per_token_batches: 4e-7,
    input_cost_per_token_priority: 3e-7,
    input_cost_per_token_above_200k_tokens_priority: 6e-7,
    output_cost_per_token_priority: null,
    search_context_cost_per_query: { search_context_size_low: 0.01, search_context_size_medium: 0.025 },
    max_tokens: 1000,
  },
  'bedrock/us.harbor.v2:0': {
    litellm_provider: 'bedrock_converse',
    input_cost_per_token: '0.000001',
    output_cost_per_token: 2e-6,
  },
  'us.harbor.v2:0': { litellm_provider: 'bedrock', input_cost_per_token: 5e-6, output_cost_per_token: 5e-6 },
  'cohere/ranker': { litellm_provider: 'cohere', mode: 'rerank', input_cost_per_query: 0.002, input_cost_per_token: 0 },
  'ollama/free': { litellm_provider: 'ollama', input_cost_per_token: 0, output_cost_per_token: 0 },
  'picture-1': { litellm_provider: 'openai', mode: 'image_generation', output_cost_per_image: 0.04 },
}

const MODELS_DEV = {
  openai: {
    id: 'openai',
    models: {
      'harbor-large': {
        cost: {
          input: 5,
          output: 30,
          cache_read: 0.5,
          tiers: [{ input: 10, output: 45, tier: { type: 'context', size: 272_000 } }],
          context_over_200k: { input: 11 },
        },
      },
      plan: { cost: { input: 0, output: 0 } },
      unpriced: { limit: {} },
    },
  },
  'google-vertex': { models: { old: { cost: { input: 2, output: 10, context_over_200k: { input: 3, output: 15 } } } } },
}

function cost(
  content: unknown,
  names: [provider: string, model: string],
  counts: Parameters<typeof usageOf>[0],
  tier = '',
) {
  const catalog = createCatalog([parseOverrides({ prices: importPrices(content).rules }, 'project')])
  const { total, priceId, reason } = createPricer().price(catalog.find(...names, AT), usageOf(counts), tier)
  return { total, priceId, reason }
}

describe("LiteLLM's file", () => {
  test('gives prices to the last digit, with cache, audio, reasoning and searches', () => {
    const counts = {
      INPUT: 1000,
      OUTPUT: 100,
      CACHE_READ: 200,
      CACHE_WRITE: 300,
      CACHE_WRITE_1H: 100,
      INPUT_AUDIO: 50,
      REASONING: 40,
      SEARCHES: 2,
    }
    // 450 x 0.15 + 200 x 0.075 + 200 x 0.2 + 100 x 0.3 + 50 x 1, 60 x 0.6 + 40 x 0.7 per million; 2 x 25 per thousand
    expect(cost(LITELLM, ['openai', 'harbor-large'], counts)).toEqual({
      total:
        450 * 150_000 +
        200 * 75_000 +
        200 * 200_000 +
        100 * 300_000 +
        50 * 1_000_000 +
        60 * 600_000 +
        40 * 700_000 +
        2 * 25_000_000_000,
      priceId: 'project/litellm/harbor-large',
      reason: '',
    })
  })

  test('gives context and service tiers, which need not be a factor', () => {
    const of = (input: number, tier: string) =>
      cost(LITELLM, ['openai', 'harbor-large'], { INPUT: input, OUTPUT: 10 }, tier).total
    expect(of(200_001, '')).toBe(200_001 * 300_000 + 10 * 900_000)
    expect(of(1000, 'batch')).toBe(1000 * 50_000 + 10 * 400_000)
    // What a tier does not name is as in the standard one.
    expect(of(1000, 'priority')).toBe(1000 * 300_000 + 10 * 600_000)
    expect(of(200_001, 'priority')).toBe(200_001 * 600_000 + 10 * 600_000)
  })

  test('gives fees per query, and names without the prefix of their provider', () => {
    expect(cost(LITELLM, ['cohere', 'ranker'], {}).total).toBe(2_000_000_000)
    expect(cost(LITELLM, ['aws.bedrock', 'us.harbor.v2:0'], { INPUT: 1, OUTPUT: 0 }).total).toBe(1_000_000)
    expect(cost(LITELLM, ['openai', 'us.harbor.v2:0'], { INPUT: 1, OUTPUT: 0 }).reason).toBe('unknown_model')
  })

  test('leaves out placeholders of 0, what is not paid by the token, and a second entry of one name', () => {
    expect(importPrices(LITELLM)).toMatchObject({
      format: 'litellm',
      skipped: new Map([
        ['same_name', 1],
        ['placeholder', 1],
        ['no_token_price', 1],
      ]),
    })
  })
})

describe('the file of models.dev', () => {
  test('gives prices and context tiers, in the newer form or the older', () => {
    const of = (model: string, input: number, provider = 'openai') =>
      cost(MODELS_DEV, [provider, model], { INPUT: input, OUTPUT: 10, CACHE_READ: 10 }).total
    expect(of('harbor-large', 1000)).toBe(990 * 5_000_000 + 10 * 500_000 + 10 * 30_000_000)
    expect(of('harbor-large', 272_001)).toBe(271_991 * 10_000_000 + 10 * 500_000 + 10 * 45_000_000)
    expect(of('old', 200_001, 'vertex_ai')).toBe(199_991 * 3_000_000 + 10 * 3_000_000 + 10 * 15_000_000)
    expect(importPrices(MODELS_DEV).skipped).toEqual(
      new Map([
        ['placeholder', 1],
        ['no_token_price', 1],
      ]),
    )
  })
})

test('a file of neither form is refused', () => {
  for (const content of [undefined, null, 3, [], {}, { a: { b: 1 } }]) {
    expect(() => importPrices(content)).toThrow(expect.objectContaining({ code: 'INSIGHTS_PRICES_INVALID' }))
  }
})

test('whatever a file of the right form holds gives rules that are taken, and never throws', () => {
  const amount = fc.oneof(fc.double(), fc.constantFrom(null, '1e-6', '', 'x', -1, 0, 1e-7, 9e9), fc.string())
  const entry = fc.dictionary(
    fc.constantFrom(
      'input_cost_per_token',
      'output_cost_per_token_batches',
      'cache_read_input_token_cost_above_200k_tokens',
      'x',
    ),
    amount,
  )
  const file = fc
    .dictionary(fc.string({ maxLength: 300 }), entry)
    .map((entries) => ({ ...entries, m: { litellm_provider: 'x' } }))
  fc.assert(
    fc.property(file, (content) => {
      const { rules } = importPrices(content, 'litellm')
      parseOverrides({ prices: rules })
    }),
  )
})
