// The summary of a trace in; its name, figures, and ways to the traces before and after it out.
import { Link, useNavigate } from '@tanstack/react-router'
import { TRACE_COLUMNS } from '../../../src/query/columns.ts'
import type { TraceRow } from '../api/rows.ts'
import { count, duration } from '../format/numbers.ts'
import { useKeys } from '../keys.ts'
import { cellOf, Time } from '../list/cells.tsx'
import { TraceScores } from '../scores/trace-scores.tsx'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { type Neighbours, neighboursOf } from './neighbours.ts'

interface TraceHeadProps {
  trace: TraceRow
  spanId: string | undefined
  path: string
}

export function TraceHead({ trace, spanId, path }: TraceHeadProps) {
  const traceId = trace.trace_id ?? ''
  return (
    <div className="trace-head">
      <h1 className="clip" title={trace.name ?? ''}>
        {trace.name ?? '(no name)'}
      </h1>
      <Summary trace={trace} />
      <div className="end row">
        <Steps neighbours={neighboursOf(traceId, spanId)} />
        <TraceScores trace={trace} />
        <CopyMenu
          path={path}
          sql={`SELECT *\nFROM spans_v1\nWHERE trace_id = '${traceId}'\nORDER BY start_time`}
          json={() => trace}
        />
      </div>
    </div>
  )
}

function Summary({ trace }: { trace: TraceRow }) {
  const row = { ...trace }
  const errors = Number(trace.errors ?? 0)
  return (
    <p className="summary">
      <Time iso={trace.start_time ?? ''} />
      <span>{duration(trace.latency_ms)}</span>
      <span>{cellOf('status', TRACE_COLUMNS)(row)}</span>
      <span>
        {count(trace.spans)} {trace.spans === 1 ? 'span' : 'spans'}
      </span>
      {errors > 0 && (
        <span className="bad">
          {count(errors)} {errors === 1 ? 'error' : 'errors'}
        </span>
      )}
      <span>{cellOf('tokens', TRACE_COLUMNS)(row)} tokens</span>
      <span>{cellOf('cost_usd', TRACE_COLUMNS)(row)}</span>
      {trace.session_id && <span>session {cellOf('session_id', TRACE_COLUMNS)(row)}</span>}
      {trace.user_id && <span>user {cellOf('user_id', TRACE_COLUMNS)(row)}</span>}
    </p>
  )
}

function Steps({ neighbours }: { neighbours: Neighbours | undefined }) {
  const navigate = useNavigate()
  const go = (entry: Neighbours['before']) => {
    if (entry === undefined) return
    void navigate({
      to: '/traces/$traceId',
      params: { traceId: entry.traceId },
      search: (before: Record<string, unknown>) => ({
        ...before,
        find: undefined,
        span: entry.spanId,
      }),
    })
  }
  useKeys({ J: () => go(neighbours?.after), K: () => go(neighbours?.before) })
  if (neighbours === undefined) return null
  const { title, href, position, total, before, after } = neighbours
  return (
    <nav className="row neighbours" aria-label="Traces of the list">
      <Link to={href} className="muted">
        {title}
      </Link>
      <span className="muted">
        {position} of {total}
      </span>
      <StepButton name="Previous trace" mark="↑" keyName="K" onClick={before && (() => go(before))} />
      <StepButton name="Next trace" mark="↓" keyName="J" onClick={after && (() => go(after))} />
    </nav>
  )
}

interface StepButtonProps {
  name: string
  mark: string
  keyName: string
  /** undefined: there is nowhere to go. */
  onClick: (() => void) | undefined
}

function StepButton({ name, mark, keyName, onClick }: StepButtonProps) {
  return (
    <button
      type="button"
      className="button icon-button"
      aria-label={`${name} of the list`}
      title={`${name} (${keyName})`}
      disabled={onClick === undefined}
      onClick={onClick}
    >
      {mark}
    </button>
  )
}
