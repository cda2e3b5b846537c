// The id of a session in; the conversation as a chat across its traces, oldest first, out.
import { useParams } from '@tanstack/react-router'
import { SESSION_COLUMNS } from '../../../src/query/columns.ts'
import type { SessionRow } from '../api/rows.ts'
import { TurnView } from '../conversation/turn-view.tsx'
import { PAGE_TURNS, useConversation } from '../conversation/use-conversation.ts'
import { count, duration } from '../format/numbers.ts'
import { cellOf, Time } from '../list/cells.tsx'
import { useUrlState } from '../state/search.ts'
import { useAsOpenedList } from '../trace/neighbours.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'

const NO_TRACES: readonly Readonly<Record<string, unknown>>[] = []

export function Session() {
  const { sessionId = '' } = useParams({ strict: false })
  const url = useUrlState()
  const asked = Number(url.get('page') ?? 1)
  const page = Number.isSafeInteger(asked) && asked > 0 ? asked : 1
  const { session, path, turns, total, isLoading, problem } = useConversation(sessionId, page)
  useAsOpenedList('Session', turns.length === 0 ? NO_TRACES : turns.map(({ trace }) => trace))
  const pages = Math.max(1, Math.ceil(total / PAGE_TURNS))
  return (
    <div className="stack session-page">
      <div className="page-head">
        <h1 className="clip">Session {sessionId}</h1>
        <div className="end">
          <CopyMenu
            path={path}
            sql={`SELECT *\nFROM traces_v1\nWHERE session_id = '${sessionId.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'\nORDER BY start_time`}
            json={() => ({ session, turns })}
          />
        </div>
      </div>
      {problem !== null && problem !== undefined ? (
        <ErrorState problem={problem} />
      ) : isLoading ? (
        <p className="muted loading">Loading …</p>
      ) : session === undefined ? (
        <EmptyState what="session of this id" />
      ) : (
        <>
          <Summary row={session} />
          <Pager page={page} pages={pages} onGo={(next) => url.set({ page: next === 1 ? undefined : String(next) })} />
          {turns.length === 0 && <p className="muted">There are no turns on this page.</p>}
          {turns.map((turn) => (
            <TurnView key={turn.trace.trace_id} turn={turn} />
          ))}
          {turns.length > 5 && (
            <Pager
              page={page}
              pages={pages}
              onGo={(next) => url.set({ page: next === 1 ? undefined : String(next) })}
            />
          )}
        </>
      )}
    </div>
  )
}

function Summary({ row }: { row: SessionRow }) {
  const cells = { ...row }
  const errors = Number(row.errors ?? 0)
  return (
    <p className="summary">
      {row.start_time !== undefined && <Time iso={row.start_time} />}
      <span>{duration(row.duration_ms)}</span>
      <span>
        {count(row.traces)} {row.traces === 1 ? 'turn' : 'turns'}
      </span>
      <span>{count(row.generations)} calls</span>
      <span className={errors > 0 ? 'bad' : ''}>
        {count(errors)} {errors === 1 ? 'error' : 'errors'}
      </span>
      <span>{cellOf('total_tokens', SESSION_COLUMNS)(cells)} tokens</span>
      <span>{cellOf('cost_usd', SESSION_COLUMNS)(cells)}</span>
      {row.user_id && <span>user {cellOf('user_id', SESSION_COLUMNS)(cells)}</span>}
    </p>
  )
}

interface PagerProps {
  page: number
  pages: number
  onGo: (page: number) => void
}

function Pager({ page, pages, onGo }: PagerProps) {
  if (pages === 1 && page === 1) return null
  return (
    <nav className="row" aria-label="Pages of the conversation">
      <button type="button" className="button" disabled={page <= 1} onClick={() => onGo(1)}>
        Oldest
      </button>
      <button type="button" className="button" disabled={page <= 1} onClick={() => onGo(page - 1)}>
        Earlier
      </button>
      <span className="muted">
        Page {page} of {pages}
      </span>
      <button type="button" className="button" disabled={page >= pages} onClick={() => onGo(page + 1)}>
        Later
      </button>
      <button type="button" className="button" disabled={page >= pages} onClick={() => onGo(pages)}>
        Newest
      </button>
    </nav>
  )
}
