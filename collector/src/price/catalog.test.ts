import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { waitForUpdate } from '@pydantic/genai-prices'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BOOK_VERSION, toRow } from './book.ts'
import { CATALOG_VERSION, createCatalog } from './catalog.ts'
import { compilePlans } from './plan.ts'
import type { PriceRow } from './price-row.ts'
import { toDecimal } from './rational.ts'
import { PRICE_STEP_MS, priceAt } from './schedule.ts'

const AT = Date.parse('2026-06-15T12:00:00Z')
const catalog = createCatalog()

function rowOf(provider: string, model: string, at: number | string = AT): PriceRow {
  const row = catalog.find(provider, model, typeof at === 'string' ? Date.parse(at) : at)
  if (!row.isPriced) throw new Error(`${provider} ${model}: ${row.reason}`)
  return row
}

/** Input rate in USD per million tokens. */
function inputUsd(provider: string, model: string, at: number | string = AT): string {
  const { num, den } = rowOf(provider, model, at).levels[0]!.rates.input!
  return toDecimal({ num, den: den * 1_000_000n })
}

describe('prices of the past', () => {
  test('a span is priced with the list of its day', () => {
    expect(inputUsd('openai', 'o3', '2025-06-09T23:59:59.999Z')).toBe('10')
    expect(inputUsd('openai', 'o3', '2025-06-10T00:00:00Z')).toBe('2')
    expect(rowOf('openai', 'o3', '2025-06-09').id).toBe('genai-prices/0.1.8/openai/o3')
    expect(rowOf('openai', 'o3', '2025-06-10').id).toBe('genai-prices/0.1.8/openai/o3@2025-06-10')
  })

  test('hours of the day have their price, to the minute', () => {
    expect(inputUsd('deepseek', 'deepseek-chat', '2025-06-01T00:29:59Z')).toBe('0.135')
    expect(inputUsd('deepseek', 'deepseek-chat', '2025-06-01T00:30:00Z')).toBe('0.27')
    expect(inputUsd('deepseek', 'deepseek-chat', '2025-06-01T16:30:00Z')).toBe('0.135')
  })

  test('a peak price does not reach back before the date it came with', () => {
    expect(inputUsd('deepseek', 'deepseek-v4-flash', '2026-08-16T02:00:00Z')).toBe('0.14')
    expect(inputUsd('deepseek', 'deepseek-v4-flash', '2026-08-17T00:00:00Z')).toBe('0.22')
    expect(inputUsd('deepseek', 'deepseek-v4-flash', '2026-08-17T02:00:00Z')).toBe('0.44')
    expect(inputUsd('deepseek', 'deepseek-v4-flash', '2026-08-17T05:00:00Z')).toBe('0.22')
  })

  test('no price changes between two steps, so a caller may keep a row until the next', async () => {
    for (const provider of (await waitForUpdate()) ?? []) {
      for (const { prices } of provider.models) {
        if (!Array.isArray(prices)) continue
        for (const { constraint } of prices) {
          if (constraint?.type !== 'time_of_date') continue
          expect(Date.parse(`2026-01-01T${constraint.start_time}`) % PRICE_STEP_MS).toBe(0)
          expect(Date.parse(`2026-01-01T${constraint.end_time}`) % PRICE_STEP_MS).toBe(0)
        }
      }
    }
  })
})

describe('names', () => {
  test.each([
    ['google', 'models/gemini-2.5-flash', 'google/gemini-2.5-flash'],
    ['gcp.vertex_ai', 'publishers/google/models/gemini-2.5-pro-preview-05-06', 'google/gemini-2.5-pro'],
    ['vertex.anthropic.messages', 'claude-haiku-4-5@20251001', 'google/claude-haiku-4-5'],
    ['openai', 'openai/gpt-4o', 'openai/gpt-4o'],
    ['x_ai', 'grok-4', 'x-ai/grok-4-0709'],
    ['azure_ai', 'gpt-4o-mini', 'azure/gpt-4o-mini'],
    ['openrouter', 'anthropic/claude-sonnet-4.5:thinking', 'openrouter/anthropic/claude-sonnet-4.5'],
    ['aws', 'arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-pro-v1:0', 'aws/amazon.nova-pro-v1:0'],
    ['fireworks_ai', 'accounts/fireworks/models/llama-v3p1-8b-instruct', 'fireworks/llama-v3p1-8b-instruct'],
    ['openai', 'ft:gpt-4o-mini-2024-07-18:org::id', 'openai/ft:gpt-4o-mini'],
    ['openai', 'gpt-4o-2024-05-13', 'openai/gpt-4o-2024-05-13'],
    ['openai', 'o1-mini', 'openai/o1-mini'],
    ['openai', 'gpt-5-mini-2025-08-07', 'openai/gpt-5-mini'],
    ['anthropic', 'claude-opus-4-5-20251101', 'anthropic/claude-opus-4-5'],
    ['fireworks', 'llama-v3p1-8b-instruct', 'fireworks/llama-v3p1-8b-instruct'],
    ['fireworks', 'accounts/fireworks/models/llama-v3p3-70b-instruct', 'fireworks/llama-v3p3-70b-instruct'],
    ['bedrock', 'bedrock/converse/us.amazon.nova-pro-v1:0', 'aws/amazon.nova-pro-v1:0'],
    ['aws', 'us-west-2/meta.llama3-3-70b-instruct-v1:0', 'aws/meta.llama3-3-70b-instruct-v1:0'],
    ['openai', 'openai/responses/gpt-5', 'openai/gpt-5'],
    ['azure', 'gpt-4o-mini-2024-07-18.ft-0123456789abcdef', 'openai/gpt-4o-mini-2024-07-18.ft-'],
  ])('%s %s is %s', (provider, model, expected) => {
    const row = rowOf(provider, model)
    expect(row.matchedBy).toBe('provider+model')
    expect(row.id.replace(/^(?:genai-prices|own)\/[^/]+\//, '').replace(/[+@].*/, '')).toBe(expected)
  })

  test.each([
    ['Langchain', 'gpt-4o-mini', 'openai/gpt-4o-mini'],
    ['', 'claude-sonnet-4-5', 'anthropic/claude-sonnet-4-5'],
    ['gateway', 'openai/gpt-4o', 'openai/gpt-4o'],
    [
      'litellm',
      'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
    ],
    ['', 'anthropic.claude-3-haiku-20240307-v1:0', 'aws/regional.anthropic.claude-3-haiku-20240307-v1:0'],
    ['github', 'gpt-4o', 'openai/gpt-4o'],
  ])('%s %s is %s, found without the provider and marked so', (provider, model, expected) => {
    const row = rowOf(provider, model)
    expect(row.matchedBy).toBe('model')
    expect(row.id).toContain(`/${expected}`)
  })

  test.each([
    ['hosted_vllm', 'Qwen/Qwen2.5-0.5B-Instruct', 'self_hosted'],
    ['ollama', 'deepseek-r1:8b', 'self_hosted'],
    ['openai', 'none', 'no_model'],
    ['openai', '  ', 'no_model'],
    ['openai', '__proto__', 'unknown_model'],
    ['__proto__', 'constructor', 'unknown_model'],
    ['constructor', 'toString', 'unknown_model'],
    ['aws', 'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc', 'unknown_model'],
    ['openai', 'ft:gpt-9:org::id', 'unknown_model'],
    ['openai', 'ft:gpt-4-0613:org::id', 'unknown_model'],
    ['litellm', 'ollama/llama3.2', 'self_hosted'],
    ['', 'hosted_vllm/gpt-oss-20b', 'self_hosted'],
  ])('%s %s is %s', (provider, model, reason) => {
    expect(catalog.find(provider, model, AT)).toEqual({ isPriced: false, id: '', reason })
  })

  test.each([
    ['openai', 'davinci-002', '2'],
    ['google', 'gemini-1.5-flash-8b-001', '0.0375'],
    ['aws', 'amazon.titan-embed-text-v2:0', '0.02'],
  ])('%s %s is not taken for the model that the list knows by a like name', (provider, model, usd) => {
    expect(inputUsd(provider, model)).toBe(usd)
    expect(rowOf(provider, model).id).toMatch(/^own\//)
  })

  test('any names at any time give an answer', () => {
    const time = fc.oneof(fc.double(), fc.integer({ min: 0, max: 4e12 }))
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('openai', 'gpt-4o', '/', 'ft:', 'arn:aws:bedrock:', '*', ':free'),
    )
    const name = fc.array(word, { maxLength: 4 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(name, name, time, (provider, model, at) => {
        expect(typeof catalog.find(provider, model, at).isPriced).toBe('boolean')
      }),
    )
  })

  test('names of a megabyte are refused at once and ever new names keep memory bounded', () => {
    const long = 'gpt-4o'.repeat(200_000)
    const started = performance.now()
    for (let i = 0; i < 1000; i++) {
      expect(catalog.find('openai', long, AT).isPriced).toBe(false)
      catalog.find(long, 'gpt-4o', AT)
    }
    for (let i = 0; i < 10_000; i++) catalog.find('openai', `unknown-${i}`, AT)
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(rowOf('openai', 'gpt-4o').id).toContain('gpt-4o')
  })

  test('the same names and day give the same row, so that its compiled plans are used again', () => {
    expect(rowOf('openai', 'o3', '2026-01-01')).toBe(rowOf('openai', 'o3', '2026-02-01'))
  })
})

describe('the price list', () => {
  test('is the version that its ids say', () => {
    const main = createRequire(import.meta.url).resolve('@pydantic/genai-prices')
    const { version } = JSON.parse(readFileSync(new URL('../package.json', `file://${main}`), 'utf8')) as {
      version: string
    }
    expect(version).toBe(BOOK_VERSION)
    expect(CATALOG_VERSION).toMatch(/^genai-prices\/0\.1\.8\+own\.\d+$/)
  })

  test('has no row that cannot be compiled, at any of its dates, nor one that sums in doubles could not serve', async () => {
    let rows = 0
    for (const provider of (await waitForUpdate()) ?? []) {
      for (const { id: model, prices } of provider.models) {
        const entry = { provider: provider.id, model, source: 'test', prices }
        for (const at of [0, Date.parse('2026-01-01T02:00Z'), Date.parse('2027-06-01T09:00Z')]) {
          const row = toRow(entry, priceAt(prices, at), 'model')
          if (!row.isPriced) continue
          rows++
          const plans = compilePlans(row, 'standard')!
          expect(plans.every((plan) => plan.fitsDoubles && plan.denominator <= 1_000_000)).toBe(true)
        }
      }
    }
    expect(rows).toBeGreaterThan(3000)
  })
})
