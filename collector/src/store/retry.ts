// A task that must succeed some day -> its result, however often it has to be tried, or the end of the process.
import { setTimeout as sleep } from 'node:timers/promises'
import { InsightsError } from '../telemetry/errors.ts'
import type { Log } from '../telemetry/log.ts'
import type { Counter } from '../telemetry/metrics.ts'
import { classifyFailure, type Failure } from './failures.ts'

const FIRST_WAIT_MS = 100
const MAX_WAIT_MS = 30_000
/** A failure that no human need mend is told only when it lasts, and then every ten minutes or so. */
const QUIET_ATTEMPTS = 6
const ATTEMPTS_PER_REMINDER = 20

export interface RetryDeps {
  log: Log
  retries: Counter
  signal: AbortSignal
}

export interface Retry {
  /** Counts and tells a failure, then waits: 100 ms doubling to 30 s, with jitter. @throws INSIGHTS_STORE_UNREACHABLE once stopped */
  wait(failure: Failure): Promise<void>
  /** Runs the task until it succeeds. @throws INSIGHTS_STORE_UNREACHABLE once stopped */
  until<T>(task: () => Promise<T>): Promise<T>
}

/** @param what names the work in logs: "insert into spans". */
export function createRetry(what: string, { log, retries, signal }: RetryDeps): Retry {
  let attempt = 0
  const wait = async (failure: Failure): Promise<void> => {
    stopIfAborted(signal, what)
    attempt += 1
    const limitMs = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), MAX_WAIT_MS)
    // Half of the wait is jitter: collectors that lost one server must not come back as one.
    const waitMs = Math.round(limitMs * (0.5 + Math.random() / 2))
    retries.add(1, failure.name)
    const fields = { what, attempt, retry_ms: waitMs, clickhouse_code: failure.code, error: failure.name }
    if (failure.alarm) log.error(fields, 'ClickHouse refuses until someone mends it')
    else if (attempt % ATTEMPTS_PER_REMINDER === QUIET_ATTEMPTS) log.warn(fields, 'ClickHouse does not take this yet')
    await sleep(waitMs, undefined, { signal }).catch(() => stopIfAborted(signal, what))
  }
  return {
    wait,
    async until(task) {
      for (;;) {
        stopIfAborted(signal, what)
        try {
          return await task()
        } catch (cause) {
          await wait(classifyFailure(cause))
        }
      }
    },
  }
}

function stopIfAborted(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw new InsightsError('INSIGHTS_STORE_UNREACHABLE', `cannot ${what}: the collector is stopping`)
}
