// What somebody or something thinks of a trace, a span or a session in, an event of the Insights wire out.
import { diag } from '@opentelemetry/api'
import type { EventSender, WireEvent } from './event-sender.ts'
import { uuidOf } from './uuid.ts'

/** What is judged: a span of a trace, a whole trace, or a session. It need not have arrived yet. */
export interface Target {
  readonly traceId?: string | undefined
  readonly spanId?: string | undefined
  readonly sessionId?: string | undefined
}

export interface ScoreFacts extends Target {
  readonly name: string
  /** A number, a yes or no, or a category. */
  readonly value: number | boolean | string
  readonly comment?: string | undefined
  /** Default `api`. */
  readonly source?: 'human' | 'evaluator' | 'api' | undefined
  /** Who judged: a person, a judge's name and version. */
  readonly author?: string | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}

/** Say one of `rating`, `stars` and `value`, or only a comment. */
export interface FeedbackFacts extends Target {
  /** Thumbs. */
  readonly rating?: 'positive' | 'negative' | undefined
  /** 1 to 5. */
  readonly stars?: number | undefined
  readonly value?: number | boolean | string | undefined
  readonly comment?: string | undefined
  /** Whose opinion; the same user, target and name again replaces what was said before. */
  readonly userId?: string | undefined
  /** What was asked. Default `feedback`. */
  readonly name?: string | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}

export class Scores {
  readonly #sender: EventSender

  constructor(sender: EventSender) {
    this.#sender = sender
  }

  /** True when the collector has it. Never rejects: what could not be delivered is counted and told by `onDrop`. */
  score(facts: ScoreFacts): Promise<boolean> {
    if (!isTarget(facts) || !facts.name) return refuse('a score needs a name and a traceId or sessionId')
    return this.#sender.send(
      eventOf('$ai_metric', facts, {
        name: facts.name,
        user: facts.author ?? '',
        properties: {
          $ai_metric_name: facts.name,
          $ai_metric_value: facts.value,
          $ai_feedback_text: facts.comment,
          source: facts.source ?? 'api',
          author: facts.author,
        },
        isOfAuthor: facts.author !== undefined,
      }),
    )
  }

  /** As `score`, for what a user said. */
  feedback(facts: FeedbackFacts): Promise<boolean> {
    if (!isTarget(facts)) return refuse('feedback needs a traceId or a sessionId')
    const { name = 'feedback', userId = '', rating, stars, value, comment } = facts
    return this.#sender.send(
      eventOf('llm_feedback', facts, {
        name,
        user: userId,
        properties: {
          $ai_metric_name: name,
          $ai_metric_value: ratingOf({ rating, stars, value }),
          $ai_feedback_text: comment,
          rating: rating ?? stars,
          source: 'human',
          author: userId === '' ? undefined : userId,
        },
      }),
    )
  }
}

function isTarget({ traceId, sessionId }: Target): boolean {
  return Boolean(traceId) || Boolean(sessionId)
}

function refuse(what: string): Promise<boolean> {
  diag.warn(`@hanzo/insights: cannot send a score: ${what}`)
  return Promise.resolve(false)
}

/** Thumbs are 1 and 0, so that their average is the share of the pleased. */
function ratingOf({ rating, stars, value }: Pick<FeedbackFacts, 'rating' | 'stars' | 'value'>): unknown {
  if (rating !== undefined) return rating === 'positive' ? 1 : 0
  return stars ?? value
}

interface Judgement {
  readonly name: string
  readonly user: string
  readonly properties: Readonly<Record<string, unknown>>
  /** True where another author's score of the same name is another score; of users the collector knows that itself. */
  readonly isOfAuthor?: boolean
}

/** The id is made of user, target and name: what is sent twice, by a retry or by a user who thought again, is one score. */
function eventOf(
  event: string,
  facts: Target & { metadata?: Readonly<Record<string, unknown>> | undefined },
  { name, user, properties, isOfAuthor = false }: Judgement,
): WireEvent {
  const { traceId, spanId, sessionId, metadata } = facts
  const uuid = uuidOf(JSON.stringify([user, traceId ?? '', spanId ?? '', sessionId ?? '', name]))
  const target = { $ai_trace_id: traceId, $ai_span_id: spanId, $ai_session_id: sessionId }
  return {
    event,
    uuid,
    // The wire wants somebody; the target's own id stands for nobody.
    distinct_id: (event === 'llm_feedback' && user) || traceId || sessionId || uuid,
    timestamp: new Date().toISOString(),
    properties: { ...metadata, ...target, ...properties, ...(isOfAuthor ? { $ai_score_id: uuid } : {}), uuid },
  }
}
