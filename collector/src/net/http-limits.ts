// What one HTTP/1 connection may do to a server: options for its creation, and a check of each request's head.
import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http'

export const MAX_HEADERS = 100

const MAX_HEADER_BYTES = 16 * 1024
const HEADERS_TIMEOUT_MS = 10_000
// Longer than the idle time of common load balancers, so that they close first and never send into a closing connection.
const KEEP_ALIVE_MS = 75_000
const CHECK_MS = 2_000

/**
 * For the creation of a server, plain or TLS.
 * @param options.requestTimeoutMs a whole request must have arrived within this time
 */
export function httpOptions({ requestTimeoutMs }: { requestTimeoutMs: number }) {
  return {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(CHECK_MS, requestTimeoutMs),
    // Two readings of one request are how requests are smuggled past a proxy.
    requireHostHeader: true,
    insecureHTTPParser: false,
  } as const satisfies ServerOptions
}

/** Node drops headers beyond its number in silence; one more than ours is let through, so that they can be told. */
export function limitHeaders(server: Server): void {
  server.maxHeadersCount = MAX_HEADERS + 1
}

export interface RequestGuard {
  /** A body of which no byte comes for so long is given up. */
  bodyIdleMs: number
  onRefused?: (reason: 'headers' | 'slow') => void
}

/** A listener that sees only requests with a usual number of headers, whose bodies keep coming. */
export function guardRequests(listener: RequestListener, { bodyIdleMs, onRefused }: RequestGuard): RequestListener {
  return (request, response) => {
    if (request.rawHeaders.length > 2 * MAX_HEADERS) {
      onRefused?.('headers')
      answerAndClose(response, 431)
      return
    }
    // One without a body would be cut for the time that its answer takes.
    if (hasBody(request)) {
      limitBodyIdle(request, bodyIdleMs, () => {
        onRefused?.('slow')
        answerAndClose(response, 408)
        request.socket.destroySoon()
      })
    }
    listener(request, response)
  }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function limitBodyIdle(request: IncomingMessage, idleMs: number, onIdle: () => void): void {
  const { socket } = request
  request.setTimeout(idleMs, onIdle)
  // Not on close too: by then the time until the next request is the server's own.
  request.once('end', () => socket.setTimeout(0))
}

function answerAndClose(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, { connection: 'close', 'content-length': '0' })
  response.end()
}
