// A list in; its page out: filter bar, columns, views, rows.
import { useMemo } from 'react'
import { ApiProblem } from '../api/client.ts'
import { useKeys } from '../keys.ts'
import { useNarrow } from '../state/narrow.ts'
import { useUrlState } from '../state/search.ts'
import { useAsOpenedList } from '../trace/neighbours.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { type Column, VirtualTable } from '../ui/virtual-table.tsx'
import { type AnyRow, cellOf, isAtEnd } from './cells.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { ExportMenu } from './export-menu.tsx'
import { Facets } from './facets.tsx'
import { FilterBar } from './filter-bar.tsx'
import { listSql } from './list-sql.ts'
import { headerOf, type ListSpec, widthOf } from './lists.ts'
import { isSorted, SortHeader } from './sort-header.tsx'
import { type ListState, SORTED_ROWS, useList } from './use-list.ts'
import { useTail } from './use-tail.ts'
import { ViewsMenu } from './views-menu.tsx'

export function ListPage({ spec }: { spec: ListSpec }) {
  const list = useList(spec)
  const { rows, shown, problem } = list
  useAsOpenedList(spec.title, rows)
  const names = shown.join(',')
  const url = useUrlState()
  const sort = url.get('sort')
  const columns = useMemo(
    () =>
      names.split(',').map(
        (name): Column<AnyRow> => ({
          id: name,
          header: <SortHeader name={name} spec={spec} />,
          width: widthOf(name),
          cell: cellOf(name, spec.columns),
          ...(isSorted(name, spec, sort) ? { sorted: 'descending' as const } : {}),
          ...(isAtEnd(name, spec.columns) ? { align: 'end' as const } : {}),
        }),
      ),
    [names, spec, sort],
  )
  const isLive = url.get('live') === 'on'
  // on a phone they are in the way of the rows
  const isNarrow = useNarrow()
  const hasFacets = spec.facets !== undefined && (url.get('facets') ?? (isNarrow ? 'off' : 'on')) !== 'off'
  const toggleLive = () => url.set({ live: isLive ? undefined : 'on' }, { replace: true })
  const tail = useTail(isLive)
  useKeys({ l: toggleLive })
  const position = problem instanceof ApiProblem ? problem.position : undefined
  return (
    <div className="fill">
      <div className="page-head">
        <h1>{spec.title}</h1>
        <FilterBar spec={spec} position={position} />
        <div className="end">
          <button
            type="button"
            className="button"
            aria-pressed={isLive}
            onClick={toggleLive}
            title="New rows as they arrive (l)"
          >
            {tail === 'live' && <span className="pulse" aria-hidden="true" />}
            {tail === 'waiting' ? 'Live …' : 'Live'}
          </button>
          {spec.facets !== undefined && (
            <button
              type="button"
              className="button"
              aria-pressed={hasFacets}
              onClick={() => url.set({ facets: hasFacets ? 'off' : isNarrow ? 'on' : undefined }, { replace: true })}
            >
              Facets
            </button>
          )}
          <ColumnMenu spec={spec} shown={shown} />
          <ViewsMenu list={spec.name} />
          <ExportMenu spec={spec} params={list.params} />
          <CopyMenu path={list.path} sql={listSql(spec, list.params)} json={() => rows} />
        </div>
      </div>
      <div className={hasFacets ? 'list-page' : 'list-page bare'}>
        {hasFacets && <Facets spec={spec} />}
        {problem !== null && problem !== undefined ? (
          <ErrorState problem={problem} onRetry={list.retry} />
        ) : list.isLoading ? (
          <p className="muted loading">Loading …</p>
        ) : rows.length === 0 ? (
          <EmptyState what={spec.title.toLowerCase()} filters={['q']} />
        ) : (
          <VirtualTable
            label={spec.title}
            rows={rows}
            columns={columns}
            rowKey={(row) => spec.key.map((name) => row[name]).join(' ')}
            onEnd={list.isWhole ? undefined : list.more}
            footer={<Foot list={list} sort={sort} />}
          />
        )}
      </div>
    </div>
  )
}

function Foot({ list: { rows, isWhole }, sort }: { list: ListState; sort: string | undefined }) {
  if (sort !== undefined && rows.length >= SORTED_ROWS)
    return (
      <p className="table-foot">
        The {rows.length} with most: {headerOf(sort).toLowerCase()}. Filter for others.
      </p>
    )
  return <p className="table-foot">{isWhole ? `${rows.length} in this range` : 'Loading more …'}</p>
}
