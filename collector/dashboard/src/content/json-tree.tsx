// A JSON value in; a tree that opens where it is clicked out. Only what is open is built, and more than a hundred entries are ranges.
import { type ReactNode, useMemo, useState } from 'react'
import type { Json } from '../api/rows.ts'
import { levelsWithin, type Range, rangesOf } from './json-ranges.ts'
import { LongText } from './long-text.tsx'

const SHORT_CHARS = 200
/** Entries that are built before anybody asks for more. */
const MAX_AT_FIRST = 300

type Composite = Json[] | { [key: string]: Json }

interface JsonTreeProps {
  value: Json
  /** Levels that are open at first, if that is not too much. */
  open?: number
}

export function JsonTree({ value, open = 2 }: JsonTreeProps) {
  const levels = useMemo(() => levelsWithin(value, open, MAX_AT_FIRST), [value, open])
  return <Node value={value} name={undefined} open={levels} />
}

interface NodeProps {
  value: Json
  name: string | undefined
  open: number
}

function Node({ value, name, open }: NodeProps) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} name={name} />
  return <Branch value={value} name={name} open={open} />
}

function Branch({ value, name, open }: NodeProps & { value: Composite }) {
  const names = useMemo(() => (Array.isArray(value) ? undefined : Object.keys(value)), [value])
  const size = Array.isArray(value) ? value.length : (names?.length ?? 0)
  return (
    <Foldable
      isOpenAtFirst={open > 0}
      label={
        <>
          {name !== undefined && <span className="json-key">{name}: </span>}
          <span className="muted">{names === undefined ? `[${size}]` : `{${size}}`}</span>
        </>
      }
    >
      {() => <Entries value={value} names={names} range={{ from: 0, to: size }} open={open - 1} />}
    </Foldable>
  )
}

interface EntriesProps {
  value: Composite
  /** Of an object. */
  names: readonly string[] | undefined
  range: Range
  open: number
}

function Entries({ value, names, range, open }: EntriesProps) {
  return rangesOf(range).map(({ from, to }) => {
    if (to - from > 1)
      return (
        <Foldable key={from} label={<span className="muted">{`${from} … ${to - 1}`}</span>}>
          {() => <Entries value={value} names={names} range={{ from, to }} open={0} />}
        </Foldable>
      )
    const name = names?.[from] ?? String(from)
    return <Node key={from} name={name} value={(value as { [key: string]: Json })[name] ?? null} open={open} />
  })
}

interface FoldableProps {
  label: ReactNode
  isOpenAtFirst?: boolean
  children: () => ReactNode
}

function Foldable({ label, isOpenAtFirst = false, children }: FoldableProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  return (
    <div className="json">
      <button type="button" className="json-twist" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {label}
      </button>
      {isOpen && <div className="json-inner">{children()}</div>}
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
