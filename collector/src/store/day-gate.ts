// Who may touch a day: any number of inserts together, or one repair alone. A rebuild swaps a partition, and a row that came in meanwhile would be lost.

export interface DayGate {
  /** Runs beside other `share` tasks of the day, never beside an `own` task. In order: nobody passes a waiting `own`. */
  share<T>(day: number, task: () => Promise<T>): Promise<T>
  /** Runs alone in its day. */
  own<T>(day: number, task: () => Promise<T>): Promise<T>
  /** How many repairs have ended: one of them may have dropped what a rollup remembered of an insert. */
  repairs(): number
}

interface DayState {
  sharing: number
  owned: boolean
  waiting: { alone: boolean; start: () => void }[]
}

export function createDayGate(): DayGate {
  // A day is in the map only while someone runs or waits in it.
  const days = new Map<number, DayState>()
  let repairs = 0

  const admit = (state: DayState): void => {
    for (let next = state.waiting[0]; next !== undefined; next = state.waiting[0]) {
      if (state.owned || (next.alone && state.sharing > 0)) return
      state.waiting.shift()
      if (next.alone) state.owned = true
      else state.sharing += 1
      next.start()
    }
  }

  const run = async <T>(day: number, alone: boolean, task: () => Promise<T>): Promise<T> => {
    const state = days.get(day) ?? { sharing: 0, owned: false, waiting: [] }
    days.set(day, state)
    await new Promise<void>((start) => {
      state.waiting.push({ alone, start })
      admit(state)
    })
    try {
      return await task()
    } finally {
      if (alone) {
        state.owned = false
        repairs += 1
      } else {
        state.sharing -= 1
      }
      admit(state)
      if (state.sharing === 0 && !state.owned && state.waiting.length === 0) days.delete(day)
    }
  }

  return {
    share: (day, task) => run(day, false, task),
    own: (day, task) => run(day, true, task),
    repairs: () => repairs,
  }
}
