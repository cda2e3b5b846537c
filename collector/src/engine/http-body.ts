// Request stream -> its bytes, inflated, within a limit per body and a budget for all bodies in flight.
import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { refuse } from './clickhouse-exception.ts'

/** Largest request body, after inflating. The store's blocks are 8-32 MiB. */
export const MAX_BODY_BYTES = 256 * 2 ** 20
/** All bodies being read, waiting or inserted at one time. */
export const MAX_BODIES_BYTES = 2 * MAX_BODY_BYTES

const INFLATERS = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
} as const

/** Bytes that stay charged to the budget until `release`. */
export interface Body {
  bytes: Buffer
  release(): void
}

/** One per server. */
export function createBodyReader(limits = { bodyBytes: MAX_BODY_BYTES, totalBytes: MAX_BODIES_BYTES }) {
  let used = 0
  return async (request: IncomingMessage): Promise<Body> => {
    let charged = 0
    const release = (): void => {
      used -= charged
      charged = 0
    }
    const charge = (bytes: number): void => {
      charged += bytes
      used += bytes
      if (charged > limits.bodyBytes) {
        throw refuse('TOO_LARGE_STRING_SIZE', `Request body is larger than ${limits.bodyBytes} bytes`, 413)
      }
      if (used > limits.totalBytes) {
        throw refuse('MEMORY_LIMIT_EXCEEDED', `(total) request bodies in flight exceed ${limits.totalBytes} bytes`, 503)
      }
    }
    try {
      return { bytes: await readBytes(request, charge), release }
    } catch (cause) {
      release()
      throw cause
    }
  }
}

async function readBytes(request: IncomingMessage, charge: (bytes: number) => void): Promise<Buffer> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase()
  if (encoding && encoding !== 'identity') return collect(inflate(request, encoding), charge)
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  if (!Number.isSafeInteger(length)) return collect(request, charge)
  charge(length)
  // Known length: the chunks go straight to their place, one copy in all.
  const whole = Buffer.allocUnsafeSlow(length)
  let at = 0
  for await (const chunk of request as AsyncIterable<Buffer>) at += chunk.copy(whole, at)
  return whole.subarray(0, at)
}

function inflate(request: IncomingMessage, encoding: string): Readable {
  if (!Object.hasOwn(INFLATERS, encoding)) {
    throw refuse(
      'UNKNOWN_COMPRESSION_METHOD',
      `Content-Encoding ${encoding} is not supported here (gzip, deflate, br, zstd are)`,
      415,
    )
  }
  const inflater = INFLATERS[encoding as keyof typeof INFLATERS]()
  // pipeline destroys the inflater with the error, which then reaches the reader of the inflater.
  return pipeline(request, inflater, () => undefined)
}

async function collect(source: Readable, charge: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      charge(chunk.length)
      chunks.push(chunk)
    }
  } catch (cause) {
    if (isZlibError(cause)) throw refuse('INCORRECT_DATA', `Cannot inflate the request body: ${cause.message}`)
    throw cause
  }
  return Buffer.concat(chunks)
}

const isZlibError = (cause: unknown): cause is Error =>
  cause instanceof Error &&
  'code' in cause &&
  typeof cause.code === 'string' &&
  /^(Z_|ERR_(_ERROR|BROTLI|ZSTD|PADDING)|ZSTD_)/.test(cause.code)
