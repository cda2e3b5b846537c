// A column of a list in; its name out, and, where the API sorts by it, the way to the rows with most of it. The URL keeps which.
import { useUrlState } from '../state/search.ts'
import { headerOf, type ListSpec } from './lists.ts'

const NUMBERS: ReadonlySet<string> = new Set(['count', 'integer', 'float', 'money'])
/** Read for the rows of a page alone. */
const DEAR: ReadonlySet<string> = new Set(['counts_usage'])

/** The column that the API sorts by for this one; undefined: it does not. */
export function sortOf(name: string, { columns }: Pick<ListSpec, 'columns'>): string | undefined {
  if (name === 'tokens') return ['total_tokens', 'input_tokens'].find((one) => one in columns)
  return NUMBERS.has(columns[name] ?? '') && !DEAR.has(name) ? name : undefined
}

/** In which order the column stands: by its number, or, where nothing is asked, by the time of the list. */
export const isSorted = (name: string, spec: ListSpec, sort: string | undefined): boolean =>
  sort === undefined ? name === spec.time : sortOf(name, spec) === sort

interface SortHeaderProps {
  name: string
  spec: ListSpec
}

export function SortHeader({ name, spec }: SortHeaderProps) {
  const url = useUrlState()
  const sort = url.get('sort')
  const by = name === spec.time ? undefined : sortOf(name, spec)
  const isOn = isSorted(name, spec, sort)
  const title = headerOf(name)
  if (by === undefined && name !== spec.time) return title
  return (
    <button
      type="button"
      className="sort"
      title={by === undefined || isOn ? 'Newest first' : `Most first: ${title.toLowerCase()}`}
      onClick={() => url.set({ sort: isOn ? undefined : by })}
    >
      {title}
      <span aria-hidden="true" className={isOn ? 'sort-mark' : 'sort-mark off'}>
        {isOn ? '↓' : '↕'}
      </span>
    </button>
  )
}
