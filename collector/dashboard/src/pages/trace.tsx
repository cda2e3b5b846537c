// The id of a trace in; its spans as a tree beside their times, or its steps as a graph, and the span that the URL names, out.
import { useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { AgentGraph } from '../graph/agent-graph.tsx'
import { useKeys } from '../keys.ts'
import { SpanPane } from '../span/span-pane.tsx'
import { useUrlState } from '../state/search.ts'
import '../styles/scores.css'
import '../styles/trace.css'
import '../styles/waterfall.css'
import '../styles/span.css'
import '../styles/graph.css'
import { count } from '../format/numbers.ts'
import { type Folds, foldAll, noFolds, revealed, rowsInSight, withFold } from '../trace/folding.ts'
import { KindChips } from '../trace/kind-chips.tsx'
import { SearchBox, useTraceSearch } from '../trace/search-box.tsx'
import { rowOf, type SpanTable, spanIdAt } from '../trace/span-table.ts'
import { TraceHead } from '../trace/trace-head.tsx'
import { useTrace } from '../trace/use-trace.ts'
import { Waterfall } from '../trace/waterfall.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { focusWhenThere } from '../ui/focus.ts'

export function Trace() {
  const { traceId = '' } = useParams({ strict: false })
  const url = useUrlState()
  const { trace, table, isPartial, problem, path, retry } = useTrace(traceId)
  if (problem !== null && problem !== undefined) return <ErrorState problem={problem} onRetry={retry} />
  if (trace === undefined || table === undefined) return <p className="muted loading">Loading …</p>
  return (
    <div className="fill">
      <TraceHead trace={trace} spanId={url.get('span')} path={path} />
      <Body key={traceId} traceId={traceId} table={table} isPartial={isPartial} total={Number(trace.spans ?? 0)} />
    </div>
  )
}

interface BodyProps {
  traceId: string
  table: SpanTable
  isPartial: boolean
  total: number
}

function Body({ traceId, table, isPartial, total }: BodyProps) {
  const url = useUrlState()
  const { get, set } = url
  const asked = get('span')
  const chosen = asked === undefined ? (table.count > 0 ? 0 : -1) : rowOf(table, asked)
  const isGraph = get('view') === 'graph'
  const isPaneOpen = get('pane') !== 'off'
  const { folds, setFolds } = useFolds(table, chosen)
  const rows = useMemo(() => rowsInSight(table, folds), [table, folds])
  const search = useTraceSearch(traceId, table)
  const choose = useCallback((row: number) => set({ span: spanIdAt(table, row) }, { replace: true }), [set, table])
  const fold = useCallback(
    (row: number, isFolded: boolean) => setFolds((now) => withFold(now, row, isFolded)),
    [setFolds],
  )
  const open = () => set({ pane: isPaneOpen ? get('pane') : undefined }, { replace: true })
  const score = () => {
    set({ pane: 'scores' }, { replace: true })
    focusWhenThere('#span-pane [name=score-name]')
  }
  useKeys({ Enter: open, e: score, g: () => set({ view: isGraph ? undefined : 'graph' }, { replace: true }) })
  const spanId = asked ?? (chosen < 0 ? undefined : spanIdAt(table, chosen))
  return (
    <div className="trace-body">
      <div className="trace-bar">
        <div className="segmented" role="group" aria-label="View">
          <button type="button" aria-pressed={!isGraph} onClick={() => set({ view: undefined }, { replace: true })}>
            Tree
          </button>
          <button type="button" aria-pressed={isGraph} onClick={() => set({ view: 'graph' }, { replace: true })}>
            Graph
          </button>
        </div>
        {!isGraph && (
          <>
            <SearchBox search={search} chosen={chosen} onChoose={choose} />
            <KindChips table={table} find={search.text} onFind={search.set} />
            <div className="row trace-bar-end">
              <Missing table={table} isPartial={isPartial} total={total} />
              <button
                type="button"
                className="button quiet"
                title="Fold all ({)"
                onClick={() => setFolds(() => foldAll(table))}
              >
                Fold all
              </button>
              <button
                type="button"
                className="button quiet"
                title="Unfold all (})"
                onClick={() => setFolds(() => noFolds(table))}
              >
                Unfold all
              </button>
            </div>
          </>
        )}
        {!isPaneOpen && (
          <button type="button" className="button" onClick={open}>
            Show the span
          </button>
        )}
      </div>
      <div className={isPaneOpen && spanId !== undefined ? 'trace-page' : 'trace-page alone'}>
        {isGraph ? (
          <AgentGraph table={table} onChoose={choose} />
        ) : (
          <Waterfall
            table={table}
            rows={rows}
            folds={folds}
            chosen={chosen}
            matches={search.matches}
            onFold={fold}
            onFoldAll={(isFolded) => setFolds(() => (isFolded ? foldAll(table) : noFolds(table)))}
            onChoose={choose}
          />
        )}
        {isPaneOpen && spanId !== undefined && <SpanPane traceId={traceId} spanId={spanId} />}
      </div>
    </div>
  )
}

/** Of the table in view: a new table begins unfolded. What is chosen is never hidden. */
function useFolds(table: SpanTable, chosen: number) {
  const [state, setState] = useState<{ table: SpanTable; folds: Folds }>({ table, folds: noFolds(table) })
  const folds = useMemo(() => (state.table === table ? state.folds : noFolds(table)), [state, table])
  const setFolds = useCallback(
    (change: (now: Folds) => Folds) =>
      setState((now) => ({ table, folds: change(now.table === table ? now.folds : noFolds(table)) })),
    [table],
  )
  // once, when another span is chosen: it may be folded away afterwards
  useEffect(() => {
    if (chosen >= 0) setFolds((now) => revealed(table, now, chosen))
  }, [chosen, table, setFolds])
  return { folds, setFolds }
}

function Missing({ table, isPartial, total }: Omit<BodyProps, 'traceId'>) {
  if (isPartial)
    return (
      <span className="muted" role="status">
        The first {count(table.count)} of {count(total)} spans, the rest is on its way …
      </span>
    )
  if (table.isWhole) return null
  return (
    <span className="warn" role="status">
      The first {count(table.count)} of {count(total)} spans
    </span>
  )
}
