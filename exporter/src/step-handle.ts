// The handle of one running step: what the app learns of it in, one ended span out.
import { type Context, context, createContextKey, type Exception, type Span, trace } from '@opentelemetry/api'
import type { FeedbackFacts, ScoreFacts, Scores } from './scores.ts'
import { attributesOf, identityAttributes, type StepFacts } from './step.ts'
import { plainReader, streamOf } from './stream.ts'
import type { Backend } from './tracing/backend.ts'
import { hrTimeOf, nowMs } from './tracing/clock.ts'

/** How a step begins. */
export interface StepOptions extends StepFacts {
  readonly name: string
  /** Default: now. */
  readonly startTime?: Date | undefined
  /** True for a step that is to begin a trace of its own although another is under way. */
  readonly root?: boolean | undefined
}

/** How a step ends. */
export interface EndFacts extends StepFacts {
  /** Milliseconds that it took. Default: until now. */
  readonly latency?: number | undefined
  /** What it failed with; marks it as failed. */
  readonly error?: unknown
}

/** @internal What the steps of one SDK have in common. */
export interface StepHome {
  readonly backend: Backend
  readonly scores: Scores
}

const ERROR = 2
/** User, session and tags of the trace that a context belongs to. */
export const IDENTITY = createContextKey('@hanzo/insights identity')

type Identity = Pick<StepFacts, 'userId' | 'sessionId' | 'tags'>

/**
 * One step of a trace, or the trace itself. End it with `end`, or declare it with `using` and it ends with its block.
 *
 * @example
 * using step = trace.span({ name: 'look up', kind: 'retrieval', input: question })
 * step.update({ output: documents })
 */
export class Step {
  /** The OpenTelemetry span, for what this handle does not offer. */
  readonly otelSpan: Span
  readonly name: string
  readonly #home: StepHome
  readonly #context: Context
  readonly #identity: Identity
  readonly #startMs: number
  readonly #startedAt = performance.now()
  #facts: StepFacts
  #ended = false

  /** @internal */
  constructor(home: StepHome, options: StepOptions, parent: Context) {
    const { name, startTime, root, ...facts } = options
    this.#home = home
    this.name = name
    this.#facts = facts
    this.#identity = identityOf(facts, parent)
    this.#startMs = startTime?.getTime() ?? nowMs()
    // As seconds and nanoseconds: the SDKs take a number of the past for one of `performance.now()`.
    const start = { startTime: apiTimeOf(this.#startMs), ...(root ? { root } : {}) }
    this.otelSpan = home.backend.startSpan(name, start, parent)
    this.#context = trace.setSpan(parent, this.otelSpan).setValue(IDENTITY, this.#identity)
  }

  /** 32 hex digits; keep it to give feedback later. */
  get traceId(): string {
    return this.otelSpan.spanContext().traceId
  }

  /** 16 hex digits. */
  get spanId(): string {
    return this.otelSpan.spanContext().spanId
  }

  /** Milliseconds since the start. */
  get elapsedMs(): number {
    return performance.now() - this.#startedAt
  }

  /** Starts a step inside this one. With `run`, what runs in it is inside too, and it ends when that does. */
  span(options: StepOptions): Step
  span<Result>(options: StepOptions, run: (step: Step) => Result): Result
  span<Result>(options: StepOptions, run?: (step: Step) => Result): Step | Result {
    const step = new Step(this.#home, options, this.#context)
    return run ? step.run(run) : step
  }

  /** A step that is a call of a model. */
  generation(options: StepOptions): Step
  generation<Result>(options: StepOptions, run: (step: Step) => Result): Result
  generation<Result>(options: StepOptions, run?: (step: Step) => Result): Step | Result {
    const step = new Step(this.#home, { kind: 'generation', ...options }, this.#context)
    return run ? step.run(run) : step
  }

  /** Adds what is now known. */
  update(facts: StepFacts): this {
    this.#facts = merge(this.#facts, facts)
    return this
  }

  /** The first token has come: the time to it is measured. Only the first call counts. */
  firstToken(): void {
    if (this.#facts.timeToFirstTokenMs === undefined) this.update({ timeToFirstTokenMs: this.elapsedMs })
  }

  /** Passes the chunks on as they come; measures the first one, and ends the step with the last. */
  stream<Chunk>(chunks: AsyncIterable<Chunk>, onEnd?: (chunks: Chunk[]) => EndFacts): AsyncGenerator<Chunk, void> {
    return streamOf(this, chunks, plainReader(onEnd))
  }

  /** Runs `run` so that spans started in it are inside this step; ends the step when it returns, settles or throws. Errors pass through. */
  run<Result>(run: (step: Step) => Result): Result {
    try {
      const result = this.within(() => run(this))
      if (!isPromise(result)) {
        this.end()
        return result
      }
      const ended = result.then(
        (value) => {
          this.end()
          return value
        },
        (error: unknown) => {
          this.end({ error })
          throw error
        },
      )
      return ended as Result
    } catch (error) {
      this.end({ error })
      throw error
    }
  }

  /** Runs `run` inside the step, and does not end it. */
  within<Result>(run: () => Result): Result {
    return context.with(this.#context, run)
  }

  /** Ends the step; anything said after is lost. */
  end(facts: EndFacts = {}): void {
    if (this.#ended) return
    this.#ended = true
    const { latency, error, ...more } = facts
    this.#facts = merge(this.#facts, more)
    this.otelSpan.setAttributes(attributesOf(this.name, { ...this.#identity, ...this.#facts }))
    if (error !== undefined) this.#fail(error)
    this.#home.backend.endSpan(this.otelSpan, apiTimeOf(this.#startMs + (latency ?? this.elapsedMs)))
  }

  /** Gives this step a score. True when it has arrived. */
  score(facts: Omit<ScoreFacts, 'traceId' | 'spanId'>): Promise<boolean> {
    return this.#home.scores.score({ ...facts, traceId: this.traceId, spanId: this.spanId })
  }

  /** Keeps what a user thinks of this step's trace. True when it has arrived. */
  feedback(facts: Omit<FeedbackFacts, 'traceId'>): Promise<boolean> {
    const { userId } = this.#identity
    return this.#home.scores.feedback({ ...(userId === undefined ? {} : { userId }), ...facts, traceId: this.traceId })
  }

  [Symbol.dispose](): void {
    this.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end()
  }

  #fail(error: unknown): void {
    const { type, message, status } = describeError(error)
    this.otelSpan.recordException(error instanceof Error ? error : (message satisfies Exception))
    this.otelSpan.setAttribute('error.type', type)
    if (status !== undefined) this.otelSpan.setAttribute('http.response.status_code', status)
    this.otelSpan.setStatus({ code: ERROR, message })
  }
}

function apiTimeOf(ms: number): [number, number] {
  const [seconds, nanoseconds] = hrTimeOf(ms)
  return [seconds, nanoseconds]
}

function describeError(error: unknown): { type: string; message: string; status: number | undefined } {
  if (!(error instanceof Error)) return { type: 'error', message: String(error), status: undefined }
  // Provider SDKs put the HTTP status on their errors, and a class name that says more than `Error` on the constructor.
  const status: unknown = Reflect.get(error, 'status')
  const type = error.name === 'Error' ? error.constructor.name : error.name
  return { type, message: error.message, status: typeof status === 'number' ? status : undefined }
}

/** What the context's trace says, unless this step says otherwise. */
function identityOf(facts: StepFacts, parent: Context): Identity {
  const inherited = parent.getValue(IDENTITY) as Identity | undefined
  const { userId = inherited?.userId, sessionId = inherited?.sessionId, tags = inherited?.tags } = facts
  return { userId, sessionId, tags }
}

/** Attributes of the trace that `active` belongs to, for spans that others start inside it. Undefined when there are none. */
export function inheritedAttributes(active: Context): Record<string, string | number | boolean | string[]> | undefined {
  const identity = active.getValue(IDENTITY) as Identity | undefined
  return identity && identityAttributes(identity)
}

function merge(before: StepFacts, more: StepFacts): StepFacts {
  const metadata = { ...before.metadata, ...more.metadata }
  const attributes = { ...before.attributes, ...more.attributes }
  return { ...before, ...withoutUndefined(more), metadata, attributes }
}

function withoutUndefined(facts: StepFacts): StepFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
