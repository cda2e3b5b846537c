// Test help: the usage and money columns of a row, by the price stage itself and the settled usage of `interpret`.
import { type Interpretation, U, USAGE_LENGTH, type Usage } from '@hanzo/insights-semconv'
import type { PricedCall, Pricing } from '../cost.ts'
import type { Row } from './native-reader.ts'

const USAGE_COLUMNS: readonly [column: string, member: keyof Usage, position: number][] = [
  ['input_tokens', 'input', U.INPUT],
  ['output_tokens', 'output', U.OUTPUT],
  ['cache_read_tokens', 'cacheRead', U.CACHE_READ],
  ['cache_write_tokens', 'cacheWrite', U.CACHE_WRITE],
  ['cache_write_1h_tokens', 'cacheWrite1h', U.CACHE_WRITE_1H],
  ['reasoning_tokens', 'reasoning', U.REASONING],
  ['input_audio_tokens', 'inputAudio', U.INPUT_AUDIO],
  ['output_audio_tokens', 'outputAudio', U.OUTPUT_AUDIO],
  ['input_image_tokens', 'inputImage', U.INPUT_IMAGE],
  ['output_image_tokens', 'outputImage', U.OUTPUT_IMAGE],
]

// A sum that no longer fits 32 bits is no count.
export function usageColumns(usage: Usage, searches?: number): Row {
  const cells = USAGE_COLUMNS.map(([column, member]) => [
    column,
    (usage[member] ?? 2 ** 32) < 2 ** 32 ? usage[member]! : null,
  ])
  return { ...Object.fromEntries(cells), searches: searches ?? null } as Row
}

/** Decimal(18, 12) holds six digits before the point. */
const MAX_PICO = 999_999n * 10n ** 12n

export function costColumns(meaning: Interpretation, pricing: Pricing, atMs: number): Row {
  const { fields, usage, usageRole, searches } = meaning
  const told = (usd: number | undefined) => money(usd === undefined ? Number.NaN : pricing.toPico(usd))
  const [input, output] = [fields.reported_input_cost, fields.reported_output_cost]
  const parts = input === undefined || output === undefined ? undefined : pricing.toPico(input) + pricing.toPico(output)
  // Only parts are told: the whole is their sum. Of a span that plays no part in totals nothing is worked out.
  const isSum = fields.reported_cost === undefined && parts !== undefined && usageRole !== ''
  const reported = isSum ? money(parts) : told(fields.reported_cost)
  const row: Row = {
    cost_usd: null,
    input_cost_usd: null,
    output_cost_usd: null,
    request_cost_usd: null,
    computed_cost_usd: null,
    cache_savings_gross_usd: null,
    cache_savings_net_usd: null,
    cost_source: '',
    cost_reason: '',
    price_id: '',
    price_tier: '',
    price_rule: '',
    reported_cost_usd: reported,
    reported_input_cost_usd: told(fields.reported_input_cost),
    reported_output_cost_usd: told(fields.reported_output_cost),
  }
  if (usageRole === '') return row
  const { provider = '', response_model: response = '', request_model: request = '', service_tier: tier = '' } = fields
  const vector = new Float64Array(USAGE_LENGTH).fill(Number.NaN)
  for (const [column, , position] of USAGE_COLUMNS) {
    const count = usageColumns(usage)[column]
    vector[position] = typeof count === 'number' ? count : Number.NaN
  }
  vector[U.SEARCHES] = searches ?? Number.NaN
  const names = { project: 'default', provider, responseModel: response, requestModel: request }
  const priced = pricing.price(pricing.find(names, atMs), vector, tier)
  const computed = computedColumns(priced)
  const total = computed['computed_cost_usd'] ?? null
  const isReported = reported !== null && reported > 0n
  const isFree = fields.response_cache === 'exact' || fields.response_cache === 'semantic'
  if (isFree) return { ...row, ...computed, ...NO_PARTS, cost_usd: 0n, cost_source: 'response_cache' }
  if (isReported) {
    const own = toldParts(reported, row['reported_input_cost_usd'], row['reported_output_cost_usd'])
    return { ...row, ...computed, ...own, cost_usd: reported, cost_source: 'reported' }
  }
  return { ...row, ...computed, cost_usd: total, cost_source: total === null ? '' : 'computed' }
}

const NO_PARTS = { input_cost_usd: null, output_cost_usd: null, request_cost_usd: null }

function toldParts(total: bigint, input: unknown, output: unknown): Row {
  if (typeof input !== 'bigint' || typeof output !== 'bigint' || input + output > total) return NO_PARTS
  const rest = total - input - output
  return { input_cost_usd: input, output_cost_usd: output, request_cost_usd: rest > 0n ? rest : null }
}

function computedColumns(priced: PricedCall): Row {
  const names: Row = {
    cost_reason: priced.reason,
    price_id: priced.priceId,
    price_tier: priced.tier,
    price_rule: priced.rule,
  }
  const total = money(priced.total, priced.exact?.total)
  if (total === null) return names
  const hasSavings = priced.cacheReadSavings !== 0 || priced.cacheWriteExtra !== 0
  return {
    ...names,
    computed_cost_usd: total,
    input_cost_usd: money(priced.input, priced.exact?.input),
    output_cost_usd: money(priced.output, priced.exact?.output),
    request_cost_usd: priced.fees > 0 ? money(priced.fees, priced.exact?.fees) : null,
    cache_savings_gross_usd: hasSavings ? BigInt(priced.cacheReadSavings) : null,
    cache_savings_net_usd: hasSavings ? BigInt(priced.cacheReadSavings - priced.cacheWriteExtra) : null,
  }
}

function money(pico: number, exact?: bigint): bigint | null {
  if (Number.isNaN(pico) || pico < 0) return null
  const amount = exact ?? BigInt(pico)
  return amount <= MAX_PICO ? amount : null
}
