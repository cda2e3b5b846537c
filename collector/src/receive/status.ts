// An outcome in, what both transports say about it out: gRPC code, HTTP status, google.rpc.Status as protobuf or JSON.
import { google } from '../../../proto/gen/rpc.js'
import type { Refusal } from './auth.ts'
import type { Outcome } from './contract.ts'

/** gRPC status codes that a door answers. */
export const GRPC_CODE = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const

/** A refusal, in terms of both transports. `retryAfterMs` present = the client may send the same again. */
export interface Failure {
  grpcCode: number
  httpStatus: number
  message: string
  retryAfterMs?: number
  /** Which part of the request is wrong; makes the detail a BadRequest. */
  field?: string
}

export type Refused = Exclude<Outcome, { status: 'stored' }>

/** OTLP retries HTTP 429, 502, 503, 504 only, so what must not be retried gets another 4xx. */
export function toFailure(outcome: Refused): Failure {
  const message = clampMessage(outcome.message)
  switch (outcome.status) {
    case 'invalid':
      return { grpcCode: GRPC_CODE.invalidArgument, httpStatus: 400, message, field: outcome.field ?? '' }
    case 'unavailable':
      return { grpcCode: GRPC_CODE.unavailable, httpStatus: 503, message, retryAfterMs: outcome.retryAfterMs }
    case 'exhausted':
      return outcome.retryAfterMs === undefined
        ? { grpcCode: GRPC_CODE.resourceExhausted, httpStatus: 403, message }
        : { grpcCode: GRPC_CODE.resourceExhausted, httpStatus: 429, message, retryAfterMs: outcome.retryAfterMs }
    case 'forbidden':
      return { grpcCode: GRPC_CODE.permissionDenied, httpStatus: 403, message }
  }
}

/** What a sender who is not let in hears. */
export function toRefusalFailure(refusal: Refusal): Failure {
  if (refusal.status !== 'unauthenticated') return toFailure(refusal)
  return { grpcCode: GRPC_CODE.unauthenticated, httpStatus: 401, message: refusal.message }
}

export function tooLarge(limitBytes: number): Failure {
  const message = `cannot accept the request: it is larger than ${limitBytes} bytes`
  return { grpcCode: GRPC_CODE.resourceExhausted, httpStatus: 413, message }
}

export function busy(): Failure {
  const message = 'cannot accept the request now: too many bytes are in flight'
  return { grpcCode: GRPC_CODE.unavailable, httpStatus: 503, message, retryAfterMs: BUSY_RETRY_MS }
}
const BUSY_RETRY_MS = 1000

// gRPC sends messages as a header, percent-encoded, and clients refuse headers above 8 KiB.
const MAX_MESSAGE_CHARS = 1500

/** Keeps a message small enough for any transport and free of half surrogates. */
export function clampMessage(message: string): string {
  const short = message.length > MAX_MESSAGE_CHARS ? `${message.slice(0, MAX_MESSAGE_CHARS)}…` : message
  return short.toWellFormed()
}

const TYPE_URL = 'type.googleapis.com/google.rpc.'

/** What a gRPC failure carries beside code and message: nothing, unless it can be retried or names the wrong field. */
export function toDetailTrailers(failure: Failure): [name: string, bytes: Buffer][] {
  if (failure.retryAfterMs === undefined) {
    return failure.field === undefined ? [] : [['grpc-status-details-bin', Buffer.from(toStatusBytes(failure))]]
  }
  return [
    ['grpc-status-details-bin', Buffer.from(toStatusBytes(failure))],
    // Python's exporter looks nowhere else.
    ['google.rpc.retryinfo-bin', Buffer.from(toRetryInfo(failure.retryAfterMs))],
  ]
}

const toRetryInfo = (ms: number): Uint8Array => google.rpc.RetryInfo.encode({ retryDelay: toDuration(ms) }).finish()

/** google.rpc.Status as protobuf: the HTTP error body and gRPC's grpc-status-details-bin. */
export function toStatusBytes(failure: Failure): Uint8Array {
  const details: google.protobuf.IAny[] = []
  if (failure.retryAfterMs !== undefined) {
    details.push({ type_url: `${TYPE_URL}RetryInfo`, value: toRetryInfo(failure.retryAfterMs) })
  }
  if (failure.field !== undefined) {
    const fieldViolations = [{ field: failure.field, description: failure.message }]
    details.push({
      type_url: `${TYPE_URL}BadRequest`,
      value: google.rpc.BadRequest.encode({ fieldViolations }).finish(),
    })
  }
  return google.rpc.Status.encode({ code: failure.grpcCode, message: failure.message, details }).finish()
}

/** google.rpc.Status in protobuf's JSON mapping. */
export function toStatusJson(failure: Failure): string {
  const details: object[] = []
  if (failure.retryAfterMs !== undefined) {
    details.push({ '@type': `${TYPE_URL}RetryInfo`, retryDelay: `${failure.retryAfterMs / 1000}s` })
  }
  if (failure.field !== undefined) {
    const fieldViolations = [{ field: failure.field, description: failure.message }]
    details.push({ '@type': `${TYPE_URL}BadRequest`, fieldViolations })
  }
  return JSON.stringify({ code: failure.grpcCode, message: failure.message, details })
}

function toDuration(ms: number): { seconds: number; nanos: number } {
  const seconds = Math.floor(ms / 1000)
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) }
}
