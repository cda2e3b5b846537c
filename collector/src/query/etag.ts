// A data answer in; the same with an ETag, or 304 without a body when the asker has it already, out.
import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from './api.ts'

/** Larger ones are not worth a hash and a copy. */
const MAX_BYTES = 4 * 2 ** 20

/** What is asked again each few seconds has mostly not changed: then only its name goes over the wire. */
export const tagAnswers: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next()
  const isData = c.res.status === 200 && c.res.headers.get('content-type')?.startsWith('application/json') === true
  if (c.req.method !== 'GET' || !isData) return
  const body = await c.res.clone().arrayBuffer()
  if (body.byteLength > MAX_BYTES) return
  const etag = `"${createHash('sha256').update(new Uint8Array(body)).digest('base64url').slice(0, 27)}"`
  const headers = new Headers(c.res.headers)
  headers.set('etag', etag)
  const known = c.req
    .header('if-none-match')
    ?.split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
  const isKnown = known?.includes(etag) === true
  if (isKnown) for (const name of ['content-type', 'content-length']) headers.delete(name)
  c.res = undefined
  c.res = isKnown ? new Response(undefined, { status: 304, headers }) : new Response(body, { status: 200, headers })
}
