// What a client can do to the gRPC door with frames that no library would send. Each attack is bounded, and somebody else is served meanwhile.

import { connect } from 'node:http2'
import { connect as connectTcp } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type OtlpGrpcOptions, startOtlpGrpc } from '../../src/receive/otlp-grpc.ts'
import { testDoor, waitUntil } from '../../src/receive/testing.ts'
import {
  ACK,
  END_HEADERS,
  END_STREAM,
  FRAME,
  frameOf,
  indexed,
  literal,
  openRaw,
  type RawSession,
  requestHead,
  uint32,
} from '../../src/receive/testing-frames.ts'

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
const OPEN = { flags: END_HEADERS, payload: requestHead(EXPORT) }
const EMPTY_MESSAGE = Buffer.alloc(5)

let ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

async function open(more: Partial<OtlpGrpcOptions> = {}, limits: object = {}) {
  const made = testDoor()
  const options = { ...made.options, limits: { ...made.options.limits, ...limits } }
  const door = await startOtlpGrpc({ ...options, ...more })
  ends.push(() => door.stop(0))
  const raw = async (): Promise<RawSession> => {
    const session = await openRaw(door.address)
    ends.push(() => session.socket.destroy())
    return session
  }
  return { ...made, door, raw }
}

/** A well-behaved request on a connection of its own. @returns whether it was answered */
function isServed(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(`http://${address}`)
    const done = (answer: boolean): void => {
      session.destroy()
      resolve(answer)
    }
    session.on('error', () => done(false))
    const stream = session.request({ ':method': 'POST', ':path': EXPORT, 'content-type': 'application/grpc' })
    let status: unknown
    stream.on('response', (headers) => {
      status = headers[':status']
    })
    stream.on('error', () => done(false))
    stream.on('close', () => done(status === 200))
    stream.resume()
    stream.end(EMPTY_MESSAGE)
    setTimeout(done, 5000, false).unref()
  })
}

const repeat = (count: number, frame: (i: number) => Uint8Array): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, i) => frame(i)))

/** Writes pieces until the peer closes, at most `times`. */
async function flood(session: RawSession, times: number, piece: (i: number) => Uint8Array): Promise<void> {
  for (let i = 0; i < times && !session.isClosed(); i += 1) await session.write(piece(i))
}

/** Reads everything the peer sends, so that no queue of its own fills: the counters have to do it. */
type Attack = (session: RawSession) => Promise<void>

/** What ends with the connection. */
const CUT: Record<string, Attack> = {
  'streams opened to be reset at once': (session) =>
    flood(session, 5_000, (i) =>
      Buffer.concat([
        frameOf(FRAME.headers, { ...OPEN, stream: 1 + 2 * i }),
        frameOf(FRAME.reset, { stream: 1 + 2 * i, payload: uint32(8) }),
      ]),
    ),
  'SETTINGS without end': (session) =>
    flood(session, 20_000, () => frameOf(FRAME.settings, { payload: Uint8Array.of(0, 4, 0, 1, 0, 0) })),
  'PING without end': (session) => flood(session, 20_000, () => frameOf(FRAME.ping, { payload: Buffer.alloc(8) })),
  'a header block that never ends': async (session) => {
    await session.write(frameOf(FRAME.headers, { stream: 1, payload: requestHead(EXPORT) }))
    await flood(session, 20_000, () => frameOf(FRAME.continuation, { stream: 1, payload: literal('a', 'b') }))
  },
  'empty CONTINUATION without end': async (session) => {
    await session.write(frameOf(FRAME.headers, { stream: 1, payload: requestHead(EXPORT) }))
    await flood(session, 20_000, () => frameOf(FRAME.continuation, { stream: 1 }))
  },
  'empty DATA without end': async (session) => {
    await session.write(frameOf(FRAME.headers, { ...OPEN, stream: 1 }))
    await flood(session, 500, () => repeat(1_000, () => frameOf(FRAME.data, { stream: 1 })))
  },
  'PRIORITY without end': (session) =>
    flood(session, 300, () =>
      repeat(1_000, (i) => frameOf(FRAME.priority, { stream: 1 + 2 * i, payload: Uint8Array.of(0, 0, 0, 0, 1) })),
    ),
  'frames of no known type without end': (session) =>
    flood(session, 300, () => repeat(1_000, () => frameOf(0xbb, { payload: Buffer.alloc(8) }))),
  'a window beyond 2^31': (session) => session.write(frameOf(FRAME.windowUpdate, { payload: uint32(0x7fffffff) })),
  'a frame beyond the size that was agreed': (session) =>
    session.write(frameOf(FRAME.data, { stream: 1, payload: Buffer.alloc(20_000) })),
  'DATA on the connection itself': (session) => session.write(frameOf(FRAME.data, { payload: Buffer.alloc(1) })),
  'a stream of the number that is ours': (session) => session.write(frameOf(FRAME.headers, { ...OPEN, stream: 2 })),
  'CONTINUATION of nothing': (session) => session.write(frameOf(FRAME.continuation, { flags: END_HEADERS, stream: 1 })),
  'header compression that is none': (session) =>
    session.write(frameOf(FRAME.headers, { flags: END_HEADERS, stream: 1, payload: Buffer.alloc(10, 0xff) })),
  'a table of 4 GB': (session) =>
    session.write(
      frameOf(FRAME.headers, { flags: END_HEADERS, stream: 1, payload: Uint8Array.of(0x3f, 255, 255, 255, 255, 15) }),
    ),
  'SETTINGS of a length that is none': (session) =>
    session.write(frameOf(FRAME.settings, { payload: Buffer.alloc(5) })),
  'SETTINGS that confirm with content': (session) =>
    session.write(frameOf(FRAME.settings, { flags: ACK, payload: Buffer.alloc(6) })),
}

describe('the connection is cut, and others are served meanwhile', () => {
  it.each(Object.keys(CUT))('%s', async (name) => {
    const { door, raw, recorder, budget } = await open()
    const session = await raw()
    const before = process.memoryUsage().rss
    const attack = CUT[name]!(session)
    expect(await isServed(door.address)).toBe(true)
    await attack
    expect(await session.closed(5_000)).toBe(true)
    expect(Math.max(...session.goaways())).toBeGreaterThan(0)
    await waitUntil(() => budget.usedBytes === 0)
    // Only the request of the other was seen.
    expect(recorder.requests).toHaveLength(1)
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 2 ** 20)
  })
})

/** What ends with the stream: others on the same connection may be innocent (a proxy's). */
const RESET: Record<string, Uint8Array[]> = {
  'headers larger than 16 KiB': [...[0, 1, 2, 3, 4, 5].map((i) => literal(`x-${i}`, 'y'.repeat(3_000)))],
  'a few bytes that become 40 MB of headers': [indexed('x-bomb', 'y'.repeat(4_000)), Buffer.alloc(10_000, 0x80 | 62)],
  'more headers than anybody needs': Array.from({ length: 200 }, (_, i) => literal(`x-${i}`, '1')),
  'a header name in capitals': [literal('X-Upper', '1')],
  'a connection header, which HTTP/2 does not have': [literal('connection', 'keep-alive')],
  'two paths': [literal(':path', '/other')],
  'a pseudo header of our own': [literal(':secret', '1')],
}

describe('the stream is reset or refused, and the connection goes on', () => {
  it.each(Object.keys(RESET))('%s', async (name) => {
    const { raw, recorder } = await open()
    const session = await raw()
    const block = requestHead(EXPORT, [Buffer.concat(RESET[name]!)])
    const [first, second] = [block.subarray(0, 16_000), block.subarray(16_000)]
    await session.write(
      second.length === 0
        ? frameOf(FRAME.headers, { flags: END_HEADERS, stream: 1, payload: first })
        : Buffer.concat([
            frameOf(FRAME.headers, { stream: 1, payload: first }),
            frameOf(FRAME.continuation, { flags: END_HEADERS, stream: 1, payload: second }),
          ]),
    )
    await waitUntil(() => session.received.some(({ type, stream }) => type === FRAME.reset && stream === 1))
    await session.write(
      Buffer.concat([
        frameOf(FRAME.headers, { ...OPEN, stream: 3 }),
        frameOf(FRAME.data, { flags: END_STREAM, stream: 3, payload: EMPTY_MESSAGE }),
      ]),
    )
    await waitUntil(() => session.received.some(({ type, stream }) => type === FRAME.headers && stream === 3))
    expect(session.isClosed()).toBe(false)
    expect(recorder.requests).toHaveLength(1)
  })

  it('streams beyond 256, though the client never confirmed that limit', async () => {
    const { raw, door, budget } = await open()
    const session = await raw()
    // Each is open: the message that it announces never comes.
    await session.write(repeat(300, (i) => frameOf(FRAME.headers, { ...OPEN, stream: 1 + 2 * i })))
    await waitUntil(() => session.received.filter(({ type }) => type === FRAME.reset).length >= 44)
    expect(await isServed(door.address)).toBe(true)
    session.socket.destroy()
    await waitUntil(() => budget.usedBytes === 0)
  })

  it('line breaks in a header value end nothing and become nothing', async () => {
    const { raw, recorder } = await open()
    const session = await raw()
    const payload = requestHead(EXPORT, [literal('x-a', '1\r\nx-api-key: stolen')])
    await session.write(
      Buffer.concat([
        frameOf(FRAME.headers, { flags: END_HEADERS, stream: 1, payload }),
        frameOf(FRAME.data, { flags: END_STREAM, stream: 1, payload: EMPTY_MESSAGE }),
      ]),
    )
    await waitUntil(() => session.received.some(({ stream }) => stream === 1))
    expect(recorder.requests.map(({ project }) => project)).toEqual(['default'])
  })
})

describe('a flood whose answers are read is cut by its number', () => {
  it.each(['PING without end', 'SETTINGS without end'])(
    '%s, slowly enough for every queue to stay empty',
    async (name) => {
      const { raw, rendered } = await open()
      const session = await raw()
      const frame =
        name === 'PING without end'
          ? frameOf(FRAME.ping, { payload: Buffer.alloc(8) })
          : frameOf(FRAME.settings, { payload: Uint8Array.of(0, 4, 0, 1, 0, 0) })
      for (let i = 0; i < 60 && !session.isClosed(); i += 1) {
        await session.write(repeat(10, () => frame))
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      expect(await session.closed(3_000)).toBe(true)
      // ENHANCE_YOUR_CALM
      expect(session.goaways()).toContain(11)
      expect(rendered()).toContain('refused_total{door="grpc",reason="flood"} 1')
    },
  )
})

describe('slowness', () => {
  it('a body of which a byte comes now and then is ended all the same', async () => {
    const { raw, budget, rendered } = await open({ receiveTimeoutMs: 300 })
    const session = await raw()
    await session.write(frameOf(FRAME.headers, { ...OPEN, stream: 1 }))
    await session.write(frameOf(FRAME.data, { stream: 1, payload: Uint8Array.of(0, 0, 0, 1, 0) }))
    const isReset = () => session.received.some(({ type, stream }) => type === FRAME.reset && stream === 1)
    for (let i = 0; i < 60 && !isReset(); i += 1) {
      await session.write(frameOf(FRAME.data, { stream: 1, payload: Uint8Array.of(0) }))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(isReset()).toBe(true)
    await waitUntil(() => budget.usedBytes === 0)
    expect(rendered()).toContain('refused_total{door="grpc",reason="slow"} 1')
  })

  it('connections beyond the number, in all and from one address, are closed at once, and let in again later', async () => {
    const { door, rendered } = await open({}, { connections: { max: 10, maxPerAddress: 3 } })
    const at = door.address.lastIndexOf(':')
    const dial = async () => {
      const socket = connectTcp(Number(door.address.slice(at + 1)), door.address.slice(0, at))
      ends.push(() => socket.destroy())
      socket.on('error', () => undefined)
      const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)))
      return { socket, isClosed: await Promise.race([closed, new Promise<boolean>((r) => setTimeout(r, 150, false))]) }
    }
    const sockets = [await dial(), await dial(), await dial()]
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([false, false, false])
    expect((await dial()).isClosed).toBe(true)
    expect(rendered()).toContain('refused_total{door="grpc",reason="connections"} 1')
    sockets[0]!.socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await dial()).isClosed).toBe(false)
  })

  it('garbage instead of HTTP/2 is cut', async () => {
    const { door } = await open()
    const at = door.address.lastIndexOf(':')
    for (const bytes of ['GET / HTTP/1.1\r\nhost: x\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00', '\xff'.repeat(100)]) {
      const socket = connectTcp(Number(door.address.slice(at + 1)), door.address.slice(0, at))
      ends.push(() => socket.destroy())
      socket.on('error', () => undefined)
      socket.resume()
      socket.write(bytes, 'latin1')
      await new Promise((resolve) => socket.once('close', resolve))
    }
    expect(await isServed(door.address)).toBe(true)
  })
})
