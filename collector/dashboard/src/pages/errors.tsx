// The range of the URL in; failures by class, type and fingerprint out, each with the way to its traces.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import { count } from '../format/numbers.ts'
import { type AnyRow, Time } from '../list/cells.tsx'
import { Tile } from '../overview/tile.tsx'
import { TILES } from '../overview/tiles.ts'
import { useRange } from '../state/use-range.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageState } from '../ui/page-state.tsx'
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx'

const MAX_KINDS = 200

const errorsSql = (range: string): string => `SELECT error_class, error_type, error_fingerprint,
  count() AS spans, uniq(trace_id) AS traces,
  groupUniqArray(3)(if(model = '', name, model)) AS seen_in,
  min(start_time) AS first_seen, max(start_time) AS last_seen,
  argMax(trace_id, start_time) AS latest_trace_id
FROM spans_v1
WHERE status = 'error' AND ${range}
GROUP BY error_class, error_type, error_fingerprint
ORDER BY spans DESC
LIMIT ${MAX_KINDS}`

const text = (row: AnyRow, name: string): string => String(row[name] ?? '')
const quoted = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const COLUMNS: readonly PlainColumn<AnyRow>[] = [
  {
    id: 'class',
    header: 'Cause',
    cell: (row) => <span className="badge bad">{text(row, 'error_class').replaceAll('_', ' ') || 'unknown'}</span>,
    order: (row) => text(row, 'error_class'),
  },
  {
    id: 'type',
    header: 'Type',
    cell: (row) => <code>{text(row, 'error_type') || '–'}</code>,
    order: (row) => text(row, 'error_type'),
  },
  {
    id: 'fingerprint',
    header: 'Message, without what differs',
    cell: (row) => (
      <Link
        to="/traces/$traceId"
        params={{ traceId: text(row, 'trace_id') }}
        search={{ span: text(row, 'span_id') }}
        title="The latest span of it"
      >
        {text(row, 'error_fingerprint') || '(no message)'}
      </Link>
    ),
  },
  {
    id: 'spans',
    header: 'Spans',
    align: 'end',
    cell: (row) => count(Number(row['spans'])),
    order: (row) => Number(row['spans']),
  },
  {
    id: 'users',
    header: 'Users',
    align: 'end',
    cell: (row) => count(Number(row['users'] ?? 0)),
    order: (row) => Number(row['users'] ?? 0),
  },
  {
    id: 'traces',
    header: 'Traces',
    align: 'end',
    cell: (row) => (
      <Link to="/traces" search={{ q: filterOf(row) }}>
        {count(Number(row['traces']))}
      </Link>
    ),
    order: (row) => Number(row['traces']),
  },
  {
    id: 'first',
    header: 'First',
    cell: (row) => <Time iso={text(row, 'first_seen')} />,
    order: (row) => text(row, 'first_seen'),
  },
  {
    id: 'last',
    header: 'Last',
    cell: (row) => <Time iso={text(row, 'last_seen')} />,
    order: (row) => text(row, 'last_seen'),
  },
  {
    id: 'seen',
    header: 'Seen in',
    cell: (row) => [row['models'] ?? [], row['services'] ?? []].flat().slice(0, 4).join(', '),
  },
]

/** The traces in which a span failed so. */
function filterOf(row: AnyRow): string {
  const fingerprint = text(row, 'error_fingerprint')
  const type = text(row, 'error_type')
  return [
    ...(type === '' ? [] : [`error_type:${quoted(type)}`]),
    ...(fingerprint === '' ? [] : [`fingerprint:${quoted(fingerprint)}`]),
    ...(type === '' && fingerprint === '' ? ['has:error'] : []),
  ].join(' ')
}

const [RATE] = TILES.filter(({ metric }) => metric === 'error_rate')

export function Errors() {
  const range = useRange()
  const sql = errorsSql(range.sql('start_time'))
  const path = apiPath('/api/v1/errors', { from: range.from, to: range.to, limit: MAX_KINDS })
  const query = useQuery({ ...jsonQuery<{ data: AnyRow[] }>(path), placeholderData: keepPreviousData })
  return (
    <div className="stack">
      <div className="page-head">
        <h1>Errors</h1>
        <div className="end">
          <CopyMenu path={path} sql={sql} json={() => query.data?.data} />
        </div>
      </div>
      {RATE !== undefined && <Tile spec={RATE} />}
      <PageState of={[query]}>
        {() =>
          query.data?.data.length === 0 ? (
            <EmptyState what="errors" />
          ) : (
            <div className="card">
              <PlainTable
                label="Kinds of errors"
                rows={query.data?.data ?? []}
                columns={COLUMNS}
                rowKey={(row) =>
                  `${text(row, 'error_class')} ${text(row, 'error_type')} ${text(row, 'error_fingerprint')}`
                }
                sorted="spans"
              />
            </div>
          )
        }
      </PageState>
    </div>
  )
}
