// For tests: HTTP/2 frames written by hand, where every client library is too polite. RFC 9113 section 4 and 6.
import { connect, type Socket } from 'node:net'

export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const
export const END_STREAM = 1
export const ACK = 1
export const END_HEADERS = 4

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
const HEAD_BYTES = 9

export interface FrameOptions {
  flags?: number
  stream?: number
  payload?: Uint8Array
}

export function frameOf(type: number, { flags = 0, stream = 0, payload = new Uint8Array(0) }: FrameOptions): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** HPACK literal without indexing, names and values in full: no table, no Huffman code. */
export function literal(name: string, value: string): Buffer {
  return Buffer.concat([Uint8Array.of(0), hpackText(name), hpackText(value)])
}

/** The same, put into the dynamic table. */
export function indexed(name: string, value: string): Buffer {
  return Buffer.concat([Uint8Array.of(0x40), hpackText(name), hpackText(value)])
}

function hpackText(text: string): Buffer {
  const bytes = Buffer.from(text)
  if (bytes.length < 127) return Buffer.concat([Uint8Array.of(bytes.length), bytes])
  const rest: number[] = []
  let value = bytes.length - 127
  for (; value >= 128; value >>= 7) rest.push((value & 127) | 128)
  return Buffer.concat([Uint8Array.of(127, ...rest, value), bytes])
}

export function requestHead(path: string, more: Uint8Array[] = []): Buffer {
  return Buffer.concat([
    literal(':method', 'POST'),
    literal(':scheme', 'http'),
    literal(':path', path),
    literal(':authority', 'x'),
    literal('content-type', 'application/grpc'),
    literal('te', 'trailers'),
    ...more,
  ])
}

export interface Received {
  type: number
  flags: number
  stream: number
  payload: Buffer
}

/** One connection on which anything may be written. */
export interface RawSession {
  socket: Socket
  received: Received[]
  /** Waits for the socket's buffer, so that a flood does not stay in our own memory. Stops when the peer has closed. */
  write(bytes: Uint8Array): Promise<void>
  isClosed(): boolean
  /** @returns whether the peer closed within the time */
  closed(timeoutMs: number): Promise<boolean>
  /** Error codes of the peer's GOAWAY frames: a reason, and then perhaps a farewell without one. */
  goaways(): number[]
}

/** Connected, with preface and an empty SETTINGS sent. */
export async function openRaw(address: string): Promise<RawSession> {
  const at = address.lastIndexOf(':')
  const socket = connect(Number(address.slice(at + 1)), address.slice(0, at))
  const session = wrap(socket)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  await session.write(Buffer.concat([Buffer.from(PREFACE), frameOf(FRAME.settings, {})]))
  return session
}

function wrap(socket: Socket): RawSession {
  const received: Received[] = []
  let rest = Buffer.alloc(0)
  let isClosed = false
  const gone = new Promise<void>((resolve) => {
    const done = (): void => {
      isClosed = true
      resolve()
    }
    socket.once('close', done).once('end', done)
  })
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= HEAD_BYTES && rest.length >= HEAD_BYTES + rest.readUIntBE(0, 3)) {
      const end = HEAD_BYTES + rest.readUIntBE(0, 3)
      const payload = Buffer.from(rest.subarray(HEAD_BYTES, end))
      received.push({ type: rest[3]!, flags: rest[4]!, stream: rest.readUInt32BE(5) & 0x7fffffff, payload })
      rest = rest.subarray(end)
    }
  })
  return {
    socket,
    received,
    isClosed: () => isClosed,
    async write(bytes) {
      if (isClosed || socket.write(bytes)) return
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), gone])
    },
    async closed(timeoutMs) {
      const late = AbortSignal.timeout(timeoutMs)
      await Promise.race([gone, new Promise((resolve) => late.addEventListener('abort', resolve))])
      return isClosed
    },
    goaways: () => received.filter(({ type }) => type === FRAME.goaway).map(({ payload }) => payload.readUInt32BE(4)),
  }
}
