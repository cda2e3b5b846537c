// One node:http request in, its reply out: preflight, liveness, events of the Insights wire, or an export whose body is read, run and answered.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { certificateNames } from '../net/certificate.ts'
import { guardRequests } from '../net/http-limits.ts'
import { type BodyPool, createBodyPool } from './body-pool.ts'
import { createLease } from './budget.ts'
import type { ScoreRecord } from './capture/score.ts'
import { type Capture, createCapture } from './capture.ts'
import type { DoorOptions } from './contract.ts'
import { createDoorMetrics, type DoorMetrics, type RefusalReason } from './door-metrics.ts'
import { bodyLimit, createExportRunner } from './export-call.ts'
import { readBody } from './http-body.ts'
import { createCors, PREFLIGHT_HEADERS } from './http-cors.ts'
import { createHttpExport, type HttpExport, type HttpReply, type RunPlan } from './http-export.ts'
import { linger } from './linger.ts'
import { busy, type Failure, toFailure, tooLarge, toRefusalFailure } from './status.ts'

export interface HttpListenerOptions extends DoorOptions {
  /** More places for /v1/*, such as /api/public/otel. */
  prefixes?: readonly string[]
  /** A body of which no byte comes for so long is given up. */
  bodyIdleMs?: number
  /** Says why a project does not take a score of the event wire. */
  checkScore?: (project: string, score: ScoreRecord) => string | undefined
  /** Sees every request first; true = it answers (also `Expect: 100-continue`). For other wires on the same port. */
  intercept?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** What one exchange needs of the door. */
interface Parts {
  httpExport: HttpExport
  doorMetrics: DoorMetrics
  limits: DoorOptions['limits']
  refuses: NonNullable<DoorOptions['refuses']>
  pool: BodyPool
  capture: Capture
}

const BODY_IDLE_MS = 15_000

/** @param state.draining true = connections are closed after their reply */
export function createHttpListener(options: HttpListenerOptions, state: { draining: boolean }): RequestListener {
  const { auth, limits, log, intercept } = options
  const doorMetrics = createDoorMetrics('http', options.metrics, limits.budget)
  const runExport = createExportRunner(options, doorMetrics)
  const prefixes = ['', ...(options.prefixes ?? [])]
  const pool = createBodyPool()
  const parts: Parts = {
    httpExport: createHttpExport({ auth, runExport, doorMetrics, prefixes }),
    doorMetrics,
    limits,
    refuses: options.refuses ?? (() => undefined),
    pool,
    capture: createCapture({ ...options, doorMetrics, pool }),
  }
  const cors = createCors(auth.allowsOrigin)

  const exchange = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const corsHeaders = cors(request.headers)
    const isPreflight = request.method === 'OPTIONS' && corsHeaders !== undefined
    const reply = isPreflight ? preflightReply() : await answer(parts, request, response)
    if (reply === undefined || response.headersSent) return
    // A client that still waits for 100 Continue will never send its body.
    const unread = request.headers.expect !== undefined && reply.status >= 400
    if (state.draining || unread) reply.headers['connection'] = 'close'
    if (corsHeaders !== undefined) Object.assign(reply.headers, corsHeaders)
    if (reply.status !== 204) reply.headers['content-length'] = String(reply.body.length)
    response.writeHead(reply.status, reply.headers)
    response.end(reply.body)
  }
  const listener: RequestListener = (request, response) => {
    if (intercept?.(request, response) === true) return
    exchange(request, response).catch((err: unknown) => {
      log.error({ err }, 'cannot answer a request')
      response.destroy()
    })
  }
  return guardRequests(listener, { bodyIdleMs: options.bodyIdleMs ?? BODY_IDLE_MS, onRefused: doorMetrics.refused })
}

const preflightReply = (): HttpReply => ({ status: 204, headers: { ...PREFLIGHT_HEADERS }, body: new Uint8Array(0) })
const aliveReply = (): HttpReply => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from('ok\n'),
})

/** @returns undefined when the client has gone */
async function answer(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<HttpReply | undefined> {
  const { method = '', url = '/' } = request
  const query = url.indexOf('?')
  const path = query < 0 ? url : url.slice(0, query)
  if (path === '/' && (method === 'GET' || method === 'HEAD')) return aliveReply()
  const captured = parts.capture.answer({ request, response, path })
  if (captured !== undefined) return captured
  const { headers, socket } = request
  const plan = parts.httpExport.plan({ method, path, headers, certificateNames: certificateNames(socket) })
  if (plan.kind === 'reply') return plan.reply
  return receive(parts, plan, { request, response })
}

async function receive(
  { httpExport, doorMetrics, limits, refuses, pool }: Parts,
  plan: RunPlan,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<HttpReply | undefined> {
  const length = request.headers['content-length']
  const declaredBytes = length === undefined ? undefined : Number(length)
  const lease = createLease(limits.budget)
  const { sender } = plan
  const limitBytes = bodyLimit(sender, limits.maxBodyBytes)
  const refuse = (reason: RefusalReason, failure: Failure): HttpReply => {
    sender.settle({ bytes: reason === 'too_large' ? lease.heldBytes : 0, spans: 0 })
    lease.release()
    linger(request, reason)
    return httpExport.refuse(plan.encoding, failure, reason)
  }
  if (declaredBytes !== undefined && declaredBytes > limitBytes) return refuse('too_large', tooLarge(limitBytes))
  const closed = refuses()
  if (closed !== undefined) return refuse('unavailable', toFailure(closed))
  if (!limits.budget.hasRoom(declaredBytes ?? 1)) return refuse('busy', busy())
  const refusal = sender.reserve(declaredBytes ?? 0)
  if (refusal !== undefined) return refuse(refusal.reason, toRefusalFailure(refusal))
  if (request.headers.expect !== undefined) response.writeContinue()
  const body = await readBody(request, { declaredBytes, limitBytes, lease, pool })
  switch (body.status) {
    case 'ok':
      return httpExport.run(plan, body.bytes, lease).finally(() => pool.give(body.buffer))
    case 'too_large':
      return refuse('too_large', tooLarge(limitBytes))
    case 'busy':
      return refuse('busy', busy())
    case 'aborted':
      sender.settle({ bytes: lease.heldBytes, spans: 0 })
      lease.release()
      doorMetrics.refused('aborted')
      return undefined
  }
}
