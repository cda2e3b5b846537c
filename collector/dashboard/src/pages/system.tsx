// The range of the URL in; health, what became of what was received, freshness and storage out.

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiPath } from '../api/client.ts'
import { jsonQuery, newestQuery, useAbout } from '../api/queries.ts'
import { TimeChart } from '../chart/time-chart.tsx'
import { bytes, count, exactCount } from '../format/numbers.ts'
import { ago, instant } from '../format/time.ts'
import { autoSeconds, drawn } from '../overview/series.ts'
import { rangeMs, wholeMinutes } from '../state/range.ts'
import { useRange } from '../state/use-range.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { PageState } from '../ui/page-state.tsx'
import { TableHead } from '../ui/table-head.tsx'

interface Ready {
  status: string
  checks: Record<string, { ok: boolean; detail?: string }>
}

type Fate = 'stored' | 'rejected' | 'filtered' | 'deduplicated' | 'dead_lettered'
type LedgerRow = { minute: string; signal: string; reason: string | null; received: number } & Record<Fate, number>

interface SystemAnswer {
  freshness: { last_received: string | null; last_started: string | null }
  storage?: { table: string; rows: number; bytes: number; first_day: string | null; last_day: string | null }[] | null
}

interface Ledger {
  data: LedgerRow[]
  pending: { records: number }[] | null
}

const FATES: readonly Fate[] = ['stored', 'rejected', 'filtered', 'deduplicated', 'dead_lettered']
const POLL_MS = 10_000
/** As many as the API answers with. */
const MAX_ROWS = 10_000

export function System() {
  const { from, to } = useRange()
  const about = useAbout()
  const path = apiPath('/api/v1/ledger', { from, to })
  const ready = useQuery({ ...jsonQuery<Ready>('/readyz'), refetchInterval: POLL_MS })
  const ledger = useQuery({ ...jsonQuery<Ledger>(path), refetchInterval: POLL_MS })
  const newest = useQuery(newestQuery)
  const system = useQuery({ ...jsonQuery<SystemAnswer>('/api/v1/system'), refetchInterval: POLL_MS })
  const received = system.data?.freshness.last_received
  return (
    <div className="stack">
      <div className="page-head">
        <h1>System</h1>
        <div className="end">
          <CopyMenu path={path} json={() => ledger.data} />
        </div>
      </div>
      <section className="card">
        <dl className="facts">
          <div>
            <dt>Version</dt>
            <dd>{about.data?.version ?? '–'}</dd>
          </div>
          <div>
            <dt>Newest trace</dt>
            <dd title={newest.data?.newestMs === undefined ? undefined : instant(newest.data.newestMs)}>
              {newest.data?.newestMs === undefined ? '–' : ago(newest.data.newestMs)}
            </dd>
          </div>
          <div>
            <dt>Last received</dt>
            <dd>{received == null ? '–' : ago(Date.parse(received))}</dd>
          </div>
          <div>
            <dt>On their way</dt>
            <dd>
              {ledger.data?.pending == null
                ? '–'
                : count(ledger.data.pending.reduce((sum, { records }) => sum + records, 0))}
            </dd>
          </div>
        </dl>
      </section>
      <section className="card">
        <h2>Health</h2>
        <PageState of={[ready]}>{() => <Checks ready={ready.data} />}</PageState>
      </section>
      {Array.isArray(system.data?.storage) && <Storage tables={system.data.storage} />}
      <section className="card stack">
        <h2>What became of what was received</h2>
        <PageState of={[ledger]}>{() => <LedgerPart rows={ledger.data?.data ?? []} />}</PageState>
      </section>
    </div>
  )
}

function Storage({ tables }: { tables: NonNullable<SystemAnswer['storage']> }) {
  const shown = tables.filter(({ rows }) => rows > 0)
  return (
    <section className="card">
      <h2>Storage</h2>
      <div className="scroll-x" tabIndex={0} role="region" aria-label="Tables of the store">
        <table className="plain-table">
          <TableHead names={['Table', 'Rows >', 'On disk >', 'Days']} />
          <tbody>
            {shown.map(({ table, rows, bytes: size, first_day: first, last_day: last }) => (
              <tr key={table}>
                <th scope="row">{table}</th>
                <td className="end">{exactCount(rows)}</td>
                <td className="end">{bytes(size)}</td>
                <td className="nowrap">{first === null ? '' : first === last ? first : `${first} – ${last}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Checks({ ready }: { ready: Ready | undefined }) {
  return (
    <table className="plain-table">
      <tbody>
        {Object.entries(ready?.checks ?? {}).map(([name, { ok, detail }]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="nowrap">
              {ok ? <span className="good">✓ well</span> : <span className="badge bad">✕ failing</span>}
            </td>
            <td className="muted">{withBytes(detail ?? '')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `128 of 10737418240 bytes` is for machines. */
const withBytes = (detail: string): string =>
  detail.replace(
    /^(\d+) of (\d+) bytes$/,
    (_, used: string, all: string) => `${bytes(Number(used))} of ${bytes(Number(all))}`,
  )

function LedgerPart({ rows }: { rows: readonly LedgerRow[] }) {
  const { from, to } = useRange()
  const sums = FATES.map((fate) => ({ fate, records: rows.reduce((sum, row) => sum + row[fate], 0) }))
  const received = rows.reduce((sum, row) => sum + row.received, 0)
  const reasons = new Map<string, number>()
  for (const row of rows)
    if (row.reason !== null) reasons.set(row.reason, (reasons.get(row.reason) ?? 0) + row.received)
  const lines = useMemo(() => {
    const range = wholeMinutes(rangeMs({ from, to }, Date.now()))
    const stepSeconds = autoSeconds(range)
    return drawn({ rows: collected(rows, stepSeconds), range, stepSeconds, figures: FATES, isZeroWithoutRow: true })
  }, [rows, from, to])
  if (rows.length === 0) return <p className="muted">Nothing was received in this range.</p>
  return (
    <>
      <TimeChart times={lines.times} series={lines.series} kind="stack" format={count} />
      <table className="plain-table">
        <thead>
          <tr>
            <th>Records</th>
            <th className="end">received</th>
            {sums.map(({ fate }) => (
              <th key={fate} className="end">
                {fate.replaceAll('_', ' ')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">in this range</th>
            <td className="end">{exactCount(received)}</td>
            {sums.map(({ fate, records }) => (
              <td key={fate} className={records > 0 && fate !== 'stored' ? 'end warn' : 'end'}>
                {exactCount(records)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {rows.length >= MAX_ROWS && (
        <p className="badge warn">Only the newest {count(MAX_ROWS)} minutes are told; take a shorter range.</p>
      )}
      {reasons.size > 0 && (
        <p>
          Reasons:{' '}
          {[...reasons].map(([reason, records]) => `${reason.replaceAll('_', ' ')} ${exactCount(records)}`).join(', ')}
        </p>
      )}
    </>
  )
}

/** One row an interval: signals, reasons and minutes are rows of their own. */
function collected(rows: readonly LedgerRow[], stepSeconds: number): Record<string, string | number>[] {
  const intervals = new Map<number, Record<string, string | number>>()
  for (const row of rows) {
    const seconds = Math.floor(Date.parse(row.minute) / 1000 / stepSeconds) * stepSeconds
    const before = intervals.get(seconds)
    const sums = Object.fromEntries(FATES.map((fate) => [fate, Number(before?.[fate] ?? 0) + row[fate]]))
    intervals.set(seconds, { time: new Date(seconds * 1000).toISOString(), ...sums })
  }
  return [...intervals.values()]
}
