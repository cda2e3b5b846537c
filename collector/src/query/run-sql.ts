// A compiled statement of a user in; its result out. User SQL has limits and a line of its own: whatever it asks for, ingestion and dashboards go on.
import type { Clock } from '../telemetry/clock.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { SqlDeps, SqlResult } from './deps.ts'
import { clickHouseCode, ProblemError } from './problem.ts'
import type { Statement } from './sql/compile.ts'

export type RunSql = (project: string, statement: Statement, signal: AbortSignal) => Promise<SqlResult>

/** Who waits longer is told so by the door's own limit on requests. */
const MAX_WAITING = 16
/** Of those waiting and running, so that one project cannot fill the line. */
const MAX_OF_PROJECT = 4
const MAX_RESULT_BYTES = 32 * 2 ** 20
const MAX_STATEMENT_BYTES = 4 * 2 ** 20

export function createRunSql(deps: SqlDeps & { metrics: Metrics; clock: Clock }): RunSql {
  const { selectSql, limits, metrics, clock } = deps
  const settings = settingsOf(deps)
  const seconds = metrics.histogram(
    'insights_query_sql_seconds',
    'Time of one statement of a user.',
    [0.025, 0.1, 0.5, 2, 10],
  )
  const failures = metrics.counter(
    'insights_query_sql_failures_total',
    'Statements of users that the store refused or stopped, by ClickHouse error code.',
    ['code'],
  )
  const line = createLine(limits.concurrency)
  return async (project, { sql, params }, signal) => {
    const leave = await line.enter(project, signal)
    const began = clock.monotonicMs()
    try {
      const options = { project, settings, timeoutMs: limits.maxSeconds * 1000, signal }
      return refuseLong(await selectSql(sql, params, options), limits.maxRows)
    } catch (cause) {
      failures.add(1, clickHouseCode(cause) ?? 'none')
      throw cause
    } finally {
      leave()
      seconds.observe((clock.monotonicMs() - began) / 1000)
    }
  }
}

function refuseLong(result: SqlResult, maxRows: number): SqlResult {
  if (result.rows.length <= maxRows) return result
  throw new ProblemError({
    code: 'INSIGHTS_QUERY_LIMIT',
    detail: `cannot answer: the result has more than ${maxRows} rows`,
    hint: 'add LIMIT, a condition or GROUP BY',
  })
}

function settingsOf({ limits, readonly }: SqlDeps): Record<string, string | number> {
  return {
    readonly,
    max_execution_time: limits.maxSeconds,
    timeout_overflow_mode: 'throw',
    max_memory_usage: limits.maxMemoryBytes,
    // One more than may be answered, so that too many are seen; the embedded engine knows only this of the two.
    limit: limits.maxRows + 1,
    max_result_rows: limits.maxRows + 1,
    max_result_bytes: MAX_RESULT_BYTES,
    result_overflow_mode: 'throw',
    max_rows_to_read: limits.maxRowsToRead,
    read_overflow_mode: 'throw',
    max_threads: limits.maxThreads,
    max_query_size: MAX_STATEMENT_BYTES,
    max_columns_to_read: 1000,
    max_subquery_depth: 100,
    // A value of another project must not even be looked at by a condition of the user's: it could fail there, and tell by failing. So the
    // filter on the project stays a step of its own, before all others.
    optimize_move_to_prewhere: 0,
    query_plan_optimize_prewhere: 0,
    query_plan_merge_filters: 0,
    // Asks each row that one side reads for its key, before that side's filter.
    enable_join_runtime_filters: 0,
    use_query_cache: 0,
    session_timezone: 'UTC',
    date_time_output_format: 'iso',
    output_format_json_quote_64bit_integers: 1,
    output_format_json_quote_decimals: 1,
    output_format_json_quote_denormals: 0,
  }
}

interface Line {
  /** Resolves when it is the caller's turn, with what to call at the end. Rejects when the line is too long, or the caller left. */
  enter(project: string, signal: AbortSignal): Promise<() => void>
}

function createLine(slots: number): Line {
  const waiting: (() => void)[] = []
  const inside = new Map<string, number>()
  let running = 0
  const change = (project: string, by: number): void => {
    const count = (inside.get(project) ?? 0) + by
    if (count > 0) inside.set(project, count)
    else inside.delete(project)
  }
  return {
    async enter(project, signal) {
      if (waiting.length >= MAX_WAITING || (inside.get(project) ?? 0) >= MAX_OF_PROJECT) {
        throw new ProblemError({
          code: 'INSIGHTS_OVERLOADED',
          detail: 'cannot run the query: others are running, and enough wait already',
        })
      }
      change(project, 1)
      let left = false
      const leave = (): void => {
        if (left) return
        left = true
        change(project, -1)
        // The slot goes straight to the next one.
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
      if (running < slots) running += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      if (!signal.aborted) return leave
      leave()
      throw signal.reason
    },
  }
}
