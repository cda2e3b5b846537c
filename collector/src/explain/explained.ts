// What an explanation of a span holds: the JSON of the API and of `insights explain --json`.

/** A value as it is shown; long text is cut. */
export type Shown = string | number | boolean | null | readonly string[]

/** Who told a value: a dialect's key, `resource` and its key, or nobody (null) for what follows from other values. */
export interface Told {
  dialect: string | null
  key: string | null
  note?: string
}

export interface ExplainedField extends Told {
  field: string
  value: Shown
  /** Only where the rules of this version say otherwise than the stored row. */
  now?: Shown
}

export interface ExplainedCount extends Told {
  count: string
  value: number | null
  /** As sent, before it was settled what includes what. */
  reported: number | null
  now?: number | null
}

export interface ExplainedUsage {
  counts: ExplainedCount[]
  rule: string
  rule_text: string
  role: string
  role_text: string
  counts_usage: boolean
  /** Only where the rules of this version decide otherwise than the stored row. */
  rule_now?: string
  role_now?: string
}

/** `count` times `rate_usd` for `per` of them is `amount_usd`, all exact. */
export interface CostLine {
  readonly bucket: string
  readonly count: number
  readonly rate_usd: string
  readonly per: number
  readonly amount_usd: string
}

/** The sum, by the prices in force now for the time of the span. */
export interface CostSum {
  price_id: string | null
  tier: string | null
  rule: string | null
  since: string | null
  reason: string | null
  lines: readonly CostLine[]
  notes: readonly string[]
  total_usd: string | null
}

export interface ExplainedCost {
  cost_usd: string | null
  source: string | null
  source_text: string
  reported_usd: string | null
  computed_usd: string | null
  reason: string | null
  price_id: string | null
  /** null for a span that is not priced. */
  sum: CostSum | null
  /** Only where the sum is not what the stored row was priced at. */
  differs?: string
}

export interface ExplainedSpan {
  trace_id: string
  span_id: string
  parent_span_id: string | null
  name: string
  start_time: string | null
  /** False for a span that was only sent to be explained. */
  stored: boolean
  kind: string
  dialect: string | null
  fields: ExplainedField[]
  usage: ExplainedUsage
  cost: ExplainedCost
  metadata: Record<string, string>
  unmapped: readonly string[]
  notes: string[]
}
