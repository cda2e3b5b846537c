// The range of the URL in; parameters for the API and conditions for SQL out.
import { sqlInstant } from '../overview/sql-of.ts'
import { DEFAULT_FROM } from './range.ts'
import { useUrlState } from './search.ts'

export function useRange(): { from: string; to: string | undefined; sql: (column: string) => string } {
  const url = useUrlState()
  const range = { from: url.get('from') ?? DEFAULT_FROM, to: url.get('to') }
  const sql = (column: string): string =>
    [
      `${column} >= ${sqlInstant(range.from)}`,
      ...(range.to === undefined || range.to === 'now' ? [] : [`${column} < ${sqlInstant(range.to)}`]),
    ].join(' AND ')
  return { ...range, sql }
}
