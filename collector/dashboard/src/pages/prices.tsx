// The range of the URL in; what has no price, what a model costs, and the project's own prices out.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import { count, exactCount } from '../format/numbers.ts'
import { type AnyRow, Time } from '../list/cells.tsx'
import { costReason } from '../list/cost-reasons.ts'
import { FindPrice } from '../prices/find-price.tsx'
import { OwnPrices } from '../prices/own-prices.tsx'
import { Reprice } from '../prices/reprice.tsx'
import { useUrlState } from '../state/search.ts'
import { useRange } from '../state/use-range.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { PageState } from '../ui/page-state.tsx'
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx'

const text = (row: AnyRow, name: string): string => String(row[name] ?? '')

function columns(price: (model: string, provider: string) => void): readonly PlainColumn<AnyRow>[] {
  return [
    {
      id: 'model',
      header: 'Model',
      cell: (row) => (
        <Link to="/generations" search={{ q: `is:unpriced model:"${text(row, 'model').replaceAll('"', '\\"')}"` }}>
          {text(row, 'model') || '(none)'}
        </Link>
      ),
      order: (row) => text(row, 'model'),
    },
    {
      id: 'provider',
      header: 'Provider',
      cell: (row) => text(row, 'provider') || '–',
      order: (row) => text(row, 'provider'),
    },
    { id: 'reason', header: 'Why there is no cost', cell: (row) => costReason(text(row, 'cost_reason')) },
    {
      id: 'calls',
      header: 'Calls',
      align: 'end',
      cell: (row) => count(Number(row['calls'])),
      order: (row) => Number(row['calls']),
    },
    {
      id: 'tokens',
      header: 'Tokens',
      align: 'end',
      cell: (row) => <span title={exactCount(Number(row['tokens']))}>{count(Number(row['tokens']))}</span>,
      order: (row) => Number(row['tokens']),
    },
    {
      id: 'last',
      header: 'Last seen',
      cell: (row) => <Time iso={text(row, 'last_seen')} />,
      order: (row) => text(row, 'last_seen'),
    },
    {
      id: 'price',
      header: 'Price',
      cell: (row) =>
        /^(unknown_model|self_hosted|unpriced)/.test(text(row, 'cost_reason')) ? (
          <button type="button" className="link" onClick={() => price(text(row, 'model'), text(row, 'provider'))}>
            Give it one<span className="sr-only"> to {text(row, 'model')}</span>
          </button>
        ) : (
          '–'
        ),
    },
  ]
}

export function Prices() {
  const { from, to } = useRange()
  const url = useUrlState()
  const path = apiPath('/api/v1/prices/unpriced', { from, to })
  const unpriced = useQuery(jsonQuery<{ data: AnyRow[] }>(path))
  const rows = unpriced.data?.data ?? []
  return (
    <div className="stack">
      <div className="page-head">
        <h1>Prices</h1>
        <div className="end">
          <CopyMenu path={path} json={() => rows} />
        </div>
      </div>
      <section className="card">
        <h2>Without a cost, in this range</h2>
        <PageState of={[unpriced]}>
          {() =>
            rows.length === 0 ? (
              <p className="muted">Every call in this range has its cost.</p>
            ) : (
              <PlainTable
                label="Without a cost"
                rows={rows}
                columns={columns((model, provider) => url.set({ price: model, provider }))}
                rowKey={(row) => JSON.stringify(row)}
                sorted="tokens"
              />
            )
          }
        </PageState>
      </section>
      <FindPrice />
      <OwnPrices />
      <Reprice />
    </div>
  )
}
