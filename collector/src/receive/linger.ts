// A refused request in; its body read and dropped for a while, else the reset of the connection would overtake the reply.
import type { IncomingMessage } from 'node:http'
import type { RefusalReason } from './door-metrics.ts'

// Of one that may come again all of it, however slow an overloaded machine is; of one that is too large not much.
const LINGER_MS = 30_000
const LINGER_TOO_LARGE_MS = 1_000

export function linger(request: IncomingMessage, reason: RefusalReason): void {
  const ms = reason === 'too_large' ? LINGER_TOO_LARGE_MS : LINGER_MS
  const cut = setTimeout(() => request.socket.destroy(), ms)
  if (request.complete) clearTimeout(cut)
  else request.once('close', () => clearTimeout(cut))
  request.resume()
}
