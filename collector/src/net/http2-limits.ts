// What one HTTP/2 connection may do to a server: options for its creation, and counters for what they do not hold.
import {
  constants,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type ServerOptions,
} from 'node:http2'

export const MAX_STREAMS = 256
export const MAX_HEADER_BYTES = 16 * 1024

export const HTTP2_SETTINGS = {
  // node:http2 starts with 64 KB, which allows one such piece per round trip.
  initialWindowSize: 4 * 1024 * 1024,
  maxConcurrentStreams: MAX_STREAMS,
  maxHeaderListSize: MAX_HEADER_BYTES,
  enablePush: false,
}

/** For the creation of the server. */
export const HTTP2_OPTIONS = {
  settings: HTTP2_SETTINGS,
  // Streams that are opened to be reset at once cost the sender nothing: so many at once, then so many a second (CVE-2023-44487).
  streamResetBurst: 200,
  streamResetRate: 20,
  maxSettings: 32,
  maxHeaderListPairs: 128,
  maxSessionInvalidFrames: 100,
  maxSessionRejectedStreams: 100,
} as const satisfies ServerOptions

/** Frames that cost us an answer each, within this time. Clients may probe their bandwidth with pings for a while. */
const FLOOD_MS = 10_000
const MAX_PINGS = 300
const MAX_SETTINGS = 100
/** For the GOAWAY to be written. */
const GOAWAY_MS = 100

/** @param onAbuse told once, before the connection is cut */
export function limitSession(session: ServerHttp2Session, onAbuse: () => void): void {
  let isCut = false
  const cut = (why: string): void => {
    if (isCut || session.destroyed) return
    isCut = true
    onAbuse()
    session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, Buffer.from(why))
    // Closing gracefully would let it go on.
    const timer = setTimeout(() => session.destroy(), GOAWAY_MS)
    session.once('close', () => clearTimeout(timer))
  }
  session.on(
    'ping',
    countIn(MAX_PINGS, () => cut('too_many_pings')),
  )
  session.on(
    'remoteSettings',
    countIn(MAX_SETTINGS, () => cut('too_many_settings')),
  )
}

function countIn(max: number, tooMany: () => void): () => void {
  let count = 0
  let startMs = performance.now()
  return () => {
    const nowMs = performance.now()
    if (nowMs - startMs > FLOOD_MS) {
      startMs = nowMs
      count = 0
    }
    count += 1
    if (count >= max) tooMany()
  }
}

const open = new WeakMap<object, number>()

/**
 * The limits that a peer was told hold only once it has confirmed them, and one that never does would have none.
 * @returns false when the stream was refused; nobody must answer it then
 */
export function limitStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): boolean {
  const { session } = stream
  if (session === undefined) return true
  const streams = (open.get(session) ?? 0) + 1
  open.set(session, streams)
  stream.once('close', () => open.set(session, (open.get(session) ?? 1) - 1))
  const code =
    streams > MAX_STREAMS
      ? constants.NGHTTP2_REFUSED_STREAM
      : sizeOf(headers) > MAX_HEADER_BYTES
        ? constants.NGHTTP2_ENHANCE_YOUR_CALM
        : undefined
  if (code === undefined) return true
  stream.close(code)
  return false
}

/** As HTTP/2 counts it: RFC 9113, 6.5.2. */
function sizeOf(headers: IncomingHttpHeaders): number {
  let bytes = 0
  for (const name in headers) {
    const value = headers[name]
    bytes += name.length + 32 + (value === undefined ? 0 : Array.isArray(value) ? value.join().length : value.length)
  }
  return bytes
}
