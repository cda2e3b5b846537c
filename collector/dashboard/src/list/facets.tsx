// A list and its filter in; values of its fields with their counts, to tick, out.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import { count } from '../format/numbers.ts'
import { DEFAULT_FROM } from '../state/range.ts'
import { useUrlState } from '../state/search.ts'
import { toggled, valuesOf } from './clauses.ts'
import type { ListSpec } from './lists.ts'

interface Facet {
  field: string
  values: { value: string | null; count: number }[]
  more: boolean
}

const MAX_VALUES = 8
const LABELS: Readonly<Record<string, string>> = { env: 'environment' }
/** As the rows of the list show it. */
const SHOWN: ReadonlyMap<string, string> = new Map([['status/unset', 'ok (unset)']])

export function Facets({ spec }: { spec: ListSpec }) {
  const url = useUrlState()
  const q = url.get('q') ?? ''
  const fields = spec.facets ?? []
  const path = apiPath('/api/v1/facets', {
    of: spec.name,
    fields: fields.join(','),
    from: url.get('from') ?? DEFAULT_FROM,
    to: url.get('to'),
    q,
    limit: MAX_VALUES,
  })
  const query = useQuery({ ...jsonQuery<{ data: Facet[] }>(path), placeholderData: keepPreviousData })
  return (
    <aside className="facets" aria-label="Facets">
      {query.data?.data.map((facet) => (
        <FacetBox
          key={facet.field}
          facet={facet}
          chosen={valuesOf(q, facet.field)}
          onToggle={(value) => url.set({ q: toggled(q, facet.field, value) })}
        />
      ))}
    </aside>
  )
}

interface FacetBoxProps {
  facet: Facet
  chosen: readonly string[]
  onToggle: (value: string) => void
}

function FacetBox({ facet, chosen, onToggle }: FacetBoxProps) {
  const counted = facet.values.map(({ value, count: rows }) => ({ value: value ?? '', rows }))
  // what is chosen stays in sight, even where no row is left that has it; of a pattern, or beyond what was counted, nobody knows
  const gone = chosen
    .filter((value) => !counted.some((one) => one.value === value))
    .map((value) => ({ value, rows: facet.more || value.includes('*') ? undefined : 0 }))
  if (counted.length === 0 && gone.length === 0) return null
  return (
    <fieldset className="facet">
      <legend>{LABELS[facet.field] ?? facet.field}</legend>
      {[...counted, ...gone].map(({ value, rows }) => (
        <label className="check" key={value}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          <span className="clip" title={value}>
            {value === '' ? <span className="muted">none</span> : (SHOWN.get(`${facet.field}/${value}`) ?? value)}
          </span>
          <span className="n">{count(rows)}</span>
        </label>
      ))}
    </fieldset>
  )
}
