// A place in the tree of a trace in; its row as the API shows it out, with the schema and the example of both forms.
import { z } from '@hono/zod-openapi'
import { fromPicodollars } from './money.ts'
import { toSqlTime } from './time.ts'
import type { ReadTree } from './tree-read.ts'

const money = z.string().nullable().openapi({ format: 'decimal', description: 'US dollars, exact.' })

const row = z
  .object({
    row: z.number().int().openapi({ description: 'Place among all spans of the trace, as in the skeleton.' }),
    span_id: z.string(),
    parent_span_id: z.string().nullable(),
    depth: z.number().int(),
    name: z.string(),
    kind: z.string(),
    label: z.string().nullable().openapi({ description: 'Tool, agent or workflow.' }),
    service_name: z.string().nullable(),
    model: z.string().nullable(),
    provider: z.string().nullable(),
    start_time: z.string(),
    latency_ms: z.number(),
    time_to_first_token_ms: z.number().nullable(),
    status: z.string(),
    error_type: z.string().nullable(),
    counts_usage: z.number().int(),
    total_tokens: z.number().int().nullable(),
    cost_usd: money,
    children: z.number().int(),
    subtree: z.object({
      spans: z.number().int(),
      errors: z.number().int(),
      calls: z.number().int(),
      unpriced_calls: z.number().int(),
      total_tokens: z.number().int().nullable(),
      cost_usd: money,
    }),
  })
  .openapi('TreeSpan')

export type TreeRow = z.infer<typeof row>

export const treePage = z.object({ data: z.array(row), next_cursor: z.string().nullable() })

const orNull = (text: string): string | null => (text === '' ? null : text)
const moneyOf = (value: bigint | undefined): string | null => (value === undefined ? null : fromPicodollars(value))

export function treeRow({ tree }: ReadTree, at: number): TreeRow {
  const [span, subtree] = [tree.spans[at], tree.subtrees[at]]
  if (span === undefined || subtree === undefined) throw new Error('this place is not in the tree')
  return {
    row: at,
    span_id: span.spanId,
    parent_span_id: orNull(span.parentId),
    depth: tree.depths[at] ?? 0,
    name: span.name,
    kind: span.kind,
    label: orNull(span.label),
    service_name: orNull(span.service),
    model: orNull(span.model),
    provider: orNull(span.provider),
    start_time: `${toSqlTime(span.startNanos).replace(' ', 'T')}Z`,
    latency_ms: span.latencyMs,
    time_to_first_token_ms: span.firstTokenMs ?? null,
    status: span.status,
    error_type: orNull(span.errorType),
    counts_usage: span.counts ? 1 : 0,
    total_tokens: span.tokens ?? null,
    cost_usd: moneyOf(span.picodollars),
    children: tree.children[at] ?? 0,
    subtree: {
      spans: subtree.spans,
      errors: subtree.errors,
      calls: subtree.calls,
      unpriced_calls: subtree.unpricedCalls,
      total_tokens: subtree.tokens ?? null,
      cost_usd: moneyOf(subtree.picodollars),
    },
  }
}

export const TREE_EXAMPLE = {
  data: [
    {
      row: 1,
      span_id: '00f067aa0ba902b7',
      parent_span_id: 'b7ad6b7169203331',
      depth: 1,
      name: 'invoke_agent planner',
      kind: 'agent',
      label: 'planner',
      service_name: 'shop',
      model: null,
      provider: null,
      start_time: '2026-01-31T12:00:00.223456789Z',
      latency_ms: 1630.5,
      time_to_first_token_ms: null,
      status: 'ok',
      error_type: null,
      counts_usage: 0,
      total_tokens: null,
      cost_usd: null,
      children: 2,
      subtree: { spans: 3, errors: 0, calls: 2, unpriced_calls: 0, total_tokens: 1250, cost_usd: '0.003125' },
    },
  ],
  next_cursor: null,
} satisfies z.infer<typeof treePage>

/** In the order of a row of the skeleton. */
export const SKELETON_COLUMNS = [
  'span_id',
  'parent',
  'depth',
  'children',
  'name',
  'kind',
  'model',
  'service',
  'start_ms',
  'latency_ms',
  'status',
  'total_tokens',
  'cost_usd',
  'subtree_spans',
  'subtree_errors',
  'subtree_tokens',
  'subtree_cost_usd',
] as const

export type SkeletonRow = (string | number | null)[]

export const skeletonSchema = z.object({
  trace_id: z.string(),
  start_time: z.string(),
  spans: z.number().int(),
  complete: z.boolean(),
  name: z.array(z.string()),
  kind: z.array(z.string()),
  model: z.array(z.string()),
  service: z.array(z.string()),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
})

export const SKELETON_EXAMPLE = {
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  start_time: '2026-01-31T12:00:00.123456789Z',
  spans: 2,
  complete: true,
  name: ['answer', 'chat gpt-4o-mini'],
  kind: ['agent', 'generation'],
  model: ['', 'gpt-4o-mini'],
  service: ['shop'],
  columns: [...SKELETON_COLUMNS],
  rows: [
    ['b7ad6b7169203331', -1, 0, 1, 0, 0, 0, 0, 0, 1830.25, 'ok', null, null, 2, 0, 1250, '0.003125'],
    ['00f067aa0ba902b7', 0, 1, 0, 1, 1, 1, 0, 100, 1630.5, 'ok', 1250, '0.003125', 1, 0, 1250, '0.003125'],
  ],
} satisfies z.infer<typeof skeletonSchema>
