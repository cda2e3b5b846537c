// Groups of spans by a name in; a table of their figures, with the way to the latest and to all of them, out.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import { exactMoney, money } from '../format/money.ts'
import { count, duration, exactCount, percent, UNKNOWN } from '../format/numbers.ts'
import { type AnyRow, Time } from '../list/cells.tsx'
import { quoted } from '../list/clauses.ts'
import { useRange } from '../state/use-range.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageState } from '../ui/page-state.tsx'
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx'

export interface GroupsSpec {
  title: string
  /** After /api/v1/. */
  path: string
  /** Column of the name -> field of the filter language. */
  names: readonly (readonly [column: string, field: string])[]
  figures: readonly string[]
}

const MAX_GROUPS = 200
const text = (row: AnyRow, name: string): string => String(row[name] ?? '')
const value = (row: AnyRow, name: string): string | number | null => {
  const found = row[name]
  return typeof found === 'number' || typeof found === 'string' ? found : null
}

interface Shown {
  header: string
  format: (value: string | number | null) => string
  exact?: (value: string | number | null) => string
}

const FIGURES: Readonly<Record<string, Shown>> = {
  spans: { header: 'Spans', format: count, exact: exactCount },
  calls: { header: 'Calls', format: count, exact: exactCount },
  errors: { header: 'Errors', format: count, exact: exactCount },
  error_rate: { header: 'Fail', format: percent },
  p50_ms: { header: 'p50', format: duration },
  p95_ms: { header: 'p95', format: duration },
  input_tokens: { header: 'Tokens in', format: count, exact: exactCount },
  output_tokens: { header: 'Out', format: count, exact: exactCount },
  cost_usd: { header: 'Cost', format: money, exact: exactMoney },
  unpriced_calls: { header: 'Unpriced', format: count, exact: exactCount },
}

export function GroupsPage({ spec }: { spec: GroupsSpec }) {
  const { from, to } = useRange()
  const path = apiPath(`/api/v1/${spec.path}`, { from, to, limit: MAX_GROUPS })
  const query = useQuery({ ...jsonQuery<{ data: AnyRow[]; more: boolean }>(path), placeholderData: keepPreviousData })
  const rows = query.data?.data ?? []
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{spec.title}</h1>
        <div className="end">
          <CopyMenu path={path} json={() => rows} />
        </div>
      </div>
      <PageState of={[query]}>
        {() =>
          rows.length === 0 ? (
            <EmptyState what={spec.title.toLowerCase()} />
          ) : (
            <div className="card">
              <PlainTable
                label={spec.title}
                rows={rows}
                columns={columnsOf(spec)}
                rowKey={(row) => JSON.stringify(spec.names.map(([name]) => row[name]))}
                sorted="spans"
              />
              {query.data?.more === true && <p className="muted">The {MAX_GROUPS} with most spans; there are more.</p>}
            </div>
          )
        }
      </PageState>
    </div>
  )
}

function columnsOf({ names, figures }: GroupsSpec): readonly PlainColumn<AnyRow>[] {
  const q = (row: AnyRow): string =>
    names.map(([column, field]) => `${field}:${text(row, column) === '' ? '""' : quoted(text(row, column))}`).join(' ')
  const named = names.map(
    ([column], index): PlainColumn<AnyRow> => ({
      id: column,
      header: column.replaceAll('_', ' '),
      order: (row) => text(row, column),
      cell: (row) =>
        index > 0 ? (
          text(row, column) || UNKNOWN
        ) : (
          <Link to="/traces" search={{ q: q(row) }}>
            {text(row, column) || '(none)'}
          </Link>
        ),
    }),
  )
  const shown = figures.map((name): PlainColumn<AnyRow> => {
    const { header, format, exact = format } = FIGURES[name] ?? { header: name, format: count }
    return {
      id: name,
      header,
      align: 'end',
      order: (row) => Number(row[name] ?? -1),
      cell: (row) => <span title={exact(value(row, name))}>{format(value(row, name))}</span>,
    }
  })
  const last: PlainColumn<AnyRow> = {
    id: 'last_seen',
    header: 'Last seen',
    order: (row) => text(row, 'last_seen'),
    cell: (row) => <Time iso={text(row, 'last_seen')} />,
  }
  return [...named, ...shown, last]
}
