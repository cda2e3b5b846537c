// The answer to a query in; a virtual table, and a chart where there is something to draw, out.
import { useMemo, useState } from 'react'
import type { Json, SqlAnswer } from '../api/rows.ts'
import { Swatch, TimeChart } from '../chart/time-chart.tsx'
import { exactCount } from '../format/numbers.ts'
import { type Column, VirtualTable } from '../ui/virtual-table.tsx'
import { chartOf } from './chart-of.ts'

type Row = Record<string, Json> & { '#': number }

export function Result({ answer }: { answer: SqlAnswer }) {
  const [isChart, setChart] = useState(true)
  const chart = useMemo(() => chartOf(answer), [answer])
  const rows = useMemo(() => answer.data.map((row, index): Row => ({ ...row, '#': index })), [answer])
  const columns = useMemo(() => answer.columns.map(({ name, type }): Column<Row> => columnOf(name, type)), [answer])
  return (
    <>
      <div className="row">
        <span className="muted" role="status">
          {exactCount(rows.length)} rows
        </span>
        {chart !== undefined && (
          <button type="button" className="button" aria-pressed={isChart} onClick={() => setChart(!isChart)}>
            Chart
          </button>
        )}
      </div>
      {chart !== undefined && isChart && (
        <div className="card">
          {chart.kind === 'time' ? (
            <>
              <TimeChart times={chart.times} series={chart.series} kind="line" format={plainNumber} height={200} />
              <p className="legend">
                {chart.series.map(({ name }, index) => (
                  <span key={name}>
                    <Swatch index={index} /> {name}
                  </span>
                ))}
              </p>
            </>
          ) : (
            <Bars bars={chart.bars} name={chart.name} />
          )}
        </div>
      )}
      <VirtualTable label="Result" rows={rows} columns={columns} rowKey={(row) => String(row['#'])} />
    </>
  )
}

const NUMBER = /^(?:Nullable\()?(?:U?Int|Float|Decimal)/

function columnOf(name: string, type: string): Column<Row> {
  return {
    id: name,
    header: <span title={type}>{name}</span>,
    width: NUMBER.test(type) ? 'minmax(7rem, 1fr)' : 'minmax(9rem, 2fr)',
    cell: (row) => <span title={shown(row[name])}>{shown(row[name])}</span>,
    ...(NUMBER.test(type) ? { align: 'end' as const } : {}),
  }
}

const MAX_CELL = 300

function shown(value: Json | undefined): string {
  if (value === null || value === undefined) return 'NULL'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL)}…` : text
}

const plainNumber = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 4 })

function Bars({ bars, name }: { bars: readonly { label: string; value: number }[]; name: string }) {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE)
  return (
    <div aria-hidden="true" className="bars">
      <p className="muted">{name}</p>
      {bars.map(({ label, value }) => (
        <div key={label} className="bar-row">
          <span className="clip">{label}</span>
          <i style={{ width: `${Math.max((value / most) * 100, 0.5)}%` }} />
          <span>{plainNumber(value)}</span>
        </div>
      ))}
    </div>
  )
}
