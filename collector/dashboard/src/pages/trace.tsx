// The id of a trace in; its spans as a tree beside their times, and the span that the URL names, out.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { TRACE_COLUMNS } from '../../../src/query/columns.ts'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { SpanRow, TraceRow } from '../api/rows.ts'
import { duration } from '../format/numbers.ts'
import { cellOf, Time } from '../list/cells.tsx'
import { useUrlState } from '../state/search.ts'
import { SpanPanel } from '../trace/span-panel.tsx'
import { flatten } from '../trace/tree.ts'
import { Waterfall } from '../trace/waterfall.tsx'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { ErrorState } from '../ui/error-state.tsx'

const FIELDS =
  'span_id,parent_span_id,name,kind,start_time,end_time,latency_ms,status,error_type,model,input_tokens,output_tokens,cache_read_tokens,reasoning_tokens,cost_usd,cost_reason'

interface Answer {
  trace: TraceRow
  spans: SpanRow[]
}

export function Trace() {
  const { traceId } = useParams({ strict: false })
  const url = useUrlState()
  const path = apiPath(`/api/v1/traces/${traceId}`, { fields: FIELDS })
  const query = useQuery(jsonQuery<Answer>(path))
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const spans = query.data?.spans
  const nodes = useMemo(() => flatten(spans ?? [], folded), [spans, folded])
  if (query.error !== null) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <p className="muted loading">Loading …</p>
  const { trace } = query.data
  const chosen = url.get('span') ?? nodes[0]?.id
  const toggle = (id: string) =>
    setFolded(folded.has(id) ? new Set([...folded].filter((one) => one !== id)) : new Set([...folded, id]))
  return (
    <div className="fill">
      <div className="page-head">
        <h1 className="clip">{trace.name ?? '(no name)'}</h1>
        <Summary trace={trace} />
        <div className="end">
          <CopyMenu
            path={path}
            sql={`SELECT *\nFROM spans_v1\nWHERE trace_id = '${traceId}'\nORDER BY start_time`}
            json={() => query.data}
          />
        </div>
      </div>
      <div className="trace-page">
        <Waterfall
          nodes={nodes}
          folded={folded}
          chosen={chosen}
          onToggle={toggle}
          onChoose={(span) => url.set({ span }, { replace: true })}
        />
        {chosen !== undefined && (
          <SpanPanel key={chosen} traceId={traceId ?? ''} spanId={chosen} from={trace.start_time ?? 'now-30d'} />
        )}
      </div>
    </div>
  )
}

function Summary({ trace }: { trace: TraceRow }) {
  const row = { ...trace }
  return (
    <p className="summary">
      <Time iso={trace.start_time ?? ''} />
      <span>{duration(trace.latency_ms)}</span>
      <span>{cellOf('status', TRACE_COLUMNS)(row)}</span>
      <span>{cellOf('tokens', TRACE_COLUMNS)(row)} tokens</span>
      <span>{cellOf('cost_usd', TRACE_COLUMNS)(row)}</span>
      {trace.session_id && <span>session {cellOf('session_id', TRACE_COLUMNS)(row)}</span>}
      {trace.user_id && <span>user {cellOf('user_id', TRACE_COLUMNS)(row)}</span>}
    </p>
  )
}
