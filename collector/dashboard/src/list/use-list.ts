// A list and the state of the URL in; its rows, and what they were asked with, out.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiPath, type Params } from '../api/client.ts'
import { listQuery } from '../api/queries.ts'
import { DEFAULT_FROM } from '../state/range.ts'
import { useUrlState } from '../state/search.ts'
import type { AnyRow } from './cells.tsx'
import { type ListSpec, VIRTUAL } from './lists.ts'

const PAGE_ROWS = 100
/** Of sorted rows there is one page. */
export const SORTED_ROWS = 500

export interface ListState {
  rows: readonly AnyRow[]
  shown: readonly string[]
  path: string
  params: Params
  isLoading: boolean
  isWhole: boolean
  problem: unknown
  more: () => void
  retry: () => void
}

export function useList(spec: ListSpec): ListState {
  const url = useUrlState()
  const shown = (url.get('cols')?.split(',') ?? spec.shown).filter((name) => name in VIRTUAL || name in spec.columns)
  const params: Params = {
    from: url.get('from') ?? DEFAULT_FROM,
    to: url.get('to'),
    q: url.get('q'),
    sort: url.get('sort'),
    fields: fieldsOf(spec, shown).join(','),
    limit: url.get('sort') === undefined ? PAGE_ROWS : SORTED_ROWS,
  }
  const path = `/api/v1/${spec.name}`
  const query = useInfiniteQuery({
    ...listQuery<AnyRow>(path, params),
    placeholderData: keepPreviousData,
  })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap(({ data }) => data) ?? [], [pages])
  return {
    rows,
    shown,
    path: apiPath(path, params),
    params,
    isLoading: query.isPending,
    isWhole: !query.hasNextPage,
    problem: query.error,
    more: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}

/** Columns to ask for: those that are shown, and those that their cells, links and keys want. */
function fieldsOf({ columns, key, time }: ListSpec, shown: readonly string[]): string[] {
  const wanted = shown.flatMap((name) => (name === 'tokens' ? VIRTUAL.tokens : [name]))
  const beside = ['status', 'error_type', 'kind', 'cost_reason', 'unpriced_calls', 'trace_id', 'span_id']
  return [...new Set([...wanted, ...key, time, ...beside])].filter((name) => name in columns)
}
