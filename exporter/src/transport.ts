// One HTTP request in, its reply out. By node:http where there is one, which sends the bytes where they lie; by fetch everywhere else.
import type { Agent, IncomingMessage } from 'node:http'

/** A reply is a few bytes; more than this is not a server of ours. */
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024

export interface HttpRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
  readonly signal: AbortSignal
}

export interface HttpReply {
  readonly status: number
  /** Undefined when the reply has none. */
  readonly header: (name: string) => string | undefined
  /** Empty when it was too long to read. */
  readonly body: Uint8Array
}

/** Rejects when there is no reply. */
export type Transport = (request: HttpRequest) => Promise<HttpReply>

/** Deno, Bun and Workers have a node:http too, but fetch is what they are good at. */
export function createTransport(): Transport {
  const isOther = 'Deno' in globalThis || 'Bun' in globalThis || 'WebSocketPair' in globalThis
  if (isOther || typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return byFetch
  return byNode()
}

/** Off the main thread where there is a zlib; else by the web's standard. Undefined where there is neither. */
export async function gzip(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const zlib = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:zlib')
  if (zlib) {
    return new Promise((resolve, reject) => {
      zlib.gzip(body, { level: 1 }, (error, packed) => (error ? reject(error) : resolve(packed)))
    })
  }
  if (typeof CompressionStream === 'undefined') return undefined
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Browsers let requests of 64 KiB, taken together, outlive their page (Fetch standard, "HTTP-network-or-cache fetch"); more fails at once. */
const MAX_KEEPALIVE_BYTES = 60 * 1024

/** Requests that are out when the page goes are sent nevertheless, as far as there is room for them. */
let keptAliveBytes = 0

async function byFetch({ url, headers, body, signal }: HttpRequest): Promise<HttpReply> {
  const keepalive = 'document' in globalThis && keptAliveBytes + body.length <= MAX_KEEPALIVE_BYTES
  const heldBytes = keepalive ? body.length : 0
  keptAliveBytes += heldBytes
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, keepalive })
    const parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = response.body ?? []
    const header = (name: string) => response.headers.get(name) ?? undefined
    return { status: response.status, header, body: await readBounded(parts) }
  } finally {
    keptAliveBytes -= heldBytes
  }
}

function byNode(): Transport {
  const [http, https] = [process.getBuiltinModule('node:http'), process.getBuiltinModule('node:https')]
  const agents = new Map<string, Agent>()
  return async ({ url, headers, body, signal }) => {
    const { Agent, request } = url.startsWith('https:') ? https : http
    const agent = agents.get(url) ?? new Agent({ keepAlive: true })
    agents.set(url, agent)
    const options = { method: 'POST', headers: { ...headers, 'content-length': String(body.length) }, agent, signal }
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, options, resolve).on('error', reject).end(body)
    })
    const header = (name: string) => {
      const value = response.headers[name]
      return typeof value === 'string' ? value : undefined
    }
    return { status: response.statusCode ?? 0, header, body: await readBounded(response) }
  }
}

async function readBounded(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of parts) {
    sizeBytes += chunk.length
    // Leaving the loop cancels the stream, which closes the connection.
    if (sizeBytes > MAX_RESPONSE_BYTES) return new Uint8Array()
    chunks.push(chunk)
  }
  const reply = new Uint8Array(sizeBytes)
  let at = 0
  for (const chunk of chunks) {
    reply.set(chunk, at)
    at += chunk.length
  }
  return reply
}
