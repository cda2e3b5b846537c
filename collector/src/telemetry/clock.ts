/** Time as a dependency: `nowMs` is wall time (stamped on rows), `monotonicMs` drives every timer and age so that a clock jump stops nothing. */
export interface Clock {
  nowMs(): number
  monotonicMs(): number
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
}
