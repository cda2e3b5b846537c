// The series and groups of a tile in; the same figures as a table out, for who cannot or will not read a chart.
import type { MetricRow } from '../api/rows.ts'
import { instant, useZone } from '../format/time.ts'
import type { TileSpec } from './tiles.ts'
import type { TileState } from './use-tile.ts'

interface TileTableProps {
  spec: TileSpec
  state: TileState
  onZoom: (fromSeconds: number, toSeconds: number) => void
}

export function TileTable({ spec, state, onZoom }: TileTableProps) {
  useZone()
  const { by, groups, drawn } = state
  if (by !== undefined && groups !== undefined) return <GroupTable spec={spec} by={by} groups={groups} />
  if (drawn === undefined) return null
  const step = (drawn.times[1] ?? 0) - (drawn.times[0] ?? 0)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>From</th>
          {drawn.series.map(({ name }) => (
            <th key={name} className="end">
              {name}
            </th>
          ))}
          <th>
            <span className="sr-only">Zoom</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {drawn.times.map((seconds, index) =>
          drawn.series.some(({ values }) => (values[index] ?? 0) !== 0) ? (
            <tr key={seconds}>
              <th className="nowrap">{instant(seconds * 1000, 'short')}</th>
              {drawn.series.map(({ name, values }) => {
                const value = values[index]
                return (
                  <td key={name} className="end">
                    {value === null || value === undefined ? '–' : spec.format(value)}
                  </td>
                )
              })}
              <td className="end">
                <button type="button" className="link" onClick={() => onZoom(seconds, seconds + step)}>
                  Zoom<span className="sr-only"> to {instant(seconds * 1000, 'short')}</span>
                </button>
              </td>
            </tr>
          ) : null,
        )}
      </tbody>
    </table>
  )
}

function GroupTable({ spec, by, groups }: { spec: TileSpec; by: string; groups: readonly MetricRow[] }) {
  const amount = (row: MetricRow): number => Number(row[spec.broken] ?? 0)
  const sorted = [...groups].sort((a, b) => amount(b) - amount(a))
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{by.replaceAll('_', ' ')}</th>
          {spec.figures.map(({ figure, name }) => (
            <th key={figure} className="end">
              {name === '' ? spec.title.toLowerCase() : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={String(row[by])}>
            <th>{row[by] ?? '(none)'}</th>
            {spec.figures.map(({ figure, format, exact }) => (
              <td key={figure} className="end" title={exact(row[figure])}>
                {format(row[figure])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
