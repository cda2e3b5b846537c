// OTLP/HTTP door (default port 4318). In: HTTP/1.1 requests. Out: ExportRequest to `accept`, and its outcome as the reply.
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { InsightsError } from '../telemetry/errors.ts'
import type { Door } from './contract.ts'
import { createHttpListener, type HttpListenerOptions } from './http-listener.ts'
import { boundAddress, parseListen } from './listen.ts'

export interface OtlpHttpOptions extends HttpListenerOptions {
  /** A whole request must have arrived within this time. */
  requestTimeoutMs?: number
}

const MAX_HEADER_BYTES = 16 * 1024
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 60_000
// Longer than the idle time of common load balancers, so that they close first and never send into a closing connection.
const KEEP_ALIVE_MS = 75_000
const TIMEOUT_CHECK_MS = 2_000

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
  const requestTimeout = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS
  const settings = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeout),
    requestTimeout,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, requestTimeout),
  }
  const { tls } = options
  const server =
    tls === undefined
      ? createServer(settings, listener)
      : createTlsServer({ ...settings, ...tls, minVersion: 'TLSv1.2', requestCert: tls.ca !== undefined }, listener)
  // 100 Continue is sent only to requests whose head is acceptable.
  server.on('checkContinue', listener)
  return server
}

async function stopServer(server: Server, deadlineMs: number): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), deadlineMs)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  clearTimeout(cut)
}
