import { describe, expect, test } from 'vitest'
import { createCatalog } from './catalog.ts'
import { matchesGlob } from './glob.ts'
import { parseOverrides } from './overrides.ts'
import { createPricer } from './pricer.ts'
import { usageOf } from './usage-of.test-helper.ts'

const AT = Date.parse('2026-06-15')

function priced(
  overrides: unknown,
  names: [provider: string, model: string],
  options: { at?: number; tier?: string } = {},
) {
  const row = createCatalog([parseOverrides(overrides)]).find(...names, options.at ?? AT)
  const { total, priceId, reason, tier } = createPricer().price(
    row,
    usageOf({ INPUT: 1000, OUTPUT: 100 }),
    options.tier ?? '',
  )
  return { total, priceId, reason, tier, matchedBy: row.isPriced ? row.matchedBy : undefined }
}

describe("an operator's own prices", () => {
  test('win over the price list', () => {
    const overrides = { prices: [{ name: 'deal', match: 'gpt-4o', per_million: { input: '2', output: 8 } }] }
    expect(priced(overrides, ['openai', 'gpt-4o-2024-08-06'])).toMatchObject({
      total: 1000 * 2_000_000 + 100 * 8_000_000,
      priceId: 'override/deal',
      matchedBy: 'override',
    })
  })

  test('price a model of their own, also a self-hosted one', () => {
    const overrides = {
      prices: [{ name: 'gpu', match: 'Qwen/*', provider: 'hosted_vllm', per_million: { input: 0.05, output: 0.05 } }],
    }
    expect(priced(overrides, ['hosted_vllm', 'Qwen/Qwen2.5-0.5B-Instruct']).total).toBe(1100 * 50_000)
    expect(priced(overrides, ['openai', 'Qwen/Qwen2.5-0.5B-Instruct']).reason).toBe('unknown_model')
  })

  test('hold from their start date, the latest first', () => {
    const rule = (start: string, input: number) => ({
      name: 'ours',
      match: 'm',
      start,
      per_million: { input, output: 0 },
    })
    const overrides = { prices: [rule('2026-03-01', 3), rule('2026-02-01', 2)] }
    const at = (day: string) => priced(overrides, ['', 'm'], { at: Date.parse(day) })
    expect(at('2026-01-31').reason).toBe('unknown_model')
    expect(at('2026-02-01')).toMatchObject({ total: 2_000_000_000, priceId: 'override/ours@2026-02-01' })
    expect(at('2026-03-01')).toMatchObject({ total: 3_000_000_000, priceId: 'override/ours@2026-03-01' })
  })

  test('of an exact name beat those of a pattern, and of a provider those of any', () => {
    const rule = (name: string, match: string, provider?: string) => ({
      name,
      match,
      provider,
      per_million: { input: 1, output: 1 },
    })
    const overrides = { prices: [rule('exact', 'gpt-4o'), rule('named', 'gpt-4o', 'azure'), rule('any', 'gpt-*')] }
    expect(priced(overrides, ['openai', 'gpt-4o']).priceId).toBe('override/exact')
    expect(priced(overrides, ['azure.ai.openai', 'gpt-4o']).priceId).toBe('override/named')
    expect(priced(overrides, ['openai', 'gpt-5']).priceId).toBe('override/any')
  })

  test('may be the list price times a factor, exactly', () => {
    const overrides = { prices: [{ name: 'enterprise', match: '*', provider: 'openai', multiplier: '0.9' }] }
    expect(priced(overrides, ['openai', 'gpt-4o'])).toMatchObject({
      total: (1000 * 2_500_000 + 100 * 10_000_000) * 0.9,
      priceId: 'override/enterprise(genai-prices/0.1.8/openai/gpt-4o)',
    })
    expect(priced(overrides, ['openai', 'nothing-known']).reason).toBe('unknown_model')
  })

  test('may have context levels that name only what changes, and service tiers', () => {
    const tiers = [{ above_input_tokens: 999, per_million: { input: 4 } }]
    const rule = {
      name: 'long',
      match: 'm',
      per_million: { input: 2, output: 10 },
      tiers,
      service_tiers: { priority: 1.5 },
    }
    expect(priced({ prices: [rule] }, ['', 'm'])).toMatchObject({ total: 4_000_000_000 + 1_000_000_000, tier: '>999' })
    expect(priced({ prices: [rule] }, ['', 'm'], { tier: 'priority' }).total).toBe(7_500_000_000)
    expect(priced({ prices: [rule] }, ['', 'm'], { tier: 'batch' }).total).toBe(2_500_000_000)
  })

  test('end on their last day', () => {
    const overrides = {
      prices: [
        { name: 'promo', match: 'm', start: '2026-06-01', end: '2026-06-15', per_million: { input: 1, output: 1 } },
      ],
    }
    expect(priced(overrides, ['', 'm'], { at: Date.parse('2026-06-14T23:59:59.999Z') }).priceId).toBe(
      'override/promo@2026-06-01',
    )
    expect(priced(overrides, ['', 'm'], { at: Date.parse('2026-06-15') }).reason).toBe('unknown_model')
  })

  test('may name what a service tier costs, where it is no factor', () => {
    const rule = {
      name: 'ours',
      match: 'm',
      per_million: { input: 2, output: 10, cache_read: 1, requests: 1 },
      service_tiers: { batch: { per_million: { input: 1, output: 4 } }, priority: 2 },
    }
    expect(priced({ prices: [rule] }, ['', 'm'], { tier: 'batch' })).toMatchObject({
      total: 1000 * 1_000_000 + 100 * 4_000_000 + 1_000_000_000,
      tier: 'batch',
    })
    expect(priced({ prices: [rule] }, ['', 'm'], { tier: 'priority' }).total).toBe(2 * 3_000_000_000 + 1_000_000_000)
  })

  test('of a project win over those of the file, or multiply them', () => {
    const file = parseOverrides({
      prices: [{ name: 'house', match: 'm', per_million: { input: 2, output: 0 } }],
      aliases: [{ match: 'prod', model: 'gpt-4o' }],
    })
    const project = (document: unknown) => createCatalog([file, parseOverrides(document, 'project')])
    const total = (document: unknown, model: string) =>
      createPricer().price(project(document).find('', model, AT), usageOf({ INPUT: 1000, OUTPUT: 0 }), '')
    expect(total({ prices: [{ name: 'half', match: 'm', multiplier: 0.5 }] }, 'm')).toMatchObject({
      total: 1_000_000_000,
      priceId: 'project/half(override/house)',
      rule: 'override',
    })
    const own = { prices: [{ name: 'own', match: 'm', per_million: { input: 3, output: 0 } }] }
    expect(total(own, 'm')).toMatchObject({ total: 3_000_000_000, priceId: 'project/own' })
    expect(total({}, 'prod').priceId).toContain('openai/gpt-4o')
    expect(total({ aliases: [{ match: 'prod', model: 'o3' }] }, 'prod').priceId).toContain('openai/o3')
  })

  test('an alias tells which model a deployment runs', () => {
    const overrides = { aliases: [{ match: 'prod-chat-*', model: 'gpt-4o-mini' }] }
    expect(priced(overrides, ['azure', 'prod-chat-eu']).priceId).toContain('/openai/gpt-4o-mini')
  })
})

describe('a file that is wrong', () => {
  test.each([
    [{ prices: [{ name: 'a', match: 'm', per_million: { input: -1 } }] }, /prices\[0\]\.per_million\.input: /],
    [{ prices: [{ name: 'a', match: 'm', per_million: { inptu: 1 } }] }, /prices\[0\]\.per_million/],
    [
      { prices: [{ name: 'a', match: 'm', per_million: { input: 'cheap' } }] },
      /prices\[0\]\.per_million\.input: expected a decimal/,
    ],
    [{ prices: [{ name: 'a', match: 'm' }] }, /prices\[0\]: needs per_million or multiplier/],
    [{ prices: [{ match: 'm', per_million: {} }] }, /prices\[0\]\.name/],
    [{ prices: [{ name: 'a', match: 'm', start: '1 May', per_million: {} }] }, /prices\[0\]\.start/],
    [
      { prices: [0, 1].map(() => ({ name: 'a', match: 'm', per_million: {} })) },
      /prices: two have the same name and start/,
    ],
    [{ price: [] }, /price/],
    [
      { prices: [{ name: 'a', match: 'm', start: '2026-02-01', end: '2026-02-01', per_million: {} }] },
      /end is not after/,
    ],
    [
      { prices: [{ name: 'a', match: 'm', per_million: {}, service_tiers: { batch: { input: 1 } } }] },
      /prices\[0\]\.service_tiers\.batch/,
    ],
    ['gpt-4o: 3', /the document: /],
  ])('is refused with the place: %j', (overrides, message) => {
    expect(() => parseOverrides(overrides)).toThrow(
      expect.objectContaining({ code: 'INSIGHTS_PRICES_INVALID', message: expect.stringMatching(message) }),
    )
  })

  test('an empty one is none', () => {
    expect(createCatalog([parseOverrides(null)]).find('openai', 'gpt-4o', AT).isPriced).toBe(true)
  })
})

test('a pattern matches what stands between its stars, once, in order, and in linear time', () => {
  expect(matchesGlob('gpt-4o', 'gpt-4o')).toBe(true)
  expect(matchesGlob('gpt-*', 'gpt-')).toBe(true)
  expect(matchesGlob('*-mini-*', 'gpt-5-mini-2025')).toBe(true)
  expect(matchesGlob('ab*ba', 'aba')).toBe(false)
  expect(matchesGlob('a*b*c', 'acb')).toBe(false)
  expect(matchesGlob(`${'a*'.repeat(100)}b`, 'a'.repeat(250))).toBe(false)
})
