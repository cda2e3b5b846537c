// OTLP/HTTP door (default port 4318). In: HTTP/1.1 requests. Out: ExportRequest to `accept`, and its outcome as the reply.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { limitConnections } from '../net/connections.ts'
import { httpOptions, limitHeaders } from '../net/http-limits.ts'
import { type HandedOver, handOverHttp2 } from '../net/prior-knowledge.ts'
import { openTlsServer } from '../net/tls-server.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { Door } from './contract.ts'
import { createDoorMetrics } from './door-metrics.ts'
import { createHttpListener, type HttpListenerOptions } from './http-listener.ts'
import { boundAddress, parseListen } from './listen.ts'

export interface OtlpHttpOptions extends HttpListenerOptions {
  /** A whole request must have arrived within this time. */
  requestTimeoutMs?: number
  /** Gets connections that begin as HTTP/2 does: gRPC on this port too. Not with TLS, where a browser would choose HTTP/2 for OTLP/HTTP. */
  http2?: (socket: Socket) => void
}

const REQUEST_TIMEOUT_MS = 60_000

/** Opens the door. @throws InsightsError INSIGHTS_LISTEN when the address cannot be bound */
export async function startOtlpHttp(options: OtlpHttpOptions): Promise<Door> {
  const { host, port } = parseListen(options.listen)
  const state = { draining: false }
  const listener = createHttpListener(options, state)
  const server = openServer(options, listener)
  const handed = options.http2 && options.tls === undefined ? handOverHttp2(server, options.http2) : undefined
  limitTo(server, options)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new InsightsError('INSIGHTS_LISTEN', `cannot listen on ${options.listen}: ${cause.message}`, { cause }))
    })
    server.listen(port, host, resolve)
  })
  server.on('error', (err) => options.log.error({ err }, 'cannot accept a connection'))
  return {
    address: boundAddress(server.address()),
    stop: (deadlineMs) => {
      state.draining = true
      return stopServer(server, handed, deadlineMs)
    },
  }
}

function openServer(options: OtlpHttpOptions, listener: RequestListener): Server {
  const settings = httpOptions({ requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS })
  const { tls } = options
  const server = tls === undefined ? createServer(settings, listener) : openTlsServer({ settings, tls }, listener)
  // 100 Continue is sent only to requests whose head is acceptable.
  server.on('checkContinue', listener)
  limitHeaders(server)
  return server
}

/** Last, so that it comes before whoever else listens for connections. */
function limitTo(server: Server, options: OtlpHttpOptions): void {
  const { limits } = options
  const doorMetrics = createDoorMetrics('http', options.metrics, limits.budget)
  if (limits.connections) limitConnections(server, limits.connections, () => doorMetrics.refused('connections'))
}

async function stopServer(server: Server, handed: HandedOver | undefined, deadlineMs: number): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections()
    handed?.destroyAll()
  }, deadlineMs)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  clearTimeout(cut)
}
