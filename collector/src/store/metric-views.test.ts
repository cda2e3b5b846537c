import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSampleStore } from './sample.fixture.ts'
import type { TestStore } from './store.fixture.ts'

let test: TestStore
beforeAll(async () => {
  test = await startSampleStore()
})
afterAll(() => test.stop())

const rows = (sql: string): Promise<Record<string, unknown>[]> => test.store.select<Record<string, unknown>>(sql)

const SHOP = "WHERE project_id = 'shop' AND kind = 'generation' AND model = 'gpt-5-2026'"

it('measures latency, usage and cost by minute and model', async () => {
  expect(
    await rows(
      `SELECT time, spans, latency_p50_ms, latency_p99_ms, time_to_first_token_p50_ms FROM latency_v1 ${SHOP}`,
    ),
  ).toEqual([
    {
      time: '2026-11-23 00:01:00.000',
      spans: 2,
      latency_p50_ms: 1000,
      latency_p99_ms: 3000,
      time_to_first_token_p50_ms: 250,
    },
  ])
  expect(await rows(`SELECT calls, input_tokens, output_tokens, total_tokens FROM token_usage_v1 ${SHOP}`)).toEqual([
    { calls: 2, input_tokens: 100, output_tokens: 20, total_tokens: 120 },
  ])
  expect(
    await rows(
      `SELECT calls, priced_calls, cost_usd, other_cost_usd, priced_tokens, unpriced_tokens, priced_token_coverage FROM cost_v1 ${SHOP}`,
    ),
  ).toEqual([
    {
      calls: 2,
      priced_calls: 1,
      cost_usd: '0.03',
      other_cost_usd: '0.03',
      priced_tokens: 120,
      unpriced_tokens: 0,
      priced_token_coverage: 1,
    },
  ])
  expect(
    await rows(
      "SELECT sum(cost_usd) AS usd, sum(priced_tokens) AS priced, sum(unpriced_tokens) AS unpriced FROM cost_v1 WHERE project_id = 'shop'",
    ),
  ).toEqual([{ usd: '0.04', priced: 130, unpriced: 7 }])
})

it('lists the calls without a cost, with what would price them', async () => {
  expect(
    await rows("SELECT provider, model, tokens FROM unpriced_v1 WHERE project_id = 'shop' ORDER BY model"),
  ).toEqual([
    { provider: 'openai', model: 'embed-1', tokens: 7 },
    { provider: 'openai', model: 'gpt-5-2026', tokens: 0 },
  ])
})

it('merges quantiles over any range instead of averaging them', async () => {
  const [row] = await rows(
    `SELECT quantilesTDigestMerge(0.5, 0.95, 0.99)(latency_state) AS q, sum(spans) AS n FROM latency_states_v1 WHERE project_id = 'shop' AND kind = 'generation'`,
  )
  expect(row).toMatchObject({ n: 3, q: [1000, expect.any(Number), 3000] }) // of 500, 1000 and 3000 ms
})

it('measures errors by type, and their rate among all spans of the group', async () => {
  expect(
    await rows(`SELECT error_type, spans, errors, error_rate FROM error_rate_v1 ${SHOP} ORDER BY error_type`),
  ).toEqual([
    { error_type: '', spans: 1, errors: 0, error_rate: 0 },
    { error_type: 'rate_limit', spans: 1, errors: 1, error_rate: 0.5 },
  ])
  expect(
    await rows("SELECT sum(spans) AS spans, sum(errors) AS errors FROM error_rate_v1 WHERE project_id = 'shop'"),
  ).toEqual([{ spans: 6, errors: 1 }])
})

it('measures the caches: tokens, calls, money, and the gateway', async () => {
  expect(
    await rows(
      `SELECT calls, cached_calls, cache_read_tokens, provider_hit_rate, savings_gross_usd, savings_net_usd FROM cache_hit_rate_v1 ${SHOP}`,
    ),
  ).toEqual([
    {
      calls: 2,
      cached_calls: 1,
      cache_read_tokens: 40,
      provider_hit_rate: 0.4,
      savings_gross_usd: '0.02',
      savings_net_usd: '0.01',
    },
  ])
  expect(
    await rows("SELECT exact_hits, semantic_hits, exact_hit_rate FROM cache_hit_rate_v1 WHERE kind = 'tool'"),
  ).toEqual([{ exact_hits: 1, semantic_hits: 0, exact_hit_rate: 1 }])
})
