import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decideCost } from './decide-cost.ts'
import { formatUsd } from './money.ts'
import { createPricing } from './pricing.ts'
import { usageOf } from './usage-of.test-helper.ts'

interface Case {
  id: string
  provider: string | null
  model: string
  usage: { [count: string]: number | null }
  at?: string
  serviceTier?: string
  expectedUsd: number | null
  working: string | null
}

const { cases } = JSON.parse(readFileSync(new URL('./fixtures/pricing.json', import.meta.url), 'utf8')) as {
  cases: Case[]
}
const pricing = createPricing()

for (const given of cases) {
  test(`${given.id}: ${given.working ?? 'cost is unknown, not 0'}`, () => {
    const { usage } = given
    const at = Date.parse(given.at ?? '2026-06-15T12:00:00Z')
    const row = pricing.find(given.provider ?? '', given.model, '', at)
    const vector = usageOf({
      INPUT: usage['inputTokens'] ?? Number.NaN,
      OUTPUT: usage['outputTokens'] ?? Number.NaN,
      CACHE_READ: usage['cacheReadTokens'] ?? Number.NaN,
      CACHE_WRITE: usage['cacheCreationTokens'] ?? Number.NaN,
      INPUT_AUDIO: usage['audioInputTokens'] ?? Number.NaN,
    })
    const cost = pricing.price(row, vector, given.serviceTier ?? '')
    if (given.expectedUsd === null) {
      expect(cost.total).toBeNaN()
      expect(cost.reason).not.toBe('')
      return
    }
    expect(cost.reason).toBe('')
    expect(cost.total).toBe(pricing.toPico(given.expectedUsd))
    expect(formatUsd(cost.total)).toBe(formatUsd(pricing.toPico(given.expectedUsd)))
    const reported = usage['costGivenUsd'] ?? Number.NaN
    expect(decideCost({ computed: cost.total, reported, tokens: vector[0]! + vector[1]! })).toBe('computed')
  })
}

test('the response model is priced, and the request model when the response names a deployment or nothing', () => {
  const at = Date.parse('2026-06-15')
  const id = (response: string, request: string): string => pricing.find('azure.ai.openai', response, request, at).id
  expect(id('gpt-4o-2024-08-06', 'our-deployment')).toContain('/openai/gpt-4o')
  expect(id('our-deployment', 'gpt-4o-mini')).toContain('/openai/gpt-4o-mini')
  expect(id('', 'gpt-4o-mini')).toContain('/openai/gpt-4o-mini')
  expect(pricing.find('openai', 'our-deployment', 'none', at)).toMatchObject({
    isPriced: false,
    reason: 'unknown_model',
  })
  expect(pricing.find('openai', '', 'our-deployment', at)).toMatchObject({ isPriced: false, reason: 'unknown_model' })
  expect(pricing.find('openai', '', 'none', at)).toMatchObject({ isPriced: false, reason: 'no_model' })
})
