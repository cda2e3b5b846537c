// What an app calls to tell of its traces by hand in, OpenTelemetry spans and scores out.
import { context, type TracerProvider, trace } from '@opentelemetry/api'
import { type HanzoSpanExporterOptions, readEnv, resolveResource } from './config.ts'
import { HanzoSpanExporter } from './hanzo-span-exporter.ts'
import { type ObserveOptions, observed } from './observe.ts'
import { type FeedbackFacts, type ScoreFacts, Scores } from './scores.ts'
import { Step, type StepHome, type StepOptions } from './step-handle.ts'
import { Backend } from './tracing/backend.ts'
import { forgetExporter } from './tracing/delivered.ts'
import { wrapAnthropic } from './wrap/anthropic.ts'
import { wrapOpenAI } from './wrap/openai.ts'

/** As for the exporter, and where spans are made. */
export interface HanzoInsightsOptions extends HanzoSpanExporterOptions {
  /** Default: the one that the app has registered, or one of our own. */
  readonly tracerProvider?: TracerProvider | undefined
  /** Name of the app, where OpenTelemetry's environment does not tell it. */
  readonly serviceName?: string | undefined
}

/**
 * The manual SDK: traces, steps, calls of models, scores and feedback. It makes OpenTelemetry spans, so it works with and beside any other
 * instrumentation. It never throws into the app; errors of the app's own code pass through.
 *
 * @example
 * const insights = new HanzoInsights({ apiKey: process.env.HANZO_API_KEY })
 * await insights.trace({ name: 'answer', userId }, async (trace) => { … })
 */
export class HanzoInsights {
  /** Where spans go. Give it to your own tracer provider as a span processor when you have one. */
  readonly exporter: HanzoSpanExporter
  readonly #home: StepHome

  constructor(options: HanzoInsightsOptions = {}) {
    const { tracerProvider, serviceName, ...forExporter } = options
    this.exporter = new HanzoSpanExporter(forExporter)
    forgetExporter(this.exporter)
    const resource = { attributes: resolveResource({ serviceName }, readEnv()) }
    this.#home = {
      backend: new Backend({ exporter: this.exporter, resource, tracerProvider }),
      scores: new Scores(this.exporter.events),
    }
  }

  /** Spans and events lost since the start, for whatever reason. */
  get dropped(): number {
    return this.exporter.dropped
  }

  /**
   * One interaction. With `run`, everything in it belongs to the trace, which ends when `run` does; without, end it yourself or declare it
   * with `using`. Inside another trace it is a step of that one, unless `root` says otherwise.
   */
  trace(options: StepOptions): Step
  trace<Result>(options: StepOptions, run: (trace: Step) => Result): Result
  trace<Result>(options: StepOptions, run?: (trace: Step) => Result): Step | Result {
    const step = this.#start(options)
    return run ? step.run(run) : step
  }

  /** A step of the trace that is under way here. */
  span(options: StepOptions): Step
  span<Result>(options: StepOptions, run: (step: Step) => Result): Result
  span<Result>(options: StepOptions, run?: (step: Step) => Result): Step | Result {
    const step = this.#start(options)
    return run ? step.run(run) : step
  }

  /** A call of a model, as a step of the trace that is under way here. */
  generation(options: StepOptions): Step
  generation<Result>(options: StepOptions, run: (step: Step) => Result): Result
  generation<Result>(options: StepOptions, run?: (step: Step) => Result): Step | Result {
    const step = this.#start({ kind: 'generation', ...options })
    return run ? step.run(run) : step
  }

  /**
   * The same function, each call of which is a step: arguments are its input, the result its output.
   * @example const search = insights.observe(async function search(query: string) { … }, { kind: 'retrieval' })
   */
  observe<Args extends unknown[], Result>(
    run: (...args: Args) => Result,
    options: ObserveOptions = {},
  ): (...args: Args) => Result {
    return observed((step) => this.#start(step), run, options)
  }

  /** The same client of the `openai` package; its calls of models are recorded. */
  openai<Client extends object>(client: Client): Client {
    return wrapOpenAI((step) => this.#start(step), client)
  }

  /** The same client of the `@anthropic-ai/sdk` package; its calls of models are recorded. */
  anthropic<Client extends object>(client: Client): Client {
    return wrapAnthropic((step) => this.#start(step), client)
  }

  /** Judges a span, a trace or a session. True when it has arrived; never rejects. */
  score(facts: ScoreFacts): Promise<boolean> {
    return this.#home.scores.score(facts)
  }

  /**
   * Keeps what a user thinks: thumbs, stars, yes or no, a number, text. The same user, target and name again replaces it.
   * @example void insights.feedback({ traceId, userId, rating: 'positive', comment: 'Great answer!' })
   */
  feedback(facts: FeedbackFacts): Promise<boolean> {
    return this.#home.scores.feedback(facts)
  }

  /** The trace that is under way here, to be handed to the browser for its feedback. */
  get currentTraceId(): string | undefined {
    return trace.getSpanContext(context.active())?.traceId
  }

  /**
   * Registers the tracer provider now, unless the app has one: for apps in which instrumentations make the first span. Without, that happens
   * with the first span made here.
   */
  register(): this {
    this.#home.backend.prepare()
    return this
  }

  /** Resolves when everything so far has left: before a serverless function returns. */
  flush(): Promise<void> {
    return this.exporter.forceFlush()
  }

  /** Sends what is left. Final. */
  shutdown(): Promise<void> {
    return this.exporter.shutdown()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown()
  }

  #start(options: StepOptions): Step {
    this.#home.backend.prepare()
    return new Step(this.#home, options, context.active())
  }
}
