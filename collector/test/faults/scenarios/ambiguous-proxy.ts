// Stands between a collector and a ClickHouse server and spoils inserts: each is answered as if nobody could tell whether it went in.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What becomes of an insert. `committed`: whether the server gets to see it before the collector hears something. */
export const SPOILS = [
  'passed',
  'reply dropped',
  'cut after the status line',
  'exception in a 200 after the commit',
  'exception in a 200, not committed',
  'no answer after the commit',
  'half-open: never delivered',
  'delivered only after the time-out',
  'error 503 of a balancer after the commit',
] as const

export type Spoil = (typeof SPOILS)[number]

export interface AmbiguousProxy {
  readonly url: string
  /** Inserts so far, by what became of them. */
  readonly counts: ReadonlyMap<Spoil, number>
  /** From now on everything passes. */
  calm(): void
  rage(): void
  stop(): Promise<void>
}

export interface ProxyOptions {
  readonly target: string
  readonly random: () => number
  /** Longer than the collector waits for an answer. */
  readonly lateMs: number
}

interface Reply {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

const EXCEPTION = 'Code: 241. DB::Exception: Memory limit (total) exceeded. (MEMORY_LIMIT_EXCEEDED)\n'

export async function startAmbiguousProxy({ target, random, lateMs }: ProxyOptions): Promise<AmbiguousProxy> {
  const counts = new Map<Spoil, number>()
  const late = new Set<NodeJS.Timeout>()
  let raging = true

  const deliver = (incoming: IncomingMessage, body: Buffer): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const { host: _, ...headers } = incoming.headers
      const url = new URL(incoming.url ?? '/', target)
      const outgoing = request(url, { method: incoming.method, headers }, (reply) => {
        buffer(reply).then(
          (bytes) => resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: bytes }),
          reject,
        )
      })
      outgoing.on('error', reject).end(body)
    })

  const HANDLERS: Readonly<Record<Spoil, (insert: Insert) => Promise<void>>> = {
    passed: async ({ incoming, body, response }) => answer(response, await deliver(incoming, body)),
    async 'reply dropped'({ incoming, body, response }) {
      await deliver(incoming, body)
      response.socket?.destroy()
    },
    async 'cut after the status line'({ incoming, body, response }) {
      await deliver(incoming, body)
      response.socket?.end('HTTP/1.1 200 OK\r\nContent-Le')
    },
    async 'exception in a 200 after the commit'({ incoming, body, response }) {
      await deliver(incoming, body)
      answer(response, { status: 200, headers: {}, body: Buffer.from(EXCEPTION) })
    },
    async 'exception in a 200, not committed'({ response }) {
      answer(response, { status: 200, headers: {}, body: Buffer.from(EXCEPTION) })
    },
    async 'no answer after the commit'({ incoming, body }) {
      await deliver(incoming, body)
    },
    'half-open: never delivered': async () => undefined,
    async 'delivered only after the time-out'({ incoming, body }) {
      const timer = setTimeout(() => {
        late.delete(timer)
        // Whatever comes of it, nobody waits any more.
        deliver(incoming, body).catch(() => undefined)
      }, lateMs)
      late.add(timer)
    },
    async 'error 503 of a balancer after the commit'({ incoming, body, response }) {
      await deliver(incoming, body)
      answer(response, { status: 503, headers: {}, body: Buffer.from('<html>Service Unavailable</html>') })
    },
  }

  const choose = (): Spoil => (random() < 0.4 ? 'passed' : SPOILS[1 + Math.floor(random() * (SPOILS.length - 1))]!)

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(incoming)
    const isInsert = /query=INSERT\+INTO\+(spans|log_events)/.test((incoming.url ?? '').replaceAll('%20', '+'))
    const spoil = isInsert && raging ? choose() : 'passed'
    if (isInsert) counts.set(spoil, (counts.get(spoil) ?? 0) + 1)
    await HANDLERS[spoil]({ incoming, body, response })
  }

  const server = createServer((incoming, response) => {
    // The collector was killed, or the server is away: both look like a cut connection.
    serve(incoming, response).catch(() => response.socket?.destroy())
  })
  const url = await listen(server)
  return {
    url,
    counts,
    calm() {
      raging = false
    },
    rage() {
      raging = true
    },
    async stop() {
      for (const timer of late) clearTimeout(timer)
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Insert {
  incoming: IncomingMessage
  body: Buffer
  response: ServerResponse
}

function answer(response: ServerResponse, { status, headers, body }: Reply): void {
  const { 'transfer-encoding': _, connection: __, 'content-length': ___, ...kept } = headers
  response.writeHead(status, { ...kept, 'content-length': body.length }).end(body)
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
