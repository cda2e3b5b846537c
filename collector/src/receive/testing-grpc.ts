// For the tests of the gRPC door: a polite client (the library's) and a rude one (frames of our own making).
import { connect as connectHttp2, type IncomingHttpHeaders } from 'node:http2'
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js'
import { google } from '../../../proto/gen/rpc.js'
import type { Door } from './contract.ts'
import { type OtlpGrpcOptions, startOtlpGrpc } from './otlp-grpc.ts'
import { testDoor } from './testing.ts'

export const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
export const HEALTH = '/grpc.health.v1.Health'
export const MEGABYTE = 1024 * 1024
export const same = (bytes: Buffer): Buffer => bytes

let ends: (() => unknown)[] = []

/** Remembers what `closeAll` has to end, last first. */
export function atEnd(end: () => unknown): void {
  ends.push(end)
}

export async function closeAll(): Promise<void> {
  for (const end of ends.reverse()) await end()
  ends = []
}

export async function open(overrides: Parameters<typeof testDoor>[0] = {}, more: Partial<OtlpGrpcOptions> = {}) {
  const made = testDoor(overrides)
  const door = await startOtlpGrpc({ ...made.options, ...more })
  atEnd(() => door.stop(0))
  const client = openClient(door)
  const send = (body: Uint8Array, headers: Record<string, string> = {}, path = EXPORT) =>
    call(client, path, body, headers)
  return { ...made, door, client, send }
}

export function openClient(door: Door): Client {
  const client = new Client(door.address, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 })
  atEnd(() => client.close())
  return client
}

export function call(client: Client, path: string, body: Uint8Array, headers: Record<string, string>): Promise<Buffer> {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value)
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      same,
      same,
      Buffer.from(body),
      metadata,
      { deadline: Date.now() + 20_000 },
      (error, reply) => {
        if (error) reject(error)
        else resolve(reply!)
      },
    )
  })
}

export const failure = (promise: Promise<unknown>): Promise<ServiceError> =>
  promise.then(
    () => Promise.reject(new Error('cannot fail: it succeeded')),
    (error: ServiceError) => error,
  )

export function details(error: ServiceError) {
  const bytes = error.metadata.get('grpc-status-details-bin')[0]
  return bytes === undefined ? undefined : google.rpc.Status.decode(bytes as Buffer)
}

export interface RawReply {
  headers: IncomingHttpHeaders
  trailers: IncomingHttpHeaders
  reset: number
}

/** One stream with bytes of our own making, where the client library is too polite. */
export function rawCall(door: Door, pieces: Uint8Array[], headers: Record<string, string> = {}): Promise<RawReply> {
  const session = connectHttp2(`http://${door.address}`)
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': EXPORT,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    })
    const reply: RawReply = { headers: {}, trailers: {}, reset: 0 }
    stream.on('response', (got) => Object.assign(reply.headers, got))
    stream.on('trailers', (got) => Object.assign(reply.trailers, got))
    stream.on('error', reject)
    stream.on('close', () => {
      reply.reset = stream.rstCode ?? 0
      session.close()
      resolve(reply)
    })
    stream.resume()
    for (const piece of pieces) stream.write(piece)
    stream.end()
  })
}

export const codeOf = ({ headers, trailers }: RawReply): number =>
  Number(trailers['grpc-status'] ?? headers['grpc-status'])

export function frame(message: Uint8Array, options: { flag?: number; length?: number } = {}): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt8(options.flag ?? 0, 0)
  head.writeUInt32BE(options.length ?? message.length, 1)
  return Buffer.concat([head, message])
}
