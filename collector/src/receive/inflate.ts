// Compressed bytes in, plain bytes out, never more than a limit and never more than the budget has left.
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { Lease } from './budget.ts'

export type Compression = 'identity' | 'gzip' | 'deflate' | 'zstd'

export type Inflated = { status: 'ok'; bytes: Uint8Array } | { status: 'too_large' | 'busy' | 'corrupt' }

interface InflateOptions {
  maxOutputLength: number
  chunkSize: number
}
interface Codec {
  sync(bytes: Uint8Array, options: InflateOptions): Buffer
  async(bytes: Uint8Array, options: InflateOptions): Promise<Buffer>
}

const CODECS: Record<Exclude<Compression, 'identity'>, Codec> = {
  gzip: { sync: zlib.gunzipSync, async: promisify<Uint8Array, InflateOptions, Buffer>(zlib.gunzip) },
  deflate: { sync: zlib.inflateSync, async: promisify<Uint8Array, InflateOptions, Buffer>(zlib.inflate) },
  zstd: { sync: zlib.zstdDecompressSync, async: promisify<Uint8Array, InflateOptions, Buffer>(zlib.zstdDecompress) },
}

/** `Accept-Encoding` and `grpc-accept-encoding` of our doors. */
export const ACCEPTED_COMPRESSIONS = 'gzip, zstd, deflate'

/** @returns undefined for a coding that we cannot undo */
export function parseCompression(header: string | undefined): Compression | undefined {
  if (header === undefined || header === '') return 'identity'
  const name = header.trim().toLowerCase()
  return name === 'identity' || name in CODECS_BY_NAME ? (name as Compression) : undefined
}
const CODECS_BY_NAME: Record<string, true> = Object.assign(Object.create(null), {
  gzip: true,
  deflate: true,
  zstd: true,
})

// Measured: a hop to the thread pool costs 120-200 us of CPU, as much as inflating this here.
const SYNC_OUTPUT_BYTES = 256 * 1024
const FIRST_GUESS_RATIO = 10
const NEXT_GUESS_FACTOR = 8
const MIN_CHUNK_BYTES = 16 * 1024
const MAX_CHUNK_BYTES = 8 * 1024 * 1024

/**
 * The space is taken from the budget before the bytes are made: first what the data says or usually need, and only when that
 * is too little, more, up to the limit. A bomb therefore costs at most one limit, and only while the budget has it.
 */
export async function inflate(
  bytes: Uint8Array,
  compression: Compression,
  options: { limitBytes: number; lease: Lease },
): Promise<Inflated> {
  if (compression === 'identity') return { status: 'ok', bytes }
  const { limitBytes, lease } = options
  const guess = statedOutputBytes(bytes, compression) ?? bytes.length * FIRST_GUESS_RATIO
  let capBytes = Math.min(limitBytes, Math.max(1, guess))
  for (;;) {
    if (!lease.tryTake(capBytes)) return { status: 'busy' }
    const result = await inflateWithin(bytes, CODECS[compression], capBytes)
    lease.give(result instanceof Uint8Array ? capBytes - result.length : capBytes)
    if (result instanceof Uint8Array) return { status: 'ok', bytes: result }
    if (result === 'corrupt') return { status: 'corrupt' }
    if (capBytes === limitBytes) return { status: 'too_large' }
    capBytes = Math.min(limitBytes, capBytes * NEXT_GUESS_FACTOR)
  }
}

async function inflateWithin(
  bytes: Uint8Array,
  codec: Codec,
  capBytes: number,
): Promise<Uint8Array | 'corrupt' | 'too_large'> {
  // One chunk a byte larger than the output saves a second chunk and the final joining copy.
  const chunkSize = Math.max(MIN_CHUNK_BYTES, Math.min(capBytes + 1, MAX_CHUNK_BYTES))
  const options = { maxOutputLength: capBytes, chunkSize }
  try {
    return capBytes <= SYNC_OUTPUT_BYTES ? codec.sync(bytes, options) : await codec.async(bytes, options)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'corrupt'
  }
}

/** Frees what `inflate` made, once nobody reads it any more; the request's own bytes are left alone. */
export function freeInflated(inflated: Uint8Array, wire: Uint8Array): void {
  if (inflated.buffer === wire.buffer || !(inflated.buffer instanceof ArrayBuffer)) return
  // zlib hands out all of its chunk but the room that was left, and a chunk of this size is never a part of node's pool.
  if (inflated.byteOffset === 0 && inflated.buffer.byteLength > Buffer.poolSize * 2) inflated.buffer.transfer(0)
}

const ZSTD_MAGIC = 0xfd2fb528
// No deflate stream unpacks to more than this many times its size; the statement of a greater size is a lie.
const MAX_DEFLATE_RATIO = 1032

/** gzip ends with its size modulo 2^32, zstd may begin with it. Only a guess: a wrong one costs a second pass, nothing else. */
function statedOutputBytes(bytes: Uint8Array, compression: Compression): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 18) return MIN_CHUNK_BYTES
  if (compression === 'gzip') {
    const stated = view.getUint32(bytes.length - 4, true)
    return stated === 0 ? undefined : Math.min(stated, bytes.length * MAX_DEFLATE_RATIO)
  }
  if (compression !== 'zstd' || view.getUint32(0, true) !== ZSTD_MAGIC) return undefined
  const descriptor = bytes[4]!
  const isSingleSegment = (descriptor & 0x20) !== 0
  const at = 5 + (isSingleSegment ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!
  switch (descriptor >> 6) {
    case 0:
      return isSingleSegment ? bytes[at]! : undefined
    case 1:
      return view.getUint16(at, true) + 256
    case 2:
      return view.getUint32(at, true)
    default:
      return Number(view.getBigUint64(at, true))
  }
}
