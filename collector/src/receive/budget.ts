// Bytes that all doors together may hold at one moment: the admission control that keeps overload from becoming an out-of-memory kill.

export interface Budget {
  readonly limitBytes: number
  readonly usedBytes: number
  /** Whether so much would be given now: for a refusal before a body is read. */
  hasRoom(bytes: number): boolean
  /** @returns false, having taken nothing, when the rest is too small */
  tryTake(bytes: number): boolean
  give(bytes: number): void
}

/** What is left of it while memory is short: enough for requests to go on one by one. */
const SHORT_SHARE = 1 / 8

/** @param isMemoryShort the process is near its limit, whatever of it requests hold */
export function createBudget(limitBytes: number, isMemoryShort: () => boolean = () => false): Budget {
  let usedBytes = 0
  const hasRoom = (bytes: number): boolean =>
    usedBytes + bytes <= (isMemoryShort() ? limitBytes * SHORT_SHARE : limitBytes)
  return {
    limitBytes,
    get usedBytes() {
      return usedBytes
    },
    hasRoom,
    tryTake(bytes) {
      if (!hasRoom(bytes)) return false
      usedBytes += bytes
      return true
    },
    give(bytes) {
      usedBytes -= bytes
    },
  }
}

/** What one request holds of the budget; `release` gives all of it back and may be called twice. */
export interface Lease {
  readonly heldBytes: number
  tryTake(bytes: number): boolean
  give(bytes: number): void
  release(): void
}

export function createLease(budget: Budget): Lease {
  let heldBytes = 0
  return {
    get heldBytes() {
      return heldBytes
    },
    tryTake(bytes) {
      if (!budget.tryTake(bytes)) return false
      heldBytes += bytes
      return true
    },
    give(bytes) {
      heldBytes -= bytes
      budget.give(bytes)
    },
    release() {
      budget.give(heldBytes)
      heldBytes = 0
    },
  }
}
