// How long to wait before the next attempt (OTLP specification, "OTLP/HTTP Throttling").

const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 15_000

/** The only statuses that the OTLP specification lets a client retry. */
export const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504])

/** Full jitter: anywhere up to the exponential step, so that many clients do not come back in one wave. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt)
}

/** A `Retry-After` header as milliseconds from `nowMs`: seconds or an HTTP date; undefined when absent or unreadable. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  const text = header.trim()
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const dateMs = Date.parse(text)
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}
