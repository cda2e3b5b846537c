import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatUsd } from './money.ts'
import { type CallNames, createPricing } from './pricing.ts'
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

const namesOf = (provider: string, responseModel: string, requestModel = ''): CallNames => ({
  project: 'default',
  provider,
  responseModel,
  requestModel,
})

for (const given of cases) {
  test(`${given.id}: ${given.working ?? 'cost is unknown, not 0'}`, () => {
    const { usage } = given
    const at = Date.parse(given.at ?? '2026-06-15T12:00:00Z')
    const row = pricing.find(namesOf(given.provider ?? '', given.model), at)
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
  })
}

test('a project has prices of its own from the moment they are set, and others do not', () => {
  const ours = createPricing({
    overrides: { prices: [{ name: 'file', match: 'm', per_million: { input: 1, output: 1 } }] },
  })
  const at = Date.parse('2026-06-15')
  const id = (project: string): string => ours.find({ ...namesOf('', 'm'), project }, at).id
  const { version } = ours
  ours.setProject('a', { prices: [{ name: 'a', match: 'm', per_million: { input: 2, output: 2 } }] })
  expect(ours.version).toBeGreaterThan(version)
  expect([id('a'), id('b')]).toEqual(['project/a', 'override/file'])
  expect(() => ours.setProject('a', { prices: 1 })).toThrow(/prices/)
  expect(id('a')).toBe('project/a')
  ours.setProject('a', undefined)
  expect(id('a')).toBe('override/file')
})

test('the response model is priced, and the request model when the response names a deployment or nothing', () => {
  const at = Date.parse('2026-06-15')
  const id = (response: string, request: string): string =>
    pricing.find(namesOf('azure.ai.openai', response, request), at).id
  expect(id('gpt-4o-2024-08-06', 'our-deployment')).toContain('/openai/gpt-4o')
  expect(id('our-deployment', 'gpt-4o-mini')).toContain('/openai/gpt-4o-mini')
  expect(id('', 'gpt-4o-mini')).toContain('/openai/gpt-4o-mini')
  expect(pricing.find(namesOf('openai', 'our-deployment', 'none'), at)).toMatchObject({
    isPriced: false,
    reason: 'unknown_model',
  })
  expect(pricing.find(namesOf('openai', '', 'our-deployment'), at)).toMatchObject({
    isPriced: false,
    reason: 'unknown_model',
  })
  expect(pricing.find(namesOf('openai', '', 'none'), at)).toMatchObject({ isPriced: false, reason: 'no_model' })
})
