// An address in; the query API listening on it out, until stop().
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type ConnectionLimits, limitConnections } from '../net/connections.ts'
import { guardRequests, httpOptions, limitHeaders } from '../net/http-limits.ts'
import type { TlsFiles } from '../net/tls.ts'
import { openTlsServer } from '../net/tls-server.ts'
import { InsightsError } from '../telemetry/errors.ts'
import { createQueryApp } from './create-query-app.ts'
import type { QueryDeps } from './deps.ts'

export interface QueryApiOptions extends QueryDeps {
  /** Port 0 picks a free one. */
  listen: { host: string; port: number }
  /** PEM texts; absent = plain text. */
  tls?: TlsFiles
  /** Absent: as many as the system lets in. */
  connections?: ConnectionLimits
  /** A whole request must have arrived within this time, and of its body no byte be so late. */
  requestTimeoutMs?: number
  bodyIdleMs?: number
}

export interface QueryApi {
  /** `host:port` as bound. */
  address: string
  /** Answers what is being asked, for at most five seconds, and closes. */
  stop(): Promise<void>
}

const REQUEST_TIMEOUT_MS = 30_000
const BODY_IDLE_MS = 15_000
const STOP_GRACE_MS = 5_000

/** Rejects with INSIGHTS_LISTEN when the address cannot be bound. */
export async function startQueryApi(options: QueryApiOptions): Promise<QueryApi> {
  const { host, port } = options.listen
  const server = openServer(options)
  await listen(server, options.listen)
  options.log.info({ host, port }, 'query API listens')
  return { address: formatAddress(server.address()), stop: () => stop(server) }
}

function openServer(options: QueryApiOptions): Server {
  const refusals = options.metrics.counter(
    'insights_query_refused_total',
    'Connections and requests that the query API did not look at, by reason.',
    ['reason'],
  )
  const app = createQueryApp(options)
  const onRefused = (reason: string): void => refusals.add(1, reason)
  const listener = guardRequests(getRequestListener(app.fetch), {
    bodyIdleMs: options.bodyIdleMs ?? BODY_IDLE_MS,
    onRefused,
  })
  const settings = httpOptions({ requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS })
  const { tls, connections } = options
  const server = tls === undefined ? createServer(settings, listener) : openTlsServer({ settings, tls }, listener)
  limitHeaders(server)
  if (connections) limitConnections(server, connections, () => onRefused('connections'))
  return server
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: Error) => {
      reject(new InsightsError('INSIGHTS_LISTEN', `cannot listen on ${host}:${port}: ${cause.message}`, { cause }))
    })
    server.listen(port, host, resolve)
  })
}

function formatAddress(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return String(address)
  return address.family === 'IPv6' ? `[${address.address}]:${address.port}` : `${address.address}:${address.port}`
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  const cutOff = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS)
  server.closeIdleConnections()
  await closed
  clearTimeout(cutOff)
}
