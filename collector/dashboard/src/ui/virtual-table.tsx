// Rows and columns in; a table that only builds the rows in sight out. j and k move, Enter follows the row's link.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { useKeys } from '../keys.ts'

export interface Column<Row> {
  id: string
  header: ReactNode
  /** A track of the grid: 12rem, minmax(8rem, 2fr). */
  width: string
  align?: 'end'
  /** Of a table whose order is somebody else's. */
  sorted?: 'descending'
  cell: (row: Row) => ReactNode
}

interface VirtualTableProps<Row> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Near the end: more rows are wanted. */
  onEnd?: (() => void) | undefined
  /** All rows, when that is known. */
  total?: number | undefined
  isMarked?: (row: Row) => boolean
  footer?: ReactNode
}

const ROW_HEIGHT = 32
const NEAR_END = 20

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, rowKey, onEnd, total, isMarked, footer } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (onEnd !== undefined && last >= rows.length - NEAR_END) onEnd()
  }, [last, rows.length, onEnd])
  useRowKeys(scroller, rows.length, (index) => virtual.scrollToIndex(index))
  const template = columns.map(({ width }) => width).join(' ')
  return (
    <div className="table-scroll" ref={scroller} tabIndex={0} role="region" aria-label={label}>
      <div role="table" aria-label={label} aria-rowcount={total ?? rows.length + 1} className="vtable">
        <div role="rowgroup" className="vhead">
          <div role="row" className="vrow" style={{ gridTemplateColumns: template }} aria-rowindex={1}>
            {columns.map(({ id, header, align, sorted }) => (
              <div role="columnheader" key={id} className={align} aria-sort={sorted}>
                {header}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="vbody" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <div
                role="row"
                key={item.key}
                data-row={item.index}
                aria-rowindex={item.index + 2}
                className={isMarked?.(row) === true ? 'vrow marked' : 'vrow'}
                style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
              >
                {columns.map(({ id, align, cell }) => (
                  <div role="cell" key={id} className={align}>
                    {cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      {footer}
    </div>
  )
}

/** The focus is the place: j and k move it over the first link of each row. */
function useRowKeys(
  scroller: React.RefObject<HTMLElement | null>,
  length: number,
  reveal: (index: number) => void,
): void {
  const move = (step: number) => {
    const root = scroller.current
    if (root === null || length === 0) return
    const now = document.activeElement?.closest<HTMLElement>('[data-row]')
    const first = root.querySelector<HTMLElement>('[data-row]')
    const from =
      now !== null && now !== undefined && root.contains(now)
        ? Number(now.dataset['row'])
        : Number(first?.dataset['row'] ?? 0) - (step > 0 ? 1 : 0)
    const to = Math.max(0, Math.min(length - 1, from + step))
    reveal(to)
    focusRow(root, to, 5)
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
}

// A row that was out of sight is there after the next paint.
function focusRow(root: HTMLElement, index: number, tries: number): void {
  const target = root.querySelector<HTMLElement>(`[data-row="${index}"] :is(a, button)`)
  if (target !== null) target.focus({ preventScroll: true })
  else if (tries > 0) requestAnimationFrame(() => focusRow(root, index, tries - 1))
}
