// OTLP/HTTP door (default port 4318). In: HTTP/1.1 requests. Out: ExportRequest to `accept`, and its outcome as the reply.
import { createServer, type RequestListener, type Server } from 'node:http'
import { limitConnections } from '../net/connections.ts'
import { httpOptions, limitHeaders } from '../net/http-limits.ts'
import { openTlsServer } from '../net/tls-server.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { Door } from './contract.ts'
import { createDoorMetrics } from './door-metrics.ts'
import { createHttpListener, type HttpListenerOptions } from './http-listener.ts'
import { boundAddress, parseListen } from './listen.ts'

export interface OtlpHttpOptions extends HttpListenerOptions {
  /** A whole request must have arrived within this time. */
  requestTimeoutMs?: number
}

const REQUEST_TIMEOUT_MS = 60_000

/** Opens the door. @throws InsightsError INSIGHTS_LISTEN when the address cannot be bound */
export async function startOtlpHttp(options: OtlpHttpOptions): Promise<Door> {
  const { host, port } = parseListen(options.listen)
  const state = { draining: false }
  const listener = createHttpListener(options, state)
  const server = openServer(options, listener)
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
      return stopServer(server, deadlineMs)
    },
  }
}

function openServer(options: OtlpHttpOptions, listener: RequestListener): Server {
  const settings = httpOptions({ requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS })
  const { tls, limits } = options
  const server = tls === undefined ? createServer(settings, listener) : openTlsServer({ settings, tls }, listener)
  // 100 Continue is sent only to requests whose head is acceptable.
  server.on('checkContinue', listener)
  limitHeaders(server)
  const doorMetrics = createDoorMetrics('http', options.metrics, limits.budget)
  if (limits.connections) limitConnections(server, limits.connections, () => doorMetrics.refused('connections'))
  return server
}

async function stopServer(server: Server, deadlineMs: number): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), deadlineMs)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  clearTimeout(cut)
}
