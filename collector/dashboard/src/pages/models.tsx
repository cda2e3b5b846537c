// The range of the URL in; each model with its calls, latency, tokens, cost and errors out. All of it from rollups.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { MetricRow } from '../api/rows.ts'
import { exactMoney, money } from '../format/money.ts'
import { count, duration, exactCount, percent } from '../format/numbers.ts'
import { useRange } from '../state/use-range.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageState } from '../ui/page-state.tsx'
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx'

const METRICS = ['token_usage', 'cost', 'latency', 'error_rate', 'cache_hit_rate'] as const

interface Answer {
  data: MetricRow[]
}

type Format = (value: MetricRow[string] | undefined) => string

const figure = (id: string, header: string, format: Format, exact: Format = format): PlainColumn<MetricRow> => ({
  id,
  header,
  align: 'end',
  cell: (row) => <span title={exact(row[id])}>{format(row[id])}</span>,
  order: (row) => Number(row[id] ?? -1),
})

const name = (row: MetricRow): string => String(row['model'] ?? '')
const quoted = (value: string): string => `"${value.replaceAll('"', '\\"')}"`

const COLUMNS: readonly PlainColumn<MetricRow>[] = [
  {
    id: 'model',
    header: 'Model',
    cell: (row) => (
      <Link to="/generations" search={{ q: `model:${quoted(name(row))}` }}>
        {name(row) || '(none)'}
      </Link>
    ),
    order: name,
  },
  {
    id: 'provider',
    header: 'Provider',
    cell: (row) => row['provider'] ?? '–',
    order: (row) => String(row['provider'] ?? ''),
  },
  figure('calls', 'Calls', count, exactCount),
  figure('input_tokens', 'Tokens in', count, exactCount),
  figure('output_tokens', 'Out', count, exactCount),
  figure('cache_hit_rate', 'From cache', percent),
  { ...figure('cost_usd', 'Cost', money, exactMoney), cell: (row) => <Cost row={row} /> },
  figure('priced_share', 'Priced', percent),
  figure('p50_ms', 'p50', duration),
  figure('p95_ms', 'p95', duration),
  figure('ttft_p50_ms', 'First token', duration),
  figure('error_rate', 'Errors', percent),
]

function Cost({ row }: { row: MetricRow }) {
  if (row['cost_usd'] === null || Number(row['unpriced_calls'] ?? 0) >= Number(row['calls'] ?? 0)) {
    return (
      <Link to="/prices" className="badge warn">
        unpriced
      </Link>
    )
  }
  return <span title={exactMoney(row['cost_usd'])}>{money(row['cost_usd'])}</span>
}

export function Models() {
  const { from, to } = useRange()
  const paths = METRICS.map((metric) => apiPath(`/api/v1/metrics/${metric}`, { from, to, group_by: 'model,provider' }))
  const [usage = '', cost = '', latency = '', errors = '', cache = ''] = paths
  const options = { placeholderData: keepPreviousData }
  const answers = [
    useQuery({ ...jsonQuery<Answer>(usage), ...options }),
    useQuery({ ...jsonQuery<Answer>(cost), ...options }),
    useQuery({ ...jsonQuery<Answer>(latency), ...options }),
    useQuery({ ...jsonQuery<Answer>(errors), ...options }),
    useQuery({ ...jsonQuery<Answer>(cache), ...options }),
  ]
  const rows = merged(answers.map(({ data }) => data?.data ?? []))
  return (
    <div className="stack">
      <div className="page-head">
        <h1>Models</h1>
        <div className="end">
          <CopyMenu path={cost} json={() => rows} />
        </div>
      </div>
      <PageState of={answers}>
        {() =>
          rows.length === 0 ? (
            <EmptyState what="calls" />
          ) : (
            <div className="card">
              <PlainTable label="Models" rows={rows} columns={COLUMNS} rowKey={keyOf} sorted="cost_usd" />
            </div>
          )
        }
      </PageState>
    </div>
  )
}

const keyOf = (row: MetricRow): string => JSON.stringify([row['model'] ?? null, row['provider'] ?? null])

/** Rows of one model and provider as one. `calls` is that of calls whose usage counts, so the first answer's wins. */
function merged(answers: readonly (readonly MetricRow[])[]): MetricRow[] {
  const rows = new Map<string, MetricRow>()
  for (const row of answers.flat()) rows.set(keyOf(row), { ...row, ...rows.get(keyOf(row)) })
  return [...rows.values()].filter((row) => row['model'] !== null || Number(row['calls'] ?? 0) > 0)
}
