// A plain HTTP/1 server in; the same server out, whose connections that begin with HTTP/2's preface go to somebody else.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n')
/** A connection that says nothing would be nobody's. */
const FIRST_BYTES_MS = 10_000

/** Connections that went to the other server. */
export interface HandedOver {
  destroyAll(): void
}

/** @param take gets an open connection, as if it had accepted it; nothing of what it sent is lost */
export function handOverHttp2(server: Server, take: (socket: Socket) => void): HandedOver {
  const handed = new Set<Socket>()
  const own = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    // A limit that listens too may have closed it.
    if (socket.destroyed) return
    readHead(socket, (isHttp2) => {
      if (!isHttp2) {
        for (const listener of own) listener.call(server, socket)
        return
      }
      handed.add(socket)
      socket.once('close', () => handed.delete(socket))
      take(socket)
    })
  })
  return {
    destroyAll() {
      for (const socket of handed) socket.destroy()
    },
  }
}

/** As many bytes as it takes to tell; they are put back. */
function readHead(socket: Socket, then: (isHttp2: boolean) => void): void {
  let head = Buffer.alloc(0)
  const late = setTimeout(() => socket.destroy(), FIRST_BYTES_MS)
  const onReadable = (): void => {
    const piece = socket.read() as Buffer | null
    if (piece === null) return
    head = Buffer.concat([head, piece])
    const length = Math.min(head.length, PREFACE.length)
    const isAlike = head.subarray(0, length).equals(PREFACE.subarray(0, length))
    if (isAlike && length < PREFACE.length) return
    leave()
    socket.unshift(head)
    then(isAlike)
  }
  const onError = (): void => {
    socket.destroy()
  }
  const onEnd = (): void => {
    leave()
    socket.destroy()
  }
  const leave = (): void => {
    clearTimeout(late)
    socket.off('readable', onReadable)
    socket.off('error', onError)
    socket.off('end', onEnd)
    socket.off('close', onEnd)
  }
  socket.on('readable', onReadable)
  socket.on('error', onError)
  socket.on('end', onEnd)
  socket.on('close', onEnd)
}
