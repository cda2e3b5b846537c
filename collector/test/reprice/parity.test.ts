// Re-pricing works sums out in SQL, ingestion in the price stage. Under the same prices the two must agree on every row, to the last digit.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tablePrices } from '../../src/app-reprice.ts'
import { Normalizer } from '../../src/normalize/normalizer.ts'
import { OpenBatch } from '../../src/normalize/open-batch.ts'
import type { Plain } from '../../src/normalize/testing/attributes.ts'
import { encodeRequest } from '../../src/normalize/testing/requests.ts'
import { createPricing } from '../../src/price/pricing.ts'
import { createDayGate } from '../../src/store/day-gate.ts'
import { createLoader, type Loader } from '../../src/store/load.ts'
import { reprice } from '../../src/store/reprice/reprice.ts'
import { startTestStore, type TestStore } from '../../src/store/store.fixture.ts'

const SPANS = 6_000
/** 2 July: day and half hour of deepseek's prices both matter. */
const RECEIVED_MS = Date.UTC(2025, 6, 2, 23)
const DAY = Math.floor(RECEIVED_MS / 86_400_000)

const pricing = createPricing({
  overrides: {
    prices: [
      {
        name: 'third',
        match: 'thirds',
        per_million: { input: '0.3333333333333', output: '1.7', requests: '0.01', searches: 3 },
        multiplier: '0.777',
      },
      // Half a picodollar a token: every other sum is a tie.
      { name: 'half', match: 'half', per_million: { input: '0.0000005', output: '0.0000015' } },
      {
        name: 'odd',
        match: 'odd-*',
        per_million: { input: 1, output: 2 },
        multiplier: '0.880000000000000000000000000000000001',
      },
      {
        name: 'long',
        match: 'long',
        per_million: { input: 1, output: 2 },
        tiers: [{ above_input_tokens: 1000, per_million: { input: '0.7' } }],
      },
    ],
  },
})

const MODELS: readonly (readonly [provider: string, model: string])[] = [
  ['openai', 'gpt-4o-mini'],
  ['openai', 'gpt-4o-audio-preview'],
  ['openai', 'gpt-4o'],
  ['openai', 'gpt-4'],
  ['openai', 'o4-mini'],
  ['openai', 'text-embedding-3-small'],
  ['openai', 'whisper-1'],
  ['anthropic', 'claude-sonnet-4-5'],
  ['aws.bedrock', 'anthropic.claude-3-haiku-20240307-v1:0'],
  ['gcp.gemini', 'gemini-2.5-pro'],
  ['gcp.gemini', 'gemini-2.5-flash'],
  ['deepseek', 'deepseek-chat'],
  ['perplexity', 'sonar'],
  ['openrouter', 'x/y:free'],
  ['langchain', 'gpt-4o'],
  ['hosted_vllm', 'mine'],
  ['', 'thirds'],
  ['', 'odd-1'],
  ['', 'long'],
  ['', 'half'],
  ['', 'unheard-of'],
  ['openai', 'none'],
]

const count = fc.oneof(fc.nat(100), fc.nat(3000), fc.nat(400_000), fc.constant(4_000_000_000))
const maybe = <T>(value: fc.Arbitrary<T>, percent = 50): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: percent, arbitrary: value }, { weight: 100 - percent, arbitrary: fc.constant(undefined) })

const call = fc.record({
  model: fc.constantFrom(...MODELS),
  response: maybe(fc.constantFrom('gpt-4o-2024-08-06', 'deployment-x'), 15),
  tier: fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    fc.constantFrom('batch', 'flex', 'priority', 'scale', 'turbo'),
  ),
  input: maybe(count, 90),
  output: maybe(count, 90),
  cacheRead: maybe(fc.nat(2000)),
  cacheWrite: maybe(fc.nat(500)),
  write1h: maybe(fc.nat(300)),
  reasoning: maybe(fc.nat(60)),
  audioIn: maybe(fc.nat(2000), 25),
  audioOut: maybe(fc.nat(20), 25),
  imageIn: maybe(fc.nat(500), 25),
  imageOut: maybe(fc.nat(10), 25),
  reported: maybe(fc.constantFrom(0, 0.25, 1e-12, 5_000_000, -1), 25),
  reportedInput: maybe(fc.constantFrom(0, 0.1, 0.2), 25),
  reportedOutput: maybe(fc.constantFrom(0, 0.05, 0.15), 25),
  content: maybe(fc.constant('[{"role":"user","parts":[{"type":"text","content":"hello there"}]}]'), 20),
  cached: maybe(fc.constant('true'), 10),
  operation: fc.oneof(
    { weight: 8, arbitrary: fc.constant('chat') },
    fc.constantFrom('embeddings', 'invoke_agent', 'execute_tool', ''),
  ),
  second: fc.nat(82_000),
})
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never

function spanOf(one: Call, i: number): Plain {
  const attributes: Record<string, string | number | undefined> = {
    'gen_ai.operation.name': one.operation || undefined,
    'gen_ai.provider.name': one.model[0] || undefined,
    'gen_ai.request.model': one.model[1],
    'gen_ai.response.model': one.response,
    'openai.response.service_tier': one.tier || undefined,
    'gen_ai.usage.input_tokens': one.input,
    'gen_ai.usage.output_tokens': one.output,
    'gen_ai.usage.cache_read.input_tokens': one.cacheRead,
    'gen_ai.usage.cache_creation.input_tokens': one.cacheWrite,
    'gen_ai.usage.cache_creation.input_tokens.ephemeral_1h': one.write1h,
    'gen_ai.usage.reasoning.output_tokens': one.reasoning,
    'gen_ai.usage.audio.input_tokens': one.audioIn,
    'gen_ai.usage.audio.output_tokens': one.audioOut,
    'gen_ai.usage.image.input_tokens': one.imageIn,
    'gen_ai.usage.image.output_tokens': one.imageOut,
    'gen_ai.usage.cost': one.reported,
    'gen_ai.cost.input_cost': one.reportedInput,
    'gen_ai.cost.output_cost': one.reportedOutput,
    'metadata.cache_hit': one.cached,
    'gen_ai.input.messages': one.content,
    'gen_ai.output.messages': one.content,
  }
  const spanId = Buffer.alloc(8)
  spanId.writeUInt32BE(i + 1)
  const start = BigInt(DAY * 86_400_000 + one.second * 1000 + 5) * 1_000_000n
  return {
    traceId: Buffer.concat([spanId, spanId]),
    spanId,
    name: 'call',
    startTimeUnixNano: start.toString(),
    endTimeUnixNano: (start + 1_000_000n).toString(),
    attributes: Object.entries(attributes).flatMap(([key, value]) => {
      if (value === undefined) return []
      const given =
        typeof value === 'string'
          ? { stringValue: value }
          : Number.isInteger(value)
            ? { intValue: value }
            : { doubleValue: value }
      return [{ key, value: given }]
    }),
  }
}

let test: TestStore
beforeAll(async () => {
  test = await startTestStore()
  const loader = createLoader(test)
  await store(loader, 'any', call)
  // Prices of whole picodollars alone: narrower sums are used for them.
  await store(
    loader,
    'whole',
    call.map((one) => ({ ...one, model: WHOLE[one.second % WHOLE.length]!, response: undefined, tier: '' })),
  )
  await loader.stop()
})
afterAll(() => test.stop())

const WHOLE = MODELS.filter(([, model]) =>
  ['gpt-4o-mini', 'claude-sonnet-4-5', 'gemini-2.5-pro', 'sonar', 'none'].includes(model),
)

async function store(loader: Loader, project: string, calls: fc.Arbitrary<Call>): Promise<void> {
  const countTokens = (text: string): number => text.length
  const normalizer = new Normalizer({ pricing, maxAttributes: 128, retentionDays: () => 36_500, countTokens })
  const batch = new OpenBatch()
  const spans = fc.sample(calls, { numRuns: SPANS, seed: 20_260_615 }).map(spanOf)
  const bytes = encodeRequest({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
  expect(normalizer.writeTraces({ project, receivedMs: RECEIVED_MS, bytes }, batch).stored).toBe(SPANS)
  const id = createHash('md5').update(project).digest()
  for (const block of batch.take(() => id)) {
    const { table, day, rows, columns } = block
    await loader.load({
      id: id.toString('hex'),
      table,
      day,
      rows,
      columns,
      bytes: async () => block.bytes,
      first: true,
    })
  }
}

const differences = (project: string) =>
  reprice(
    { from: DAY, to: DAY, project, dryRun: true },
    { store: test.store, gate: createDayGate(), findPrice: tablePrices(pricing) },
  )

it.each(['any', 'whole'])('finds no difference in what was just priced (%s)', async (project) => {
  expect(await differences(project)).toMatchObject({ changed: 0, models: [], days: [{ changed: 0 }] })
})

it('has seen every kind of call, price and reason', async () => {
  const seen = await test.store.select<{ reason: string }>('SELECT DISTINCT cost_reason AS reason FROM spans')
  expect(seen.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining([
      '',
      'no_usage',
      'unknown_input_tokens',
      'unknown_output_tokens',
      'inconsistent_usage',
      'unknown_model',
      'self_hosted',
      'unpriced_unit',
      'unpriced_bucket:input_audio',
      'unpriced_bucket:output',
      'unpriced_tier:priority',
      'unpriced_tier:reserved',
      'unknown_tier',
    ]),
  )
  const [figures] = await test.store.select(
    `SELECT countIf(price_tier LIKE '%>%') > 50 AS levels, countIf(price_rule LIKE '%,%') > 50 AS rules, countIf(cost_source = 'reported') > 50 AS reported,
       countIf(cost_source = 'response_cache') > 50 AS free, countIf(request_cost_usd > 0) > 50 AS fees, countIf(cost_source = 'estimated') > 20 AS estimated, uniq(price_id) > 12 AS prices,
       countIf(cache_savings_net_usd != cache_savings_gross_usd) > 10 AS savings FROM spans`,
  )
  expect(figures).toEqual({ levels: 1, rules: 1, reported: 1, free: 1, fees: 1, estimated: 1, prices: 1, savings: 1 })
})

it('finds the parts of each cost to sum to it, or to be unknown', async () => {
  const [wrong] = await test.store.select<{ n: number }>(
    `SELECT count() AS n FROM spans WHERE input_cost_usd IS NOT NULL
       AND cost_usd != input_cost_usd + output_cost_usd + ifNull(request_cost_usd, 0)`,
  )
  expect(wrong?.n).toBe(0)
})
