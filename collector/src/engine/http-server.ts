// HTTP requests -> statements -> replies: ClickHouse's HTTP interface over the engine of this process.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { refuse, toClickHouseException } from './clickhouse-exception.ts'
import { type Body, createBodyReader } from './http-body.ts'
import { sendException, sendResult } from './http-reply.ts'
import { type Credentials, createAuthenticator, readCredentials, readQueryOptions } from './http-request.ts'
import type { StatementRunner } from './run-statement.ts'

/** Queries may come in the URL; ClickHouse's own limit is 1 MiB too. */
const MAX_HEADER_BYTES = 2 ** 20
/** Longer than the 10 s after which common clients drop an idle socket, so that they never meet a closing one. */
const KEEP_ALIVE_MS = 30_000

export interface HttpServerDeps {
  runner: StatementRunner
  credentials: Credentials
  version: string
}

export function createEngineServer(deps: HttpServerDeps): Server {
  const authenticate = createAuthenticator(deps.credentials)
  const readBody = createBodyReader()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
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
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      response.setHeader('X-ClickHouse-Server-Display-Name', 'insights-engine')
      answer(request, response).catch((cause: unknown) => {
        sendException(response, toClickHouseException(cause), deps.version)
        // The unread rest of a refused body must not be taken for the next request.
        if (!request.complete) response.shouldKeepAlive = false
      })
    },
  )
  return server
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
