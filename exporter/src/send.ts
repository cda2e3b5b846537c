// One encoded request in, one outcome out: sent (with what the server rejected) or failed for good. Retries live here and nowhere else.

import type { DropReason } from './drops.ts'
import { decodeEventReply, decodePartialSuccess } from './protocol/decode-response.ts'
import { backOffMs, RETRYABLE_STATUSES, retryAfterMs } from './retry.ts'
import { withoutTracing } from './suppress.ts'
import { anyOf, pause } from './timers.ts'
import { createTransport, gzip, type HttpReply, type Transport } from './transport.ts'
import { SDK_VERSION } from './version.ts'

const EMPTY = new Uint8Array()

export type SendOutcome =
  | { readonly sent: true; readonly rejectedSpans: number; readonly detail: string }
  | { readonly sent: false; readonly reason: DropReason; readonly detail: string }

type Attempt = SendOutcome | { readonly retryInMs: number | undefined; readonly detail: string }

/** Where requests go and how. */
export interface SenderConfig {
  readonly url: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly contentType: string
  /** True when the body shows the API key, so that `sendBeacon`, which sends no headers, will do. */
  readonly isKeyInBody: boolean
  readonly compression: 'gzip' | 'none'
  readonly timeoutMs: number
  readonly retryForMs: number
}

export interface Sender {
  /** Never rejects. */
  send(body: Uint8Array<ArrayBuffer>): Promise<SendOutcome>
  /** The process is leaving: what waits for a retry tries once more now, and nothing waits again. */
  hurry(): void
  /** The page is going: hands these and whatever is not under way yet to the browser, which sends it after the page is gone. Nobody learns what came of it. */
  beacon(bodies: Iterable<Uint8Array<ArrayBuffer>>): void
  /** Ends a hurry: the process found more work after all. */
  calm(): void
  /** Cuts every request and wait short; they end as `shutdown`. */
  stop(): void
}

/** A body between `send` and its outcome. */
interface Flight {
  readonly body: Uint8Array<ArrayBuffer>
  /** A request with it is out; else it is being packed, or waits for a retry. */
  isOut: boolean
  /** A beacon has it. */
  isHandedOver: boolean
}

export function createSender(config: SenderConfig): Sender {
  const transport = createTransport()
  const flights = new Set<Flight>()
  const stopping = new AbortController()
  let hurrying = new AbortController()

  const calm = () => {
    hurrying = new AbortController()
  }
  /** What waits for a retry looks up. */
  const wake = () => {
    hurrying.abort()
    calm()
  }

  const send = async (flight: Flight): Promise<SendOutcome> => {
    if (config.url === undefined) return { sent: false, reason: 'misconfigured', detail: 'the host is not a URL' }
    const packed = config.compression === 'gzip' ? await gzip(flight.body) : undefined
    const request = {
      url: config.url,
      body: packed ?? flight.body,
      isPacked: packed !== undefined,
      stop: stopping.signal,
    }
    const deadlineMs = performance.now() + config.retryForMs
    for (let attempt = 0; ; attempt += 1) {
      if (flight.isHandedOver) return { sent: true, rejectedSpans: 0, detail: '' }
      const wasHurried = hurrying.signal.aborted
      flight.isOut = true
      const result = await post(transport, config, request)
      flight.isOut = false
      if ('sent' in result) return result
      if (stopping.signal.aborted) return { sent: false, reason: 'shutdown', detail: result.detail }
      const delayMs = result.retryInMs ?? backOffMs(attempt)
      if (wasHurried || performance.now() + delayMs > deadlineMs) {
        return { sent: false, reason: 'gave_up', detail: `${result.detail}, ${attempt + 1} attempt(s)` }
      }
      await pause(delayMs, anyOf([stopping.signal, hurrying.signal]))
    }
  }

  return {
    send: (body) => {
      const flight: Flight = { body, isOut: false, isHandedOver: false }
      flights.add(flight)
      return withoutTracing(() => send(flight))
        .catch((error: unknown) => ({ sent: false, reason: 'refused', detail: describe(error) }) as const)
        .finally(() => flights.delete(flight))
    },
    beacon: (bodies) =>
      withoutTracing(() => {
        for (const body of bodies) beacon(config, body)
        for (const flight of flights) {
          if (flight.isOut || flight.isHandedOver) continue
          flight.isHandedOver = true
          beacon(config, flight.body)
        }
        wake()
      }),
    hurry: () => hurrying.abort(),
    calm,
    stop: () => stopping.abort(),
  }
}

async function post(
  transport: Transport,
  config: SenderConfig,
  request: { url: string; body: Uint8Array<ArrayBuffer>; isPacked: boolean; stop: AbortSignal },
): Promise<Attempt> {
  try {
    const { url, body, isPacked, stop } = request
    const signal = anyOf([stop, AbortSignal.timeout(config.timeoutMs)])
    return toAttempt(await transport({ url, headers: requestHeaders(config, isPacked), body, signal }))
  } catch (error) {
    return { retryInMs: undefined, detail: describe(error) }
  }
}

function toAttempt({ status, header, body }: HttpReply): Attempt {
  const detail = `HTTP ${status}`
  if (status >= 200 && status < 300) {
    // The batch is stored but for these: a retry would store the rest twice (OTLP: the client MUST NOT retry a partial success).
    const type = header('content-type') ?? ''
    const partial = type.includes('json')
      ? decodeEventReply(body)
      : decodePartialSuccess(type.includes('protobuf') ? body : EMPTY)
    return { sent: true, rejectedSpans: partial.rejectedSpans, detail: partial.errorMessage }
  }
  if (!RETRYABLE_STATUSES.has(status)) return { sent: false, reason: 'refused', detail }
  return { retryInMs: retryAfterMs(header('retry-after') ?? null, Date.now()), detail }
}

function beacon({ url, headers, contentType, isKeyInBody }: SenderConfig, body: Uint8Array<ArrayBuffer>): void {
  if (url === undefined) return
  const isPlain = isKeyInBody || headers['authorization'] === undefined
  // JSON as text: a browser asks nobody's leave for that (CORS), and does not wait.
  const type = isKeyInBody ? 'text/plain' : contentType
  const { navigator } = globalThis as { navigator?: { sendBeacon?: (to: string, data: Blob) => boolean } }
  if (isPlain && navigator?.sendBeacon?.(url, new Blob([body], { type }))) return
  void fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': contentType },
    body,
    keepalive: true,
  }).catch(() => undefined)
}

/** A browser names itself, and asks the server's leave when somebody else does it. */
const USER_AGENT = 'document' in globalThis ? {} : { 'user-agent': `hanzo-insights-js/${SDK_VERSION}` }

function requestHeaders({ headers, contentType }: SenderConfig, isPacked: boolean): Record<string, string> {
  const encoding = isPacked ? { 'content-encoding': 'gzip' } : {}
  return { ...USER_AGENT, ...headers, 'content-type': contentType, ...encoding }
}

/** `fetch failed` says nothing; its cause has the code (ECONNREFUSED, ENOTFOUND, …). An error of node:http has it itself. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  const cause = error.cause ?? error
  if (cause instanceof DOMException) return cause.name
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return error.name === 'Error' || error.name === 'TypeError' ? error.message : error.name
}
