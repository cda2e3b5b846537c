// limits.max_memory_bytes in; what of it each kind of buffer may hold out.

/** What the process takes before the first request, and its heap under load: not for buffers. */
const OWN_BYTES = 192 << 20
/** Of what is left. The rest is for the columns of three batches (one fills, one is sealed, one is rebuilt) and what is not freed yet. */
const IN_FLIGHT_SHARE = 0.3
const WAITING_SHARE = 0.2
const KEPT_SHARE = 0.1
const MAX_WAITING_BYTES = 64 << 20

export interface MemoryShares {
  /** Requests, before and after inflating. */
  inFlightBytes: number
  /** Blocks that wait for their insert. */
  waitingBytes: number
  /** Memory of inserted blocks, kept for the next ones. */
  keptBytes: number
}

/** @param limits of the configuration */
export function shareMemory(limits: { maxMemoryBytes: number; maxInFlightBytes: number }): MemoryShares {
  const buffers = limits.maxMemoryBytes - OWN_BYTES
  return {
    inFlightBytes: Math.min(limits.maxInFlightBytes, Math.floor(buffers * IN_FLIGHT_SHARE)),
    waitingBytes: Math.min(MAX_WAITING_BYTES, Math.floor(buffers * WAITING_SHARE)),
    keptBytes: Math.min(MAX_WAITING_BYTES, Math.floor(buffers * KEPT_SHARE)),
  }
}
