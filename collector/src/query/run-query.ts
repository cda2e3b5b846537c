// A project and a typed query in; rows out, or a failure that problem.ts can name. Every statement of the API runs here, under limits.
import type { Row } from './column.ts'
import type { QueryDeps } from './deps.ts'
import { clickHouseCode, ProblemError } from './problem.ts'
import type { SelectQuery } from './select-query.ts'
import { buildSelect } from './statement.ts'

/** @param maxRows more rows than this are a refusal, never a silent cut */
export type RunQuery = (project: string, query: SelectQuery, maxRows: number) => Promise<Row[]>

const MAX_SECONDS = 20
const MAX_RESULT_BYTES = 64 * 2 ** 20
const MAX_MEMORY_BYTES = 2 * 10 ** 9
/** More would only wait inside the server, holding memory there. */
const MAX_RUNNING = 32

/** Of each statement of the API. */
export const LIMITS: Readonly<Record<string, string | number>> = {
  // 2, not 1: the limits themselves are settings.
  readonly: 2,
  max_execution_time: MAX_SECONDS,
  timeout_overflow_mode: 'throw',
  result_overflow_mode: 'throw',
  max_result_bytes: MAX_RESULT_BYTES,
  max_memory_usage: MAX_MEMORY_BYTES,
  // Traces of a month that are not counted yet are more than fit: slower beats refused.
  max_bytes_before_external_group_by: MAX_MEMORY_BYTES / 4,
  session_timezone: 'UTC',
  date_time_output_format: 'simple',
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  // NaN of an empty quantile: null
  output_format_json_quote_denormals: 0,
}

export function createRunQuery({ select, metrics, clock }: QueryDeps): RunQuery {
  const seconds = metrics.histogram(
    'insights_query_statement_seconds',
    'Time of one read of the store.',
    [0.005, 0.025, 0.1, 0.5, 2, 10],
  )
  const failures = metrics.counter(
    'insights_query_statement_failures_total',
    'Reads that failed, by ClickHouse error code.',
    ['code'],
  )
  let running = 0
  return async (project, query, maxRows) => {
    if (running >= MAX_RUNNING) {
      throw new ProblemError({ code: 'INSIGHTS_OVERLOADED', detail: `cannot read: ${MAX_RUNNING} queries are running` })
    }
    const began = clock.monotonicMs()
    running += 1
    try {
      const { sql, params } = buildSelect(project, query)
      return await select<Row>(sql, params, { settings: { ...LIMITS, max_result_rows: maxRows }, maxRows })
    } catch (cause) {
      failures.add(1, clickHouseCode(cause) ?? 'none')
      throw cause
    } finally {
      running -= 1
      seconds.observe((clock.monotonicMs() - began) / 1000)
    }
  }
}
