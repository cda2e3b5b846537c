// The network between a collector and its ClickHouse as a TCP relay: it passes, or does what networks do.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export const WEATHERS = ['away', 'answers late', 'stalls', 'blackhole', 'half-open'] as const

/**
 * away: connections are reset. answers late: each answer waits. stalls: nothing moves, nothing is lost. blackhole: what is sent in either direction
 * is gone. half-open: requests arrive, answers do not.
 */
export type Weather = 'fair' | (typeof WEATHERS)[number]

export interface Link {
  readonly url: string
  /** What was sent through it while it was lost or late is cut off when it changes. */
  become(weather: Weather): void
  stop(): Promise<void>
}

export interface LinkOptions {
  readonly target: string
  /** How late an answer is. */
  readonly lateMs: () => number
}

export async function startLink({ target, lateMs }: LinkOptions): Promise<Link> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  let weather: Weather = 'fair'
  let held: (() => void)[] = []

  const later = (write: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      write()
    }, ms)
    timers.add(timer)
  }
  const relay = (from: Socket, to: Socket, isAnswer: boolean): void => {
    from.on('data', (bytes: Buffer) => {
      const write = (): void => void (to.destroyed || to.write(bytes))
      if (weather === 'blackhole' || (weather === 'half-open' && isAnswer)) return
      if (weather === 'stalls') held.push(write)
      else if (weather === 'answers late' && isAnswer) later(write, lateMs())
      else write()
    })
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }
  const server = createServer((client) => {
    if (weather === 'away') {
      client.on('error', () => undefined)
      client.resetAndDestroy()
      return
    }
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    relay(client, upstream, false)
    relay(upstream, client, true)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const cut = (): void => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    become(next) {
      const was = weather
      weather = next
      const waiting = held
      held = []
      for (const write of waiting) write()
      if (next === 'away' || (was !== 'fair' && was !== 'stalls')) cut()
    },
    async stop() {
      cut()
      server.close()
    },
  }
}
