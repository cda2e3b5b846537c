// Method, URL, headers and body of an OTLP/HTTP request in, status, headers and body of the reply out. Knows no socket, so that
// another server can mount it too.
import type { IncomingHttpHeaders } from 'node:http'
import type { Auth, Sender } from './auth.ts'
import type { Lease } from './budget.ts'
import { type Encoding, SIGNALS, type Signal } from './contract.ts'
import type { DoorMetrics, RefusalReason } from './door-metrics.ts'
import type { RunExport } from './export-call.ts'
import { toExportReply } from './export-reply.ts'
import { ACCEPTED_COMPRESSIONS, type Compression, parseCompression } from './inflate.ts'
import { type Failure, GRPC_CODE, toRefusalFailure, toStatusBytes, toStatusJson } from './status.ts'

export interface HttpReply {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** What the head of a request allows: read the body and run, or answer at once. */
export type HttpPlan = RunPlan | { kind: 'reply'; reply: HttpReply }

/** An export request that may come in. */
export interface RunPlan {
  kind: 'run'
  sender: Sender
  signal: Signal
  encoding: Encoding
  compression: Compression
}

/** What of a request comes before its body. */
export interface HttpHead {
  method: string
  path: string
  headers: IncomingHttpHeaders
  certificateNames: readonly string[] | undefined
}

export interface HttpExport {
  /** Judges a request by its head alone. */
  plan(head: HttpHead): HttpPlan
  /** @param lease holds the wire bytes; released before the reply is made */
  run(plan: RunPlan, bytes: Uint8Array, lease: Lease): Promise<HttpReply>
  refuse(encoding: Encoding, failure: Failure, reason: RefusalReason): HttpReply
}

export interface HttpExportOptions {
  auth: Auth
  runExport: RunExport
  doorMetrics: DoorMetrics
  /** Paths under which /v1/traces, /v1/logs, /v1/metrics are found; '' is the standard one. */
  prefixes: readonly string[]
}

const CONTENT_TYPE: Record<Encoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' }

export function createHttpExport(options: HttpExportOptions): HttpExport {
  const { runExport, doorMetrics } = options
  const signalOfPath = new Map<string, Signal>()
  for (const prefix of options.prefixes) {
    for (const signal of SIGNALS) signalOfPath.set(`${prefix}/v1/${signal}`, signal)
  }
  // Where the span exporter of the event wire's clients sends OTLP.
  signalOfPath.set('/i/v0/ai/otel', 'traces')
  const refuse: HttpExport['refuse'] = (encoding, failure, reason) => {
    doorMetrics.refused(reason)
    return failureReply(encoding, failure)
  }
  return {
    refuse,
    plan(head) {
      const encoding = parseContentType(head.headers['content-type'])
      const judged = judge({ ...head, signal: signalOfPath.get(head.path), encoding }, options.auth)
      if (!('failure' in judged)) return judged
      return { kind: 'reply', reply: refuse(encoding ?? 'protobuf', judged.failure, judged.reason) }
    },
    async run(plan, bytes, lease) {
      const { sender, signal, encoding, compression } = plan
      const used = bytes.length === 0 ? 'identity' : compression
      const result = await runExport({ sender, signal, encoding, compression: used, bytes, lease })
      if (result.failure !== undefined) return failureReply(encoding, result.failure)
      const headers = { 'content-type': CONTENT_TYPE[encoding] }
      return { status: 200, headers, body: toExportReply(signal, encoding, result) }
    },
  }
}

interface Head extends HttpHead {
  signal: Signal | undefined
  encoding: Encoding | undefined
}

function judge(head: Head, auth: Auth): RunPlan | { failure: Failure; reason: RefusalReason } {
  const { method, signal, encoding, headers } = head
  if (signal === undefined) return { failure: NOT_FOUND, reason: 'path' }
  if (method !== 'POST') return { failure: NOT_POST, reason: 'method' }
  const apiKey = headers['x-api-key']
  const sender = auth.admit({
    authorization: headers.authorization,
    apiKey: typeof apiKey === 'string' ? apiKey : undefined,
    origin: headers.origin,
    certificateNames: head.certificateNames,
  })
  if (sender.status !== 'admitted') return { failure: toRefusalFailure(sender), reason: sender.reason }
  if (encoding === undefined) return { failure: NOT_OTLP, reason: 'content_type' }
  const compression = parseCompression(headers['content-encoding'])
  if (compression === undefined) return { failure: NOT_INFLATABLE, reason: 'compression' }
  return { kind: 'run', sender, signal, encoding, compression }
}

export function failureReply(encoding: Encoding, failure: Failure): HttpReply {
  const headers: Record<string, string> = { 'content-type': CONTENT_TYPE[encoding] }
  if (failure.retryAfterMs !== undefined) {
    headers['retry-after'] = String(Math.max(1, Math.ceil(failure.retryAfterMs / 1000)))
  }
  if (failure.httpStatus === 405) headers['allow'] = 'POST'
  if (failure.httpStatus === 401) headers['www-authenticate'] = 'Bearer'
  if (failure === NOT_INFLATABLE) headers['accept-encoding'] = ACCEPTED_COMPRESSIONS
  const body = encoding === 'json' ? Buffer.from(toStatusJson(failure)) : toStatusBytes(failure)
  return { status: failure.httpStatus, headers, body }
}

/** Parameters such as charset are tolerated; anything but the two types of OTLP is not. */
function parseContentType(header: string | undefined): Encoding | undefined {
  if (header === CONTENT_TYPE.protobuf) return 'protobuf'
  if (header === undefined) return undefined
  const semicolon = header.indexOf(';')
  const type = (semicolon < 0 ? header : header.slice(0, semicolon)).trim().toLowerCase()
  if (type === CONTENT_TYPE.protobuf) return 'protobuf'
  return type === CONTENT_TYPE.json ? 'json' : undefined
}

const NOT_FOUND: Failure = {
  grpcCode: GRPC_CODE.unimplemented,
  httpStatus: 404,
  message: 'cannot find this path: OTLP is at /v1/traces, /v1/logs, /v1/metrics',
}
const NOT_POST: Failure = {
  grpcCode: GRPC_CODE.unimplemented,
  httpStatus: 405,
  message: 'cannot export with this method: use POST',
}
const NOT_OTLP: Failure = {
  grpcCode: GRPC_CODE.invalidArgument,
  httpStatus: 415,
  message: 'cannot read this content type: use application/x-protobuf or application/json',
}
const NOT_INFLATABLE: Failure = {
  grpcCode: GRPC_CODE.unimplemented,
  httpStatus: 415,
  message: `cannot read this content encoding: use ${ACCEPTED_COMPRESSIONS} or none`,
}
