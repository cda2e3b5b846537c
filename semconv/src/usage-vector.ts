// Positions of the token counts in a usage vector: a Float64Array in which NaN is unknown.

/** Totals include their subsets: cached, audio and image tokens are part of INPUT; reasoning is part of OUTPUT. */
export const U = {
  INPUT: 0,
  OUTPUT: 1,
  CACHE_READ: 2,
  CACHE_WRITE: 3,
  CACHE_WRITE_1H: 4,
  REASONING: 5,
  INPUT_AUDIO: 6,
  OUTPUT_AUDIO: 7,
  INPUT_IMAGE: 8,
  OUTPUT_IMAGE: 9,
  REQUESTS: 10,
  SEARCHES: 11,
} as const

export const USAGE_LENGTH = 12
