// What the explain stage is given: prices, and how a pasted request becomes spans. Joined in app-explain.ts.
import type { Attribute, Interpretation, SpanFacts, Usage } from '@hanzo/insights-semconv'
import type { CostLine } from './explained.ts'

export interface PricedSum {
  readonly price_id: string
  readonly tier: string
  readonly rule: string
  readonly since: string
  readonly reason: string
  readonly lines: readonly CostLine[]
  readonly notes: readonly string[]
  readonly total_usd: string | undefined
}

export interface CallToPrice {
  readonly project: string
  readonly provider: string
  readonly responseModel: string
  readonly requestModel: string
  readonly serviceTier: string
  readonly atMs: number
  /** In the layout of semconv U. */
  readonly usage: Float64Array
}

export interface PriceLayer {
  /** Canonical provider; '' for a framework that is no provider. */
  providerOf(raw: string): string
  sum(call: CallToPrice): PricedSum
  /** The sum of reported amounts as an exact decimal; undefined when it is none. */
  usd(amounts: readonly number[]): string | undefined
}

/** A span as it was sent. */
export interface PlainSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly facts: SpanFacts
  readonly resource: readonly Attribute[]
  readonly timeFlag: string
  /** Why a door would refuse it; '' when it would not. */
  readonly refusal: string
}

export interface ExplainDeps {
  readonly prices: PriceLayer
  /** Usage with what nobody told estimated from content; undefined when nothing could be. Absent: estimates are off. */
  estimate?(meaning: Interpretation): Usage | undefined
  /** OTLP/JSON of a trace request -> protobuf. @throws InsightsError INSIGHTS_REQUEST_INVALID */
  toOtlp(json: Uint8Array): Uint8Array
  /** @returns undefined when the bytes are no request */
  readSpans(otlp: Uint8Array): readonly PlainSpan[] | undefined
}
