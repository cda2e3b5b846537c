// Nothing to show in; why, and a jump to the newest data, out.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { newestQuery } from '../api/queries.ts'
import { ago, instant, useZone } from '../format/time.ts'
import { useUrlState } from '../state/search.ts'

interface EmptyStateProps {
  /** What there is none of: traces, sessions … */
  what: string
  /** Parameters of the URL that narrow what is shown. */
  filters?: readonly string[]
  children?: ReactNode
}

export function EmptyState({ what, filters = [], children }: EmptyStateProps) {
  const url = useUrlState()
  useZone()
  const newest = useQuery(newestQuery)
  const active = filters.filter((name) => url.all(name).length > 0)
  const newestMs = newest.data?.newestMs
  if (newest.data !== undefined && newestMs === undefined) {
    return (
      <div className="state">
        <p className="state-head">Nothing has arrived yet</p>
        <p>
          <Link to="/start">Send a first span</Link>, or fill it with <code>npm run insights -- demo</code>.
        </p>
      </div>
    )
  }
  return (
    <div className="state">
      <p className="state-head">No {what} here</p>
      {active.length > 0 ? (
        <p>
          None in this range fit the filters.{' '}
          <button
            type="button"
            className="link"
            onClick={() => url.set(Object.fromEntries(active.map((name) => [name, undefined])))}
          >
            Take the filters away
          </button>
        </p>
      ) : (
        <p>There are none in this range.</p>
      )}
      {newestMs !== undefined && (
        <p>
          The newest trace is of {ago(newestMs)} ({instant(newestMs)}).{' '}
          <button type="button" className="link" onClick={() => url.set(around(newestMs))}>
            Jump there
          </button>
        </p>
      )}
      {children}
    </div>
  )
}

const HOUR_MS = 3_600_000

function around(ms: number): { from: string; to: string | undefined } {
  const endMs = ms + HOUR_MS
  return {
    from: new Date(ms - 23 * HOUR_MS).toISOString(),
    to: endMs > Date.now() ? undefined : new Date(endMs).toISOString(),
  }
}
