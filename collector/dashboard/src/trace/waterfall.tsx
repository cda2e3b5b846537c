// A table of spans in; a tree whose rows have a bar where they lie in time out. Only rows in sight are built.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { duration } from '../format/numbers.ts'
import { useKeys } from '../keys.ts'
import { axisOf } from './axis.ts'
import { placeIn } from './folding.ts'
import { Minimap } from './minimap.tsx'
import { WaterfallRow } from './row.tsx'
import type { SpanTable } from './span-table.ts'

interface WaterfallProps {
  table: SpanTable
  /** Rows in sight, in order. */
  rows: Int32Array
  folds: Uint8Array
  /** -1 = none. */
  chosen: number
  matches: Int32Array
  onFold: (row: number, isFolded: boolean) => void
  onFoldAll: (isFolded: boolean) => void
  onChoose: (row: number) => void
}

const ROW_HEIGHT = 28
const PAGE_ROWS = 15
/** A label further along has no room. */
const LABELLED = 0.86

export function Waterfall(props: WaterfallProps) {
  const { table, rows, folds, chosen, matches, onFold, onFoldAll, onChoose } = props
  const scroller = useRef<HTMLDivElement>(null)
  const tree = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: ROW_HEIGHT,
  })
  const axis = useMemo(() => axisOf(table.endMs), [table])
  const matched = useMemo(() => new Set(matches), [matches])
  const place = chosen < 0 ? -1 : placeIn(rows, chosen)
  const at = rows[place] === chosen ? place : -1
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (row !== undefined) onChoose(row)
  }
  const canFold = at >= 0 && (table.children[chosen] ?? 0) > 0
  const isFolded = folds[chosen] === 1
  /** Left and right as in every tree: fold, or go to the parent; unfold, or go to the first child. */
  const left = () => {
    const parent = table.parents[chosen] ?? -1
    if (canFold && !isFolded) onFold(chosen, true)
    else if (parent >= 0) onChoose(parent)
  }
  const right = () => {
    if (canFold && isFolded) onFold(chosen, false)
    else if (canFold) go(at + 1)
  }
  useKeys({
    j: () => go(at + 1),
    k: () => go(at - 1),
    '[': () => canFold && onFold(chosen, true),
    ']': () => canFold && onFold(chosen, false),
    '{': () => onFoldAll(true),
    '}': () => onFoldAll(false),
  })
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(at + 1),
    ArrowUp: () => go(at - 1),
    PageDown: () => go(at + PAGE_ROWS),
    PageUp: () => go(at - PAGE_ROWS),
    ArrowLeft: left,
    ArrowRight: right,
    Home: () => go(0),
    End: () => go(rows.length - 1),
    '*': () => onFoldAll(false),
    Enter: () => document.querySelector<HTMLElement>('#span-pane')?.focus(),
    ' ': () => canFold && onFold(chosen, !isFolded),
  }
  const onKey = (event: React.KeyboardEvent) => {
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }
  const items = virtual.getVirtualItems()
  const isBuilt = items.some(({ index }) => index === at)
  return (
    <div className="waterfall">
      <Minimap
        table={table}
        rows={rows}
        from={items[0]?.index ?? 0}
        to={items.at(-1)?.index ?? 0}
        onGo={(index) => virtual.scrollToIndex(index, { align: 'center' })}
      />
      <div className="table-scroll wscroll" ref={scroller}>
        <div className="whead" aria-hidden="true">
          <div>Span</div>
          <div className="waxis">
            {axis.ticks
              .filter((tick) => tick < axis.lengthMs * LABELLED)
              .map((tick) => (
                <span key={tick} style={{ left: `${(tick / axis.lengthMs) * 100}%` }}>
                  {duration(tick)}
                </span>
              ))}
          </div>
          <div className="end">Time</div>
          <div className="end">Tokens</div>
          <div className="end">Cost</div>
        </div>
        <div
          className="vbody"
          ref={tree}
          role="tree"
          tabIndex={0}
          aria-label={`Spans of the trace, ${table.count}`}
          aria-activedescendant={isBuilt ? `span-row-${chosen}` : undefined}
          onKeyDown={onKey}
          style={
            {
              height: virtual.getTotalSize(),
              '--tick': `${(axis.stepMs / axis.lengthMs) * 100}%`,
            } as React.CSSProperties
          }
        >
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <WaterfallRow
                key={row}
                table={table}
                row={row}
                top={item.start}
                isFolded={folds[row] === 1}
                isChosen={row === chosen}
                isMatch={matched.has(row)}
                lengthMs={axis.lengthMs}
                onFold={onFold}
                onChoose={onChoose}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
