// A list and its parameters in; SQL that reads the same rows out. The filter language has no SQL form of its own: it stands as a comment.
import type { Params } from '../api/client.ts'
import { sqlInstant } from '../overview/sql-of.ts'
import type { ListSpec } from './lists.ts'

export function listSql(spec: ListSpec, { from, to, q, sort, fields, limit }: Params): string {
  const conditions = [
    `${spec.time} >= ${sqlInstant(String(from))}`,
    ...(to === undefined || to === 'now' ? [] : [`${spec.time} < ${sqlInstant(String(to))}`]),
  ]
  const note = q === undefined || q === '' ? '' : `-- without the filter: ${String(q).replaceAll('\n', ' ')}\n`
  return `${note}SELECT ${String(fields).split(',').join(', ')}\nFROM ${spec.view}\nWHERE ${conditions.join('\n  AND ')}\nORDER BY ${sort === undefined ? '' : `${sort} DESC, `}${spec.time} DESC\nLIMIT ${limit}`
}
