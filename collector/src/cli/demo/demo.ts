// A collector's address in, a realistic workload delivered to it out: real SDK, real exporter, invented past.

import { type DropReason, type FeedbackFacts, HanzoInsights, type HanzoSpanExporter } from '@hanzo/insights'
import type { Attributes, Tracer } from '@opentelemetry/api'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import { InsightsError } from '../../telemetry/errors.ts'
import { USERS } from './content/people.ts'
import { Random } from './random.ts'
import type { Scenario, Visit } from './scenario.ts'
import { codeReview } from './scenarios/code-review.ts'
import { knowledgeSearch } from './scenarios/knowledge-search.ts'
import { legacyCrm } from './scenarios/legacy-crm.ts'
import { mobileChat } from './scenarios/mobile-chat.ts'
import { researchAgent } from './scenarios/research-agent.ts'
import { selfHosted } from './scenarios/self-hosted.ts'
import { supportChat } from './scenarios/support-chat.ts'
import { createServices } from './services.ts'
import { Step, type VirtualClock } from './step.ts'

const SCENARIOS: readonly Scenario[] = [
  supportChat,
  mobileChat,
  knowledgeSearch,
  researchAgent,
  codeReview,
  selfHosted,
  legacyCrm,
]

const ENVIRONMENTS = [
  { weight: 8, name: 'production' },
  { weight: 2, name: 'staging' },
]

/** No trace of the workload takes longer, so none ends in the future. */
const LONGEST_TRACE_MS = 3 * 60_000
/** Share of the traces that their user says something of. */
const SAY_SOMETHING = 0.15
const COMMENTS = {
  positive: ['Exactly what I needed.', 'Quick and to the point.', 'Solved on the first try, thank you!'],
  negative: ['That is not what I asked.', 'The link leads nowhere.', 'Too long, and it missed my order number.'],
} as const
/** Below the exporter's queue with room for the largest trace: the demo waits instead of losing spans. */
const FLUSH_EVERY_SPANS = 1000
const TRACES_PER_SESSION = 4
/** Someone is waiting in front of the terminal. */
const RETRY_FOR_MS = 15_000

export interface DemoOptions {
  /** OTLP over HTTP, for example `http://127.0.0.1:4318`. */
  readonly host: string
  readonly apiKey?: string
  readonly traces: number
  /** Same seed, same conversations, users, errors and durations. Trace and response ids are always new. */
  readonly seed: number
  /** Traces start between this many minutes ago and now. */
  readonly spanMinutes: number
  /** Traces delivered so far, of all. */
  readonly onProgress?: (sent: number, total: number) => void
}

export interface DemoResult {
  readonly traces: number
  readonly spans: number
  readonly services: readonly string[]
}

/**
 * Resolves when every span has arrived.
 * @throws InsightsError INSIGHTS_REQUEST_INVALID at the first span that is lost.
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const losses: DropReason[] = []
  const insights = new HanzoInsights({
    host: options.host,
    apiKey: options.apiKey,
    retryForMs: RETRY_FOR_MS,
    onDrop: (_count, reason) => losses.push(reason),
  })
  try {
    const result = await sendWorkload(options, insights)
    await insights.shutdown()
    if (losses[0]) throw lostError(options, insights.dropped, losses[0])
    return result
  } finally {
    await insights.shutdown()
  }
}

/** Stops early when a flush shows that spans do not arrive. */
async function sendWorkload(options: DemoOptions, insights: HanzoInsights): Promise<DemoResult> {
  const { exporter } = insights
  const ended = new SpanCount()
  const opinions = new Random(options.seed + 2)
  const said: Promise<boolean>[] = []
  const tracerOf = createServices(ended.before(exporter))
  const services = new Set<string>()
  const random = new Random(options.seed)
  const sessions = Math.ceil(options.traces / TRACES_PER_SESSION)
  let traces = 0
  let flushedSpans = 0
  for (const startMs of startTimes(options, new Random(options.seed + 1))) {
    const scenario = random.weighted(SCENARIOS)
    const tracer = tracerOf(scenario, random.weighted(ENVIRONMENTS).name)
    const clock = { nowMs: startMs }
    const visited = visit(scenario, { random, opinions, tracer, clock, session: random.int(1, sessions) })
    if (opinions.chance(SAY_SOMETHING)) said.push(insights.feedback({ ...visited, ...opinionOf(opinions) }))
    services.add(scenario.service)
    traces += 1
    if (ended.spans - flushedSpans < FLUSH_EVERY_SPANS && traces < options.traces) continue
    flushedSpans = ended.spans
    await Promise.all([exporter.forceFlush(), ...said.splice(0)])
    if (insights.dropped > 0) break
    options.onProgress?.(traces, options.traces)
  }
  return { traces, spans: ended.spans, services: [...services].sort() }
}

interface Visited {
  traceId: string | undefined
  userId: string | undefined
}

function visit(
  scenario: Scenario,
  at: Omit<Visit, 'trace'> & { tracer: Tracer; clock: VirtualClock; session: number },
): Visited {
  const { random, opinions, tracer, clock, session } = at
  // A session belongs to one user and to one app.
  const userId = USERS[session % USERS.length]
  const common: Attributes = {
    ...(userId === undefined ? {} : { 'user.id': userId }),
    'gen_ai.conversation.id': `${scenario.service}-session-${session}`,
  }
  let traceId: string | undefined
  const trace: Visit['trace'] = (name, options, body) => {
    traceId = Step.root({ tracer, clock, common }, name, options, body)
  }
  scenario.run({ random, opinions, trace })
  return { traceId, userId }
}

/** Most people are pleased, and few of them say why. */
function opinionOf(random: Random): Pick<FeedbackFacts, 'rating' | 'comment'> {
  const rating = random.chance(0.8) ? 'positive' : 'negative'
  return random.chance(0.4) ? { rating, comment: random.pick(COMMENTS[rating]) } : { rating }
}

/** Oldest first, as they would arrive. */
function startTimes({ traces, spanMinutes }: DemoOptions, random: Random): number[] {
  const newestMs = Date.now() - LONGEST_TRACE_MS
  const spreadMs = Math.max(0, spanMinutes * 60_000 - LONGEST_TRACE_MS)
  return Array.from({ length: traces }, () => newestMs - random.next() * spreadMs).sort((a, b) => a - b)
}

function lostError(options: DemoOptions, spans: number, reason: DropReason): InsightsError {
  return new InsightsError(
    'INSIGHTS_REQUEST_INVALID',
    `cannot send the demo: ${spans} span(s) did not arrive: ${reason}`,
    {
      hint: reason === 'refused' ? 'Is the API key right?' : `Does a collector listen on ${options.host}?`,
    },
  )
}

/** Counts spans on their way to the exporter. */
class SpanCount {
  spans = 0

  before(exporter: HanzoSpanExporter): SpanProcessor {
    return {
      onStart: () => {},
      onEnd: (span) => {
        this.spans += 1
        exporter.onEnd(span)
      },
      forceFlush: () => exporter.forceFlush(),
      shutdown: () => exporter.shutdown(),
    }
  }
}
