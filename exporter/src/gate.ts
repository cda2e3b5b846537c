// Tasks in, at most `width` of them running at a time. Keeps a SimpleSpanProcessor from opening one socket per span.

export type Gate = <Result>(task: () => Promise<Result>) => Promise<Result>

export function createGate(width: number): Gate {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task) => {
    // A finished task hands its place on directly, so `running` is not touched in between.
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
