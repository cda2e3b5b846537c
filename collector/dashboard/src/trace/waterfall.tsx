// Nodes of a tree in; a tree whose rows have a bar where they lie in time out. Only rows in sight are built.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { SPAN_COLUMNS } from '../../../src/query/columns.ts'
import { duration } from '../format/numbers.ts'
import { useKeys } from '../keys.ts'
import { cellOf } from '../list/cells.tsx'
import { Kind, toneOf } from '../list/marks.tsx'
import type { TreeNode } from './tree.ts'

interface WaterfallProps {
  nodes: readonly TreeNode[]
  folded: ReadonlySet<string>
  chosen: string | undefined
  onToggle: (id: string) => void
  onChoose: (id: string) => void
}

const ROW_HEIGHT = 30
const MAX_INDENT = 24
const costCell = cellOf('cost_usd', SPAN_COLUMNS)

export function Waterfall({ nodes, folded, chosen, onToggle, onChoose }: WaterfallProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 15,
  })
  const bounds = useMemo(() => boundsOf(nodes), [nodes])
  const at = nodes.findIndex(({ id }) => id === chosen)
  const go = (index: number) => {
    const node = nodes[Math.max(0, Math.min(nodes.length - 1, index))]
    if (node !== undefined) onChoose(node.id)
  }
  const fold = (isFolded: boolean) => {
    const node = nodes[at]
    if (node !== undefined && node.children > 0 && folded.has(node.id) !== isFolded) onToggle(node.id)
  }
  useKeys({ j: () => go(at + 1), k: () => go(at - 1), '[': () => fold(true), ']': () => fold(false) })
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  const onKey = (event: React.KeyboardEvent) => {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      ArrowLeft: () => fold(true),
      ArrowRight: () => fold(false),
      Home: () => go(0),
      End: () => go(nodes.length - 1),
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }
  return (
    <div
      className="table-scroll waterfall"
      ref={scroller}
      onKeyDown={onKey}
      role="tree"
      aria-label="Spans"
      tabIndex={0}
      aria-activedescendant={at < 0 ? undefined : `span-${nodes[at]?.id}`}
    >
      <div className="vbody" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const node = nodes[item.index]
          if (node === undefined) return null
          const { span, id, depth, children } = node
          return (
            <div
              key={id}
              id={`span-${id}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={depth + 1}
              aria-selected={id === chosen}
              aria-expanded={children > 0 ? !folded.has(id) : undefined}
              className={id === chosen ? 'wrow marked' : 'wrow'}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => onChoose(id)}
            >
              <div className="wname" style={{ paddingLeft: `${Math.min(depth, MAX_INDENT) * 14}px` }}>
                <span
                  className="twist"
                  aria-hidden="true"
                  onClick={(event) => {
                    event.stopPropagation()
                    if (children > 0) onToggle(id)
                  }}
                >
                  {children === 0 ? '' : folded.has(id) ? '▸' : '▾'}
                </span>
                <Kind kind={span.kind ?? 'span'} />
                <span className="clip">{span.name ?? '(no name)'}</span>
                {span.status === 'error' && (
                  <span className="bad">
                    ✕<span className="sr-only"> failed</span>
                  </span>
                )}
              </div>
              <div className="wbar">
                <Bar node={node} bounds={bounds} />
              </div>
              <div className="end">{duration(span.latency_ms)}</div>
              <div className="end">{span.cost_usd === null && !span.cost_reason ? '' : costCell({ ...span })}</div>
            </div>
          )
        })}
      </div>
    </div>
  )
}

interface Bounds {
  from: number
  length: number
}

function boundsOf(nodes: readonly TreeNode[]): Bounds {
  let [from, to] = [Number.POSITIVE_INFINITY, 0]
  for (const { startMs, endMs } of nodes) {
    from = Math.min(from, startMs)
    to = Math.max(to, endMs)
  }
  return { from, length: Math.max(to - from, 0.001) }
}

function Bar({ node, bounds }: { node: TreeNode; bounds: Bounds }) {
  const left = ((node.startMs - bounds.from) / bounds.length) * 100
  const width = ((node.endMs - node.startMs) / bounds.length) * 100
  return (
    <i
      className={`bar-${toneOf(node.span.kind ?? 'span')}`}
      style={{ left: `${left}%`, width: `max(${width}%, 2px)` }}
    />
  )
}
