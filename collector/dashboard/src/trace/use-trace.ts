// The id of a trace in; its summary and its table of spans out. A long trace is there at once with its first spans, and whole a moment later.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiPath, getJson } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { SpanRow, TraceRow } from '../api/rows.ts'
import { type Skeleton, type SpanTable, tableOfSkeleton, tableOfSpans } from './span-table.ts'

const FIELDS =
  'span_id,parent_span_id,name,kind,model,service_name,start_time,latency_ms,status,counts_usage,total_tokens,cost_usd'
/** Of a trace that is longer the skeleton is asked for. */
const FIRST_SPANS = 300
/** A table may be megabytes: it goes soon after its page. */
const KEPT_MS = 30_000

interface FirstAnswer {
  trace: TraceRow
  spans: SpanRow[]
  next_cursor?: string
}

export interface TraceState {
  trace: TraceRow | undefined
  table: SpanTable | undefined
  /** The rest of a long trace is under way. */
  isPartial: boolean
  problem: unknown
  path: string
  retry: () => void
}

export function useTrace(traceId: string): TraceState {
  const path = apiPath(`/api/v1/traces/${traceId}`, { fields: FIELDS, limit: FIRST_SPANS })
  const first = useQuery(jsonQuery<FirstAnswer>(path))
  const isLong = first.data?.next_cursor !== undefined
  const skeletonPath = `/api/v1/traces/${traceId}/skeleton`
  const rest = useQuery({
    queryKey: ['skeleton', skeletonPath],
    queryFn: async ({ signal }) => tableOfSkeleton(await getJson<Skeleton>(skeletonPath, signal)),
    enabled: isLong,
    gcTime: KEPT_MS,
    // its columns are compared by identity: looking into them for what is the same would take seconds
    structuralSharing: false,
  })
  const { data } = first
  const beginning = useMemo(
    () => (data === undefined ? undefined : tableOfSpans(data.spans, data.next_cursor === undefined)),
    [data],
  )
  return {
    trace: data?.trace,
    table: isLong ? (rest.data ?? beginning) : beginning,
    isPartial: isLong && rest.data === undefined,
    problem: first.error ?? rest.error,
    path,
    retry: () => void Promise.all([first.refetch(), ...(isLong ? [rest.refetch()] : [])]),
  }
}
