// A node:http request in, its body as one buffer out, held against a limit and the shared budget as the bytes arrive.
import type { IncomingMessage } from 'node:http'
import { type BodyPool, freeBytes } from './body-pool.ts'
import type { Lease } from './budget.ts'

export type BodyResult =
  /** `buffer` is what `bytes` lie in, to be given back to the pool once they are done with. */
  | { status: 'ok'; bytes: Uint8Array; buffer: Uint8Array | undefined }
  | { status: 'too_large' }
  | { status: 'busy' }
  | { status: 'aborted' }

// A declared length is only a promise: space beyond this is made when the bytes are there.
const FIRST_BUFFER_BYTES = 1024 * 1024
const GROWTH = 4

/** @param options.declaredBytes Content-Length, undefined for a chunked body */
export function readBody(
  request: IncomingMessage,
  options: { declaredBytes: number | undefined; limitBytes: number; lease: Lease; pool: BodyPool },
): Promise<BodyResult> {
  const { declaredBytes, limitBytes, lease, pool } = options
  const capBytes = declaredBytes ?? limitBytes
  return new Promise((resolve) => {
    let buffer: Uint8Array | undefined
    let size = 0
    let done = false
    const finish = (result: BodyResult): void => {
      done = true
      resolve(result)
    }
    request.on('data', (chunk: Buffer) => {
      if (done) return // a refused body is read to its end and dropped
      const needed = size + chunk.length
      if (needed > limitBytes) finish({ status: 'too_large' })
      else if (!lease.tryTake(chunk.length)) finish({ status: 'busy' })
      else if (chunk.length === declaredBytes) {
        buffer = chunk // fast path: the body is one piece, no copy
      } else {
        if (buffer === undefined || needed > buffer.length) buffer = grow(buffer, size, { needed, capBytes, pool })
        buffer.set(chunk, size)
        // Node read the piece into memory of its own, which is free from here on.
        freeBytes(chunk)
      }
      size = needed
    })
    request.on('end', () => finish({ status: 'ok', bytes: buffer?.subarray(0, size) ?? new Uint8Array(0), buffer }))
    request.on('error', () => finish({ status: 'aborted' }))
    request.on('close', () => finish({ status: 'aborted' }))
  })
}

function grow(
  old: Uint8Array | undefined,
  size: number,
  room: { needed: number; capBytes: number; pool: BodyPool },
): Uint8Array {
  const { needed, capBytes, pool } = room
  const wanted = old === undefined ? Math.min(FIRST_BUFFER_BYTES, capBytes) : Math.min(old.length * GROWTH, capBytes)
  const grown = pool.take(Math.max(wanted, needed))
  if (old !== undefined) grown.set(old.subarray(0, size))
  pool.give(old)
  return grown
}
