// Times and series in; a chart that is brushed to zoom out. It is decoration for the eye: the table beside it has the same figures.
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { getZone, instant, useZone } from '../format/time.ts'
import { useWatched } from '../state/signal.ts'
import { paintVersion } from '../state/theme.ts'
import { colourOf } from './colours.ts'

export interface Series {
  name: string
  values: readonly (number | null)[]
}

export interface TimeChartProps {
  /** Unix seconds, ascending. */
  times: readonly number[]
  series: readonly Series[]
  kind: 'line' | 'stack'
  format: (value: number) => string
  height?: number
  onZoom?: ((fromSeconds: number, toSeconds: number) => void) | undefined
}

interface Tip {
  index: number
  left: number
  isRight: boolean
}

export function TimeChart(props: TimeChartProps) {
  const { times, series, kind, height = 150 } = props
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const [tip, setTip] = useState<Tip>()
  const zone = useZone()
  const paint = useWatched(paintVersion)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new zone or theme is a new drawing
  useEffect(() => {
    const root = box.current
    if (root === null) return
    const width = root.clientWidth
    const chart = new uPlot(optionsOf(root, latest, { width, height, kind }, setTip), dataOf(times, series, kind), root)
    const observer = new ResizeObserver(() => {
      if (root.clientWidth > 0) chart.setSize({ width: root.clientWidth, height })
    })
    observer.observe(root)
    return () => {
      observer.disconnect()
      chart.destroy()
      setTip(undefined)
    }
  }, [times, series, kind, height, zone, paint])
  return (
    <div className="chart" aria-hidden="true">
      <div ref={box} />
      {tip !== undefined && <TipBox {...props} tip={tip} />}
    </div>
  )
}

function TipBox({ times, series, format, tip }: TimeChartProps & { tip: Tip }) {
  const seconds = times[tip.index]
  if (seconds === undefined) return null
  const shown = series.map(({ name, values }, index) => ({ name, index, value: values[tip.index] ?? null }))
  const told = shown.filter(({ value }) => value !== null && (value !== 0 || series.length <= 4))
  const side = tip.isRight ? { right: `calc(100% - ${tip.left - 12}px)` } : { left: tip.left + 12 }
  return (
    <div className="chart-tip" style={{ top: 4, ...side }}>
      <div className="muted">{instant(seconds * 1000, 'short')}</div>
      <table>
        <tbody>
          {told.slice(0, 9).map(({ name, index, value }) => (
            <tr key={name}>
              <th>
                <Swatch index={index} /> {name}
              </th>
              <td>{value === null ? '–' : format(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Swatch({ index }: { index: number }) {
  return <i className={`swatch swatch-${(index % 8) + 1}`} aria-hidden="true" />
}

interface Shape {
  width: number
  height: number
  kind: TimeChartProps['kind']
}

function optionsOf(
  root: HTMLElement,
  latest: { current: TimeChartProps },
  shape: Shape,
  setTip: (tip: Tip | undefined) => void,
): uPlot.Options {
  const { width, height, kind } = shape
  const { series } = latest.current
  const muted = colourOf(root, '--muted')
  const grid = { stroke: colourOf(root, '--line'), width: 1 }
  const font = '11px system-ui, sans-serif'
  const bars = uPlot.paths.bars?.({ size: [0.82, 40], gap: 1 })
  const drawn = series.map((one, index): uPlot.Series => {
    const colour = colourOf(root, `--s${(index % 8) + 1}`)
    if (kind === 'line') return { label: one.name, stroke: colour, width: 1.6, spanGaps: false, points: { size: 4 } }
    return {
      label: one.name,
      fill: colour,
      width: 0,
      points: { show: false },
      ...(bars === undefined ? {} : { paths: bars }),
    }
  })
  return {
    width,
    height,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), getZone()),
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { show: kind === 'line' } },
    scales: {
      x: { time: true },
      y: { range: (_chart, _min, max) => [0, Math.max(max ?? 0, Number.MIN_VALUE) * 1.08 || 1] },
    },
    axes: [
      {
        stroke: muted,
        font,
        grid: { show: false },
        ticks: { ...grid, size: 4 },
        size: 26,
        values: (_chart, splits, _axis, _space, step) => splits.map((one) => axisTime(one, step)),
      },
      {
        stroke: muted,
        font,
        grid,
        ticks: { show: false },
        size: 52,
        space: 32,
        values: (_chart, splits) => splits.map((one) => latest.current.format(one)),
      },
    ],
    series: [{}, ...(kind === 'stack' ? drawn.reverse() : drawn)],
    hooks: {
      setCursor: [
        (chart) => {
          const { idx, left = -1 } = chart.cursor
          if (idx === null || idx === undefined || left < 0) return setTip(undefined)
          const at = left + chart.bbox.left / devicePixelRatio
          setTip({ index: idx, left: at, isRight: at > chart.width / 2 })
        },
      ],
      setSelect: [
        (chart) => {
          const { left, width: wide } = chart.select
          if (wide < 4) return
          const [from, to] = [chart.posToVal(left, 'x'), chart.posToVal(left + wide, 'x')]
          chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false)
          latest.current.onZoom?.(from, to)
        },
      ],
    },
  }
}

function axisTime(seconds: number, step: number): string {
  const ms = seconds * 1000
  if (step >= 86_400) return instant(ms, 'day')
  const clock = instant(ms, 'time')
  return clock === '00:00:00' ? instant(ms, 'day') : step < 60 ? clock : clock.slice(0, 5)
}

/** Stacked series are drawn from the highest sum down, each over the one before. */
function dataOf(times: readonly number[], series: readonly Series[], kind: TimeChartProps['kind']): uPlot.AlignedData {
  const columns = series.map(({ values }) => [...values])
  if (kind === 'line') return [[...times], ...columns]
  for (let at = 1; at < columns.length; at++) {
    const below = columns[at - 1]
    const own = columns[at]
    if (below === undefined || own === undefined) continue
    for (let i = 0; i < own.length; i++) own[i] = (own[i] ?? 0) + (below[i] ?? 0)
  }
  return [[...times], ...columns.reverse()]
}
