// HTTP requests -> statements -> replies: ClickHouse's HTTP interface over the engine of this process.
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { limitConnections } from '../net/connections.ts'
import { createHostCheck, isSameOrigin } from '../net/host.ts'
import { guardRequests, httpOptions, limitHeaders } from '../net/http-limits.ts'
import { openTlsServer } from '../net/tls-server.ts'
import { refuse, toClickHouseException } from './clickhouse-exception.ts'
import { type Body, createBodyReader } from './http-body.ts'
import { sendException, sendResult } from './http-reply.ts'
import { type Credentials, createAuthenticator, readCredentials, readQueryOptions } from './http-request.ts'
import type { DoorGuard, OuterListener } from './messages.ts'
import type { StatementRunner } from './run-statement.ts'

/** Queries may come in the URL; ClickHouse's own limit is 1 MiB too. */
const MAX_HEADER_BYTES = 2 ** 20
/** Longer than the 10 s after which common clients drop an idle socket, so that they never meet a closing one. */
const KEEP_ALIVE_MS = 30_000
/** An insert may come slowly, from a client that computes it. */
const REQUEST_TIMEOUT_MS = 300_000
const BODY_IDLE_MS = 60_000

export interface HttpServerDeps {
  runner: StatementRunner
  credentials: Credentials
  version: string
  guard: DoorGuard
}

export function createEngineServer(deps: HttpServerDeps, tls?: OuterListener['tls']): Server {
  const { guard } = deps
  const checkPage = pageCheck(guard)
  const authenticate = createAuthenticator(deps.credentials)
  const readBody = createBodyReader()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    checkPage(request)
    const url = new URL(request.url ?? '/', 'http://engine')
    if (url.pathname === '/ping' || (url.pathname === '/' && isProbe(url, request))) return sendOk(response)
    authenticate(readCredentials(url, request))
    if (url.pathname !== '/') throw refuse('BAD_ARGUMENTS', 'There is no handle for this path', 404)
    const options = readQueryOptions(url, request)
    const body: Body = await readBody(request)
    try {
      const { result, format } = await deps.runner.run(options, body.bytes, goneSignal(response))
      await sendResult({ request, response }, result, {
        queryId: options.queryId,
        format,
        compress: options.compressReply,
      })
    } finally {
      body.release()
    }
  }
  const listener = guardRequests(
    (request, response) => {
      for (const [name, value] of REPLY_HEADERS) response.setHeader(name, value)
      answer(request, response).catch((cause: unknown) => {
        sendException(response, toClickHouseException(cause), deps.version)
        // The unread rest of a refused body must not be taken for the next request.
        if (!request.complete) response.shouldKeepAlive = false
      })
    },
    { bodyIdleMs: BODY_IDLE_MS },
  )
  const server = openServer(listener, tls)
  limitHeaders(server)
  limitConnections(
    server,
    { max: guard.maxConnections, maxPerAddress: guard.maxConnectionsPerAddress },
    () => undefined,
  )
  return server
}

const REPLY_HEADERS = [
  ['X-ClickHouse-Server-Display-Name', 'insights-engine'],
  // Rows hold what users wrote; no browser shall take them for a page.
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
] as const

function openServer(listener: RequestListener, tls: OuterListener['tls'] | undefined): Server {
  const settings = {
    ...httpOptions({ requestTimeoutMs: REQUEST_TIMEOUT_MS }),
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
  }
  if (tls === undefined) return createServer(settings, listener)
  return openTlsServer({ settings, tls }, listener)
}

/** A browser shows a password that it knows to whoever's page asks, so no page elsewhere, and none by a rebound name, is answered. */
function pageCheck({ isLoopback, allowedHosts }: DoorGuard): (request: IncomingMessage) => void {
  const servesHost = createHostCheck({ isLoopback, isOpen: false, allowed: allowedHosts })
  return ({ headers: { host = '', origin } }) => {
    if (!servesHost(host)) throw refuse('BAD_ARGUMENTS', 'This host name is not served (allowed_hosts)', 421)
    if (origin !== undefined && !isSameOrigin(origin, host))
      throw refuse('AUTHENTICATION_FAILED', 'Pages of other origins are not served', 403)
  }
}

// `GET /` without a query is ClickHouse's health check.
const isProbe = (url: URL, request: IncomingMessage): boolean =>
  request.method === 'GET' && !url.searchParams.has('query')

function sendOk(response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/html; charset=UTF-8')
  response.end('Ok.\n')
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}
