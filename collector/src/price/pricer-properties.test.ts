import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCatalog } from './catalog.ts'
import type { PriceRow } from './price-row.ts'
import { createPricer, type PriceResult } from './pricer.ts'
import { divideHalfEven, type Rational, rational } from './rational.ts'
import { usageOf } from './usage-of.test-helper.ts'

const AT = Date.parse('2026-06-15T12:00:00Z')
const catalog = createCatalog()
const pricer = createPricer()

describe('any usage whatever', () => {
  const models = [
    ['openai', 'gpt-4o-audio-preview'],
    ['anthropic', 'claude-sonnet-4-5'],
    ['gcp.gemini', 'gemini-2.5-flash'],
    ['gcp.gemini', 'gemini-2.5-pro'],
    ['perplexity', 'sonar-pro'],
    ['openai', 'text-embedding-3-small'],
    ['openrouter', 'google/gemini-2.5-flash-lite'],
  ] as const
  const rows = models.map(([provider, model]) => catalog.find(provider, model, AT)).filter((row) => row.isPriced)
  const anyRow = fc.constantFrom(...rows)
  const tiers = fc.constantFrom('', 'batch', 'flex')
  const size = fc.constantFrom(1000, 300_000, Number.MAX_SAFE_INTEGER)

  /** Parts that fit their totals. */
  const consistent = size.chain((max) =>
    fc.array(fc.nat({ max }), { minLength: 10, maxLength: 10 }).map((raw) => {
      const share = (of: number, i: number): number => Math.floor((of / max) * raw[i]! * 0.2)
      const [input, output] = [raw[0]!, raw[1]!]
      const write = share(input, 3)
      return usageOf({
        INPUT: input,
        OUTPUT: output,
        CACHE_READ: share(input, 2),
        CACHE_WRITE: write,
        CACHE_WRITE_1H: Math.min(write, share(input, 4)),
        REASONING: share(output, 5),
        INPUT_AUDIO: share(input, 6),
        INPUT_IMAGE: share(input, 7),
      })
    }),
  )

  test('never throws, and gives whole picodollars or a reason', () => {
    const wild = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, -1, 2 ** 53),
    )
    const vector = fc.array(wild, { minLength: 12, maxLength: 12 }).map((values) => Float64Array.from(values))
    fc.assert(
      fc.property(anyRow, vector, fc.string(), (row, usage, tier) => {
        const cost = pricer.price(row, usage, tier)
        if (cost.reason === '') expect(cost.total).toSatisfy((n: number) => n >= 0 && n % 1 === 0)
        else expect(cost.total).toBeNaN()
      }),
    )
  })

  test('is the exact sum, worked out anew with fractions', () => {
    fc.assert(
      fc.property(anyRow, consistent, tiers, (row, usage, tier) => {
        const cost = pricer.price(row, usage, tier)
        const expected = reference(row, usage, tier === '' ? rational(1n) : rational(1n, 2n))
        if (expected === undefined) {
          expect(cost.reason).toMatch(/^unpriced_bucket/)
          return
        }
        expect(cost.exact?.total ?? BigInt(cost.total)).toBe(expected)
        expect(cost.total).toBe(Number(expected))
        if (!cost.exact) expect(cost.total).toBe(cost.input + cost.output + cost.fees)
        else expect(cost.exact.total).toBe(cost.exact.input + cost.exact.output + cost.exact.fees)
      }),
      { numRuns: 500 },
    )
  })

  test('is the same however often it is worked out, whatever was priced in between', () => {
    fc.assert(
      fc.property(anyRow, consistent, tiers, anyRow, (row, usage, tier, other) => {
        const first = facts(pricer.price(row, usage, tier))
        pricer.price(other, usage, 'batch')
        expect(facts(pricer.price(row, usage, tier))).toEqual(first)
      }),
    )
  })

  test('costs no less for more input or more output', () => {
    fc.assert(
      fc.property(anyRow, consistent, fc.nat({ max: 1000 }), fc.boolean(), (row, usage, more, isInput) => {
        const less = pricer.price(row, usage, '').total
        const larger = Float64Array.from(usage)
        const position = isInput ? 0 : 1
        larger[position] = Math.min(larger[position]! + more, Number.MAX_SAFE_INTEGER)
        const cost = pricer.price(row, larger, '')
        if (cost.reason === '' && !Number.isNaN(less)) expect(cost.total).toBeGreaterThanOrEqual(less)
      }),
    )
  })
})

const facts = ({ amounts, counts, priceId, tier, rule, reason, flags, exact }: PriceResult): unknown => ({
  amounts: [...amounts],
  counts: [...counts],
  exact: exact && { ...exact },
  words: [priceId, tier, rule, reason, flags],
})

/** The rule book again, in fractions and without plans: level by whole input, parts taken out of totals, three roundings. */
function reference(row: PriceRow, usage: Float64Array, factor: Rational): bigint | undefined {
  const n = (i: number): bigint => (Number.isNaN(usage[i]!) ? 0n : BigInt(usage[i]!))
  const { rates } = row.levels.findLast((level) => usage[0]! > level.aboveInputTokens)!
  const plain = n(0) - n(2) - n(3) - n(6) - n(8)
  const inputParts: [bigint, Rational | undefined][] = [
    [plain, rates.input],
    [n(2), rates.cache_read ?? rates.input],
    [n(3) - n(4), rates.cache_write_5m ?? rates.input],
    [n(4), rates.cache_write_1h ?? rates.cache_write_5m ?? rates.input],
    [n(6), rates.input_audio ?? (row.mediaAtTextRate ? rates.input : undefined)],
    [n(8), rates.input_image ?? rates.input],
  ]
  const outputParts: [bigint, Rational | undefined][] = [
    [n(1) - n(5), rates.output],
    [n(5), rates.reasoning ?? rates.output],
  ]
  if ([...inputParts, ...outputParts].some(([count, rate]) => count > 0n && !rate)) return undefined
  const total = (parts: [bigint, Rational | undefined][]): bigint => {
    const sum = parts.reduce((at, [count, rate]) => {
      const by = rate ?? rational(0n)
      return rational(at.num * by.den + count * by.num * at.den, at.den * by.den)
    }, rational(0n))
    return divideHalfEven(sum.num * factor.num, sum.den * factor.den)
  }
  const fee = rates.requests ?? rational(0n)
  return total(inputParts) + total(outputParts) + divideHalfEven(fee.num, fee.den)
}
