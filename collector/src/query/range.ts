// `from` and `to` in; a range of time, and the conditions that keep to it, out.
import { z } from '@hono/zod-openapi'
import { invalid } from './problem.ts'
import type { Condition } from './select-query.ts'
import { parseInstant, type Range, toSqlTime } from './time.ts'

const isInstant = (text: string): boolean => parseInstant(text, 0) !== undefined
const FORMS = 'it is not a time: write 2026-01-31T12:00:00Z, Unix seconds or milliseconds, now or now-24h'

const instant = z.string().refine(isInstant, FORMS)

export const RANGE_SHAPE = {
  from: instant.default('now-24h').openapi({
    description: 'Start, inclusive: ISO 8601, Unix seconds or milliseconds, or now-24h.',
    example: 'now-24h',
  }),
  to: instant.optional().openapi({ description: 'End, exclusive. Absent: no end.', example: 'now' }),
}

export function readRange(query: { from: string; to?: string | undefined }, nowMs: number): Range {
  const fromNanos = parseInstant(query.from, nowMs)
  const toNanos = query.to === undefined ? undefined : parseInstant(query.to, nowMs)
  if (fromNanos === undefined) throw invalid('from', FORMS)
  if (toNanos !== undefined && toNanos <= fromNanos) throw invalid('to', 'it is not after from')
  return { fromNanos, toNanos }
}

/** Rows whose `from` column is not before the range and whose `to` column is not after it. */
export function rangeConditions({ fromNanos, toNanos }: Range, columns: { from: string; to: string }): Condition[] {
  const after: Condition = {
    kind: 'compare',
    column: columns.from,
    type: 'time',
    operator: '>=',
    value: toSqlTime(fromNanos),
  }
  if (toNanos === undefined) return [after]
  return [after, { kind: 'compare', column: columns.to, type: 'time', operator: '<', value: toSqlTime(toNanos) }]
}
