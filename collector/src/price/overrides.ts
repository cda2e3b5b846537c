// An operator's prices (INSIGHTS_PRICES, parsed YAML or JSON) -> rules that win over the price list.
import { normaliseProvider } from '@hanzo/insights-semconv'
import { z } from 'zod'
import { InsightsError } from '../telemetry/errors.ts'
import { BUCKETS, type Bucket } from './buckets.ts'
import type { Level, Rates } from './price-row.ts'
import { toRate } from './rate-card.ts'
import { parseDecimal, type Rational } from './rational.ts'

const MAX_RULES = 10_000
const MAX_TEXT = 256

/** A decimal in USD; text keeps digits that a YAML number would lose. The bound keeps sums within what a column holds. */
const usd = z
  .union([z.number(), z.string().max(40)])
  .refine((value) => isBetween(value, 0, 1_000_000), 'expected a decimal from 0 to 1000000')
const factor = z
  .union([z.number(), z.string().max(40)])
  .refine((value) => isBetween(value, 0, 1_000), 'expected a decimal from 0 to 1000')

const perUnit = z
  .partialRecord(z.enum(BUCKETS), usd)
  .describe('USD per million tokens of each kind; `requests` and `searches` are USD per thousand')

const tier = z.strictObject({
  above_input_tokens: z
    .int()
    .min(0)
    .describe('holds for the whole request when its input, cached tokens included, is larger'),
  per_million: perUnit,
})

const rule = z
  .strictObject({
    name: z.string().min(1).max(MAX_TEXT).describe('shown on every row it priced, as override/<name>'),
    match: z.string().min(1).max(MAX_TEXT).describe('model name; `*` stands for any characters'),
    provider: z.string().max(MAX_TEXT).optional().describe('any spelling; absent matches every provider'),
    start: z.iso.date().optional().describe('first day, UTC, on which it holds'),
    per_million: perUnit.optional(),
    tiers: z.array(tier).max(16).optional(),
    multiplier: factor
      .optional()
      .describe('applied to every price of this rule, or of the price list when it has none'),
    service_tiers: z.partialRecord(z.enum(['batch', 'flex', 'priority']), factor).optional(),
  })
  .refine(
    (value) => value.per_million !== undefined || value.multiplier !== undefined,
    'needs per_million or multiplier',
  )
  .refine((value) => value.tiers === undefined || value.per_million !== undefined, 'tiers need per_million')

const alias = z.strictObject({
  match: z
    .string()
    .min(1)
    .max(MAX_TEXT)
    .describe('name as telemetry has it, e.g. an Azure deployment; `*` stands for any characters'),
  model: z.string().min(1).max(MAX_TEXT).describe('name of the model behind it'),
})

/** The overrides file: prices of one's own, and the models behind names of one's own. */
export const overridesSchema = z.strictObject({
  prices: z
    .array(rule)
    .max(MAX_RULES)
    .refine(
      (rules) => new Set(rules.map((r) => `${r.name}@${r.start}`)).size === rules.length,
      'two have the same name and start',
    )
    .default([]),
  aliases: z.array(alias).max(MAX_RULES).default([]),
})

/** One rule, ready to match. */
export interface OverrideRule {
  readonly id: string
  readonly match: string
  /** Canonical value; undefined for any. */
  readonly provider: string | undefined
  readonly startMs: number
  /** Undefined when the rule only multiplies the price list. */
  readonly levels: readonly Level[] | undefined
  readonly multiplier: Rational | undefined
  readonly serviceTiers: Readonly<Record<string, number | string>>
}

export interface Overrides {
  readonly rules: readonly OverrideRule[]
  readonly aliases: readonly { readonly match: string; readonly model: string }[]
}

/** @throws InsightsError INSIGHTS_PRICES_INVALID with the path of the first thing that is wrong */
export function parseOverrides(input: unknown): Overrides {
  if (input === undefined || input === null) return { rules: [], aliases: [] }
  const parsed = overridesSchema.safeParse(input)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new InsightsError('INSIGHTS_PRICES_INVALID', `cannot use prices: ${toPath(path)}: ${message}`, {
      hint: 'correct the overrides file (INSIGHTS_PRICES)',
    })
  }
  const rules = parsed.data.prices.map((given) => ({
    id: `override/${given.name}${given.start === undefined ? '' : `@${given.start}`}`,
    match: given.match.trim().toLowerCase(),
    provider: given.provider === undefined ? undefined : normaliseProvider(given.provider),
    startMs: given.start === undefined ? Number.NEGATIVE_INFINITY : Date.parse(given.start),
    levels: given.per_million && toLevels(given.per_million, given.tiers ?? []),
    multiplier: given.multiplier === undefined ? undefined : parseDecimal(String(given.multiplier)),
    serviceTiers: given.service_tiers ?? {},
  }))
  return { rules, aliases: parsed.data.aliases.map((a) => ({ match: a.match.trim().toLowerCase(), model: a.model })) }
}

type Prices = z.infer<typeof perUnit>

/** A tier names only what it changes; the rest stays as in the level below. */
function toLevels(base: Prices, tiers: readonly z.infer<typeof tier>[]): readonly Level[] {
  const levels: Level[] = [{ aboveInputTokens: -1, rates: toRates(base) }]
  for (const given of tiers.toSorted((a, b) => a.above_input_tokens - b.above_input_tokens)) {
    levels.push({
      aboveInputTokens: given.above_input_tokens,
      rates: { ...levels.at(-1)!.rates, ...toRates(given.per_million) },
    })
  }
  return levels
}

function toRates(prices: Prices): Rates {
  const rates: { [bucket in Bucket]?: Rational } = {}
  for (const bucket of BUCKETS) {
    const price = prices[bucket]
    const rate = price === undefined ? undefined : toRate(bucket, price)
    if (rate) rates[bucket] = rate
  }
  return rates
}

function isBetween(value: number | string, low: number, high: number): boolean {
  return parseDecimal(String(value)) !== undefined && Number(value) >= low && Number(value) <= high
}

function toPath(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text === '' ? 'the file' : text.replace(/^\./, '')
}
