// The project's own prices in; a form to add one, and the document to change the rest, out. A version keeps two editors apart.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sendJson } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import { useUrlState } from '../state/search.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { PageState } from '../ui/page-state.tsx'
import { OwnTable, type PricesDocument } from './own-table.tsx'

const PATH = '/api/v1/prices'

export function OwnPrices() {
  const client = useQueryClient()
  const own = useQuery(jsonQuery<PricesDocument>(PATH))
  const put = useMutation({
    mutationFn: (document: PricesDocument) => sendJson<PricesDocument>(PATH, document, { method: 'PUT' }),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <section className="card stack">
      <h2>Own prices of this project</h2>
      <PageState of={[own]}>
        {() =>
          own.data === undefined ? null : (
            <>
              <p className="muted">
                {own.data.prices.length === 0
                  ? 'None yet; the price list holds.'
                  : `${own.data.prices.length} of them, version ${own.data.version}; they win over the price list.`}
              </p>
              <OwnTable document={own.data} onChange={put.mutate} />
              <AddPrice document={own.data} put={put.mutate} />
              <EditDocument key={own.data.version} document={own.data} put={put.mutate} />
            </>
          )
        }
      </PageState>
      {put.isSuccess && <p role="status">Saved. It holds from the next span on.</p>}
      {put.error !== null && <ErrorState problem={put.error} />}
    </section>
  )
}

interface PartProps {
  document: PricesDocument
  put: (document: PricesDocument) => void
}

const BUCKETS = ['input', 'output', 'cache_read', 'cache_write_5m'] as const
const RATE = /^\d{1,9}(\.\d{1,12})?$/

function AddPrice({ document, put }: PartProps) {
  const url = useUrlState()
  const wished = url.get('price') ?? ''
  const [model, setModel] = useState(wished)
  const [seen, setSeen] = useState(wished)
  if (seen !== wished) {
    setSeen(wished)
    setModel(wished)
  }
  const [rates, setRates] = useState<Readonly<Record<string, string>>>({})
  const given = Object.entries(rates).filter(([, value]) => value !== '')
  const isWhole = model.trim() !== '' && given.length > 0 && given.every(([, value]) => RATE.test(value))
  const add = () => {
    const name = model.trim()
    // rates stay texts: a float would round them
    const price = { name, match: name, per_million: Object.fromEntries(given) }
    // of equal rules the later line wins
    put({ ...document, prices: [...document.prices, price] })
    setRates({})
  }
  return (
    <form
      className="row add-price"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) add()
      }}
    >
      <label>
        Model, * for any text
        <input type="text" value={model} onChange={(event) => setModel(event.target.value)} />
      </label>
      {BUCKETS.map((bucket) => (
        <label key={bucket}>
          {bucket.replaceAll('_', ' ')}, $ a million
          <input
            type="text"
            inputMode="decimal"
            size={9}
            value={rates[bucket] ?? ''}
            onChange={(event) => setRates({ ...rates, [bucket]: event.target.value.trim() })}
          />
        </label>
      ))}
      <button type="submit" className="button primary" disabled={!isWhole}>
        Add
      </button>
    </form>
  )
}

function EditDocument({ document, put }: PartProps) {
  const { version, ...content } = document
  const [text, setText] = useState(JSON.stringify(content, null, 2))
  const [wrong, setWrong] = useState('')
  const save = () => {
    try {
      setWrong('')
      put({ ...(JSON.parse(text) as PricesDocument), version })
    } catch (cause) {
      setWrong(cause instanceof Error ? cause.message : 'it is no JSON')
    }
  }
  return (
    <details>
      <summary>The document as JSON</summary>
      <textarea
        className="mono document"
        aria-label="Prices as JSON"
        rows={14}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {wrong !== '' && (
        <p role="alert" className="bad">
          {wrong}
        </p>
      )}
      <button type="button" className="button" onClick={save}>
        Save
      </button>
    </details>
  )
}
