// A list and its parameters in; SQL that reads the same rows out. The filter language has no SQL form of its own: it stands as a comment.
import type { Params } from '../api/client.ts'
import { sqlInstant } from '../overview/sql-of.ts'
import type { ListSpec } from './lists.ts'

export function listSql(spec: ListSpec, { from, to, q, sort, fields, limit }: Params): string {
  const { sums, view, time, key } = spec
  const start = sums === undefined ? time : `t.${time}`
  const conditions = [
    `${start} >= ${sqlInstant(String(from))}`,
    ...(to === undefined || to === 'now' ? [] : [`${start} < ${sqlInstant(String(to))}`]),
    ...(sums === undefined ? [] : key.map((name) => `t.${name} != ''`)),
  ]
  const columns = String(fields)
    .split(',')
    .map((name) => (sums?.[name] === undefined ? name : `${sums[name]} AS ${name}`))
  const lines = [
    ...(q === undefined || q === '' ? [] : [`-- without the filter: ${String(q).replaceAll('\n', ' ')}`]),
    `SELECT ${columns.join(', ')}`,
    `FROM ${view}${sums === undefined ? '' : ' AS t'}`,
    `WHERE ${conditions.join('\n  AND ')}`,
    ...(sums === undefined ? [] : [`GROUP BY ${['project_id', ...key].map((name) => `t.${name}`).join(', ')}`]),
    `ORDER BY ${sort === undefined ? '' : `${sort} DESC, `}${sums?.[time] ?? time} DESC`,
    `LIMIT ${limit}`,
  ]
  return lines.join('\n')
}
