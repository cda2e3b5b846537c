// A path and its parameters in; the decoded answer out, or an ApiProblem. The only place that calls fetch.
import { getKey, onKeyRefused } from '../state/key.ts'

/** Values of a query string; an array is the parameter repeated. */
export type Params = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** What the API said no with. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly hint: string | undefined
  readonly position: number | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(told: {
    status: number
    code: string
    detail: string
    requestId?: string | undefined
    hint?: string | undefined
    position?: number | undefined
    retryAfterSeconds?: number | undefined
  }) {
    super(told.detail)
    this.name = 'ApiProblem'
    this.status = told.status
    this.code = told.code
    this.requestId = told.requestId
    this.hint = told.hint
    this.position = told.position
    this.retryAfterSeconds = told.retryAfterSeconds
  }
}

/** `/api/v1/traces?from=now-1h`: empty values are left out. */
export function apiPath(path: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === '') continue
    for (const one of typeof value === 'object' ? value : [String(value)]) query.append(name, one)
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

export async function getJson<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return await decode<Answer>(await send(path, signal === undefined ? {} : { signal }))
}

export async function sendJson<Answer>(
  path: string,
  body: unknown,
  options: { method?: string; signal?: AbortSignal; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { method = 'POST', signal, headers = {} } = options
  const request: RequestInit = {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }
  return await decode<Answer>(await send(path, request))
}

/** The raw answer, for streams and downloads. Rejects with ApiProblem. */
export async function send(path: string, request: RequestInit = {}): Promise<Response> {
  const key = getKey()
  const headers = new Headers(request.headers)
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`)
  let response: Response
  try {
    response = await fetch(path, { ...request, headers, credentials: 'same-origin' })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem({
      status: 0,
      code: 'INSIGHTS_UNREACHABLE',
      detail: 'cannot reach the collector: it does not answer',
    })
  }
  if (response.ok) return response
  if (response.status === 401) onKeyRefused()
  throw await problemOf(response)
}

async function decode<Answer>(response: Response): Promise<Answer> {
  return (await response.json()) as Answer
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const told: unknown = await response.json().catch(() => undefined)
  const part = (name: string): unknown =>
    typeof told === 'object' && told !== null && name in told ? (told as Record<string, unknown>)[name] : undefined
  const text = (name: string): string | undefined => {
    const value = part(name)
    return typeof value === 'string' ? value : undefined
  }
  const position = part('position')
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ApiProblem({
    status: response.status,
    code: text('code') ?? `HTTP_${response.status}`,
    detail: text('detail') ?? `the collector answered ${response.status}`,
    requestId: text('request_id') ?? response.headers.get('x-request-id') ?? undefined,
    hint: text('hint'),
    position: typeof position === 'number' ? position : undefined,
    retryAfterSeconds: Number.isNaN(retryAfter) ? undefined : retryAfter,
  })
}
