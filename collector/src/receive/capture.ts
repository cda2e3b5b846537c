// The Insights event wire on the port of OTLP/HTTP. In: what the clients of the hosted product send. Out: OTLP requests to `accept`, and the
// clients' own kind of reply. Events of LLM analytics become spans and scores; others are counted and let go.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { certificateNames } from '../net/certificate.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { Refusal, Sender } from './auth.ts'
import type { BodyPool } from './body-pool.ts'
import { createLease, type Lease } from './budget.ts'
import { type Converted, convert } from './capture/convert.ts'
import { type EventBody, readEvents } from './capture/read-events.ts'
import type { ScoreRecord } from './capture/score.ts'
import { sideReply } from './capture/side-routes.ts'
import { timeOf } from './capture/times.ts'
import { unpack } from './capture/unpack.ts'
import type { Accept, DoorOptions, Outcome } from './contract.ts'
import type { DoorMetrics, RefusalReason } from './door-metrics.ts'
import { bodyLimit, guardAccept } from './export-call.ts'
import { readBody } from './http-body.ts'
import type { HttpReply } from './http-export.ts'
import { ACCEPTED_COMPRESSIONS, type Compression, parseCompression } from './inflate.ts'
import { linger } from './linger.ts'
import { busy, type Failure, GRPC_CODE, type Refused, toFailure, tooLarge, toRefusalFailure } from './status.ts'

/** Paths that take events. */
const EVENT_PATHS = new Set(['/batch', '/capture', '/e', '/i/v0/e', '/i/v0/ai/batch', '/i/v1/analytics/events'])
const MAX_REASONS = 5

export interface CaptureOptions
  extends Pick<DoorOptions, 'accept' | 'refuses' | 'auth' | 'limits' | 'metrics' | 'log' | 'clock'> {
  doorMetrics: DoorMetrics
  pool: BodyPool
  /** Says why a project does not take a score; undefined: it does. */
  checkScore?: ((project: string, score: ScoreRecord) => string | undefined) | undefined
}

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  path: string
}

export interface Capture {
  /** Undefined: the path is not of this wire. The promise gives undefined when the client has gone. */
  answer(exchange: Exchange): Promise<HttpReply | undefined> | undefined
}

export function createCapture(options: CaptureOptions): Capture {
  const door = new CaptureDoor(options)
  return {
    answer(exchange) {
      const path = exchange.path.endsWith('/') ? exchange.path.slice(0, -1) : exchange.path
      if (EVENT_PATHS.has(path)) return door.take(exchange)
      const side = sideReply(exchange.path)
      if (side === undefined) return undefined
      exchange.request.resume()
      const headers = { 'content-type': side.contentType, 'cache-control': 'no-store' }
      return Promise.resolve({ status: 200, headers, body: Buffer.from(side.body) })
    },
  }
}

class CaptureDoor {
  readonly #options: CaptureOptions
  readonly #accept: Accept
  readonly #events: ReturnType<DoorOptions['metrics']['counter']>

  constructor(options: CaptureOptions) {
    this.#options = options
    this.#accept = guardAccept(options)
    this.#events = options.metrics.counter(
      'insights_receive_events_total',
      'Events of the Insights wire by what became of them',
      ['outcome'],
    )
  }

  async take(exchange: Exchange): Promise<HttpReply | undefined> {
    const { limits, pool, doorMetrics } = this.#options
    const lease = createLease(limits.budget)
    try {
      const judged = this.#judge(exchange)
      if ('failure' in judged) return this.#refuse(exchange, judged)
      const limitBytes =
        judged.sender === undefined ? limits.maxBodyBytes : bodyLimit(judged.sender, limits.maxBodyBytes)
      const { headers } = exchange.request
      const declaredBytes = headers['content-length'] === undefined ? undefined : Number(headers['content-length'])
      if (declaredBytes !== undefined && declaredBytes > limitBytes)
        return this.#refuse(exchange, { reason: 'too_large', failure: tooLarge(limitBytes) })
      const closed = this.#options.refuses?.()
      if (closed !== undefined) return this.#refuse(exchange, { reason: 'unavailable', failure: toFailure(closed) })
      if (!limits.budget.hasRoom(declaredBytes ?? 1)) return this.#refuse(exchange, { reason: 'busy', failure: busy() })
      if (headers.expect !== undefined) exchange.response.writeContinue()
      const body = await readBody(exchange.request, { declaredBytes, limitBytes, lease, pool })
      if (body.status === 'aborted') {
        doorMetrics.refused('aborted')
        return undefined
      }
      if (body.status !== 'ok') return this.#refuse(exchange, failureOf(body.status, limitBytes))
      doorMetrics.inFlight()
      const call = { ...judged, exchange, limitBytes, lease, body: body.bytes }
      return await this.#run(call).finally(() => pool.give(body.buffer))
    } finally {
      lease.release()
      doorMetrics.inFlight()
    }
  }

  /** By the head alone. A key in it is looked at first, so that a stranger's body is not read. */
  #judge({ request }: Exchange): { sender: Sender | undefined; compression: Compression } | RefusedCall {
    if (request.method !== 'POST') return { reason: 'method', failure: NOT_POST }
    const compression = parseCompression(request.headers['content-encoding'])
    if (compression === undefined) return { reason: 'compression', failure: NOT_INFLATABLE }
    const apiKey = request.headers['x-api-key']
    if (request.headers.authorization === undefined && apiKey === undefined) return { sender: undefined, compression }
    const sender = this.#admit(request, typeof apiKey === 'string' ? apiKey : undefined)
    if (sender.status !== 'admitted') return refusedBy(sender)
    return { sender, compression }
  }

  #admit({ headers, socket }: IncomingMessage, apiKey: string | undefined): Sender | Refusal {
    return this.#options.auth.admit({
      authorization: headers.authorization,
      apiKey,
      origin: headers.origin,
      certificateNames: certificateNames(socket),
    })
  }

  async #run(call: Call): Promise<HttpReply> {
    const { exchange, lease } = call
    const unpacked = await unpack(call.body, call)
    if (unpacked.status !== 'ok') return this.#refuse(exchange, failureOf(unpacked.status, call.limitBytes))
    let body: EventBody
    try {
      body = readEvents(unpacked.bytes)
    } catch (error) {
      return this.#refuse(exchange, { reason: 'corrupt', failure: invalid(error) })
    }
    const sender = call.sender ?? this.#admit(exchange.request, body.key)
    if (sender.status !== 'admitted') return this.#refuse(exchange, refusedBy(sender))
    if (unpacked.bytes.length > bodyLimit(sender, call.limitBytes)) {
      const limitBytes = bodyLimit(sender, call.limitBytes)
      return this.#refuse(exchange, { reason: 'too_large', failure: tooLarge(limitBytes) })
    }
    const refusal = sender.reserve(unpacked.bytes.length)
    if (refusal !== undefined) return this.#refuse(exchange, refusedBy(refusal))
    // Of the spans that are made of it.
    if (!lease.tryTake(unpacked.bytes.length)) return this.#refuse(exchange, { reason: 'busy', failure: busy() })
    return this.#store(sender, body)
  }

  async #store(sender: Sender, body: EventBody): Promise<HttpReply> {
    const { project } = sender
    const { clock, checkScore } = this.#options
    const converted = convert(body, {
      receivedAt: BigInt(clock.nowMs()) * 1_000_000n,
      sentAt: sentAtOf(body),
      checkScore: (score) => checkScore?.(project, score),
    })
    let bytes = body.values.bytes.length
    let spans = 0
    try {
      const outcomes: Outcome[] = []
      for (const [signal, made] of [
        ['traces', converted.traces],
        ['logs', converted.logs],
      ] as const) {
        if (made === undefined) continue
        const outcome = await this.#accept({ project, signal, encoding: 'protobuf', bytes: made })
        this.#options.doorMetrics.answered(signal, outcome.status, made.length)
        outcomes.push(outcome)
        if (outcome.status === 'stored') spans += outcome.records ?? 0
        else {
          if (outcome.status === 'unavailable') bytes = 0
          return failureReply(toFailure(outcome))
        }
      }
      return this.#stored(body, converted, outcomes)
    } finally {
      sender.settle({ bytes, spans })
    }
  }

  #stored(body: EventBody, converted: Converted, outcomes: readonly Outcome[]): HttpReply {
    const { spans, scores, unstored, refused } = converted
    const lost = outcomes.reduce((sum, one) => sum + (one.status === 'stored' ? one.rejected : 0), 0)
    const rejected = refused.length + body.malformed + lost
    const reasons = new Set(refused)
    if (body.malformed > 0) reasons.add('an event is a JSON object with a name in "event"')
    for (const one of outcomes) if (one.status === 'stored' && one.rejected > 0) reasons.add(one.message)
    this.#events.add(spans + scores - lost, 'stored')
    this.#events.add(unstored, 'unstored')
    this.#events.add(rejected, 'rejected')
    const detail = [...reasons].slice(0, MAX_REASONS).join('; ')
    return jsonReply(200, { status: 1, ...(rejected > 0 ? { rejected, detail } : {}) })
  }

  #refuse({ request }: Exchange, { reason, failure }: RefusedCall): HttpReply {
    this.#options.doorMetrics.refused(reason)
    linger(request, reason)
    return failureReply(failure)
  }
}

interface Call {
  exchange: Exchange
  sender: Sender | undefined
  compression: Compression
  limitBytes: number
  lease: Lease
  body: Uint8Array
}

interface RefusedCall {
  reason: RefusalReason
  failure: Failure
}

const refusedBy = (refusal: Refusal): RefusedCall => ({ reason: refusal.reason, failure: toRefusalFailure(refusal) })

function failureOf(status: 'too_large' | 'busy' | 'corrupt', limitBytes: number): RefusedCall {
  if (status === 'too_large') return { reason: status, failure: tooLarge(limitBytes) }
  if (status === 'busy') return { reason: status, failure: busy() }
  return { reason: status, failure: badRequest('cannot decompress the request: it is not what it says') }
}

const badRequest = (message: string): Failure => toFailure({ status: 'invalid', message } satisfies Refused)

function invalid(error: unknown): Failure {
  if (error instanceof InsightsError && error.code === 'INSIGHTS_REQUEST_INVALID') return badRequest(error.message)
  throw error
}

function sentAtOf({ values, sentAt }: EventBody): bigint | undefined {
  const text = values.text(sentAt)
  return text === undefined ? undefined : timeOf(text)
}

function jsonReply(status: number, body: unknown): HttpReply {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) }
}

function failureReply(failure: Failure): HttpReply {
  const reply = jsonReply(failure.httpStatus, { status: 0, detail: failure.message })
  if (failure.retryAfterMs !== undefined)
    reply.headers['retry-after'] = String(Math.max(1, Math.ceil(failure.retryAfterMs / 1000)))
  if (failure === NOT_POST) reply.headers['allow'] = 'POST'
  if (failure === NOT_INFLATABLE) reply.headers['accept-encoding'] = ACCEPTED_COMPRESSIONS
  return reply
}

const NOT_POST: Failure = {
  grpcCode: GRPC_CODE.unimplemented,
  httpStatus: 405,
  message: 'cannot take events with this method: use POST',
}
const NOT_INFLATABLE: Failure = {
  grpcCode: GRPC_CODE.unimplemented,
  httpStatus: 415,
  message: `cannot read this content encoding: use ${ACCEPTED_COMPRESSIONS} or none`,
}
