// The name of a model in; what it costs now, by which rule, out.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import { costReason } from '../list/cost-reasons.ts'
import { useUrlState } from '../state/search.ts'
import { ErrorState } from '../ui/error-state.tsx'

interface Found {
  price_id: string
  rule: string
  reason: string
  levels: { above_input_tokens?: number; per_million: Record<string, string> }[]
}

export function FindPrice() {
  const url = useUrlState()
  const model = url.get('find') ?? ''
  const [text, setText] = useState(model)
  const found = useQuery({ ...jsonQuery<Found>(apiPath('/api/v1/prices/find', { model })), enabled: model !== '' })
  return (
    <section className="card stack">
      <h2>What does a model cost?</h2>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          url.set({ find: text.trim() })
        }}
      >
        <input
          type="text"
          aria-label="Model"
          placeholder="gpt-4o-mini"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button">
          Look up
        </button>
      </form>
      {found.error !== null && <ErrorState problem={found.error} />}
      {model !== '' && found.data !== undefined && <Rates model={model} found={found.data} />}
    </section>
  )
}

function Rates({ model, found }: { model: string; found: Found }) {
  if (found.levels.length === 0) {
    return (
      <p>
        <span className="badge warn">unpriced</span> {model}: {costReason(found.reason)}.
      </p>
    )
  }
  const buckets = [...new Set(found.levels.flatMap(({ per_million: rates }) => Object.keys(rates)))]
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <caption className="sr-only">US dollars a million, {model}</caption>
        <thead>
          <tr>
            <th>US dollars a million</th>
            {buckets.map((bucket) => (
              <th key={bucket} className="end">
                {bucket.replaceAll('_', ' ')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.levels.map(({ above_input_tokens: above, per_million: rates }) => (
            <tr key={above ?? 0}>
              <th scope="row">
                {above === undefined ? 'any length' : `above ${above.toLocaleString('en-US')} tokens in`}
              </th>
              {buckets.map((bucket) => (
                <td key={bucket} className="end">
                  {rates[bucket] === undefined ? '–' : `$${rates[bucket]}`}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">
        <code>{found.price_id}</code>, found by {found.rule}
      </p>
    </div>
  )
}
