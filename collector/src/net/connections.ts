// A server in; one that closes connections beyond a number, in all and from one address, out.
import type { Server, Socket } from 'node:net'

export interface ConnectionLimits {
  max: number
  maxPerAddress: number
}

/** @param onRefused told of each that was closed at once */
export function limitConnections(
  server: Server,
  { max, maxPerAddress }: ConnectionLimits,
  onRefused: () => void,
): void {
  const perAddress = new Map<string, number>()
  let all = 0
  // Before the server's own listener: what is refused must not begin a handshake.
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const own = perAddress.get(address) ?? 0
    if (all >= max || own >= maxPerAddress) {
      onRefused()
      socket.destroy()
      return
    }
    all += 1
    perAddress.set(address, own + 1)
    socket.once('close', () => {
      all -= 1
      const left = (perAddress.get(address) ?? 1) - 1
      if (left > 0) perAddress.set(address, left)
      else perAddress.delete(address)
    })
  })
}
