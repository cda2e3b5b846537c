// Stands before a ClickHouse server and adds settings to inserts of rows: what the server then answers is its own, as it would be for another user.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface SettingsProxy {
  readonly url: string
  /** Of every insert from now on. */
  settings: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export async function startSettingsProxy(target: string): Promise<SettingsProxy> {
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(incoming)
    const url = new URL(incoming.url ?? '/', target)
    if (/^INSERT INTO (spans|log_events)/.test(url.searchParams.get('query') ?? '')) {
      for (const [name, value] of Object.entries(proxy.settings)) url.searchParams.set(name, value)
    }
    const { host: _, ...headers } = incoming.headers
    const outgoing = request(url, { method: incoming.method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    outgoing.end(body)
  }
  const server = createServer((incoming, response) => void serve(incoming, response).catch(() => response.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy: SettingsProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    settings: {},
    async stop() {
      server.close()
      server.closeAllConnections()
    },
  }
  return proxy
}
