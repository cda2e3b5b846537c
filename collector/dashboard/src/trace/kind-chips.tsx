// A table of spans in; what kinds there are and how many, each a search, out. It is the key to the signs of the tree too.
import { useMemo } from 'react'
import { count } from '../format/numbers.ts'
import { Kind } from '../list/marks.tsx'
import type { SpanTable } from './span-table.ts'

interface KindChipsProps {
  table: SpanTable
  find: string
  onFind: (text: string) => void
}

export function KindChips({ table, find, onFind }: KindChipsProps) {
  const kinds = useMemo(() => countKinds(table), [table])
  if (kinds.length < 2) return null
  return (
    <ul className="kind-chips" aria-label="Kinds of spans">
      {kinds.map(({ kind, spans }) => {
        const text = `kind:${kind}`
        return (
          <li key={kind}>
            <button
              type="button"
              className="button quiet small"
              aria-pressed={find === text}
              onClick={() => onFind(find === text ? '' : text)}
            >
              <Kind kind={kind} />
              <span aria-hidden="true">{kind}</span> <span className="muted">{count(spans)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function countKinds({ kinds, words }: SpanTable): { kind: string; spans: number }[] {
  const counts = new Array<number>(words.kind.length).fill(0)
  for (const place of kinds) counts[place] = (counts[place] ?? 0) + 1
  return words.kind
    .map((kind, place) => ({ kind: kind || 'span', spans: counts[place] ?? 0 }))
    .sort((a, b) => b.spans - a.spans)
}
