// A JSON value in; a tree that opens where it is clicked out. Only what is open is built.
import { useState } from 'react'
import type { Json } from '../api/rows.ts'
import { LongText } from './long-text.tsx'

const MAX_ITEMS = 100
const SHORT_CHARS = 200

interface JsonTreeProps {
  value: Json
  name?: string
  /** Levels that are open at first. */
  open?: number
}

export function JsonTree({ value, name, open = 2 }: JsonTreeProps) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} name={name} />
  return <Branch value={value} name={name} open={open} />
}

function Branch({
  value,
  name,
  open,
}: {
  value: Json[] | { [key: string]: Json }
  name: string | undefined
  open: number
}) {
  const [isOpen, setOpen] = useState(open > 0)
  const [shown, setShown] = useState(MAX_ITEMS)
  const isList = Array.isArray(value)
  const entries = isOpen ? Object.entries(value) : []
  const size = isList ? value.length : Object.keys(value).length
  return (
    <div className="json">
      <button type="button" className="json-twist" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>{' '}
        {name !== undefined && <span className="json-key">{name}: </span>}
        <span className="muted">{isList ? `[${size}]` : `{${size}}`}</span>
      </button>
      {isOpen && (
        <div className="json-inner">
          {entries.slice(0, shown).map(([key, inner]) => (
            <JsonTree key={key} name={key} value={inner} open={open - 1} />
          ))}
          {size > shown && (
            <button type="button" className="link" onClick={() => setShown(shown + MAX_ITEMS)}>
              {size - shown} more
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function Leaf({ value, name }: { value: string | number | boolean | null; name: string | undefined }) {
  const isLong = typeof value === 'string' && value.length > SHORT_CHARS
  return (
    <div className="json-leaf">
      {name !== undefined && <span className="json-key">{name}: </span>}
      {isLong ? (
        <LongText text={value} />
      ) : (
        <span className={`json-${value === null ? 'null' : typeof value}`}>
          {typeof value === 'string' ? value : String(value)}
        </span>
      )}
    </div>
  )
}
