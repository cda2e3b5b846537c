// The rules of the price stage as expressions of ClickHouse: usage columns and a plan of the same row in, the cost columns out. The price
// stage stays the one that decides; a property test holds the two together (price-sql.test.ts).

/** Buckets in the order of the price stage, by the part of the cost that they belong to. */
const INPUT = ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'input_audio', 'input_image'] as const
const OUTPUT = ['output', 'reasoning', 'output_audio', 'output_image'] as const
const FEES = ['requests', 'searches'] as const
export const BUCKETS = [...INPUT, ...OUTPUT, ...FEES] as const

/** What is made anew; every other column of `spans` is copied. */
export const COST_COLUMNS = [
  'cost_usd',
  'input_cost_usd',
  'output_cost_usd',
  'request_cost_usd',
  'computed_cost_usd',
  'cache_savings_gross_usd',
  'cache_savings_net_usd',
  'cost_source',
  'cost_reason',
  'price_id',
  'price_tier',
  'price_rule',
] as const

/** What the cost of a row depends on, and what the differences are shown by. */
export const READ_COLUMNS = [
  'project_id',
  'day',
  'start_time',
  'provider',
  'request_model',
  'response_model',
  'service_tier',
  'response_cache',
  'counts_usage',
  'usage_role',
  'usage_rule',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
  'reasoning_tokens',
  'input_audio_tokens',
  'output_audio_tokens',
  'input_image_tokens',
  'output_image_tokens',
  'searches',
  'reported_cost_usd',
  'reported_input_cost_usd',
  'reported_output_cost_usd',
  ...COST_COLUMNS,
] as const

/** Columns of the plan that is joined to each row; made by plan-tables.ts. */
export const PLAN_COLUMNS = [
  'p_known',
  'p_id',
  'p_reason',
  'p_matched',
  'p_tier',
  'p_unpriced',
  'p_needs_tokens',
  'p_denominator',
  ...BUCKETS.map((_, i) => `p_n${i}`),
  ...BUCKETS.map((_, i) => `p_f${i}`),
]

/** Names of the bits of `p_f…`, as a rule shows them (plan.ts). The last is raised by the split, not by a plan. */
const FLAGS = ['cache_read_at_input_rate', 'cache_write_at_input_rate', 'cache_write_1h_at_write_rate', 'cached_media']
const CACHED_MEDIA = 8
const OUTPUT_BUCKET = INPUT.length

/** A call whose cost is above this is not believed: Decimal(18, 12) holds six digits before the point. */
const MAX_PICO = '999999000000000000'

type Steps = Readonly<Record<string, string>>

const count = (column: string): string => `toInt64(ifNull(${column}, 0))`

/** Counts as the price stage sees them: an unknown part counts as none, its tokens are in its total. */
const COUNTS: Steps = {
  x_input_tokens: count('input_tokens'),
  x_output_tokens: count('output_tokens'),
  x_reads: count('cache_read_tokens'),
  x_writes: 'toInt64(ifNull(cache_write_tokens, ifNull(cache_write_1h_tokens, 0)))',
  x_writes_1h: count('cache_write_1h_tokens'),
  x_audio: count('input_audio_tokens'),
  x_image: count('input_image_tokens'),
  b7: count('reasoning_tokens'),
  b8: count('output_audio_tokens'),
  b9: count('output_image_tokens'),
  // A list that charges per request charges each call once.
  b10: 'toInt64(1)',
  b11: count('searches'),
}

const REST: Steps = {
  x_uncached: 'if(input_tokens IS NULL, x_audio + x_image, x_input_tokens - x_reads - x_writes)',
  b6: 'if(output_tokens IS NULL, 0, x_output_tokens - b7 - b8 - b9)',
}

// Audio and image that were read from the cache are in its counts already: they leave their own, so that each is billed once.
const CACHED: Steps = {
  x_cached_media: 'greatest(x_audio + x_image - x_uncached, 0)',
  x_is_inconsistent:
    'b6 < 0 OR x_writes_1h > x_writes OR (input_tokens IS NOT NULL AND (x_uncached < 0 OR x_audio + x_image > x_input_tokens))',
}

/** The disjoint buckets of buckets.ts that are not counts as they came. */
const SPLIT: Steps = {
  b0: 'if(input_tokens IS NULL, 0, greatest(x_uncached - x_audio - x_image, 0))',
  b1: 'x_reads',
  b2: 'x_writes - x_writes_1h',
  b3: 'x_writes_1h',
  b4: 'x_audio - least(x_cached_media, x_audio)',
  b5: 'x_image - (x_cached_media - least(x_cached_media, x_audio))',
}

const noRate = BUCKETS.map((bucket, i) => `b${i} != 0 AND bitTest(p_unpriced, ${i}) = 1, 'unpriced_bucket:${bucket}'`)

/** Why there is no cost, in the order of pricer.ts: '' = there is one; and which rates stood in for missing ones. */
const VERDICT: Steps = {
  x_reason: `multiIf(
    p_reason != '', p_reason,
    x_is_inconsistent, 'inconsistent_usage',
    p_needs_tokens AND input_tokens IS NULL AND output_tokens IS NULL, 'no_usage',
    p_needs_tokens AND input_tokens IS NULL, 'unknown_input_tokens',
    p_needs_tokens AND output_tokens IS NULL AND bitTest(p_unpriced, ${OUTPUT_BUCKET}) = 0, 'unknown_output_tokens',
    ${noRate.join(',\n    ')},
    '')`,
  x_flags: BUCKETS.map((_, i) => `if(b${i} != 0, p_f${i}, 0)`).reduce(
    (a, b) => `bitOr(${a}, ${b})`,
    `if(x_cached_media > 0, ${CACHED_MEDIA}, 0)`,
  ),
}

/** How the sums of the plans at hand are to be worked out: no wider than they need, since wide integers are slow. */
export interface SumShape {
  /** Holds any sum over token buckets, times the denominator. */
  readonly tokens: 'Int64' | 'Int128' | 'Int256'
  /** Holds any sum at all. */
  readonly all: 'Int128' | 'Int256'
  /** Every denominator is 1, so there is nothing to round. */
  readonly isWhole: boolean
}

/** Sums over the plan's denominator. */
function sums({ tokens, all }: SumShape): Steps {
  const sum = (buckets: readonly string[], from: number, type: string): string =>
    buckets.map((_, i) => `to${type}(b${from + i}) * to${type}(p_n${from + i})`).join(' + ')
  const above = (i: number): string => `to${tokens}(b${i}) * (to${tokens}(p_n${i}) - to${tokens}(p_n0))`
  return {
    s_input: sum(INPUT, 0, tokens),
    s_output: sum(OUTPUT, INPUT.length, tokens),
    s_fees: sum(FEES, INPUT.length + OUTPUT.length, all),
    s_savings: `-(${above(1)})`,
    s_extra: `${above(2)} + ${above(3)}`,
    // 0 where no plan was joined, and nothing is to be divided by that.
    x_denominator: `greatest(to${tokens}(p_denominator), to${tokens}(1))`,
  }
}

/** The sum without its sign; abs() would turn it into an unsigned type. */
const size = (name: string): string => `if(s_${name} < 0, -s_${name}, s_${name})`

const SUMS = ['input', 'output', 'fees', 'savings', 'extra'] as const

const AS_THEY_ARE: Steps = Object.fromEntries(SUMS.map((name) => [`x_${name}`, `s_${name}`]))

/** To the nearest whole picodollar, ties to the even one. */
const WHOLE: Steps = Object.fromEntries(SUMS.map((name) => [`w_${name}`, `intDiv(${size(name)}, x_denominator)`]))
const ROUNDED: Steps = Object.fromEntries(
  SUMS.map((name) => {
    const rest = `(${size(name)} - w_${name} * x_denominator)`
    const isUp = `2 * ${rest} > x_denominator OR (2 * ${rest} = x_denominator AND w_${name} % 2 != 0)`
    return [`x_${name}`, `if(s_${name} < 0, -1, 1) * (w_${name} + if(${isUp}, 1, 0))`]
  }),
)

const decision = ({ all }: SumShape): Steps => ({
  x_total: `to${all}(x_input) + x_output + x_fees`,
  x_is_free: `response_cache IN ('exact', 'semantic')`,
  x_is_reported: 'ifNull(reported_cost_usd > 0, 0)',
  x_rest: 'reported_cost_usd - reported_input_cost_usd - reported_output_cost_usd',
})

// A sum that is not believed is 0 from here on, since it might not fit a decimal; nothing shows it.
const BELIEVED: Steps = {
  x_is_computed: `x_reason = '' AND x_total <= ${MAX_PICO}`,
  x_is_own: `x_reason = '' AND x_total <= ${MAX_PICO} AND NOT x_is_free AND NOT x_is_reported`,
  // The parts of a cost that was told, where they are told too and fit in it.
  x_is_parted: 'x_is_reported AND NOT x_is_free AND ifNull(x_rest >= 0, 0)',
  x_has_savings: `x_reason = '' AND x_total <= ${MAX_PICO} AND (x_savings != 0 OR x_extra != 0)`,
  ...Object.fromEntries(
    ['input', 'output', 'fees', 'total', 'savings'].map((name) => [`y_${name}`, believed(`x_${name}`)]),
  ),
  y_net: believed('x_savings - x_extra'),
}

function believed(pico: string): string {
  return `toDecimal64(if(x_total <= ${MAX_PICO}, toInt64(${pico}), 0), 0) * toDecimal64('0.000000000001', 12)`
}

const money = (condition: string, usd: string): string => `if(${condition}, ${usd}, NULL)`
const flagTexts = FLAGS.map((name, bit) => `if(bitTest(x_flags, ${bit}) = 1, ',${name}', '')`)

/** By write-cost.ts: a positive reported cost wins, an answer out of a cache costs nothing, parts sum to the cost or are unknown. */
const COSTS: Readonly<Record<(typeof COST_COLUMNS)[number], string>> = {
  cost_usd: `multiIf(x_is_free, 0, x_is_reported, reported_cost_usd, x_is_computed, y_total, NULL)`,
  input_cost_usd: `multiIf(x_is_own, y_input, x_is_parted, reported_input_cost_usd, NULL)`,
  output_cost_usd: `multiIf(x_is_own, y_output, x_is_parted, reported_output_cost_usd, NULL)`,
  request_cost_usd: `multiIf(x_is_own AND x_fees > 0, y_fees, x_is_parted AND x_rest > 0, x_rest, NULL)`,
  computed_cost_usd: money('x_is_computed', 'y_total'),
  cache_savings_gross_usd: money('x_has_savings', 'y_savings'),
  cache_savings_net_usd: money('x_has_savings', 'y_net'),
  cost_source: `multiIf(x_is_free, 'response_cache', x_is_reported, 'reported', x_is_computed, if(usage_rule = 'estimated', 'estimated', 'computed'), '')`,
  cost_reason: 'x_reason',
  price_id: 'p_id',
  price_tier: `if(x_reason = '', p_tier, '')`,
  price_rule: `if(x_reason = '', concat(p_matched, ${flagTexts.join(', ')}), '')`,
}

/** Rows that ever get a price: those that play a part in totals, and those of before there were parts. */
export const IS_PRICED = `(usage_role != '' OR counts_usage = 1)`

/** True of a row of repriceSelect that is not what it was. */
export const IS_CHANGED = COST_COLUMNS.map((column) => `(${column} IS DISTINCT FROM n_${column})`).join(' OR ')

/** Without these ClickHouse takes every condition apart and works it out over a part of each block: three times the CPU. */
export const REPRICE_SETTINGS = { short_circuit_function_evaluation: 'disable', compile_expressions: 0 } as const

/**
 * A SELECT of every row of `source` (READ_COLUMNS, PLAN_COLUMNS, and what else shall come along): its own columns, and its cost columns made anew as `n_<column>`,
 * which are the old ones for a row that is never priced, or whose names came after the plans were made. Step by step, so that nothing is worked out twice.
 */
export function repriceSelect(source: string, shape: SumShape): string {
  const anew: Steps = Object.fromEntries(
    COST_COLUMNS.map((column) => {
      const value = column.endsWith('_usd') ? `CAST(${COSTS[column]}, 'Nullable(Decimal(18, 12))')` : COSTS[column]
      return [`n_${column}`, `if(${IS_PRICED} AND p_known = 1, ${value}, ${column})`]
    }),
  )
  const rounded = shape.isWhole ? [AS_THEY_ARE] : [WHOLE, ROUNDED]
  const layers = [COUNTS, REST, CACHED, SPLIT, VERDICT, sums(shape), ...rounded, decision(shape), BELIEVED, anew]
  return layers.reduce((inner, steps) => {
    const columns = Object.entries(steps).map(([alias, sql]) => `${sql} AS ${alias}`)
    return `SELECT *, ${columns.join(',\n')}\nFROM (${inner})`
  }, source)
}
