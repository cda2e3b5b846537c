// Tasks in, at most `count` of them running; the others wait in order. The caller bounds how many wait.

export interface Slots {
  run<T>(task: () => Promise<T>): Promise<T>
}

export function createSlots(count: number): Slots {
  let free = count
  const waiting: (() => void)[] = []
  return {
    async run(task) {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await task()
      } finally {
        // The slot goes straight to the next one, so that nobody slips in between.
        const next = waiting.shift()
        if (next) next()
        else free += 1
      }
    },
  }
}
