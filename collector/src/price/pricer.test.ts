import { describe, expect, test } from 'vitest'
import { createCatalog } from './catalog.ts'
import { FLAG } from './plan.ts'
import { createPricer, type PriceResult } from './pricer.ts'
import { usageOf } from './usage-of.test-helper.ts'

const AT = Date.parse('2026-06-15T12:00:00Z')
const catalog = createCatalog()
const pricer = createPricer()

function priceOf(provider: string, model: string, counts: Parameters<typeof usageOf>[0], tier = ''): PriceResult {
  return pricer.price(catalog.find(provider, model, AT), usageOf(counts), tier)
}

describe('sums worked out by hand', () => {
  test('cached, written for 5 minutes and for 1 hour, and reasoning tokens each have their rate', () => {
    const cost = priceOf('anthropic', 'claude-sonnet-4-5', {
      INPUT: 3520,
      OUTPUT: 60,
      CACHE_READ: 3000,
      CACHE_WRITE: 500,
      CACHE_WRITE_1H: 100,
      REASONING: 40,
    })
    // 20 x 3 + 3000 x 0.3 + 400 x 3.75 + 100 x 6 = 3060 and 60 x 15 = 900, USD per million
    expect(cost).toMatchObject({ input: 3_060_000_000, output: 900_000_000, total: 3_960_000_000, fees: 0, flags: 0 })
    // 3000 x (3 - 0.3) saved; 400 x 0.75 + 100 x 3 paid extra
    expect(cost).toMatchObject({ cacheReadSavings: 8_100_000_000, cacheWriteExtra: 600_000_000 })
  })

  test('without the total of writes the one-hour writes are all there is', () => {
    const cost = priceOf('anthropic', 'claude-sonnet-4-5', { INPUT: 200, OUTPUT: 0, CACHE_WRITE_1H: 100 })
    expect(cost.input).toBe(100 * 3_000_000 + 100 * 6_000_000)
  })

  test('Bedrock charges a regional endpoint 10 % more, and a one-hour write twice the plain input', () => {
    const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
    const cost = priceOf('aws.bedrock', model, { INPUT: 1100, OUTPUT: 10, CACHE_WRITE: 100, CACHE_WRITE_1H: 100 })
    expect(cost.total).toBe(1000 * 3_300_000 + 100 * 6_600_000 + 10 * 16_500_000)
  })

  test('audio tokens of an audio model have their own rate', () => {
    const counts = { INPUT: 1000, OUTPUT: 1000, INPUT_AUDIO: 500, OUTPUT_AUDIO: 500 }
    // 500 x 2.5 + 500 x 40 + 500 x 10 + 500 x 80 = 66250
    expect(priceOf('openai', 'gpt-4o-audio-preview', counts).total).toBe(66_250_000_000)
  })

  test('a request fee is charged once a call and searches each', () => {
    const sonar = priceOf('perplexity', 'sonar', { INPUT: 100, OUTPUT: 100 })
    expect(sonar).toMatchObject({
      input: 100_000_000,
      output: 100_000_000,
      fees: 12_000_000_000,
      total: 12_200_000_000,
    })
    expect(priceOf('openai', 'gpt-4.1', { INPUT: 0, OUTPUT: 0, SEARCHES: 3 }).fees).toBe(30_000_000_000)
  })

  test('an embedding needs no output count', () => {
    expect(priceOf('openai', 'text-embedding-3-small', { INPUT: 8 })).toMatchObject({
      total: 160_000,
      output: 0,
      reason: '',
    })
  })

  test('a free variant costs nothing, which is known, whatever its tokens', () => {
    for (const counts of [{ INPUT: 8, OUTPUT: 8 }, {}]) {
      expect(priceOf('openrouter', 'openai/gpt-oss-20b:free', counts)).toMatchObject({ total: 0, reason: '' })
    }
  })

  test('a reranker that is paid by the search needs no tokens, and each search counts', () => {
    expect(priceOf('cohere', 'rerank-v3.5', {})).toMatchObject({
      fees: 2_000_000_000,
      total: 2_000_000_000,
      reason: '',
    })
    expect(priceOf('aws', 'cohere.rerank-v3-5:0', { REQUESTS: 3 }).total).toBe(6_000_000_000)
    expect(priceOf('voyageai', 'rerank-2.5', {}).reason).toBe('no_usage')
  })

  test('the rule says how the price was found and what stood in for a rate', () => {
    expect(priceOf('openai', 'gpt-4o', { INPUT: 1, OUTPUT: 1 }).rule).toBe('provider+model')
    expect(priceOf('langchain', 'gpt-4o', { INPUT: 1, OUTPUT: 1 }).rule).toBe('model')
    const usage = { INPUT: 9, OUTPUT: 1, CACHE_READ: 4, CACHE_WRITE: 4 }
    expect(priceOf('openai', 'gpt-4', usage).rule).toBe(
      'provider+model,cache_read_at_input_rate,cache_write_at_input_rate',
    )
    expect(priceOf('openai', 'gpt-4', {}).rule).toBe('')
  })
})

describe('context levels', () => {
  const at = (counts: Parameters<typeof usageOf>[0]): PriceResult => priceOf('gcp.gemini', 'gemini-2.5-pro', counts)

  test('the level begins above the threshold and holds for the whole request', () => {
    expect(at({ INPUT: 200_000, OUTPUT: 10 })).toMatchObject({ total: 200_000 * 1_250_000 + 10 * 10_000_000, tier: '' })
    expect(at({ INPUT: 200_001, OUTPUT: 10 })).toMatchObject({
      total: 200_001 * 2_500_000 + 10 * 15_000_000,
      tier: '>200000',
    })
  })

  test('cached tokens count towards the level', () => {
    const cost = at({ INPUT: 250_000, OUTPUT: 0, CACHE_READ: 240_000 })
    expect(cost.tier).toBe('>200000')
    expect(cost.total).toBe(10_000 * 2_500_000 + 240_000 * 250_000)
  })
})

describe('service tiers', () => {
  const counts = { INPUT: 1200, OUTPUT: 85, CACHE_READ: 1024 }

  test('batch and flex are half price, to the picodollar', () => {
    const list = priceOf('openai', 'gpt-5', counts).total
    for (const tier of ['batch', 'flex', 'FLEX', 'ON_DEMAND_FLEX']) {
      expect(priceOf('openai', 'gpt-5', counts, tier).total).toBe(list / 2)
    }
    expect(priceOf('openai', 'gpt-5', counts, 'flex').tier).toBe('flex')
  })

  test('priority has the published price of the model: input, cached input and output', () => {
    const priority = (model: string): PriceResult =>
      priceOf('openai', model, { INPUT: 2, OUTPUT: 1, CACHE_READ: 1 }, 'priority')
    expect(priority('gpt-4o').total).toBe(4_250_000 + 2_125_000 + 17_000_000)
    expect(priority('gpt-5').total).toBe(2_500_000 + 250_000 + 20_000_000)
    expect(priority('gpt-5-mini').total).toBe(450_000 + 45_000 + 3_600_000)
    expect(priority('gpt-5.2').total).toBe(3_500_000 + 350_000 + 28_000_000)
    expect(priority('gpt-5.4').total).toBe(5_000_000 + 500_000 + 30_000_000)
    expect(priority('gpt-5.4-mini').total).toBe(1_500_000 + 150_000 + 9_000_000)
    expect(priority('gpt-4.1').total).toBe(3_500_000 + 875_000 + 14_000_000)
    expect(priority('gpt-4.1-mini').total).toBe(700_000 + 175_000 + 2_800_000)
    expect(priority('gpt-4.1-nano').total).toBe(200_000 + 50_000 + 800_000)
    expect(priority('gpt-4o-mini').total).toBe(250_000 + 125_000 + 1_000_000)
    expect(priority('o3').total).toBe(3_500_000 + 875_000 + 14_000_000)
    expect(priority('o4-mini').total).toBe(2_000_000 + 500_000 + 8_000_000)
  })

  test('fees are not discounted', () => {
    expect(priceOf('perplexity', 'sonar', { INPUT: 0, OUTPUT: 0 }, 'batch').total).toBe(12_000_000_000)
  })

  test('a premium that is not published, prepaid capacity and a tier never heard of leave the cost unknown', () => {
    expect(priceOf('anthropic', 'claude-sonnet-4-5', counts, 'priority').reason).toBe('unpriced_tier:priority')
    expect(priceOf('openai', 'gpt-5', counts, 'scale').reason).toBe('unpriced_tier:reserved')
    expect(priceOf('openai', 'gpt-5', counts, 'turbo')).toMatchObject({ reason: 'unknown_tier', total: Number.NaN })
    expect(priceOf('openai', 'gpt-5', counts, '__proto__').reason).toBe('unknown_tier')
    expect(priceOf('openai', 'gpt-5', counts, 'x'.repeat(1_000_000)).reason).toBe('unknown_tier')
  })

  test('Bedrock sells priority at 1.75 times the on-demand price, of models of others than Anthropic', () => {
    const priority = (model: string): PriceResult => priceOf('aws', model, { INPUT: 1000, OUTPUT: 0 }, 'priority')
    expect(priority('amazon.nova-pro-v1:0').total).toBe(1000 * 1_400_000)
    expect(priority('anthropic.claude-haiku-4-5-20251001-v1:0').reason).toBe('unpriced_tier:priority')
  })

  test('Groq sells flex at the on-demand price', () => {
    const model = 'llama-3.3-70b-versatile'
    expect(priceOf('groq', model, { INPUT: 1000, OUTPUT: 100 }, 'flex').total).toBe(669_000_000)
  })
})

describe('what is unknown stays unknown', () => {
  test.each([
    ['no_usage', 'gpt-4o', {}],
    ['unknown_input_tokens', 'gpt-4o', { OUTPUT: 5 }],
    ['unknown_output_tokens', 'gpt-4o', { INPUT: 5 }],
    ['inconsistent_usage', 'gpt-4o', { INPUT: 5, OUTPUT: 5, CACHE_READ: 6 }],
    ['inconsistent_usage', 'gpt-4o', { INPUT: 5, OUTPUT: 5, CACHE_READ: 3, CACHE_WRITE: 3 }],
    ['inconsistent_usage', 'gpt-4o', { INPUT: 5, OUTPUT: 5, REASONING: 6 }],
    ['inconsistent_usage', 'gpt-4o', { INPUT: 5, OUTPUT: 5, CACHE_WRITE: 1, CACHE_WRITE_1H: 2 }],
    ['inconsistent_usage', 'gpt-4o', { INPUT: -5, OUTPUT: 5 }],
    ['inconsistent_usage', 'gpt-4o', { INPUT: 5.5, OUTPUT: 5 }],
    ['inconsistent_usage', 'gpt-4o', { INPUT: Number.POSITIVE_INFINITY, OUTPUT: 5 }],
    ['inconsistent_usage', 'gpt-4o', { INPUT: 2 ** 60, OUTPUT: 5 }],
    ['unpriced_bucket:input_audio', 'gpt-4o', { INPUT: 5, OUTPUT: 5, INPUT_AUDIO: 1 }],
    ['unpriced_bucket:output_image', 'gpt-4o', { INPUT: 5, OUTPUT: 5, OUTPUT_IMAGE: 1 }],
    ['unpriced_bucket:output', 'text-embedding-3-small', { INPUT: 5, OUTPUT: 5 }],
    ['unpriced_unit', 'whisper-1', { INPUT: 5, OUTPUT: 5 }],
    ['unknown_model', 'gpt-4o-of-ours', { INPUT: 5, OUTPUT: 5 }],
  ])('%s', (reason, model, counts) => {
    expect(priceOf('openai', model, counts)).toMatchObject({
      reason,
      total: Number.NaN,
      input: Number.NaN,
      tier: '',
      flags: 0,
    })
  })

  test('a result keeps nothing of the call before', () => {
    priceOf('gcp.gemini', 'gemini-2.5-pro', { INPUT: 250_000, OUTPUT: 5, CACHE_READ: 5 })
    expect(priceOf('openai', 'gpt-4o', {})).toMatchObject({ cacheReadSavings: Number.NaN, tier: '', plan: undefined })
  })

  test('cached tokens without a cache rate cost plain input, and that is flagged', () => {
    const cost = priceOf('aws.bedrock', 'anthropic.claude-3-haiku-20240307-v1:0', {
      INPUT: 10,
      OUTPUT: 0,
      CACHE_READ: 4,
    })
    expect(cost).toMatchObject({ total: 2_500_000, cacheReadSavings: 0, flags: FLAG.CACHE_READ_AT_INPUT_RATE })
  })

  test('audio that was read from the cache is billed once', () => {
    const cost = priceOf('gcp.gemini', 'gemini-2.5-flash', { INPUT: 100, OUTPUT: 0, CACHE_READ: 80, INPUT_AUDIO: 50 })
    // 80 cached x 0.03 + 20 audio x 1
    expect(cost).toMatchObject({ total: 80 * 30_000 + 20 * 1_000_000, flags: FLAG.CACHED_MEDIA })
  })
})
