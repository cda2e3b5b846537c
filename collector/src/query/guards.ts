// What every request passes before its route: an id, safe headers, the right host, a key; and what it is counted as.
import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { ApiEnv } from './api.ts'
import type { QueryDeps } from './deps.ts'
import { ProblemError } from './problem.ts'

/** Nothing of ours may be framed, sniffed, cached or read by another origin (there is no CORS header at all). */
const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

export const tagRequest: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const requestId = randomUUID()
  c.set('requestId', requestId)
  await next()
  c.header('x-request-id', requestId)
  for (const [name, value] of Object.entries(SAFE_HEADERS)) {
    // a page brings a policy of its own
    if (!c.res.headers.has(name)) c.header(name, value)
  }
}

export function countRequests({ metrics, clock }: Pick<QueryDeps, 'metrics' | 'clock'>): MiddlewareHandler<ApiEnv> {
  const requests = metrics.counter('insights_query_requests_total', 'Requests to the query API.', ['route', 'status'])
  const seconds = metrics.histogram(
    'insights_query_request_seconds',
    'Time to answer a request to the query API.',
    [0.005, 0.025, 0.1, 0.5, 2, 10],
    ['route'],
  )
  return async (c, next) => {
    const began = clock.monotonicMs()
    await next()
    const route = routePath(c, -1)
    requests.add(1, route, String(c.res.status))
    seconds.observe((clock.monotonicMs() - began) / 1000, route)
  }
}

const LOOPBACK_HOST = /^(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/** A page elsewhere can point its own DNS name at 127.0.0.1 and read what needs no key; its name gives it away. */
export const refuseOtherHosts: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const host = c.req.header('host') ?? new URL(c.req.url).host
  if (!LOOPBACK_HOST.test(host)) {
    throw new ProblemError({
      code: 'INSIGHTS_HOST_REFUSED',
      detail: 'cannot serve this host name: only loopback names are served on a loopback address',
      hint: 'open http://localhost, or listen on another address with keys',
    })
  }
  await next()
}

/** Puts the caller's project where routes find it: there is no other way to name one. */
export function requireProject({ auth }: Pick<QueryDeps, 'auth'>): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const caller = auth(c.req.raw.headers)
    if (caller === undefined) {
      throw new ProblemError({
        code: 'INSIGHTS_UNAUTHORIZED',
        detail: 'cannot tell the project: the key is missing or unknown',
        hint: 'send Authorization: Bearer <key> or x-api-key: <key>',
      })
    }
    c.set('project', caller.project)
    await next()
  }
}
