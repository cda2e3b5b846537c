// A function of the app in, the same function as a step of a trace out.
import type { StepKind } from './step.ts'
import { isPromise, type Step, type StepOptions } from './step-handle.ts'

/** What `observe` needs beside the function. */
export interface ObserveOptions {
  /** Default: the function's own name. */
  readonly name?: string
  readonly kind?: StepKind
  /** False keeps arguments out of the record. */
  readonly captureInput?: boolean
  /** False keeps the result out of the record. */
  readonly captureOutput?: boolean
}

type StartStep = (options: StepOptions) => Step

/** Streams that the function returns stay streams: the step ends with the last chunk. */
export function observed<Args extends unknown[], Result>(
  start: StartStep,
  run: (...args: Args) => Result,
  options: ObserveOptions,
): (...args: Args) => Result {
  const { name = run.name || 'function', kind, captureInput = true, captureOutput = true } = options
  const finish = (step: Step, value: unknown): unknown => {
    if (isAsyncGenerator(value)) return step.stream(value)
    step.end(captureOutput ? { output: value } : {})
    return value
  }
  return function observedFunction(this: unknown, ...args: Args): Result {
    const input = args.length > 1 ? args : args[0]
    const step = start({ name, kind, ...(captureInput ? { input } : {}) })
    try {
      const result = step.within(() => run.apply(this, args))
      if (!isPromise(result)) return finish(step, result) as Result
      const finished = result.then(
        (value) => finish(step, value),
        (error: unknown) => {
          step.end({ error })
          throw error
        },
      )
      return finished as Result
    } catch (error) {
      step.end({ error })
      throw error
    }
  }
}

/** Only what is made to be read once is wrapped; other iterables are the app's data. */
function isAsyncGenerator(value: unknown): value is AsyncGenerator<unknown, void> {
  return (
    typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object AsyncGenerator]'
  )
}
