// Buffers for request bodies, used again and again. Fresh ones would cost more than their bytes: the collector's heap is small,
// and V8 runs a full collection for every 64 MiB of memory that is made outside it.

const SMALLEST_BYTES = 1 << 16
const LARGEST_BYTES = 1 << 22
/** Kept for the next requests, over all sizes. */
const MAX_KEPT_BYTES = 32 << 20

export interface BodyPool {
  /** A buffer of at least so many bytes, with whatever is in it. */
  take(sizeBytes: number): Buffer
  /** Gives back a buffer that nobody reads any more. One that is not kept, or not of `take`, is freed at once. */
  give(buffer: Uint8Array | undefined): void
}

export function createBodyPool(): BodyPool {
  const kept = new Map<number, Buffer[]>()
  let keptBytes = 0
  return {
    take(sizeBytes) {
      const size = classOf(sizeBytes)
      const found = kept.get(size)?.pop()
      if (found === undefined) return Buffer.allocUnsafeSlow(size)
      keptBytes -= size
      return found
    },
    give(buffer) {
      if (!Buffer.isBuffer(buffer) || !hasOwnMemory(buffer)) return
      const size = buffer.length
      if (size > LARGEST_BYTES || size !== classOf(size) || keptBytes + size > MAX_KEPT_BYTES) {
        freeBytes(buffer)
        return
      }
      const list = kept.get(size)
      if (list) list.push(buffer)
      else kept.set(size, [buffer])
      keptBytes += size
    },
  }
}

/**
 * Frees a buffer that nobody reads any more, when its memory is all its own; it is empty from then on. Freed by hand the same few
 * pages serve one request after the other; left to V8, they are what brings the full collections.
 */
export function freeBytes(buffer: Uint8Array): void {
  if (hasOwnMemory(buffer) && buffer.buffer instanceof ArrayBuffer) buffer.buffer.transfer(0)
}

const hasOwnMemory = (buffer: Uint8Array): boolean => buffer.length === buffer.buffer.byteLength

/** The next power of two; beyond the largest class, the size itself. */
function classOf(sizeBytes: number): number {
  if (sizeBytes > LARGEST_BYTES) return sizeBytes
  return Math.max(SMALLEST_BYTES, 2 ** Math.ceil(Math.log2(sizeBytes)))
}
