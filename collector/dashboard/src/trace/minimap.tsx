// All rows in; a small picture of the whole trace, with what is in view framed, out. A click goes there.
import { useEffect, useRef } from 'react'
import { toneOf } from '../list/marks.tsx'
import { useWatched } from '../state/signal.ts'
import { paintVersion, useTheme } from '../state/theme.ts'
import { type SpanTable, wordAt } from './span-table.ts'

interface MinimapProps {
  table: SpanTable
  rows: Int32Array
  /** First and last row that is built, as places in `rows`. */
  from: number
  to: number
  onGo: (index: number) => void
}

const HEIGHT = 56
const LINE = 2
/** What fits on the page without scrolling needs no map. */
const LEAST_ROWS = 30

export function Minimap({ table, rows, from, to, onGo }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const version = useWatched(paintVersion)
  const theme = useTheme()
  // the colours are those of the page when it is painted
  const paintedFor = `${version} ${theme}`
  useEffect(() => {
    if (canvas.current !== null && paintedFor !== '') paint(canvas.current, table, rows)
  }, [table, rows, paintedFor])
  if (rows.length < LEAST_ROWS) return null
  const share = (index: number): string => `${(index / rows.length) * 100}%`
  return (
    <div
      className="minimap"
      aria-hidden="true"
      title="The whole trace: a click goes there"
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        onGo(Math.floor(((event.clientY - box.top) / box.height) * rows.length))
      }}
    >
      <canvas ref={canvas} height={HEIGHT} />
      <i className="minimap-view" style={{ top: share(from), height: share(Math.max(1, to - from)) }} />
    </div>
  )
}

/** Rows of one line of pixels are one bar, from the first start to the last end; a failure among them is told last, on top. */
function paint(canvas: HTMLCanvasElement, table: SpanTable, rows: Int32Array): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const width = canvas.clientWidth * devicePixelRatio
  canvas.width = width
  canvas.height = HEIGHT * devicePixelRatio
  context.scale(1, devicePixelRatio)
  const style = getComputedStyle(canvas)
  const colours = Array.from({ length: 9 }, (_, tone) => style.getPropertyValue(`--s${tone}`))
  const failedColour = style.getPropertyValue('--bad')
  const toX = (ms: number): number => (ms / Math.max(table.endMs, 0.001)) * width
  const lines = Math.floor(HEIGHT / LINE)
  const perLine = rows.length / lines
  for (let line = 0; line < lines; line++) {
    const first = Math.floor(line * perLine)
    const last = Math.max(first + 1, Math.floor((line + 1) * perLine))
    if (first >= rows.length) return
    // each row of a few, some of many: a picture, not a table
    const step = Math.max(1, Math.floor((last - first) / 64))
    for (let index = first; index < last && index < rows.length; index += step) {
      const row = rows[index] ?? 0
      const start = toX(table.starts[row] ?? 0)
      context.fillStyle = colours[toneOf(wordAt(table, 'kind', row))] ?? ''
      context.fillRect(start, line * LINE, Math.max(1, toX(table.lengths[row] || 0)), LINE - 0.5)
    }
    for (let index = first; index < last && index < rows.length; index++) {
      const row = rows[index] ?? 0
      if (table.failed[row] !== 1) continue
      context.fillStyle = failedColour
      context.fillRect(toX(table.starts[row] ?? 0) - 1, line * LINE - 0.5, 4, LINE + 1)
    }
  }
}
