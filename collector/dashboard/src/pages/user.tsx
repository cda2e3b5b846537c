// The id of a user in; their figures, sessions, traces, and what they and others think of these, out.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Columns } from '../../../src/query/column.ts'
import { SCORE_COLUMNS, SESSION_COLUMNS, TRACE_COLUMNS, USER_COLUMNS } from '../../../src/query/columns.ts'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { Page } from '../api/rows.ts'
import { type AnyRow, cellOf, isAtEnd } from '../list/cells.tsx'
import { headerOf, LISTS } from '../list/lists.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageState } from '../ui/page-state.tsx'
import { PlainTable } from '../ui/plain-table.tsx'

const EVER = '2000-01-01'
const PARTS: readonly Part[] = [
  {
    of: 'sessions',
    title: headerOf('sessions'),
    id: 'session_id',
    columns: SESSION_COLUMNS,
    shown: ['start_time', 'session_id', 'duration_ms', 'traces', 'errors', 'total_tokens', 'cost_usd'],
  },
  {
    of: 'traces',
    title: headerOf('traces'),
    id: 'trace_id',
    columns: TRACE_COLUMNS,
    shown: ['start_time', 'name', 'status', 'input_preview', 'latency_ms', 'total_tokens', 'cost_usd'],
  },
  {
    of: 'scores',
    title: 'Feedback and scores',
    id: 'score_id',
    columns: SCORE_COLUMNS,
    shown: ['time', 'name', 'value', 'label', 'explanation', 'source', 'trace_id'],
  },
]

/** As the list has them, but for the name, which is the title. */
const SHOWN = LISTS.users.shown.filter((name) => name !== 'user_id' && name !== 'models')

export function User() {
  const { userId = '' } = useParams({ strict: false })
  const path = apiPath('/api/v1/users', { user_id: userId, from: EVER, limit: 1 })
  const user = useQuery(jsonQuery<Page<AnyRow>>(path))
  const row = user.data?.data[0]
  return (
    <div className="stack">
      <div className="page-head">
        <h1 className="clip">User {userId}</h1>
        <div className="end">
          <CopyMenu
            path={path}
            sql={`SELECT *\nFROM users_v1\nWHERE user_id = '${userId.replaceAll("'", "\\'")}'`}
            json={() => row}
          />
        </div>
      </div>
      <PageState of={[user]}>
        {() =>
          row === undefined ? (
            <EmptyState what="user of this id" />
          ) : (
            <>
              <dl className="facts card">
                {SHOWN.map((name) => (
                  <div key={name}>
                    <dt>{name === 'start_time' ? 'First seen' : name === 'end_time' ? 'Last seen' : headerOf(name)}</dt>
                    <dd>{cellOf(name, USER_COLUMNS)(row)}</dd>
                  </div>
                ))}
              </dl>
              {PARTS.map((part) => (
                <Rows key={part.of} {...part} userId={userId} from={String(row['start_time'])} />
              ))}
            </>
          )
        }
      </PageState>
    </div>
  )
}

interface Part {
  of: 'sessions' | 'traces' | 'scores'
  title: string
  /** Column that tells its rows apart. */
  id: string
  columns: Columns
  shown: readonly string[]
}

const NEWEST = 20

function Rows({ of, title, id, columns, shown, userId, from }: Part & { userId: string; from: string }) {
  const fields = [...new Set([...shown, id])].join(',')
  const query = useQuery(
    jsonQuery<Page<AnyRow>>(apiPath(`/api/v1/${of}`, { user_id: userId, from, limit: NEWEST, fields })),
  )
  return (
    <section className="card">
      <div className="card-head">
        <h2>{title}, newest first</h2>
        <div className="end">
          <Link to={`/${of}`} search={{ from, q: `user:"${userId.replaceAll('"', '\\"')}"` }}>
            All {of}
          </Link>
        </div>
      </div>
      <PageState of={[query]}>
        {() => (
          <PlainTable
            label={title}
            rows={query.data?.data ?? []}
            rowKey={(row) => String(row[id])}
            columns={shown.map((name) => ({
              id: name,
              header: headerOf(name),
              cell: cellOf(name, columns),
              ...(isAtEnd(name, columns) ? { align: 'end' as const } : {}),
            }))}
          />
        )}
      </PageState>
    </section>
  )
}
