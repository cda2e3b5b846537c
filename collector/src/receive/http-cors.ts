// Browser exporters: answers preflight requests and adds the headers that let an allowed page read the reply.
import type { IncomingHttpHeaders } from 'node:http'

const ALLOWED_HEADERS = 'authorization, content-encoding, content-type, x-api-key'
const PREFLIGHT_MAX_AGE_S = 7200

export type Cors = (headers: IncomingHttpHeaders) => Record<string, string> | undefined

/** @param allows whether pages of an origin may ask; without any, no browser can call */
export function createCors(allows: (origin: string) => boolean): Cors {
  return ({ origin }) => {
    if (origin === undefined || !allows(origin)) return undefined
    return { 'access-control-allow-origin': origin, vary: 'origin', 'access-control-expose-headers': 'retry-after' }
  }
}

export const PREFLIGHT_HEADERS: Record<string, string> = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': ALLOWED_HEADERS,
  'access-control-max-age': String(PREFLIGHT_MAX_AGE_S),
}
