// The form of an operator's or a project's own prices, as a YAML file, a JSON file or a request has them.
import { z } from 'zod'
import { BUCKETS } from './buckets.ts'
import { parseDecimal } from './rational.ts'

const MAX_RULES = 10_000
const MAX_TEXT = 256

/** A decimal in USD; text keeps digits that a YAML number would lose. The bound keeps sums within what a column holds. */
const usd = decimal(1_000_000)
const factor = decimal(1_000)

export const perUnit = z
  .partialRecord(z.enum(BUCKETS), usd)
  .describe('USD per million tokens of each kind; `requests` and `searches` are USD per thousand')

export const contextTier = z.strictObject({
  above_input_tokens: z
    .int()
    .min(0)
    .describe('holds for the whole request when its input, cached tokens included, is larger'),
  per_million: perUnit,
})

const contextTiers = z.array(contextTier).max(16)

export const serviceTier = z
  .union([factor, z.strictObject({ per_million: perUnit, tiers: contextTiers.optional() })])
  .describe('a factor of the token prices, or prices of its own, which name only what differs')

export const priceRule = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(MAX_TEXT)
      .describe('shown on every row it priced, as override/<name> or project/<name>'),
    match: z.string().min(1).max(MAX_TEXT).describe('model name; `*` stands for any characters'),
    provider: z.string().max(MAX_TEXT).optional().describe('any spelling; absent matches every provider'),
    start: z.iso.date().optional().describe('first day, UTC, on which it holds'),
    end: z.iso.date().optional().describe('first day, UTC, on which it no longer holds'),
    per_million: perUnit.optional(),
    tiers: contextTiers.optional(),
    multiplier: factor
      .optional()
      .describe('applied to every price of this rule, or of the price list when it has none'),
    service_tiers: z.partialRecord(z.enum(['batch', 'flex', 'priority']), serviceTier).optional(),
  })
  .refine(
    (value) => value.per_million !== undefined || value.multiplier !== undefined,
    'needs per_million or multiplier',
  )
  .refine((value) => value.tiers === undefined || value.per_million !== undefined, 'tiers need per_million')
  .refine(
    (value) => value.start === undefined || value.end === undefined || value.start < value.end,
    'end is not after start',
  )

const alias = z.strictObject({
  match: z
    .string()
    .min(1)
    .max(MAX_TEXT)
    .describe('name as telemetry has it, e.g. an Azure deployment; `*` stands for any characters'),
  model: z.string().min(1).max(MAX_TEXT).describe('name of the model behind it'),
})

/** Prices of one's own, and the models behind names of one's own. */
export const overridesSchema = z.strictObject({
  prices: z
    .array(priceRule)
    .max(MAX_RULES)
    .refine(
      (rules) => new Set(rules.map((rule) => `${rule.name}@${rule.start}`)).size === rules.length,
      'two have the same name and start',
    )
    .default([]),
  aliases: z.array(alias).max(MAX_RULES).default([]),
})

export type PerUnit = z.infer<typeof perUnit>
export type ContextTier = z.infer<typeof contextTier>
export type ServiceTierPrice = z.infer<typeof serviceTier>
/** A document of prices as it is stored, sent and printed. */
export type PriceDocument = z.infer<typeof overridesSchema>
export type PriceRuleInput = z.input<typeof priceRule>

function decimal(high: number) {
  return z
    .union([z.number(), z.string().max(40)])
    .refine(
      (value) => parseDecimal(String(value)) !== undefined && Number(value) >= 0 && Number(value) <= high,
      `expected a decimal from 0 to ${high}`,
    )
}
