// A few hundred rows in; an ordinary table out, sorted by the column that is clicked.
import { type ReactNode, useState } from 'react'

export interface PlainColumn<Row> {
  id: string
  header: string
  align?: 'end'
  cell: (row: Row) => ReactNode
  /** What the column is sorted by; absent: it is not. */
  order?: (row: Row) => number | string
}

interface PlainTableProps<Row> {
  label: string
  rows: readonly Row[]
  columns: readonly PlainColumn<Row>[]
  rowKey: (row: Row) => string
  /** Column that it is sorted by at first, largest first. */
  sorted?: string
}

export function PlainTable<Row>({ label, rows, columns, rowKey, sorted }: PlainTableProps<Row>) {
  const [sort, setSort] = useState({ id: sorted, isDown: true })
  const order = columns.find(({ id }) => id === sort.id)?.order
  const shown =
    order === undefined ? rows : [...rows].sort((a, b) => compare(order(a), order(b)) * (sort.isDown ? -1 : 1))
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={label}>
      <table className="plain-table roomy">
        <thead>
          <tr>
            {columns.map(({ id, header, align, order: sortsBy }) => (
              <th
                key={id}
                className={align}
                aria-sort={sort.id === id ? (sort.isDown ? 'descending' : 'ascending') : undefined}
              >
                {sortsBy === undefined ? (
                  header
                ) : (
                  <button
                    type="button"
                    className="sort"
                    onClick={() => setSort({ id, isDown: sort.id === id ? !sort.isDown : true })}
                  >
                    {header}
                    <span aria-hidden="true">{sort.id === id ? (sort.isDown ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ id, align, cell }) => (
                <td key={id} className={align}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const compare = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
