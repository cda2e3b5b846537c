// Bytes that all doors together may hold at one moment: the admission control that keeps overload from becoming an out-of-memory kill.

export interface Budget {
  readonly limitBytes: number
  readonly usedBytes: number
  /** @returns false, having taken nothing, when the rest is too small */
  tryTake(bytes: number): boolean
  give(bytes: number): void
}

export function createBudget(limitBytes: number): Budget {
  let usedBytes = 0
  return {
    limitBytes,
    get usedBytes() {
      return usedBytes
    },
    tryTake(bytes) {
      if (usedBytes + bytes > limitBytes) return false
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
