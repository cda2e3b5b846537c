// Days in; what pricing the stored spans of those days anew would change, model by model, and the command that does it, out.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { RepriceDryRun } from '../../../src/query/reprice-route.ts'
import { sendJson } from '../api/client.ts'
import { useAbout } from '../api/queries.ts'
import { exactMoney, money } from '../format/money.ts'
import { count, exactCount } from '../format/numbers.ts'
import { useUrlState } from '../state/search.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx'
import { Snippet } from '../ui/snippet.tsx'

const DAY_MS = 86_400_000
/** Before today, unless the URL says otherwise. */
const DEFAULT_DAYS = 6
const dayBefore = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

interface Days {
  from: string
  to: string
}

export function Reprice() {
  const about = useAbout()
  const isAdmin = about.data?.caller?.scopes.includes('admin') === true
  const url = useUrlState()
  const [days, setDays] = useState<Days>({
    from: url.get('reprice_from') ?? dayBefore(DEFAULT_DAYS),
    to: url.get('reprice_to') ?? dayBefore(0),
  })
  const run = useMutation({
    mutationFn: (asked: Days) => sendJson<RepriceDryRun>('/api/v1/prices/reprice/dry-run', asked),
  })
  const edit = (patch: Partial<Days>) => {
    setDays({ ...days, ...patch })
    run.reset()
  }
  return (
    <section className="card stack" aria-label="Pricing stored spans anew">
      <h2>Pricing stored spans anew</h2>
      <p>
        New prices hold from the next span on. What is stored keeps its cost until it is priced anew. A dry run says
        what that would change, and changes nothing.
      </p>
      {isAdmin ? (
        <form
          className="row add-price"
          onSubmit={(event) => {
            event.preventDefault()
            url.set({ reprice_from: days.from, reprice_to: days.to }, { replace: true })
            run.mutate(days)
          }}
        >
          <DayField name="From the day" value={days.from} max={days.to} onChange={(from) => edit({ from })} />
          <DayField name="To the day, included, UTC" value={days.to} min={days.from} onChange={(to) => edit({ to })} />
          <button type="submit" className="button primary" disabled={run.isPending}>
            {run.isPending ? 'Counting …' : 'Dry run'}
          </button>
        </form>
      ) : (
        <p className="muted">
          A dry run needs a key with the scope <code>admin</code>.
        </p>
      )}
      <div role="status">{run.data !== undefined && <Outcome run={run.data} />}</div>
      {run.error !== null && <ErrorState problem={run.error} />}
    </section>
  )
}

interface DayFieldProps {
  name: string
  value: string
  min?: string
  max?: string
  onChange: (day: string) => void
}

function DayField({ name, onChange, ...day }: DayFieldProps) {
  return (
    <label>
      {name}
      <input type="date" required {...day} onChange={(event) => onChange(event.target.value)} />
    </label>
  )
}

type Model = RepriceDryRun['models'][number]

const signed = (usd: string, format: (usd: string) => string): string =>
  usd.startsWith('-') || Number(usd) === 0 ? format(usd) : `+${format(usd)}`

function figure<Name extends keyof Model>(
  id: Name,
  header: string,
  format: (value: Model[Name]) => string,
  exact: (value: Model[Name]) => string,
): PlainColumn<Model> {
  const cell = (row: Model) => <span title={exact(row[id])}>{format(row[id])}</span>
  return { id, header, align: 'end', cell, order: (row) => Number(row[id]) }
}

const COLUMNS: readonly PlainColumn<Model>[] = [
  { id: 'model', header: 'Model', cell: ({ model }) => model || '(none)', order: ({ model }) => model },
  { id: 'provider', header: 'Provider', cell: ({ provider }) => provider || '–', order: ({ provider }) => provider },
  figure('changed', 'Would change', count, exactCount),
  figure('now_priced', 'Get a cost', count, exactCount),
  figure('now_unpriced', 'Lose it', count, exactCount),
  figure('old_usd', 'Cost now', money, exactMoney),
  figure('new_usd', 'Cost then', money, exactMoney),
  {
    id: 'delta_usd',
    header: 'Difference',
    align: 'end',
    cell: ({ delta_usd: usd }) => <span title={signed(usd, exactMoney)}>{signed(usd, money)}</span>,
    order: ({ delta_usd: usd }) => Number(usd),
  },
]

function Outcome({ run }: { run: RepriceDryRun }) {
  if (run.changed === 0) return <p>No difference: every span of these days costs what it would cost today.</p>
  const days = run.days.filter(({ changed }) => changed > 0).length
  return (
    <div className="stack">
      <p>
        <b>{exactCount(run.changed)}</b> {run.changed === 1 ? 'span' : 'spans'} of {days} {days === 1 ? 'day' : 'days'}{' '}
        would change: <b title={exactMoney(run.old_usd)}>{money(run.old_usd)}</b> →{' '}
        <b title={exactMoney(run.new_usd)}>{money(run.new_usd)}</b>{' '}
        <span title={signed(run.delta_usd, exactMoney)}>({signed(run.delta_usd, money)})</span>
      </p>
      <PlainTable
        label="What would change"
        rows={run.models}
        columns={COLUMNS}
        rowKey={({ provider, model }) => `${provider} ${model}`}
        sorted="changed"
        param="reprice_order"
      />
      <p>
        It is done by the operator, on the collector's machine; days are replaced whole, and readers see the old or the
        new:
      </p>
      <Snippet
        label="command that prices anew"
        text={`npm run insights -- reprice --from ${run.from} --to ${run.to} --project ${shellWord(run.project)}`}
      />
    </div>
  )
}

const shellWord = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
