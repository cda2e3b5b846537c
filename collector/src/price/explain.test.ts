import { expect, test } from 'vitest'
import { createCatalog } from './catalog.ts'
import { explain, explainPrice } from './explain.ts'
import { parseOverrides } from './overrides.ts'
import { createPricer } from './pricer.ts'
import { usageOf } from './usage-of.test-helper.ts'

function explained(
  names: [provider: string, model: string],
  counts: Parameters<typeof usageOf>[0],
  tier = '',
): string[] {
  const row = createCatalog().find(...names, Date.parse('2026-06-15'))
  return explain(createPricer().price(row, usageOf(counts), tier))
}

test('the sum is shown with the counts and rates that made it', () => {
  expect(explained(['openai', 'gpt-4o-mini'], { INPUT: 1200, OUTPUT: 85, CACHE_READ: 1024 })).toEqual([
    'price genai-prices/0.1.8/openai/gpt-4o-mini',
    '176 input x 0.15 USD/1M = 0.0000264',
    '1024 cache_read x 0.075 USD/1M = 0.0000768',
    '85 output x 0.6 USD/1M = 0.000051',
    'total 0.0001542 USD',
  ])
})

test('fees, context level and service tier are named', () => {
  expect(explained(['perplexity', 'sonar'], { INPUT: 1, OUTPUT: 0 })).toContain('1 requests x 12 USD/1K = 0.012')
  expect(explained(['gcp.gemini', 'gemini-2.5-pro'], { INPUT: 200_001, OUTPUT: 0 }, 'batch')[0]).toBe(
    'price genai-prices/0.1.8/google/gemini-2.5-pro (batch >200000)',
  )
})

test('a rate that stood in for a missing one is said', () => {
  const lines = explained(['aws.bedrock', 'anthropic.claude-3-haiku-20240307-v1:0'], {
    INPUT: 10,
    OUTPUT: 1,
    CACHE_READ: 10,
  })
  expect(lines).toContain('the price list has no cache read rate: plain input rate used')
})

test('rounding is said where there was any', () => {
  const lines = explained(['deepseek', 'deepseek-v4-pro'], { INPUT: 1, OUTPUT: 1, CACHE_READ: 1 }, 'batch')
  expect(lines).toContain('1 cache_read x 0.0018125 USD/1M = 0.0000000018125')
  expect(lines.at(-2)).toMatch(/rounded half to even/)
})

test('a sum beyond what a double holds is shown to the last digit', () => {
  const lines = explained(['openai', 'gpt-4'], { INPUT: Number.MAX_SAFE_INTEGER, OUTPUT: 0 })
  expect(lines.at(-1)).toBe('total 270215977642.22973 USD')
})

test('an unknown cost says why', () => {
  expect(explained(['openai', 'gpt-4o'], { OUTPUT: 1 })).toEqual([
    'price genai-prices/0.1.8/openai/gpt-4o',
    'cost unknown: unknown_input_tokens',
  ])
  expect(explained(['ollama', 'llama3'], { OUTPUT: 1 })).toEqual(['cost unknown: self_hosted'])
})

test('the sum is there as values, and since when its price holds', () => {
  const row = createCatalog().find('openai', 'o3', Date.parse('2026-06-15'))
  const price = explainPrice(createPricer().price(row, usageOf({ INPUT: 10, OUTPUT: 1 }), ''))
  expect(price).toMatchObject({ since: '2025-06-10', rule: 'provider+model', reason: '', total_usd: '0.000028' })
  expect(price.lines[0]).toEqual({ bucket: 'input', count: 10, rate_usd: '2', per: 1_000_000, amount_usd: '0.00002' })
  const unknown = explainPrice(createPricer().price(createCatalog().find('x', 'y', 0), usageOf({}), ''))
  expect(unknown).toMatchObject({ reason: 'unknown_model', lines: [], total_usd: undefined })
})

test('a price of ones own holds from its date, or else from that of the list price that it multiplies', () => {
  const since = (start?: string): string => {
    const rule = { name: 'deal', match: 'o3', multiplier: 0.5, ...(start === undefined ? {} : { start }) }
    const row = createCatalog([parseOverrides({ prices: [rule] })]).find('openai', 'o3', Date.parse('2026-06-15'))
    return explainPrice(createPricer().price(row, usageOf({ INPUT: 1, OUTPUT: 1 }), '')).since
  }
  expect([since('2026-01-01'), since()]).toEqual(['2026-01-01', '2025-06-10'])
})
