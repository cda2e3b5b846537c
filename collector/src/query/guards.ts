// What every request passes before its route: an id, safe headers, the right host, a key; and what it is counted as.
import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { certificateNames } from '../net/certificate.ts'
import { isSameOrigin } from '../net/host.ts'
import type { Caller, Scope, Unknown } from './access-deps.ts'
import type { ApiEnv } from './api.ts'
import type { QueryDeps } from './deps.ts'
import { ProblemError } from './problem.ts'

/** Nothing of ours may be framed, sniffed, cached or read by another origin. */
const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
}

/** An answer with data is no document: whatever a span says, nothing of it is run or loaded. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
/** Of pages: scripts, styles and requests of this origin, nothing in line, nothing from elsewhere. */
const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const tagRequest: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const requestId = randomUUID()
  c.set('requestId', requestId)
  await next()
  c.header('x-request-id', requestId)
  const isPage = c.res.headers.get('content-type')?.startsWith('text/html') === true
  const policy = { 'content-security-policy': isPage ? PAGE_POLICY : DATA_POLICY }
  for (const [name, value] of Object.entries({ ...SAFE_HEADERS, ...policy })) {
    // a page may bring a policy of its own
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

type HostRules = Pick<QueryDeps, 'servesHost' | 'allowsOrigin'>

/** A page elsewhere can point its own DNS name at our address and read what needs no key; its name gives it away. */
export function refuseOtherHosts({ servesHost = () => true }: HostRules): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!servesHost(hostOf(c))) {
      throw new ProblemError({
        code: 'INSIGHTS_HOST_REFUSED',
        detail: 'cannot serve this host name',
        hint: 'open http://localhost, or name it in allowed_hosts',
      })
    }
    await next()
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Pages of other origins: none may change anything, and only those that were named may read. */
export function guardOrigins({ allowsOrigin = () => false }: HostRules): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const origin = c.req.header('origin')
    const isNamed = origin !== undefined && allowsOrigin(origin)
    if (c.req.method === 'OPTIONS' && isNamed) return corsReply(origin)
    if (!isNamed && !SAFE_METHODS.has(c.req.method) && isForeign(c, origin)) {
      throw new ProblemError({
        code: 'INSIGHTS_ORIGIN_REFUSED',
        detail: 'cannot change anything for a page of another origin',
        hint: 'name the origin in cors_origins',
      })
    }
    await next()
    if (isNamed) for (const [name, value] of Object.entries(corsHeaders(origin))) c.header(name, value)
  }
}

// Old browsers send no Sec-Fetch-Site, programs neither of the two.
function isForeign(c: Context<ApiEnv>, origin: string | undefined): boolean {
  if (origin !== undefined) return !isSameOrigin(origin, hostOf(c))
  const site = c.req.header('sec-fetch-site')
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

const hostOf = (c: Context<ApiEnv>): string => c.req.header('host') ?? new URL(c.req.url).host

const corsHeaders = (origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'etag, retry-after, x-request-id',
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'origin',
})

const corsReply = (origin: string): Response =>
  new Response(undefined, {
    status: 204,
    headers: {
      ...corsHeaders(origin),
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization, content-type, if-match, x-api-key',
      'access-control-max-age': '7200',
    },
  })

/** Whoever the key, the certificate or nobody's grant says that it is; undefined = not known. */
export function callerOf({ auth }: Pick<QueryDeps, 'auth'>, c: Context<ApiEnv>): Caller | Unknown | undefined {
  return auth({ headers: c.req.raw.headers, certificateNames: certificateNames(c.env?.incoming?.socket) })
}

/** Puts the caller's project where routes find it, when its key is for what is asked: there is no other way to name a project. */
export function requireProject(deps: Pick<QueryDeps, 'auth'>): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const caller = callerOf(deps, c)
    if (caller === undefined || 'status' in caller) throw unknownCaller(caller)
    const scope = scopeOf(c.req.method, c.req.path)
    if (!caller.scopes.has(scope)) {
      throw new ProblemError({
        code: 'INSIGHTS_FORBIDDEN',
        detail: `cannot do this with the key: it does not have the scope ${scope}`,
        hint: 'a key that has it is made by insights keys create',
      })
    }
    c.set('project', caller.project)
    await next()
  }
}

/** Routes that read by another method than GET, or whose change is what senders do. */
const OTHER_SCOPES: Readonly<Record<string, Scope>> = {
  'POST /api/v1/scores': 'ingest',
  'POST /api/v1/sql': 'read',
  'POST /api/v1/explain': 'read',
}

/** What is not said here reads by GET and needs `admin` for the rest. */
const ADMIN_PATHS = ['/api/v1/keys']

function scopeOf(method: string, path: string): Scope {
  if (ADMIN_PATHS.some((admin) => path === admin || path.startsWith(`${admin}/`))) return 'admin'
  return OTHER_SCOPES[`${method} ${path}`] ?? (SAFE_METHODS.has(method) ? 'read' : 'admin')
}

function unknownCaller(unknown: Unknown | undefined): ProblemError {
  if (unknown?.status === 'unavailable')
    return new ProblemError({ code: 'INSIGHTS_STORE_UNREACHABLE', detail: unknown.message })
  return new ProblemError({
    code: 'INSIGHTS_UNAUTHORIZED',
    detail: unknown?.message ?? 'cannot tell the project: the key is missing or unknown',
    hint: 'send Authorization: Bearer <key> or x-api-key: <key>',
  })
}
