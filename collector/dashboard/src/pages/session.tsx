// The id of a session in; the conversation as a chat across its traces out.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { SESSION_COLUMNS } from '../../../src/query/columns.ts'
import { apiPath } from '../api/client.ts'
import { jsonQuery, listQuery } from '../api/queries.ts'
import type { Page, SessionRow, SpanRow, TraceRow } from '../api/rows.ts'
import { Chat } from '../content/content.tsx'
import { duration } from '../format/numbers.ts'
import { cellOf, Time } from '../list/cells.tsx'
import { turnsOf } from '../session/turns.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageState } from '../ui/page-state.tsx'

const TURNS = 50
const FIELDS = 'trace_id,span_id,start_time,kind,input,output,status,error_message'
/** Whenever it began. */
const EVER = '2000-01-01'

export function Session() {
  const { sessionId = '' } = useParams({ strict: false })
  const path = apiPath('/api/v1/sessions', { session_id: sessionId, from: EVER, limit: 1 })
  const session = useQuery(jsonQuery<Page<SessionRow>>(path))
  const row = session.data?.data[0]
  const from = row?.start_time
  const traces = useInfiniteQuery({
    ...listQuery<TraceRow>('/api/v1/traces', { session_id: sessionId, from, limit: TURNS }),
    enabled: from !== undefined,
  })
  const found = useMemo(() => traces.data?.pages.flatMap(({ data }) => data).reverse() ?? [], [traces.data])
  return (
    <div className="stack session-page">
      <div className="page-head">
        <h1 className="clip">Session {sessionId}</h1>
        <div className="end">
          <CopyMenu
            path={path}
            sql={`SELECT *\nFROM traces_v1\nWHERE session_id = '${sessionId.replaceAll("'", "\\'")}'\nORDER BY start_time`}
            json={() => found}
          />
        </div>
      </div>
      <PageState of={[session]}>
        {() =>
          row === undefined ? (
            <EmptyState what="session of this id" />
          ) : (
            <>
              <Summary row={row} />
              {traces.hasNextPage && (
                <button type="button" className="button" onClick={() => void traces.fetchNextPage()}>
                  Earlier turns
                </button>
              )}
              {found.map((trace) => (
                <Turn key={trace.trace_id} trace={trace} />
              ))}
            </>
          )
        }
      </PageState>
    </div>
  )
}

function Summary({ row }: { row: SessionRow }) {
  const cells = { ...row }
  return (
    <p className="summary">
      {row.start_time !== undefined && <Time iso={row.start_time} />}
      <span>{duration(row.duration_ms)}</span>
      <span>{row.traces} traces</span>
      <span>{row.generations} calls</span>
      <span>{row.errors} errors</span>
      <span>{cellOf('total_tokens', SESSION_COLUMNS)(cells)} tokens</span>
      <span>{cellOf('cost_usd', SESSION_COLUMNS)(cells)}</span>
      {row.user_id && <span>user {cellOf('user_id', SESSION_COLUMNS)(cells)}</span>}
    </p>
  )
}

/** One trace: what was asked, and what came of it. */
function Turn({ trace }: { trace: TraceRow }) {
  const path = apiPath('/api/v1/generations', {
    trace_id: trace.trace_id ?? '',
    from: trace.start_time,
    fields: FIELDS,
    limit: 50,
  })
  const calls = useQuery(jsonQuery<Page<SpanRow>>(path))
  const messages = useMemo(() => turnsOf(trace, calls.data?.data ?? []), [trace, calls.data])
  return (
    <section className="turn" aria-label={`Trace ${trace.trace_id ?? ''}`}>
      <p className="turn-head">
        <Link to="/traces/$traceId" params={{ traceId: trace.trace_id ?? '' }}>
          {trace.name ?? '(no name)'}
        </Link>
        {trace.start_time !== undefined && <Time iso={trace.start_time} />}
        <span>{duration(trace.latency_ms)}</span>
        <span>{cellOf('cost_usd', SESSION_COLUMNS)({ ...trace })}</span>
        {trace.status === 'error' && <span className="badge bad">✕ error</span>}
      </p>
      <PageState of={[calls]}>{() => <Chat messages={messages} />}</PageState>
    </section>
  )
}
