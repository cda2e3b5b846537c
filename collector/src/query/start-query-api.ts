// An address in; the query API listening on it out, until stop().
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { InsightsError } from '../telemetry/errors.ts'
import { createQueryApp } from './create-query-app.ts'
import type { QueryDeps } from './deps.ts'

export interface QueryApiOptions extends QueryDeps {
  /** Port 0 picks a free one. */
  listen: { host: string; port: number }
  /** PEM texts; absent = plain text. */
  tls?: { cert: string | Buffer; key: string | Buffer }
}

export interface QueryApi {
  /** `host:port` as bound. */
  address: string
  /** Answers what is being asked, for at most five seconds, and closes. */
  stop(): Promise<void>
}

const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
const STOP_GRACE_MS = 5_000

/** Rejects with INSIGHTS_LISTEN when the address cannot be bound. */
export async function startQueryApi(options: QueryApiOptions): Promise<QueryApi> {
  const { host, port } = options.listen
  const app = createQueryApp(options)
  const timeouts = { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS }
  const server = createAdaptorServer({
    fetch: app.fetch,
    ...(options.tls === undefined
      ? { createServer, serverOptions: timeouts }
      : { createServer: createTlsServer, serverOptions: { ...timeouts, ...options.tls, minVersion: 'TLSv1.2' } }),
  })
  await listen(server, options.listen)
  options.log.info({ host, port }, 'query API listens')
  return { address: formatAddress(server.address()), stop: () => stop(server) }
}

function listen(server: ServerType, { host, port }: { host: string; port: number }): Promise<void> {
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

async function stop(server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  const cutOff = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), STOP_GRACE_MS)
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  await closed
  clearTimeout(cutOff)
}
