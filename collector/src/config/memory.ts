// limits.max_memory_bytes in; what of it each kind of buffer may hold out.

/** What the process takes before the first request, and its heap under load: not for buffers. */
const OWN_BYTES = 192 << 20
/** Of what is left. The rest is for the columns of the batch that is rebuilt and what is not freed yet. */
const IN_FLIGHT_SHARE = 0.3
const WAITING_SHARE = 0.2
const KEPT_SHARE = 0.1
const BUILT_SHARE = 0.35
/** The columns of a batch grow ahead of what is in them. */
const COLUMN_FACTOR = 3
const MAX_BUILT = 8
const MAX_WAITING_BYTES = 64 << 20

export interface MemoryShares {
  /** Requests, before and after inflating. */
  inFlightBytes: number
  /** Blocks that wait for their insert. */
  waitingBytes: number
  /** Batches with rows in memory at once. */
  builtBatches: number
  /** Memory of inserted blocks, kept for the next ones. */
  keptBytes: number
}

interface Sizes {
  limits: { maxMemoryBytes: number; maxInFlightBytes: number }
  batch: { maxBytes: number }
}

export function shareMemory({ limits, batch }: Sizes): MemoryShares {
  const buffers = limits.maxMemoryBytes - OWN_BYTES
  return {
    inFlightBytes: Math.min(limits.maxInFlightBytes, Math.floor(buffers * IN_FLIGHT_SHARE)),
    waitingBytes: Math.min(MAX_WAITING_BYTES, Math.floor(buffers * WAITING_SHARE)),
    builtBatches: Math.min(
      MAX_BUILT,
      Math.max(2, Math.floor((buffers * BUILT_SHARE) / (COLUMN_FACTOR * batch.maxBytes))),
    ),
    keptBytes: Math.min(MAX_WAITING_BYTES, Math.floor(buffers * KEPT_SHARE)),
  }
}
