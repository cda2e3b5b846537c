// A request that sends in; what it takes of the rates and quotas of its key and project, or a problem, out.
import type { Context, MiddlewareHandler } from 'hono'
import { certificateNames } from '../net/certificate.ts'
import { isSameOrigin } from '../net/host.ts'
import type { AdmitSending, NotTaken, Sending } from './access-deps.ts'
import type { ApiEnv } from './api.ts'
import { type ProblemCode, ProblemError } from './problem.ts'

/** Asked before the body is read, with the length that its head tells. What could not be kept for our sake costs nothing. */
export function takeFromRates(admit: AdmitSending): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const sending = admit({ ...shownBy(c), origin: originOf(c) })
    if (sending.status !== 'admitted') throw problemOfRefusal(sending)
    let bytes = 0
    try {
      bytes = await reserve(c, sending)
      await next()
      if (c.res.status >= 500) bytes = 0
    } finally {
      sending.settle({ bytes, spans: c.get('sentRecords') ?? 0 })
    }
  }
}

async function reserve(
  c: Context<ApiEnv>,
  { reserve, maxBodyBytes = Number.POSITIVE_INFINITY }: Sending,
): Promise<number> {
  const declared = c.req.header('content-length')
  const take = (bytes: number): void => {
    if (bytes > maxBodyBytes) throw tooLarge(maxBodyBytes)
    const refusal = reserve(bytes)
    if (refusal !== undefined) throw problemOfRefusal(refusal)
  }
  if (declared !== undefined) take(Number(declared))
  // Kept by the request, so the route reads it once more for nothing.
  const { byteLength } = await c.req.arrayBuffer()
  if (declared === undefined) take(byteLength)
  return byteLength
}

const shownBy = (c: Context<ApiEnv>) => ({
  headers: c.req.raw.headers,
  certificateNames: certificateNames(c.env?.incoming?.socket),
})

/** Undefined for the API's own page: that others may not send has been seen to. */
function originOf(c: Context<ApiEnv>): string | undefined {
  const origin = c.req.header('origin')
  return origin === undefined || isSameOrigin(origin, c.req.header('host') ?? '') ? undefined : origin
}

const CODES = {
  unauthenticated: 'INSIGHTS_UNAUTHORIZED',
  forbidden: 'INSIGHTS_FORBIDDEN',
  exhausted: 'INSIGHTS_RATE_LIMITED',
  unavailable: 'INSIGHTS_OVERLOADED',
} as const satisfies Record<NotTaken['status'], ProblemCode>

function problemOfRefusal({ status, message, retryAfterMs }: NotTaken): ProblemError {
  if (status === 'exhausted' && retryAfterMs === undefined)
    return new ProblemError({ code: 'INSIGHTS_QUOTA_USED_UP', detail: message })
  return new ProblemError({
    code: CODES[status],
    detail: message,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

const tooLarge = (limitBytes: number): ProblemError =>
  new ProblemError({
    code: 'INSIGHTS_TOO_LARGE',
    detail: `cannot accept the request: it is larger than the ${limitBytes} bytes that the key may send`,
  })
