// The answer of the explain routes, as its description and its type, with an example.
import { z } from '@hono/zod-openapi'

const texts = z.array(z.string()).readonly()
const shown = z.union([z.string(), z.number(), z.boolean(), texts]).nullable()
const told = {
  dialect: z.string().nullable().openapi({ description: 'Name of a dialect, or `resource`; null: nothing named it.' }),
  key: z.string().nullable().openapi({ description: 'The attribute that told the value.' }),
  note: z.string().optional(),
}
const money = z.string().nullable().openapi({ format: 'decimal' })

const fields = z.array(
  z.object({
    field: z.string(),
    value: shown,
    ...told,
    now: shown.optional().openapi({ description: 'Where the rules of this version say otherwise than the row.' }),
  }),
)

const usage = z.object({
  counts: z.array(
    z.object({
      count: z.string(),
      value: z.number().nullable(),
      reported: z.number().nullable().openapi({ description: 'As sent, before it was settled what includes what.' }),
      ...told,
      now: z.number().nullable().optional(),
    }),
  ),
  rule: z.string(),
  rule_text: z.string(),
  role: z.string(),
  role_text: z.string(),
  counts_usage: z.boolean(),
  rule_now: z.string().optional(),
  role_now: z.string().optional(),
})

const sum = z.object({
  price_id: z.string().nullable(),
  tier: z.string().nullable(),
  rule: z.string().nullable(),
  since: z.string().nullable(),
  reason: z.string().nullable(),
  lines: z
    .array(
      z.object({
        bucket: z.string(),
        count: z.number(),
        rate_usd: z.string(),
        per: z.number(),
        amount_usd: z.string(),
      }),
    )
    .readonly(),
  notes: texts,
  total_usd: money,
})

const cost = z.object({
  cost_usd: money,
  source: z.string().nullable(),
  source_text: z.string(),
  reported_usd: money,
  computed_usd: money,
  reason: z.string().nullable(),
  price_id: z.string().nullable(),
  sum: sum.nullable().openapi({ description: 'By the prices in force now for the time of the span.' }),
  differs: z.string().optional().openapi({ description: 'Where the sum is not what the row was priced at.' }),
})

export const explainedSpan = z
  .object({
    trace_id: z.string(),
    span_id: z.string(),
    parent_span_id: z.string().nullable(),
    name: z.string(),
    start_time: z.string().nullable(),
    stored: z.boolean(),
    kind: z.string(),
    dialect: z.string().nullable(),
    fields,
    usage,
    cost,
    metadata: z.record(z.string(), z.string()),
    unmapped: texts,
    notes: z.array(z.string()),
  })
  .openapi('ExplainedSpan')

export type ExplainedSpan = z.infer<typeof explainedSpan>

/** Shortened, as every example. */
export const EXPLAINED: ExplainedSpan = {
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  span_id: '00f067aa0ba902b7',
  parent_span_id: null,
  name: 'chat gpt-4o-mini',
  start_time: '2026-01-31T12:00:00.223456789Z',
  stored: true,
  kind: 'generation',
  dialect: 'otel-gen-ai',
  fields: [
    { field: 'kind', value: 'generation', dialect: 'otel-gen-ai', key: 'gen_ai.operation.name' },
    { field: 'provider', value: 'openai', dialect: 'otel-gen-ai-deprecated', key: 'gen_ai.system' },
    { field: 'service_name', value: 'checkout', dialect: 'resource', key: 'service.name' },
  ],
  usage: {
    counts: [
      {
        count: 'input_tokens',
        value: 1200,
        reported: 1200,
        dialect: 'otel-gen-ai',
        key: 'gen_ai.usage.input_tokens',
      },
      {
        count: 'cache_read_tokens',
        value: 1024,
        reported: 1024,
        dialect: 'otel-gen-ai',
        key: 'gen_ai.usage.cache_read.input_tokens',
      },
      { count: 'output_tokens', value: 85, reported: 85, dialect: 'otel-gen-ai', key: 'gen_ai.usage.output_tokens' },
    ],
    rule: 'declared_inclusive',
    rule_text: 'this emitter, or its convention, counts cached tokens in its input: kept as reported',
    role: 'call',
    role_text: 'a model call of its own: counts at once',
    counts_usage: true,
  },
  cost: {
    cost_usd: '0.0001542',
    source: 'computed',
    source_text: 'the sum below',
    reported_usd: null,
    computed_usd: '0.0001542',
    reason: null,
    price_id: 'genai-prices/0.1.8/openai/gpt-4o-mini',
    sum: {
      price_id: 'genai-prices/0.1.8/openai/gpt-4o-mini',
      tier: null,
      rule: 'provider+model',
      since: null,
      reason: null,
      lines: [
        { bucket: 'input', count: 176, rate_usd: '0.15', per: 1_000_000, amount_usd: '0.0000264' },
        { bucket: 'cache_read', count: 1024, rate_usd: '0.075', per: 1_000_000, amount_usd: '0.0000768' },
        { bucket: 'output', count: 85, rate_usd: '0.6', per: 1_000_000, amount_usd: '0.000051' },
      ],
      notes: [],
      total_usd: '0.0001542',
    },
  },
  metadata: {},
  unmapped: [],
  notes: [],
}
