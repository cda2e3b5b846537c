// A few hundred rows in; an ordinary table out, sorted by the column that is clicked. The URL keeps which.
import type { ReactNode } from 'react'
import { useUrlState } from '../state/search.ts'

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
  /** Of the URL, where a page has several tables. */
  param?: string
}

export function PlainTable<Row>({ label, rows, columns, rowKey, sorted, param = 'order' }: PlainTableProps<Row>) {
  const url = useUrlState()
  // cost_usd: largest first; cost_usd.up: smallest first
  const [id = sorted, direction] = url.get(param)?.split('.') ?? []
  const sort = { id, isDown: direction !== 'up' }
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
                scope="col"
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
                    onClick={() =>
                      url.set({ [param]: sort.id === id && sort.isDown ? `${id}.up` : id }, { replace: true })
                    }
                  >
                    {header}
                    <span aria-hidden="true" className={sort.id === id ? 'sort-mark' : 'sort-mark off'}>
                      {sort.id === id ? (sort.isDown ? '↓' : '↑') : '↕'}
                    </span>
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
