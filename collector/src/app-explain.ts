// The stages that an explanation takes, joined: prices, the conversion of OTLP/JSON, and the walk over spans. Nothing is stored.
import type { Config } from './config/schema.ts'
import { createExplainer, type Explainer } from './explain/explainer.ts'
import { type CountTokens, estimateUsage } from './normalize/estimate-usage.ts'
import { readPlainSpans } from './normalize/plain-spans.ts'
import { explainPrice } from './price/explain.ts'
import { formatUsd } from './price/money.ts'
import type { Pricing } from './price/pricing.ts'
import { loadTokenCounter } from './price/token-counter.ts'
import { jsonToOtlp } from './receive/json-to-otlp.ts'
import type { Clock } from './telemetry/clock.ts'

interface Parts {
  readonly config: { readonly limits: Pick<Config['limits'], 'maxAttributesPerSpan'> }
  readonly clock: Clock
  readonly pricing: Pricing
  /** Given: usage that nobody told is estimated, as in rows. */
  readonly countTokens?: CountTokens | undefined
}

export function openExplainer({ config, clock, pricing, countTokens }: Parts): Explainer {
  const { maxAttributesPerSpan: maxAttributes } = config.limits
  return createExplainer({
    prices: {
      providerOf: pricing.providerOf,
      sum: ({ atMs, usage, serviceTier, ...names }) =>
        explainPrice(pricing.price(pricing.find(names, atMs), usage, serviceTier)),
      usd(amounts) {
        const pico = amounts.reduce((sum, amount) => sum + pricing.toPico(amount), 0)
        return Number.isNaN(pico) ? undefined : formatUsd(pico)
      },
    },
    ...(countTokens ? { estimate: (meaning) => estimateUsage(meaning, countTokens) } : {}),
    toOtlp: (json) => jsonToOtlp('traces', json),
    readSpans: (otlp) => readPlainSpans(otlp, { maxAttributes, receivedMs: clock.nowMs() }),
  })
}

/** Estimates as they are configured. @throws InsightsError when the tokenizer is not installed */
export const tokenCounterOf = async ({ estimate }: Config): Promise<CountTokens | undefined> =>
  estimate === 'tokenizer' ? await loadTokenCounter() : undefined
