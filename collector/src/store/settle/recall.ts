// Keys seen lately -> when first, and how often. Bounded: two generations, of which the older is forgotten when the younger is full.

export interface Seen {
  /** When the first row of it was stored, ms since 1970. */
  sinceMs: number
  tally: number
}

export interface Recall {
  get(key: number): Seen | undefined
  /** @param atMs when what is noted now was stored */
  set(key: number, seen: Seen, atMs: number): void
  /** A key that is not here has no row that was stored since then, ms since 1970. */
  completeSinceMs(): number
}

const MAX_TALLY = 127

/** @param capacity keys of a generation */
export function createRecall(completeSinceMs: number, capacity: number): Recall {
  // One number a key, since objects would take three times the memory.
  let young = new Map<number, number>()
  let old = new Map<number, number>()
  let complete = completeSinceMs
  let youngSinceMs = completeSinceMs
  return {
    get(key) {
      const packed = young.get(key) ?? old.get(key)
      if (packed === undefined) return undefined
      return { sinceMs: Math.floor(packed / (MAX_TALLY + 1)), tally: packed % (MAX_TALLY + 1) }
    },
    set(key, { sinceMs, tally }, atMs) {
      young.set(key, sinceMs * (MAX_TALLY + 1) + Math.min(tally, MAX_TALLY))
      if (young.size < capacity) return
      old = young
      young = new Map()
      complete = youngSinceMs
      youngSinceMs = atMs
    },
    completeSinceMs: () => complete,
  }
}
