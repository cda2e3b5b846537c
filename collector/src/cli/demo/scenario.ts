// What a scenario gets and gives: a visit of one user in, one trace out.
import type { Random } from './random.ts'
import type { Step, StepOptions } from './step.ts'

export interface Visit {
  readonly random: Random
  /** For what is thought of answers, so that they are the same with and without. */
  readonly opinions: Random
  /** Opens the one trace of this visit. */
  trace(name: string, options: StepOptions, body: (step: Step) => void): void
}

export interface Scenario {
  /** The app that the trace comes from: `service.name`. */
  readonly service: string
  readonly version: string
  /** Instrumentation scope of its spans. */
  readonly scope: string
  /** How common it is beside the others. */
  readonly weight: number
  run(visit: Visit): void
}
