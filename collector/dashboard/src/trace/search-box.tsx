// What is typed in; the rows that have it, and steps from one to the next, out.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ApiProblem, apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { Page } from '../api/rows.ts'
import { useKeys } from '../keys.ts'
import { useUrlState } from '../state/search.ts'
import { findRows, nextMatch, wantedOf } from './find.ts'
import type { SpanTable } from './span-table.ts'

const WAIT_MS = 250
const MAX_FOUND = 1_000
const NONE = new Int32Array(0)

export interface TraceSearch {
  text: string
  matches: Int32Array
  isBusy: boolean
  /** Why the API cannot look for it. */
  problem: string | undefined
  set: (text: string) => void
}

export function useTraceSearch(traceId: string, table: SpanTable | undefined): TraceSearch {
  const url = useUrlState()
  const text = url.get('find') ?? ''
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), WAIT_MS)
    return () => clearTimeout(timer)
  }, [text])
  const wanted = useMemo(() => wantedOf(text), [text])
  const { q } = useMemo(() => wantedOf(asked), [asked])
  const query = useQuery({
    ...jsonQuery<Page<{ row: number }>>(apiPath(`/api/v1/traces/${traceId}/spans`, { q, limit: MAX_FOUND })),
    enabled: q !== undefined,
  })
  const found = query.data?.data
  const matches = useMemo(() => {
    if (table === undefined || text.trim() === '') return NONE
    // rows of the API are those of the whole trace
    return findRows(table, wanted, table.isWhole ? (found ?? []).map(({ row }) => row) : [])
  }, [table, text, wanted, found])
  const isAsking = wanted.q !== undefined && (query.isFetching || asked !== text)
  const told = query.error instanceof ApiProblem ? query.error.message : undefined
  return {
    text,
    matches,
    isBusy: isAsking,
    problem: q === undefined ? undefined : told,
    set: (next) => url.set({ find: next }, { replace: true }),
  }
}

interface SearchBoxProps {
  search: TraceSearch
  chosen: number
  onChoose: (row: number) => void
}

export function SearchBox({ search, chosen, onChoose }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  const { matches, text, problem, isBusy } = search
  const step = (direction: 1 | -1) => {
    const row = nextMatch(matches, chosen, direction)
    if (row !== undefined) onChoose(row)
  }
  useKeys({
    '/': () => input.current?.select(),
    n: () => step(1),
    N: () => step(-1),
  })
  const at = matches.indexOf(chosen)
  const told =
    text.trim() === ''
      ? ''
      : (problem ??
        (matches.length === 0
          ? isBusy
            ? 'looking …'
            : 'none'
          : `${at < 0 ? '' : `${at + 1} of `}${matches.length}${isBusy ? ' …' : ''}`))
  return (
    <div className="trace-search" role="search">
      <input
        ref={input}
        type="search"
        aria-label="Search in this trace"
        placeholder="Search, or cost>0.01   ( / )"
        value={text}
        spellCheck={false}
        onChange={(event) => search.set(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') {
            if (text === '') event.currentTarget.blur()
            else search.set('')
          } else return
          event.preventDefault()
        }}
      />
      <span role="status" className={problem === undefined ? 'muted nowrap' : 'warn clip'} title={problem}>
        {told}
      </span>
      <button
        type="button"
        className="button icon-button"
        aria-label="Previous match"
        title="Previous match (N)"
        disabled={matches.length === 0}
        onClick={() => step(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        className="button icon-button"
        aria-label="Next match"
        title="Next match (n)"
        disabled={matches.length === 0}
        onClick={() => step(1)}
      >
        ↓
      </button>
    </div>
  )
}
