// The ids of a span in; all that is known of it, long values cut, out; and a long value whole, when it is asked for.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { ScoreRow, SpanRow } from '../api/rows.ts'

export interface SpanAnswer {
  span: SpanRow
  /** Fields that are not whole, `attributes.x` for a value of a map, with their length in characters. */
  cut: Readonly<Record<string, number>>
  scores: ScoreRow[]
}

export const spanPath = (traceId: string, spanId: string): string => `/api/v1/traces/${traceId}/spans/${spanId}`

/** The span before stays in view until the next one is there: walking with j and k does not flicker. */
export const useSpan = (traceId: string, spanId: string) =>
  useQuery({ ...jsonQuery<SpanAnswer>(spanPath(traceId, spanId)), placeholderData: keepPreviousData })

export type WideField = 'input' | 'output' | 'system_instructions' | 'tool_definitions' | 'attributes' | 'error_message'

/** Megabytes are not kept for long. */
const KEPT_MS = 20_000

export const wholeQuery = (traceId: string, spanId: string, field: WideField) => ({
  ...jsonQuery<{ span: SpanRow }>(apiPath(spanPath(traceId, spanId), { fields: field })),
  gcTime: KEPT_MS,
  structuralSharing: false,
})
