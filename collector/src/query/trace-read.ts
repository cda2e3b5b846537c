// A trace id in; where the trace lies, and its summary, out.
import { besideTraces, type Read } from './beside.ts'
import type { Row } from './column.ts'
import { TRACE_COLUMNS } from './columns.ts'
import { plainHex } from './filters.ts'
import { ProblemError } from './problem.ts'
import type { RunQuery } from './run-query.ts'
import type { Condition, SelectQuery } from './select-query.ts'

const TRACE_ID = /^[0-9a-f]{32}$/

export const sameTrace = (traceId: string): Condition => ({
  kind: 'any_of',
  column: 'trace_id',
  type: 'text',
  values: [traceId],
})

/** Between its first and its last instant, so that no other hour and no other day is read. */
export function duringTrace(trace: Row | TraceExtent): Condition[] {
  const bound = (operator: '>=' | '<=', value: string): Condition => ({
    kind: 'compare',
    column: 'start_time',
    type: 'time',
    operator,
    value,
  })
  return [bound('>=', String(trace['start_time'])), bound('<=', String(trace['end_time']))]
}

/** Where a trace lies. */
export interface TraceExtent {
  traceId: string
  days: NonNullable<SelectQuery['source']['days']>
  start_time: string
  end_time: string
  spans: number
}

/** One look at the keys of all days, so that all else is read from the trace's own, and at the same time. @throws ProblemError INSIGHTS_NOT_FOUND */
export async function findTrace(run: RunQuery, project: string, id: string): Promise<TraceExtent> {
  const traceId = plainHex(id)
  const [row] = TRACE_ID.test(traceId) ? await run(project, extentQuery(traceId), 1) : []
  if (row === undefined || Number(row['parts']) === 0) throw notFound()
  return {
    traceId,
    days: { first: text(row['first_day']), last: text(row['last_day']) },
    start_time: text(row['started']),
    end_time: text(row['ended']),
    spans: Number(row['all_spans']),
  }
}

const notFound = (): ProblemError => new ProblemError({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this trace' })

const extentQuery = (traceId: string): SelectQuery => ({
  source: { view: 'trace_parts_v1', days: { first: '1970-01-01', last: '2149-06-06' } },
  items: [
    { name: 'parts', sql: 'count()' },
    { name: 'first_day', sql: 'toString(min(v.day))' },
    { name: 'last_day', sql: 'toString(max(v.day))' },
    { name: 'started', sql: 'min(v.start_time)' },
    { name: 'ended', sql: 'max(v.end_time)' },
    { name: 'all_spans', sql: 'sum(v.spans)' },
  ],
  where: [{ kind: 'trace_keys', values: [traceId] }],
  limit: 1,
})

/** Its row of traces_v1. @throws ProblemError INSIGHTS_NOT_FOUND */
export async function readSummary(
  run: RunQuery,
  project: string,
  { traceId, days }: Pick<TraceExtent, 'traceId' | 'days'>,
): Promise<Row> {
  const read: Read = (query, maxRows) => run(project, query, maxRows)
  const items = Object.keys(TRACE_COLUMNS)
    .filter((name) => name !== 'scores' && name !== 'score_labels')
    .map((name) => ({ name }))
  const [[row], withScores] = await Promise.all([
    read(
      {
        source: { view: 'traces_of_days_v1', days },
        items,
        where: [{ kind: 'trace_keys', values: [traceId] }],
        limit: 1,
      },
      1,
    ),
    besideTraces(read, [traceId]),
  ])
  if (row === undefined) throw notFound()
  return withScores(row)
}

/** @throws ProblemError INSIGHTS_NOT_FOUND */
export const readTrace = async (run: RunQuery, project: string, id: string): Promise<Row> =>
  readSummary(run, project, await findTrace(run, project, id))

const text = (value: Row[string] | undefined): string => (typeof value === 'string' ? value : '')
