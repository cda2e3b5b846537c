// Tasks in, at most `slots` of them running, a bounded line behind: a long read can never hold up an insert in another lane.
import { refuse } from './clickhouse-exception.ts'

export interface Lane {
  /** Rejects with TOO_MANY_SIMULTANEOUS_QUERIES when the line is full, QUERY_WAS_CANCELLED when the asker left while waiting. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>
}

export function createLane(slots: number, maxWaiting: number): Lane {
  let running = 0
  const waiting: (() => void)[] = []
  const enter = async (): Promise<void> => {
    if (running < slots) {
      running += 1
      return
    }
    if (waiting.length >= maxWaiting) {
      throw refuse(
        'TOO_MANY_SIMULTANEOUS_QUERIES',
        `Too many simultaneous queries. Maximum: ${slots} running, ${maxWaiting} waiting`,
      )
    }
    // The leaver hands its slot over, so `running` does not change.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return {
    async run(task, signal) {
      await enter()
      try {
        if (signal.aborted) throw refuse('QUERY_WAS_CANCELLED', 'The client went away before the query began')
        return await task()
      } finally {
        leave()
      }
    },
  }
}
