// The stages that an explanation takes, joined: prices, the conversion of OTLP/JSON, and the walk over spans. Nothing is stored.
import type { Config } from './config/schema.ts'
import { createExplainer, type Explainer } from './explain/explainer.ts'
import { readPlainSpans } from './normalize/plain-spans.ts'
import { explainPrice } from './price/explain.ts'
import { formatUsd } from './price/money.ts'
import type { Pricing } from './price/pricing.ts'
import { jsonToOtlp } from './receive/json-to-otlp.ts'
import type { Clock } from './telemetry/clock.ts'

interface Limited {
  readonly limits: Pick<Config['limits'], 'maxAttributesPerSpan'>
}

export function openExplainer(config: Limited, pricing: Pricing, clock: Clock): Explainer {
  const { maxAttributesPerSpan: maxAttributes } = config.limits
  return createExplainer({
    prices: {
      providerOf: pricing.providerOf,
      sum: ({ atMs, usage, serviceTier, ...names }) =>
        explainPrice(pricing.price(pricing.find(names, atMs), usage, serviceTier)),
      usd(amount) {
        const pico = pricing.toPico(amount)
        return Number.isNaN(pico) ? undefined : formatUsd(pico)
      },
    },
    toOtlp: (json) => jsonToOtlp('traces', json),
    readSpans: (otlp) => readPlainSpans(otlp, { maxAttributes, receivedMs: clock.nowMs() }),
  })
}
