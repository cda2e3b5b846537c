import { expect, test } from 'vitest'
import { createCatalog } from './catalog.ts'
import { explain } from './explain.ts'
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
