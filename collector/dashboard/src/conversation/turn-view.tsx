// One turn of a conversation in; what was new in it, with what it cost and how long it took, out.
import { Link } from '@tanstack/react-router'
import { TRACE_COLUMNS } from '../../../src/query/columns.ts'
import { Chat } from '../content/content.tsx'
import { count, duration } from '../format/numbers.ts'
import { cellOf, Time } from '../list/cells.tsx'
import type { Turn } from './use-conversation.ts'

export function TurnView({ turn }: { turn: Turn }) {
  const { number, trace, messages, spanId, failure, isCut } = turn
  const errors = Number(trace.errors ?? 0)
  const row = { ...trace }
  return (
    <section className="turn" aria-label={`Turn ${number}`}>
      <p className="turn-head">
        <b>{number}</b>
        <Link to="/traces/$traceId" params={{ traceId: trace.trace_id ?? '' }} search={{}} preload={false}>
          {trace.name ?? '(no name)'}
        </Link>
        {trace.start_time !== undefined && <Time iso={trace.start_time} />}
        <span>{duration(trace.latency_ms)}</span>
        <span>{cellOf('tokens', TRACE_COLUMNS)(row)} tokens</span>
        <span>{cellOf('cost_usd', TRACE_COLUMNS)(row)}</span>
        {errors > 0 && (
          <span className="badge bad">
            <span aria-hidden="true">✕</span> {count(errors)} {errors === 1 ? 'error' : 'errors'}
          </span>
        )}
      </p>
      {messages === undefined ? (
        <p className="muted">Loading …</p>
      ) : messages.length === 0 ? (
        <p className="muted">This turn carries no content.</p>
      ) : (
        <Chat messages={messages} />
      )}
      {failure !== undefined && (
        <p className="turn-failure">
          <span aria-hidden="true">✕</span> {failure}
        </p>
      )}
      {isCut && (
        <p className="muted">
          Its input is too long to be shown here:{' '}
          <Link
            to="/traces/$traceId"
            params={{ traceId: trace.trace_id ?? '' }}
            search={spanId === undefined ? {} : { span: spanId }}
            preload={false}
          >
            see the call
          </Link>
          .
        </p>
      )}
    </section>
  )
}
