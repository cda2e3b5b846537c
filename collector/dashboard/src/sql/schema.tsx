// The views that may be read in; their columns, to look at and to insert, out.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { OPEN_VIEWS } from '../../../src/query/sql/views.ts'
import { sqlQuery } from '../api/queries.ts'
import { PageState } from '../ui/page-state.tsx'

export function Schema({ onPick }: { onPick: (name: string) => void }) {
  const [open, setOpen] = useState<string>()
  return (
    <section className="schema card" aria-label="Views">
      <h2>Views</h2>
      <ul>
        {[...OPEN_VIEWS].map((view) => (
          <li key={view}>
            <div className="row">
              <button
                type="button"
                className="json-twist mono"
                aria-expanded={open === view}
                onClick={() => setOpen(open === view ? undefined : view)}
              >
                <span aria-hidden="true">{open === view ? '▾' : '▸'}</span> {view}
              </button>
            </div>
            {open === view && <ViewColumns view={view} onPick={onPick} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** No row is read for it: the names and types are enough. */
function ViewColumns({ view, onPick }: { view: string; onPick: (name: string) => void }) {
  const query = useQuery({ ...sqlQuery(`SELECT * FROM ${view} LIMIT 0`), staleTime: Number.POSITIVE_INFINITY })
  return (
    <PageState of={[query]}>
      {() => (
        <ul className="schema-columns">
          {query.data?.columns.map(({ name, type }) => (
            <li key={name}>
              <button type="button" className="mono" title={type} onClick={() => onPick(name)}>
                {name}
              </button>
              <span className="muted clip">{type.replace(/^(?:Nullable|LowCardinality)\((.*)\)$/, '$1')}</span>
            </li>
          ))}
        </ul>
      )}
    </PageState>
  )
}
