// The attributes of a span, its resource and scope in; a table that can be searched out.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SpanRow } from '../api/rows.ts'
import { LongText } from '../content/long-text.tsx'
import { bytes } from '../format/numbers.ts'
import { copyText } from '../ui/copy.ts'
import { wholeQuery } from './use-span.ts'

interface AttributesProps {
  span: SpanRow
  cut: Readonly<Record<string, number>>
}

const GROUPS = [
  ['attributes', 'Span'],
  ['metadata', 'Metadata'],
  ['resource_attributes', 'Sent by (resource)'],
  ['scope_attributes', 'Scope'],
] as const
const MAX_ROWS = 200

export function Attributes({ span, cut }: AttributesProps) {
  const [text, setText] = useState('')
  const [isAsked, setAsked] = useState(false)
  const [shown, setShown] = useState(MAX_ROWS)
  const whole = useQuery({
    ...wholeQuery(span.trace_id ?? '', span.span_id ?? '', 'attributes'),
    enabled: isAsked,
  })
  const full: SpanRow = whole.data === undefined ? span : { ...span, attributes: whole.data.span.attributes ?? {} }
  const rows = GROUPS.flatMap(([field, title]) =>
    Object.entries(full[field] ?? {}).map(([key, value]) => ({ field, title, key, value })),
  )
  const wanted = text.toLowerCase()
  const found = rows.filter(
    ({ key, value }) => wanted === '' || key.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
  )
  const groups = GROUPS.map(([field, title]) => ({
    title,
    rows: found.slice(0, shown).filter((row) => row.field === field),
  })).filter((group) => group.rows.length > 0)
  return (
    <div className="stack">
      <input
        type="search"
        className="attribute-search"
        aria-label="Search attributes"
        placeholder={`Search ${rows.length} attributes`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {groups.map(({ title, rows: own }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <table className="plain-table attribute-table">
            <tbody>
              {own.map(({ field, key, value }) => (
                <tr key={key}>
                  <th scope="row">
                    <code>{key}</code>
                  </th>
                  <td>
                    <LongText text={value} />
                    {whole.data === undefined && cut[`${field}.${key}`] !== undefined && (
                      <button type="button" className="link" onClick={() => setAsked(true)}>
                        {whole.isFetching ? 'Loading …' : `Load all ${bytes(cut[`${field}.${key}`])}`}
                      </button>
                    )}
                  </td>
                  <td className="end">
                    <button
                      type="button"
                      className="button quiet small"
                      aria-label={`Copy ${key}`}
                      title="Copy the value"
                      onClick={() => void copyText(value)}
                    >
                      Copy
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {found.length === 0 && <p className="muted">No attribute has this.</p>}
      {found.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown + MAX_ROWS)}>
          {found.length - shown} more
        </button>
      )}
    </div>
  )
}
