// A tile and its range in; SQL over the public views that gives the same figures out.
import type { TileSpec } from './tiles.ts'

interface Wish {
  range: { from: string; to: string | undefined }
  by: string | undefined
  filters: Readonly<Record<string, readonly string[]>>
  /** The filter language has no SQL form of its own: it stands as a comment. */
  q: string | undefined
}

/** Of spans, and of no rollup. */
const SPANS_ONLY: ReadonlySet<string> = new Set(['user_id', 'prompt_name', 'prompt_version'])

const UNITS: Readonly<Record<string, string>> = { s: 'SECOND', m: 'MINUTE', h: 'HOUR', d: 'DAY', w: 'WEEK' }

/** An instant of the URL as SQL. */
export function sqlInstant(text: string): string {
  const relative = /^now(?:-(\d+)([smhdw]))?$/.exec(text)
  if (relative === null)
    return `toDateTime64('${new Date(text).toISOString().slice(0, 19).replace('T', ' ')}', 3, 'UTC')`
  return relative[1] === undefined ? 'now64()' : `now64() - INTERVAL ${relative[1]} ${UNITS[relative[2] ?? 's']}`
}

export const sqlText = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

export function sqlOf(spec: TileSpec, { range, by: wished, filters, q }: Wish): string {
  const by = wished === undefined || (SPANS_ONLY.has(wished) && spec.sql.view !== 'spans_v1') ? undefined : wished
  const { view, figures, where } = spec.sql
  const time = view === 'spans_v1' ? 'start_time' : 'time'
  const conditions = [
    `${time} >= toStartOfMinute(${sqlInstant(range.from)})`,
    ...(range.to === undefined || range.to === 'now' ? [] : [`${time} < ${sqlInstant(range.to)}`]),
    ...(where === undefined ? [] : [where]),
    ...Object.entries(filters)
      .filter(([name, values]) => values.length > 0 && spec.dimensions.includes(name))
      .map(([name, values]) => `${name} IN (${values.map(sqlText).join(', ')})`),
  ]
  const groups = by === undefined ? '' : `\nGROUP BY ${by}`
  const left = [
    q === undefined ? '' : `the filter ${q.replaceAll('\n', ' ')}`,
    wished === by ? '' : `the break-down by ${wished}`,
  ].filter((one) => one !== '')
  const note = left.length === 0 ? '' : `-- without ${left.join(' and ')}\n`
  return `${note}SELECT ${by === undefined ? '' : `${by}, `}${figures}\nFROM ${view}\nWHERE ${conditions.join('\n  AND ')}${groups}`
}
