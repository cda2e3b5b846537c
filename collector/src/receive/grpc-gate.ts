// Stands between node:http2 and the gRPC server. In: each new HTTP/2 stream. Out: admitted streams, marked with what was found.
// Here is what the gRPC library does not do: refuse by headers alone, hold arriving bytes against the shared budget, large
// receive windows, zstd, and a limit on pings.
import {
  constants,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Socket } from 'node:net'
import { certificateNames } from '../net/certificate.ts'
import { type ConnectionLimits, limitConnections } from '../net/connections.ts'
import { limitSession, limitStream } from '../net/http2-limits.ts'
import type { Auth, Sender } from './auth.ts'
import { type Budget, createLease, type Lease } from './budget.ts'
import type { DoorOptions } from './contract.ts'
import type { DoorMetrics, RefusalReason } from './door-metrics.ts'
import { bodyLimit } from './export-call.ts'
import { ACCEPTED_COMPRESSIONS, type Compression, parseCompression } from './inflate.ts'
import { busy, type Failure, GRPC_CODE, toDetailTrailers, toFailure, tooLarge, toRefusalFailure } from './status.ts'

/** What the gate knows about a call. The handler that takes it over releases the lease. */
export interface Admitted {
  sender: Sender
  compression: Compression
  /** The first message's compressed flag. */
  compressed: boolean
  lease: Lease
  beganMs: number
  stream: ServerHttp2Stream
}

export interface Gate {
  /** Puts the gate in front of the library's own stream listener; call before the server listens. */
  install(server: Http2Server): void
  /** Hands a call over by the value of its GATE_HEADER; undefined when the stream has closed meanwhile. */
  claim(ticket: string): Admitted | undefined
  /** Hands the server a connection that another has accepted. */
  take(socket: Socket): void
  /** No longer watches for slow senders. */
  stop(): void
  /** Cuts all connections (the library forgets them when its channelz is off). */
  destroySessions(): void
}

export interface GateOptions {
  auth: Auth
  refuses: DoorOptions['refuses']
  budget: Budget
  maxBodyBytes: number
  doorMetrics: DoorMetrics
  /** Calls under other paths (health) pass unguarded. */
  paths: ReadonlySet<string>
  /** A stream without traffic for so long is closed. */
  idleTimeoutMs: number
  /** A whole request must have arrived within this time. */
  receiveTimeoutMs: number
  connections: ConnectionLimits | undefined
}

/** Carries the ticket to the handler; what a client sends under this name is overwritten. */
export const GATE_HEADER = 'x-insights-gate'

const CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024
const SWEEP_MS = 1_000

type StreamListener = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, ...rest: unknown[]) => void

export function createGate(options: GateOptions): Gate {
  const admitted = new Map<string, Admitted>()
  const sessions = new Set<ServerHttp2Session>()
  let sweep: NodeJS.Timeout | undefined
  let installed: Http2Server | undefined
  return {
    install(server) {
      installed = server
      const inner = server.listeners('stream') as StreamListener[]
      server.removeAllListeners('stream')
      server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, ...rest: unknown[]) => {
        // A stream that breaks while it is being refused has nobody else to tell.
        stream.on('error', () => options.doorMetrics.refused('aborted'))
        if (!limitStream(stream, headers)) return options.doorMetrics.refused('flood')
        if (options.paths.has(headers[':path'] ?? '') && !guardStream(stream, headers, { options, admitted })) return
        for (const listener of inner) listener(stream, headers, ...rest)
      })
      server.on('session', (session) => {
        sessions.add(session)
        session.once('close', () => sessions.delete(session))
        session.setLocalWindowSize(CONNECTION_WINDOW_BYTES)
        limitSession(session, () => options.doorMetrics.refused('flood'))
      })
      if (options.connections)
        limitConnections(server, options.connections, () => options.doorMetrics.refused('connections'))
      sweep = setInterval(() => closeSlow(admitted, options), SWEEP_MS)
    },
    take(socket) {
      if (installed) installed.emit('connection', socket)
      else socket.destroy()
    },
    stop: () => clearInterval(sweep),
    claim(ticket) {
      const call = admitted.get(ticket)
      admitted.delete(ticket)
      return call
    },
    destroySessions() {
      for (const session of sessions) session.destroy()
    },
  }
}

/** Calls that nobody has claimed are still coming; a byte now and then keeps one from being idle, but not for ever. */
function closeSlow(admitted: ReadonlyMap<string, Admitted>, { receiveTimeoutMs, doorMetrics }: GateOptions): void {
  const oldestMs = performance.now() - receiveTimeoutMs
  for (const { beganMs, stream } of admitted.values()) {
    // In the order in which they came.
    if (beganMs > oldestMs) return
    doorMetrics.refused('slow')
    stream.close(constants.NGHTTP2_CANCEL)
  }
}

let lastTicket = 0

/** Judges a call by its headers and starts to meter it. @returns false when it has been refused */
function guardStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { options, admitted }: { options: GateOptions; admitted: Map<string, Admitted> },
): boolean {
  const { auth, refuses, budget, doorMetrics, idleTimeoutMs } = options
  const sender = auth.admit({
    authorization: headers.authorization,
    apiKey: single(headers['x-api-key']),
    origin: single(headers.origin),
    certificateNames: certificateNames(stream.session?.socket),
  })
  if (sender.status !== 'admitted') {
    doorMetrics.refused(sender.reason)
    refuseStream(stream, toRefusalFailure(sender))
    return false
  }
  const compression = parseCompression(single(headers['grpc-encoding']))
  if (compression === undefined) {
    doorMetrics.refused('compression')
    refuseStream(stream, UNKNOWN_ENCODING)
    return false
  }
  const closed = refuses?.()
  if (closed !== undefined || !budget.hasRoom(1)) {
    doorMetrics.refused(closed ? 'unavailable' : 'busy')
    refuseStream(stream, closed ? toFailure(closed) : busy())
    return false
  }
  const call: Admitted = {
    sender,
    compression,
    compressed: false,
    lease: createLease(budget),
    beganMs: performance.now(),
    stream,
  }
  const ticket = String(++lastTicket)
  admitted.set(ticket, call)
  headers[GATE_HEADER] = ticket
  // The library is told "identity", so that it passes the bytes on as they are.
  delete headers['grpc-encoding']
  meterStream(stream, call, options)
  stream.setTimeout(idleTimeoutMs, () => stream.close(constants.NGHTTP2_CANCEL))
  stream.once('close', () => {
    if (!admitted.delete(ticket)) return
    sender.settle({ bytes: call.lease.heldBytes, spans: 0 })
    call.lease.release()
  })
  return true
}

const FRAME_HEAD_BYTES = 5

/** Takes every arriving byte from the budget and reads the head of the first message: its flag, and how long it will be. */
function meterStream(
  stream: ServerHttp2Stream,
  call: Admitted,
  { doorMetrics, maxBodyBytes, budget }: GateOptions,
): void {
  const { sender, lease } = call
  const refuse = (reason: RefusalReason, failure: Failure): void => {
    // What is refused for its rate, or for our sake, costs nothing.
    sender.settle({ bytes: 0, spans: 0 })
    doorMetrics.refused(reason)
    refuseStream(stream, failure)
  }
  let first = true
  stream.on('data', (chunk: Buffer) => {
    // Already answered (refused, too large, out of time): what still comes is dropped by the library and must not be held.
    if (stream.headersSent || stream.closed) return
    if (first) {
      first = false
      call.compressed = chunk[0] === 1
      const declaredBytes = chunk.length < FRAME_HEAD_BYTES ? 0 : chunk.readUInt32BE(1)
      // Beyond the door's own limit the library answers.
      const limitBytes = bodyLimit(sender, maxBodyBytes)
      if (declaredBytes > limitBytes && limitBytes < maxBodyBytes) return refuse('too_large', tooLarge(limitBytes))
      const refusal = declaredBytes > limitBytes ? undefined : sender.reserve(declaredBytes)
      if (refusal !== undefined) return refuse(refusal.reason, toRefusalFailure(refusal))
      if (declaredBytes <= limitBytes && !budget.hasRoom(declaredBytes)) return refuse('busy', busy())
    }
    if (!lease.tryTake(chunk.length)) refuse('busy', busy())
  })
}

/** A trailers-only reply, after which nobody hears what the client still sends. Closing without an error tells it to stop. */
function refuseStream(stream: ServerHttp2Stream, failure: Failure): void {
  const headers: Record<string, string | number> = {
    ':status': 200,
    'content-type': 'application/grpc+proto',
    'grpc-accept-encoding': GRPC_ACCEPT_ENCODING,
    'grpc-status': failure.grpcCode,
    'grpc-message': encodeURI(failure.message),
  }
  for (const [name, bytes] of toDetailTrailers(failure)) headers[name] = bytes.toString('base64')
  stream.removeAllListeners('data')
  stream.removeAllListeners('end')
  stream.resume()
  stream.respond(headers, { endStream: true })
  // At once it would take the place of the reply, which is still to be written.
  setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR))
}

const single = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.[0]

export const GRPC_ACCEPT_ENCODING = `identity, ${ACCEPTED_COMPRESSIONS}`

const UNKNOWN_ENCODING: Failure = {
  grpcCode: GRPC_CODE.unimplemented,
  httpStatus: 415,
  message: `cannot read this grpc-encoding: use ${GRPC_ACCEPT_ENCODING}`,
}
