import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get, NOW_MS } from './query.fixture.ts'
import { HOUR, type Sample, startSample } from './sample.fixture.ts'

let sample: Sample

beforeAll(async () => {
  sample = await startSample()
})
afterAll(() => sample.stop())

describe('metrics', () => {
  it.each([
    ['total_traces', [{ traces: 3, failed_traces: 0 }]],
    ['total_traces?group_by=name&name=answer', [{ name: 'answer', traces: 1, failed_traces: 0 }]],
    [
      'token_usage',
      [
        {
          input_tokens: 360,
          output_tokens: 80,
          cache_read_tokens: 80,
          cache_write_tokens: null,
          reasoning_tokens: null,
          total_tokens: 440,
          calls: 4,
        },
      ],
    ],
    [
      'cost',
      [
        {
          cost_usd: '1.500000000002',
          input_cost_usd: null,
          output_cost_usd: null,
          priced_tokens: 360,
          unpriced_tokens: 80,
          priced_share: 360 / 440,
          calls: 4,
        },
      ],
    ],
    [
      'cost?group_by=model',
      [
        { model: 'gpt-4o-2024', cost_usd: '1.500000000002', priced_share: 1, calls: 3 },
        { model: 'llama', cost_usd: null, unpriced_tokens: 80, priced_share: 0, calls: 1 },
      ],
    ],
    ['error_rate', [{ calls: 4, errors: 1, error_rate: 0.25 }]],
    ['error_rate?kind=agent', [{ calls: 1, errors: 0, error_rate: 0 }]],
    ['error_rate?group_by=error_type', [{ error_type: 'rate_limit', calls: 4, errors: 1, error_rate: 0.25 }]],
    [
      'error_rate?group_by=provider,error_type',
      [{ provider: 'openai', error_type: 'rate_limit', calls: 3, errors: 1, error_rate: 1 / 3 }],
    ],
    [
      'cache_hit_rate',
      [
        {
          calls: 4,
          cached_calls: 2,
          cache_read_tokens: 80,
          input_tokens: 200,
          cache_hit_rate: 0.4,
          savings_gross_usd: null,
          savings_net_usd: '-0.25',
          exact_hit_rate: null,
        },
      ],
    ],
    ['latency?provider=openai', [{ p50_ms: 1000, p99_ms: 3000, ttft_p50_ms: 250, ttft_p99_ms: 250, calls: 3 }]],
    ['latency?from=now-5m', [{ p50_ms: null, ttft_p50_ms: null, calls: 0 }]],
  ])('answers %s', async (path, expected) => {
    const { status, body } = await get(sample.app, `/api/v1/metrics/${path}`)
    expect(status).toBe(200)
    expect(body.data).toMatchObject(expected)
  })

  it('answers a row for each interval that has any, with the same sum', async () => {
    const { body } = await get(sample.app, '/api/v1/metrics/token_usage?interval=1m&group_by=provider')
    expect(body.data.map((row: { total_tokens: number }) => row.total_tokens)).toEqual([80, 120, 240])
    expect(Object.keys(body.data[0]).slice(0, 3)).toEqual(['time', 'provider', 'input_tokens'])
    expect(Date.parse(body.data[0].time)).toBe(NOW_MS - 3 * HOUR)
  })

  it('counts a day and an error type in a series against all calls of the interval', async () => {
    const { body } = await get(sample.app, '/api/v1/metrics/error_rate?interval=1m&group_by=error_type')
    expect(body.data).toMatchObject([{ error_type: 'rate_limit', calls: 2, errors: 1, error_rate: 0.5 }])
  })
})
