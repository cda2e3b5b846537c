// For tests: how large the payload of record n is.

/** Mostly small, some too large to be copied. */
export const sizeOf = (n: number): number => (n % 17 === 0 ? 40_000 : 100 + (n % 3000))
