// A row of a table of spans in; its line of the waterfall out. A folded row tells the sums of what it hides.
import { memo } from 'react'
import { exactMoney, money } from '../format/money.ts'
import { count, duration, exactCount } from '../format/numbers.ts'
import { Kind, toneOf } from '../list/marks.tsx'
import { type SpanTable, wordAt } from './span-table.ts'

interface RowProps {
  table: SpanTable
  row: number
  top: number
  isFolded: boolean
  isChosen: boolean
  isMatch: boolean
  lengthMs: number
  onFold: (row: number, isFolded: boolean) => void
  onChoose: (row: number) => void
}

const INDENT_PX = 13
const MAX_INDENT = 20

export const WaterfallRow = memo(function WaterfallRow(props: RowProps) {
  const { table, row, top, isFolded, isChosen, isMatch, lengthMs, onFold, onChoose } = props
  const depth = table.depths[row] ?? 0
  const hasChildren = (table.children[row] ?? 0) > 0
  const kind = wordAt(table, 'kind', row) || 'span'
  const hasFailed = table.failed[row] === 1
  const marks = [isChosen ? 'chosen' : '', isMatch ? 'match' : ''].filter(Boolean).join(' ')
  return (
    <div
      id={`span-row-${row}`}
      role="treeitem"
      tabIndex={-1}
      aria-level={depth + 1}
      aria-posinset={table.positions[row]}
      aria-setsize={table.brothers[row]}
      aria-selected={isChosen}
      aria-expanded={hasChildren ? !isFolded : undefined}
      className={`wrow ${marks}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onChoose(row)}
      onDoubleClick={() => hasChildren && onFold(row, !isFolded)}
    >
      <div className="wname" style={{ paddingLeft: `${Math.min(depth, MAX_INDENT) * INDENT_PX}px` }}>
        <span
          className="twist"
          aria-hidden="true"
          onClick={(event) => {
            if (!hasChildren) return
            event.stopPropagation()
            onFold(row, !isFolded)
          }}
        >
          {hasChildren ? (isFolded ? '▸' : '▾') : ''}
        </span>
        <Kind kind={kind} />
        <span className="clip">{wordAt(table, 'name', row) || '(no name)'}</span>
        {hasFailed && (
          <span className="wfail">
            <span aria-hidden="true">✕</span> error
          </span>
        )}
        {isFolded && hasChildren && <Hidden table={table} row={row} hasFailed={hasFailed} />}
      </div>
      <Bar table={table} row={row} kind={kind} lengthMs={lengthMs} />
      <div className="end">{duration(numberAt(table.lengths, row))}</div>
      <Sum
        isSum={isFolded && hasChildren}
        own={plain(numberAt(table.tokens, row), count, exactCount)}
        sum={plain(numberAt(table.subtreeTokens, row), count, exactCount)}
      />
      <Sum
        isSum={isFolded && hasChildren}
        own={plain(table.costs[row] ?? undefined, money, exactMoney)}
        sum={plain(table.subtreeCosts[row] ?? undefined, money, exactMoney)}
      />
    </div>
  )
})

const numberAt = (values: Float64Array, row: number): number | undefined => {
  const value = values[row]
  return value === undefined || Number.isNaN(value) ? undefined : value
}

interface Figure {
  text: string
  exact: string
}

function plain<Value>(
  value: Value | undefined,
  short: (value: Value) => string,
  exact: (value: Value) => string,
): Figure | undefined {
  return value === undefined ? undefined : { text: short(value), exact: exact(value) }
}

function Sum({ isSum, own, sum }: { isSum: boolean; own: Figure | undefined; sum: Figure | undefined }) {
  const shown = isSum ? sum : own
  return (
    <div className="end" title={shown?.exact}>
      {isSum && shown !== undefined && (
        <span className="muted">
          <span aria-hidden="true">Σ </span>
          <span className="sr-only">together </span>
        </span>
      )}
      {shown?.text}
    </div>
  )
}

/** How much a fold hides, and whether something in it failed. */
function Hidden({ table, row, hasFailed }: { table: SpanTable; row: number; hasFailed: boolean }) {
  const errors = (table.errors[row] ?? 0) - (hasFailed ? 1 : 0)
  return (
    <span className="whidden">
      <span className="muted">+{count((table.sizes[row] ?? 1) - 1)}</span>
      {errors > 0 && (
        <span className="bad">
          <span aria-hidden="true">✕</span> {count(errors)} {errors === 1 ? 'error' : 'errors'}
        </span>
      )}
    </span>
  )
}

interface BarProps {
  table: SpanTable
  row: number
  kind: string
  lengthMs: number
}

function Bar({ table, row, kind, lengthMs }: BarProps) {
  const start = table.starts[row] ?? 0
  const length = numberAt(table.lengths, row) ?? 0
  const left = Math.min(100, (start / lengthMs) * 100)
  const width = Math.min(100 - left, (length / lengthMs) * 100)
  return (
    <div className="wbar" title={`begins ${duration(start)} after the first span, takes ${duration(length)}`}>
      <i
        className={table.failed[row] === 1 ? 'bar-failed' : `bar-${toneOf(kind)}`}
        style={{ left: `min(${left}%, calc(100% - 2px))`, width: `max(${width}%, 2px)` }}
      />
    </div>
  )
}
