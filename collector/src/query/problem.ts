// A failure in; an RFC 9457 problem out. The only place that decides what a client learns about a failure.
import { HTTPException } from 'hono/http-exception'
import { InsightsError } from '../telemetry/errors.ts'

/** Stable codes of the query API: HTTP status, title and, for what passes by itself, when to come back. */
export const PROBLEMS = {
  INSIGHTS_QUERY_INVALID: { status: 400, title: 'The query is not valid' },
  INSIGHTS_REQUEST_INVALID: { status: 400, title: 'The body is not valid' },
  INSIGHTS_PRICES_INVALID: { status: 400, title: 'The prices are not valid' },
  INSIGHTS_KEY_INVALID: { status: 400, title: 'The key cannot be made' },
  INSIGHTS_UNAUTHORIZED: { status: 401, title: 'A key is needed' },
  INSIGHTS_FORBIDDEN: { status: 403, title: 'The key is not for this' },
  INSIGHTS_QUOTA_USED_UP: { status: 403, title: 'The quota of the month is used up' },
  INSIGHTS_ORIGIN_REFUSED: { status: 403, title: 'This page may not do this' },
  INSIGHTS_NOT_FOUND: { status: 404, title: 'Not found' },
  INSIGHTS_CONFLICT: { status: 412, title: 'It has changed meanwhile' },
  INSIGHTS_TOO_LARGE: { status: 413, title: 'The request is too large' },
  INSIGHTS_HOST_REFUSED: { status: 421, title: 'This host name is not served' },
  INSIGHTS_QUERY_LIMIT: { status: 422, title: 'The query asks for too much' },
  INSIGHTS_RATE_LIMITED: { status: 429, title: 'Too much at once', retryAfterSeconds: 1 },
  INSIGHTS_INTERNAL: { status: 500, title: 'Internal error' },
  INSIGHTS_OVERLOADED: { status: 503, title: 'Too many queries at once', retryAfterSeconds: 1 },
  INSIGHTS_STORE_UNREACHABLE: { status: 503, title: 'The store does not answer', retryAfterSeconds: 5 },
  INSIGHTS_QUERY_TIMEOUT: { status: 504, title: 'The query took too long' },
} as const satisfies Record<string, { status: number; title: string; retryAfterSeconds?: number }>

export type ProblemCode = keyof typeof PROBLEMS

export interface Problem {
  code: ProblemCode
  detail: string
  /** The query parameter at fault. */
  parameter?: string
  /** In a query of the user's own: characters before the token at fault. */
  position?: number
  hint?: string
  /** When it is known better than by the code. */
  retryAfterMs?: number
}

/** A refusal whose text is meant for the client. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

export function invalid(parameter: string, reason: string, hint?: string): ProblemError {
  const detail = `cannot use ${parameter}: ${reason}`
  return new ProblemError({
    code: 'INSIGHTS_QUERY_INVALID',
    detail,
    parameter,
    ...(hint === undefined ? {} : { hint }),
  })
}

export function problemResponse({ retryAfterMs, ...problem }: Problem, requestId: string): Response {
  const kind: { status: number; title: string; retryAfterSeconds?: number } = PROBLEMS[problem.code]
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  const retryAfter = retryAfterMs === undefined ? kind.retryAfterSeconds : Math.max(1, Math.ceil(retryAfterMs / 1000))
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  if (kind.status === 401) headers.set('www-authenticate', 'Bearer realm="insights"')
  const body = { type: 'about:blank', title: kind.title, status: kind.status, ...problem, request_id: requestId }
  return new Response(JSON.stringify(body), { status: kind.status, headers })
}

const NARROW = 'ask for a shorter range (from, to), fewer rows (limit), or fewer columns (fields)'
const TIMEOUTS = new Set(['159', '160'])
const LIMITS = new Set(['158', '241', '307', '396'])
/** The server is there but not able: starting, not migrated yet, busy, or its network is gone. */
const AWAY = new Set(['60', '81', '202', '203', '209', '210', '999'])

/** What any thrown thing means to the client: never a stack, a statement or a value of it. */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof ProblemError) return cause.problem
  // These are about what the client sent, and their text is of our own making.
  if (cause instanceof InsightsError && isOfClient(cause.code)) {
    return { code: cause.code, detail: cause.message, ...(cause.hint === undefined ? {} : { hint: cause.hint }) }
  }
  // A body that is no JSON, before any schema sees it.
  if (cause instanceof HTTPException && cause.status === 400) return invalid('the body', 'it is not JSON').problem
  const code = clickHouseCode(cause)
  if (code !== undefined && TIMEOUTS.has(code)) {
    return { code: 'INSIGHTS_QUERY_TIMEOUT', detail: 'cannot answer in time: the query was stopped', hint: NARROW }
  }
  if (code !== undefined && LIMITS.has(code)) {
    return {
      code: 'INSIGHTS_QUERY_LIMIT',
      detail: 'cannot answer: the result or its memory is too large',
      hint: NARROW,
    }
  }
  if (code === undefined ? isNetworkError(cause) : AWAY.has(code)) {
    return { code: 'INSIGHTS_STORE_UNREACHABLE', detail: 'cannot read the store: it does not answer' }
  }
  return { code: 'INSIGHTS_INTERNAL', detail: 'cannot answer: an internal error, see the log under this request_id' }
}

const CLIENTS = [
  'INSIGHTS_PRICES_INVALID',
  'INSIGHTS_KEY_INVALID',
  'INSIGHTS_CONFLICT',
  'INSIGHTS_REQUEST_INVALID',
] as const
const isOfClient = (code: string): code is (typeof CLIENTS)[number] => CLIENTS.some((known) => known === code)

/** ClickHouse's numeric error code, through any wrapping. */
export function clickHouseCode(cause: unknown): string | undefined {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && /^\d+$/.test(error.code)) return error.code
  }
  return undefined
}

function isNetworkError(cause: unknown): boolean {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if (error instanceof InsightsError && error.code === 'INSIGHTS_STORE_UNREACHABLE') return true
    if ('code' in error && typeof error.code === 'string' && /^(E[A-Z]+|UND_ERR_\w+)$/.test(error.code)) return true
    if (error.name === 'TimeoutError' || error.name === 'AbortError') return true
  }
  return false
}

/**
 * What ClickHouse says of a user's own statement while it only reads the text: of columns and types, never of a value. Later errors are
 * told by their name, because their text quotes values.
 */
const ABOUT_TEXT: ReadonlySet<string> = new Set(
  '10 16 34 35 42 43 44 47 48 53 62 63 133 134 153 179 184 190 207 215 352 386 403 456 457'.split(' '),
)
const MAX_TOLD = 300

/** As problemOf, where the statement is the client's own and so what is wrong with it is told. */
export function problemOfSql(cause: unknown): unknown {
  const code = clickHouseCode(cause)
  if (code === undefined || cause instanceof ProblemError) return cause
  const known = problemOf(cause).code
  if (known !== 'INSIGHTS_INTERNAL') return cause
  const { message, type } = innermost(cause)
  const told = ABOUT_TEXT.has(code) ? firstSentence(message) : ''
  const meant = told === '' ? undefined : /Maybe you meant: \['?([\w.]+)/i.exec(message)?.[1]
  return new ProblemError({
    code: 'INSIGHTS_QUERY_INVALID',
    detail: `cannot run the query: ${type || `ClickHouse error ${code}`}${told === '' ? '' : `: ${told}`}`,
    parameter: 'query',
    ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
  })
}

function innermost(cause: unknown): { message: string; type: string } {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if (!('code' in error) || typeof error.code !== 'string' || !/^\d+$/.test(error.code)) continue
    return { message: error.message, type: 'type' in error && typeof error.type === 'string' ? error.type : '' }
  }
  return { message: '', type: '' }
}

// Where it goes on about the statement as we wrote it, the client would read words that are not theirs.
function firstSentence(message: string): string {
  const [first = ''] = message.split(/\.? in scope |: while |: in query |\(version |\. stack trace|\. maybe you meant/i)
  return first.replaceAll(/`/g, '"').slice(0, MAX_TOLD).trim()
}
