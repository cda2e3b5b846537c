// A virtual clock in, real spans with times of the past out. Nothing sleeps: work moves the clock.
import type { Attributes, HrTime, Span, SpanKind, Tracer } from '@opentelemetry/api'
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'

/** Milliseconds since the epoch, moved by `Step.wait`. */
export interface VirtualClock {
  nowMs: number
}

export interface StepOptions {
  readonly kind?: SpanKind
  readonly attributes?: Attributes
}

/** What went wrong, as an instrumentation records it. */
export interface Failure {
  /** `error.type`: a status code or a class of error. */
  readonly type: string
  readonly exception: string
  readonly message: string
}

export interface Judgement {
  readonly name: string
  readonly score: number
  readonly explanation: string
}

const PASSES_FROM = 0.7

/** One open span. A child starts and ends inside its parent because both read the same clock. */
export class Step {
  readonly #tracer: Tracer
  readonly #clock: VirtualClock
  readonly #span: Span
  /** On every span of the trace: user and session. */
  readonly #common: Attributes

  private constructor(tracer: Tracer, clock: VirtualClock, span: Span, common: Attributes) {
    this.#tracer = tracer
    this.#clock = clock
    this.#span = span
    this.#common = common
  }

  /** Opens a trace, runs `body` in its root span and closes it. @returns the trace's id */
  static root(
    at: { tracer: Tracer; clock: VirtualClock; common: Attributes },
    name: string,
    options: StepOptions,
    body: (step: Step) => void,
  ): string {
    const span = at.tracer.startSpan(name, { ...options, startTime: toHrTime(at.clock.nowMs) }, ROOT_CONTEXT)
    const root = new Step(at.tracer, at.clock, span, at.common)
    root.#finish(body)
    return root.traceId
  }

  /** A child span around `body`. */
  run<Result>(name: string, options: StepOptions, body: (step: Step) => Result): Result {
    const parent = trace.setSpan(ROOT_CONTEXT, this.#span)
    const span = this.#tracer.startSpan(name, { ...options, startTime: toHrTime(this.#clock.nowMs) }, parent)
    return new Step(this.#tracer, this.#clock, span, this.#common).#finish(body)
  }

  wait(ms: number): void {
    this.#clock.nowMs += ms
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes)
  }

  /** Error status, `error.type` and an exception event, as the conventions ask. */
  fail(failure: Failure): void {
    this.#span.setAttribute('error.type', failure.type)
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message })
    const event = { 'exception.type': failure.exception, 'exception.message': failure.message }
    this.#span.addEvent('exception', event, toHrTime(this.#clock.nowMs))
  }

  /** What an evaluator says of this step, as the conventions have it: 0 … 1. */
  judge({ name, score, explanation }: Judgement): void {
    const attributes = {
      'gen_ai.evaluation.name': name,
      'gen_ai.evaluation.score.value': score,
      'gen_ai.evaluation.score.label': score < PASSES_FROM ? 'fail' : 'pass',
      'gen_ai.evaluation.explanation': explanation,
    }
    this.#span.addEvent('gen_ai.evaluation.result', attributes, toHrTime(this.#clock.nowMs))
  }

  get traceId(): string {
    return this.#span.spanContext().traceId
  }

  /** Unique in the world, unlike anything that comes from the seed: ids of responses must not repeat between two demos. */
  get uniqueId(): string {
    const { traceId, spanId } = this.#span.spanContext()
    return `${traceId.slice(0, 8)}${spanId}`
  }

  #finish<Result>(body: (step: Step) => Result): Result {
    this.#span.setAttributes(this.#common)
    const result = body(this)
    this.#span.end(toHrTime(this.#clock.nowMs))
    return result
  }
}

/** The SDK reads a number from before its own start as time since that start, so past times are given as pairs. */
function toHrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000)
  return [seconds, Math.floor((ms - seconds * 1000) * 1e6)]
}
