// What a call costs, from its attributes on the wire to the last digit in the view. The sums are worked out by hand in USD per million tokens.
import { describe, expect, test } from 'vitest'
import { useCollector } from '../collector-process.ts'
import { type Attributes, NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { type Row, storedSpan, withoutReceipt } from '../stored.ts'

const collector = useCollector()

/** Sends one chat span and gives its row in `generations_v1`, money as text. */
async function generation(name: string, attributes: Attributes): Promise<Row> {
  const traceId = traceIdOf(name)
  const body = span({
    traceId,
    spanId: spanIdOf(1),
    name: 'chat',
    startUnixNano: NOW_NANO,
    attributes: { 'gen_ai.operation.name': 'chat', ...attributes },
  })
  expect((await collector().post(request(body))).status).toBe(200)
  await storedSpan(collector(), traceId)
  const [row] = await collector().sql<Row>('SELECT * FROM generations_v1 WHERE trace_id = {traceId:String}', {
    traceId,
  })
  return row ?? {}
}

const usage = (counts: Readonly<Record<string, number>>): Attributes =>
  Object.fromEntries(Object.entries(counts).map(([key, count]) => [`gen_ai.usage.${key}`, count]))

describe('a sum worked out by hand', () => {
  test('OpenAI: cached tokens are part of the input, reasoning tokens part of the output', async () => {
    const row = await generation('openai', {
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5',
      ...usage({
        input_tokens: 12_347,
        'cache_read.input_tokens': 1_029,
        output_tokens: 4_321,
        'reasoning.output_tokens': 3_003,
      }),
    })
    //  11 318 uncached x 1.25  = 14 147.5
    //   1 029 cached   x 0.125 =    128.625
    //   4 321 output   x 10    = 43 210
    expect(row).toMatchObject({ input_cost_usd: '0.014276125', output_cost_usd: '0.04321', cost_usd: '0.057486125' })
    // 1 029 x (1.25 - 0.125) saved
    expect(row).toMatchObject({
      cache_savings_gross_usd: '0.001157625',
      cache_savings_net_usd: '0.001157625',
      cost_source: 'computed',
    })
    expect(row).toMatchObject({
      input_tokens: 12_347,
      output_tokens: 4_321,
      total_tokens: 16_668,
      reasoning_tokens: 3_003,
    })
  })

  test('Anthropic: reads, five-minute and one-hour writes each have their rate', async () => {
    const row = await generation('anthropic', {
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      ...usage({
        input_tokens: 3_521,
        'cache_read.input_tokens': 3_000,
        'cache_creation.input_tokens': 500,
        'cache_creation.input_tokens.ephemeral_5m': 400,
        'cache_creation.input_tokens.ephemeral_1h': 100,
        output_tokens: 61,
        'reasoning.output_tokens': 40,
      }),
    })
    //    21 uncached       x 3    =    63
    // 3 000 read           x 0.30 =   900
    //   400 written for 5m x 3.75 = 1 500
    //   100 written for 1h x 6    =   600
    //    61 output         x 15   =   915
    expect(row).toMatchObject({ input_cost_usd: '0.003063', output_cost_usd: '0.000915', cost_usd: '0.003978' })
    // 3 000 x 2.70 saved by reading; 400 x 0.75 + 100 x 3 paid extra for writing
    expect(row).toMatchObject({ cache_savings_gross_usd: '0.0081', cache_savings_net_usd: '0.0075' })
    expect(row).toMatchObject({ cache_write_tokens: 500, cache_write_1h_tokens: 100, cache_read_tokens: 3_000 })
  })

  test('Anthropic as its own API counts: input beside the cached tokens costs the same', async () => {
    const counts = { 'cache_read.input_tokens': 3_000, 'cache_creation.input_tokens': 500, output_tokens: 61 }
    const model = { 'gen_ai.provider.name': 'anthropic', 'gen_ai.request.model': 'claude-sonnet-4-5' }
    const beside = await generation('beside', { ...model, ...usage({ input_tokens: 21, ...counts }) })
    const within = await generation('within', { ...model, ...usage({ input_tokens: 3_521, ...counts }) })
    // 21 x 3 + 3 000 x 0.30 + 500 x 3.75 + 61 x 15 = 3 753
    expect([beside['cost_usd'], beside['input_tokens'], beside['usage_rule']]).toEqual([
      '0.003753',
      3_521,
      'cache_exceeds_input',
    ])
    expect([within['cost_usd'], within['input_tokens'], within['usage_rule']]).toEqual([
      '0.003753',
      3_521,
      'declared_inclusive',
    ])
  })

  test('Gemini: above 200 000 tokens of input the whole request has the higher rate', async () => {
    const row = await generation('gemini', {
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.request.model': 'gemini-2.5-pro',
      ...usage({
        input_tokens: 250_001,
        'cache_read.input_tokens': 240_000,
        output_tokens: 1_001,
        'reasoning.output_tokens': 900,
      }),
    })
    //  10 001 uncached x 2.50 = 25 002.5
    // 240 000 cached   x 0.25 = 60 000
    //   1 001 output   x 15   = 15 015
    expect(row).toMatchObject({
      input_cost_usd: '0.0850025',
      output_cost_usd: '0.015015',
      cost_usd: '0.1000175',
      price_tier: '>200000',
    })
  })

  test('an embedding has no output to price', async () => {
    const row = await generation('embedding', {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'text-embedding-3-small',
      ...usage({ input_tokens: 17 }),
    })
    // 17 x 0.02
    expect(row).toMatchObject({ kind: 'embedding', cost_usd: '0.00000034', output_tokens: null })
  })
})

describe('an unknown price', () => {
  test.each<[string, Attributes, string]>([
    [
      'unknown model',
      { 'gen_ai.request.model': 'model-of-tomorrow', ...usage({ input_tokens: 5, output_tokens: 5 }) },
      'unknown_model',
    ],
    ['no usage', { 'gen_ai.request.model': 'gpt-4o', 'gen_ai.input.messages': 'hi' }, 'no_usage'],
    ['half the usage', { 'gen_ai.request.model': 'gpt-4o', ...usage({ output_tokens: 5 }) }, 'unknown_input_tokens'],
  ])('is NULL with a reason, never 0: %s', async (name, attributes, reason) => {
    const row = await generation(name, { 'gen_ai.provider.name': 'openai', ...attributes })
    expect(row).toMatchObject({
      cost_usd: null,
      input_cost_usd: null,
      output_cost_usd: null,
      cost_source: '',
      cost_reason: reason,
    })
  })

  test('what the sender reports stands beside what we know', async () => {
    const reported = { 'gen_ai.usage.cost': 0.125, ...usage({ input_tokens: 5, output_tokens: 5 }) }
    const row = await generation('reported', { 'gen_ai.request.model': 'model-of-tomorrow', ...reported })
    expect(row).toMatchObject({
      cost_usd: '0.125',
      reported_cost_usd: '0.125',
      computed_cost_usd: null,
      cost_source: 'reported',
    })
  })
})

test('deprecated attribute names give the same row as the current ones', async () => {
  const shared = { 'gen_ai.request.model': 'claude-sonnet-4-5' }
  const current = await generation('current', {
    ...shared,
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.request.seed': 7,
    ...usage({
      input_tokens: 1_200,
      output_tokens: 85,
      'cache_read.input_tokens': 1_000,
      'cache_creation.input_tokens': 100,
      'reasoning.output_tokens': 64,
    }),
  })
  const deprecated = await generation('deprecated', {
    ...shared,
    'gen_ai.system': 'anthropic',
    'gen_ai.response.finish_reason': 'stop',
    'gen_ai.openai.request.seed': 7,
    ...usage({
      prompt_tokens: 1_200,
      completion_tokens: 85,
      cache_read_input_tokens: 1_000,
      cache_creation_input_tokens: 100,
      reasoning_tokens: 64,
    }),
  })
  expect(meaning(deprecated)).toEqual(meaning(current))
  expect([current['dialect'], deprecated['dialect']]).toEqual(['otel-gen-ai', 'otel-gen-ai-deprecated'])
  // 100 x 3 + 1 000 x 0.30 + 100 x 3.75 + 85 x 15 = 2 250
  expect(deprecated).toMatchObject({ cost_usd: '0.00225', finish_reasons: ['stop'], seed: 7 })
})

/** A row without what is said in the sender's own words. */
function meaning(row: Row): Row {
  const { trace_id, attributes, dialect, ...rest } = withoutReceipt(row)
  return rest
}
