// One metric in; its number, change, chart and the ways to take it elsewhere out.
import { useState } from 'react'
import { Swatch, TimeChart } from '../chart/time-chart.tsx'
import { change } from '../format/numbers.ts'
import { DEFAULT_FROM } from '../state/range.ts'
import { useUrlState } from '../state/search.ts'
import { CopyMenu } from '../ui/copy-menu.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { sqlOf } from './sql-of.ts'
import { TileTable } from './tile-table.tsx'
import type { TileFigure, TileSpec } from './tiles.ts'
import { FILTERS, isAdditive, type TileState, useTile } from './use-tile.ts'

export function Tile({ spec }: { spec: TileSpec }) {
  const url = useUrlState()
  const state = useTile(spec)
  const [isTable, setTable] = useState(false)
  const zoom = (fromSeconds: number, toSeconds: number) =>
    url.set({ from: minute(Math.floor(fromSeconds / 60)), to: minute(Math.ceil(toSeconds / 60)) })
  const range = { from: url.get('from') ?? DEFAULT_FROM, to: url.get('to') }
  const filters = Object.fromEntries(FILTERS.map((name) => [name, url.all(name)]))
  return (
    <section className="card tile" aria-labelledby={`tile-${spec.metric}`} data-metric={spec.metric}>
      <div className="tile-head">
        <h2 id={`tile-${spec.metric}`}>{spec.title}</h2>
        <div className="end">
          <BreakDown spec={spec} by={state.by} />
          <button type="button" className="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            Table<span className="sr-only"> of {spec.title}</span>
          </button>
          <CopyMenu
            of={spec.title}
            path={state.path}
            sql={sqlOf(spec, { range, by: state.by, filters, q: url.get('q') })}
            json={() => state.drawn}
          />
        </div>
      </div>
      <Figures spec={spec} state={state} />
      {state.problem ? (
        <ErrorState problem={state.problem} onRetry={state.retry} />
      ) : isTable ? (
        <div className="scroll-y">
          <TileTable spec={spec} state={state} onZoom={zoom} />
        </div>
      ) : (
        <Drawing spec={spec} state={state} onZoom={zoom} />
      )}
    </section>
  )
}

const minute = (minutes: number): string => new Date(minutes * 60_000).toISOString()

function Figures({ spec, state }: { spec: TileSpec; state: TileState }) {
  return (
    <p className="figures">
      {spec.figures.map((figure) => (
        <Figure key={figure.figure} figure={figure} state={state} />
      ))}
    </p>
  )
}

function Figure({ figure, state }: { figure: TileFigure; state: TileState }) {
  const value = state.total?.[figure.figure]
  const moved = figure.isSmall === true ? undefined : change(value, state.before?.[figure.figure])
  return (
    <span className={figure.isSmall === true ? 'figure small' : 'figure'}>
      <b data-figure={figure.figure} title={figure.exact(value)}>
        {state.total === undefined ? '…' : figure.format(value)}
      </b>
      {figure.name !== '' && <span className="name">{figure.name}</span>}
      {moved !== undefined && (
        <span
          className={`change ${toneOf(moved.direction, figure.more)}`}
          title="Against the period of the same length before"
        >
          <span aria-hidden="true">{ARROWS[moved.direction]}</span>
          <span className="sr-only">{moved.direction === 'same' ? 'unchanged' : moved.direction}</span> {moved.text}
        </span>
      )}
    </span>
  )
}

const ARROWS = { up: '▲', down: '▼', same: '＝' } as const

function toneOf(direction: 'up' | 'down' | 'same', more: TileFigure['more']): string {
  if (direction === 'same' || more === undefined) return ''
  return (direction === 'up') === (more === 'better') ? 'better' : 'worse'
}

function Drawing({
  spec,
  state,
  onZoom,
}: {
  spec: TileSpec
  state: TileState
  onZoom: (from: number, to: number) => void
}) {
  const { drawn, by, isEmpty } = state
  if (drawn === undefined) return <div className="chart-none" />
  if (isEmpty) return <div className="chart-none">None in this range</div>
  const kind = isAdditive(spec, by) ? spec.kind : 'line'
  return (
    <div>
      <TimeChart times={drawn.times} series={drawn.series} kind={kind} format={spec.format} onZoom={onZoom} />
      {(by !== undefined || drawn.series.length > 1) && (
        <p className="legend">
          {drawn.series.map(({ name }, index) => (
            <span key={name}>
              <Swatch index={index} /> {FIGURE_NAMES[name] ?? name}
            </span>
          ))}
        </p>
      )}
    </div>
  )
}

const FIGURE_NAMES: Readonly<Record<string, string>> = {
  p50_ms: 'p50',
  p95_ms: 'p95',
  p99_ms: 'p99',
  ttft_p50_ms: 'first token p50',
  input_tokens: 'in',
  output_tokens: 'out',
}

function BreakDown({ spec, by }: { spec: TileSpec; by: string | undefined }) {
  const url = useUrlState()
  return (
    <select
      className="by"
      aria-label={`Break ${spec.title} down by`}
      value={by ?? 'none'}
      onChange={(event) => url.set({ [`by_${spec.metric}`]: event.target.value })}
    >
      <option value="none">as a whole</option>
      {spec.dimensions.map((name) => (
        <option key={name} value={name}>
          by {name.replaceAll('_', ' ')}
        </option>
      ))}
    </select>
  )
}
